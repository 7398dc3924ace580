#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"

// Commands of block orders (MAM). Results are signed for the client.
namespace engine {

// Whose an account is, if it is no client's.
enum class AccountOwner { Firm, Manager };

// Why an account gets none of an order, or less than its part.
enum class RejectReason { Margin, Disabled, Broker, Client, Other };

// Why a fill is put right.
enum class FillChange { Amended, Busted };

}  // namespace engine

template <>
struct core::EnumNames<engine::AccountOwner> {
  static constexpr std::array<std::string_view, 2> names = {"firm", "manager"};
};

template <>
struct core::EnumNames<engine::RejectReason> {
  static constexpr std::array<std::string_view, 5> names = {"margin", "disabled", "broker",
                                                            "client", "other"};
};

template <>
struct core::EnumNames<engine::FillChange> {
  static constexpr std::array<std::string_view, 2> names = {"amended", "busted"};
};

namespace engine {

// How one account takes part in its group's orders. What is absent does not bind.
struct Participation {
  bool inactive = false;  // Gets no new volume; closes go on.
  // Of the offer's method: lots, a multiplier, or a part (0.25).
  std::optional<core::Decimal> parameter;
  std::optional<core::Decimal> min_lots;      // Less is not sent.
  std::optional<core::Decimal> max_lots;      // Of one order.
  std::optional<core::Decimal> max_leverage;  // Notional of the symbol, with the order, to equity.
  std::optional<core::Decimal> margin_floor;  // Equity to margin, with the order: 1.5 for 150 %.
  std::optional<AccountOwner> own_account;    // The firm's or the manager's own.
  bool overflow = false;                      // Residual overflow: has the odd steps.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "inactive", self.inactive);
    field(2, "parameter", self.parameter);
    field(3, "min_lots", self.min_lots);
    field(4, "max_lots", self.max_lots);
    field(5, "max_leverage", self.max_leverage);
    field(6, "margin_floor", self.margin_floor);
    field(7, "own_account", self.own_account);
    field(8, "overflow", self.overflow);
  }
};

// Sets how an account takes part from the next order on; replaces what was set before.
struct SetParticipation {
  static constexpr std::string_view kType = "set_participation";

  core::AccountId account;
  Participation terms;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "terms", self.terms);
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
  // Expected: for methods and limits that look at margin or leverage.
  std::optional<core::Decimal> price = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "symbol", self.symbol);
    field(4, "side", self.side);
    field(5, "lots", self.lots);
    field(6, "price", self.price);
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
  std::optional<core::Decimal> commission = {};
  // Netting: of what the fill closes of the other side; worked out from the prices if absent.
  std::optional<core::Decimal> profit = {};
  std::optional<core::Decimal> conversion_rate = {};  // As for a close.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "fill", self.fill);
    field(3, "lots", self.lots);
    field(4, "price", self.price);
    field(5, "final", self.final);
    field(6, "commission", self.commission);
    field(7, "profit", self.profit);
    field(8, "conversion_rate", self.conversion_rate);
  }
};

// A recorded fill had another volume, price or commission than was told.
struct AmendFill {
  static constexpr std::string_view kType = "amend_fill";

  core::OrderId order;
  std::string fill;
  core::Decimal lots;
  core::Decimal price;
  std::optional<core::Decimal> commission;
  std::string reason;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "fill", self.fill);
    field(3, "lots", self.lots);
    field(4, "price", self.price);
    field(5, "commission", self.commission);
    field(6, "reason", self.reason);
  }
};

// A recorded fill was annulled: it never happened.
struct BustFill {
  static constexpr std::string_view kType = "bust_fill";

  core::OrderId order;
  std::string fill;
  std::string reason;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "fill", self.fill);
    field(3, "reason", self.reason);
  }
};

// One account cannot have its part. Before the first fill its part goes to the others; afterwards
// to the house, never to another client.
struct RejectShare {
  static constexpr std::string_view kType = "reject_share";

  core::OrderId order;
  core::AccountId account;
  RejectReason reason = RejectReason::Other;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "account", self.account);
    field(3, "reason", self.reason);
  }
};

// The house closes what it took over of an order; the result is its own.
struct CloseError {
  static constexpr std::string_view kType = "close_error";

  core::OrderId order;
  std::string close;
  core::Decimal lots;
  core::Decimal price;
  core::Decimal profit;  // Of the position.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "close", self.close);
    field(3, "lots", self.lots);
    field(4, "price", self.price);
    field(5, "profit", self.profit);
  }
};

// The open volume of an order is closed, whole or part, by recorded allocation.
struct RecordClose {
  static constexpr std::string_view kType = "record_close";

  core::OrderId order;
  std::string close;  // The platform's id of the close.
  core::Decimal lots;
  core::Decimal price;
  std::optional<core::Decimal> profit;  // Worked out from the prices if absent.
  core::Decimal swap;
  core::Decimal commission;
  // The group's currency for one of the symbol's, where the profit is worked out.
  std::optional<core::Decimal> conversion_rate = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "close", self.close);
    field(3, "lots", self.lots);
    field(4, "price", self.price);
    field(5, "profit", self.profit);
    field(6, "swap", self.swap);
    field(7, "commission", self.commission);
    field(8, "conversion_rate", self.conversion_rate);
  }
};

}  // namespace engine
