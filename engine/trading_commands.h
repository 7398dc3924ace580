#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Commands of clients' trading accounts.
namespace engine {

// A client's own account in a group (MAM), or his subscription to a copied manager.
struct OpenTradingAccount {
  static constexpr std::string_view kType = "open_trading_account";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
  }
};

// Wallet money goes to a trading account, confirmed by the platform.
struct FundAccount {
  static constexpr std::string_view kType = "fund_account";

  core::AccountId account;
  core::Decimal amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "amount", self.amount);
  }
};

// Money comes back from a trading account to the wallet.
struct DefundAccount {
  static constexpr std::string_view kType = "defund_account";

  core::AccountId account;
  core::Decimal amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "amount", self.amount);
  }
};

// The equity of a trading account, authoritative.
struct ValueAccount {
  static constexpr std::string_view kType = "value_account";

  core::AccountId account;
  core::Decimal equity;
  std::optional<Source> source;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "equity", self.equity);
    field(3, "source", self.source);
  }
};

}  // namespace engine
