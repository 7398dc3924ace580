#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/trading_commands.h"

// Records of clients' trading accounts. Money in the smallest unit.
namespace engine {

// A client's account in a group.
struct TradingAccountOpened {
  static constexpr std::uint64_t kKind = 40;
  static constexpr std::string_view kName = "trading_account_opened";

  OpenTradingAccount account;
  std::uint64_t ordinal = 0;  // Order of registration in the group, from 1.
  core::DecisionId decision;  // In force when it was opened.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "ordinal", self.ordinal);
    field(3, "decision", self.decision);
  }
};

// An account's equity, authoritative until the next; floating follows from it.
struct AccountValued {
  static constexpr std::uint64_t kKind = 41;
  static constexpr std::string_view kName = "account_valued";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor equity = 0;
  core::Minor floating_change = 0;
  std::optional<Source> source;
  std::optional<core::Minor> margin = {};
  std::optional<core::Minor> free_margin = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "equity", self.equity);
    field(5, "floating_change", self.floating_change);
    field(6, "source", self.source);
    field(10, "margin", self.margin);
    field(11, "free_margin", self.free_margin);
  }
};

}  // namespace engine
