#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Commands of grouped accounts (MAM). Results are signed for the client.
namespace engine {

// A client's own account in a group (MAM).
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

// An order of the manager for the whole group; freezes participants and weights before it leaves.
struct AcceptOrder {
  static constexpr std::string_view kType = "accept_order";

  core::OrderId order;
  core::StructureId structure;
  std::string symbol;
  Side side = Side::Buy;
  core::Decimal lots;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "symbol", self.symbol);
    field(4, "side", self.side);
    field(5, "lots", self.lots);
  }
};

// A fill of an accepted order, whole or part; allocated by the offer's residual rule.
struct RecordFill {
  static constexpr std::string_view kType = "record_fill";

  core::OrderId order;
  std::string fill;  // The platform's id of the fill.
  core::Decimal lots;
  core::Decimal price;
  bool final = false;  // No more fills follow.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "fill", self.fill);
    field(3, "lots", self.lots);
    field(4, "price", self.price);
    field(5, "final", self.final);
  }
};

// The open volume of an order is closed, whole or part, by recorded allocation.
struct RecordClose {
  static constexpr std::string_view kType = "record_close";

  core::OrderId order;
  std::string close;  // The platform's id of the close.
  core::Decimal lots;
  core::Decimal price;
  core::Decimal profit;
  core::Decimal swap;
  core::Decimal commission;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "close", self.close);
    field(3, "lots", self.lots);
    field(4, "price", self.price);
    field(5, "profit", self.profit);
    field(6, "swap", self.swap);
    field(7, "commission", self.commission);
  }
};

}  // namespace engine
