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
  std::uint64_t seq = 0;
  core::Instant effective_at;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "value", self.value);
    field(3, "seq", self.seq);
    field(4, "effective_at", self.effective_at);
  }
};

struct TradingAccount {
  core::StructureId structure;
  core::PartyId client;
  std::uint64_t ordinal = 0;
  std::string currency = {};  // The structure's if empty.
  std::optional<AccountFigures> valued = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "ordinal", self.ordinal);
    field(4, "currency", self.currency);
    field(8, "valued", self.valued);
  }
};

struct Trading {
  std::map<core::AccountId, TradingAccount> accounts;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "accounts", self.accounts);
  }
};

}  // namespace engine
