#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/codec_containers.h"
#include "core/ids.h"
#include "engine/trading_records.h"

// What the engine knows of clients' trading accounts (engine/state.h).
namespace engine {

// The latest valuation of an account. Free margin and the like are as of it.
struct AccountFigures {
  AccountValued value;
  // Of the books then, with flows and fees since, but no results.
  std::optional<core::Minor> balance;
  std::uint64_t seq = 0;
  core::Instant effective_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "value", self.value);
    field(2, "balance", self.balance);
    field(3, "seq", self.seq);
    field(4, "effective_at", self.effective_at);
  }
};

struct TradingAccount {
  core::StructureId structure;
  core::PartyId client;
  std::uint64_t ordinal = 0;
  std::string currency;
  PositionMode mode = PositionMode::Hedging;
  std::optional<std::string> login = {};
  AccountStanding standing = {};
  std::optional<AccountFigures> valued = {};
  AccountLimits limits = {};
  std::optional<StopReason> stopped_out = {};
  std::optional<core::Date> stopped = {};   // The manager trades on it no more from then on.
  std::set<std::uint64_t> unmeasured = {};  // Flows that two people must accept.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "ordinal", self.ordinal);
    field(4, "currency", self.currency);
    field(5, "mode", self.mode);
    field(6, "login", self.login);
    field(7, "standing", self.standing);
    field(8, "valued", self.valued);
    field(9, "limits", self.limits);
    field(10, "stopped_out", self.stopped_out);
    field(11, "stopped", self.stopped);
    field(12, "unmeasured", self.unmeasured);
  }
};

// Money that left an account below its mark, and the loss that went with it.
struct WithdrawnLoss {
  std::string currency;
  core::Minor amount = 0;
  core::Minor loss = 0;
  core::Minor returned = 0;  // Of the amount: it has come back.
  core::Date taken;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "currency", self.currency);
    field(2, "amount", self.amount);
    field(3, "loss", self.loss);
    field(4, "returned", self.returned);
    field(5, "taken", self.taken);
  }
};

// What a client has under one strategy, in whichever structures.
using LossesOfClients = std::map<core::PartyId, std::vector<WithdrawnLoss>>;

struct Trading {
  std::map<core::AccountId, TradingAccount> accounts;
  std::map<core::PartyId, std::vector<core::AccountId>> of_client;
  std::map<core::StrategyId, LossesOfClients> losses;  // Newest last.
  // Ordinals of the symbols in which an account may have a position: it had one, or an order of
  // one.
  std::map<core::AccountId, std::set<std::uint64_t>> symbols;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "accounts", self.accounts);
    field(2, "of_client", self.of_client);
    field(3, "losses", self.losses);
    field(4, "symbols", self.symbols);
  }
};

}  // namespace engine
