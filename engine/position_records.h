#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/mam_records.h"
#include "engine/position_commands.h"

// Records of a group's open positions (MAM). Volume in lot steps, money in the smallest unit.
namespace engine {

// A position was closed, whole or part. Each order that it closes has a CloseRecorded, and each
// account a CloseAllocated for each of its orders.
struct PositionClosed {
  static constexpr std::uint64_t kKind = 260;
  static constexpr std::string_view kName = "position_closed";

  ClosePosition position;
  core::Decimal lot_step;
  core::Minor steps = 0;
  core::Minor open_steps = 0;  // Left open of the position.
  std::uint64_t orders = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "position", self.position);
    field(2, "lot_step", self.lot_step);
    field(3, "steps", self.steps);
    field(4, "open_steps", self.open_steps);
    field(5, "orders", self.orders);
  }
};

// Money on an open position. Each account has an AdjustmentAllocated.
struct PositionAdjusted {
  static constexpr std::uint64_t kKind = 261;
  static constexpr std::string_view kName = "position_adjusted";

  AdjustPosition adjusted;
  core::Minor amount = 0;
  core::Minor open_volume = 0;  // Of the position, in 1e-8 lots.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "adjusted", self.adjusted);
    field(2, "amount", self.amount);
    field(3, "open_volume", self.open_volume);
  }
};

// One account's part of money on a position: by largest remainder of what it has open.
struct AdjustmentAllocated {
  static constexpr std::uint64_t kKind = 262;
  static constexpr std::string_view kName = "adjustment_allocated";

  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::string adjustment;
  AdjustmentKind kind = AdjustmentKind::Swap;
  core::Minor open_volume = 0;  // Of the account, in 1e-8 lots.
  core::Minor amount = 0;
  std::optional<OwnCurrency> own = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "adjustment", self.adjustment);
    field(5, "kind", self.kind);
    field(6, "open_volume", self.open_volume);
    field(7, "amount", self.amount);
    field(8, "own", self.own);
  }
};

// The open volume of one order after a split. Each account has a SplitAllocated.
struct OrderSplit {
  static constexpr std::uint64_t kKind = 263;
  static constexpr std::string_view kName = "order_split";

  core::OrderId order;
  core::StructureId structure;
  std::string split;
  std::uint64_t numerator = 1;
  std::uint64_t denominator = 1;
  core::Minor steps_before = 0;  // Open.
  core::Minor steps_after = 0;   // floor(before x numerator / denominator)
  core::Minor cash = 0;          // For the rest.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "split", self.split);
    field(4, "numerator", self.numerator);
    field(5, "denominator", self.denominator);
    field(6, "steps_before", self.steps_before);
    field(7, "steps_after", self.steps_after);
    field(8, "cash", self.cash);
  }
};

// One account's open volume of an order after a split: by largest remainder of what it had.
struct SplitAllocated {
  static constexpr std::uint64_t kKind = 264;
  static constexpr std::string_view kName = "split_allocated";

  core::OrderId order;
  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::string split;
  core::Minor steps_before = 0;
  core::Minor steps_after = 0;
  core::Minor cash = 0;
  std::optional<OwnCurrency> own = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "account", self.account);
    field(4, "client", self.client);
    field(5, "split", self.split);
    field(6, "steps_before", self.steps_before);
    field(7, "steps_after", self.steps_after);
    field(8, "cash", self.cash);
    field(9, "own", self.own);
  }
};

// Cash by which a close at the order's exact average price differs from the same at the price that
// the accounts have: the house holds it for nobody (row 22).
struct RoundingBooked {
  static constexpr std::uint64_t kKind = 265;
  static constexpr std::string_view kName = "rounding_booked";

  core::OrderId order;
  core::StructureId structure;
  std::string close;
  core::Minor exact_profit = 0;  // At the exact average price.
  core::Minor profit = 0;        // At the accounts' price.
  core::Minor amount = 0;        // exact_profit - profit

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "close", self.close);
    field(4, "exact_profit", self.exact_profit);
    field(5, "profit", self.profit);
    field(6, "amount", self.amount);
  }
};

// The house closed what it had taken over of an order.
struct ErrorClosed {
  static constexpr std::uint64_t kKind = 180;
  static constexpr std::string_view kName = "error_closed";

  core::OrderId order;
  core::StructureId structure;
  std::string close;
  core::Minor steps = 0;
  core::Minor open_steps = 0;  // Left open.
  core::Decimal price;
  core::Minor profit = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "close", self.close);
    field(4, "steps", self.steps);
    field(5, "open_steps", self.open_steps);
    field(6, "price", self.price);
    field(7, "profit", self.profit);
  }
};

}  // namespace engine
