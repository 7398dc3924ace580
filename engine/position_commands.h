#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/values.h"

// Commands about a group's open positions (MAM): all that is open of a symbol on one side, whatever
// orders opened it. Results are signed for the client.
namespace engine {

// Why money is booked on an open position.
enum class AdjustmentKind { Swap, Dividend, Financing };

}  // namespace engine

template <>
struct core::EnumNames<engine::AdjustmentKind> {
  static constexpr std::array<std::string_view, 3> names = {"swap", "dividend", "financing"};
};

namespace engine {

// A position is closed, whole or part: each account by what it has open of it, its oldest orders
// first.
struct ClosePosition {
  static constexpr std::string_view kType = "close_position";

  core::StructureId structure;
  std::string symbol;
  Side side = Side::Buy;  // Of the position.
  std::string close;      // The platform's id of the close.
  core::Decimal lots;
  core::Decimal price;
  std::optional<core::Decimal> profit;  // Worked out from the prices if absent.
  core::Decimal swap;
  core::Decimal commission;
  // The group's currency for one of the symbol's, where the profit is worked out.
  std::optional<core::Decimal> conversion_rate = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "symbol", self.symbol);
    field(3, "side", self.side);
    field(4, "close", self.close);
    field(5, "lots", self.lots);
    field(6, "price", self.price);
    field(7, "profit", self.profit);
    field(8, "swap", self.swap);
    field(9, "commission", self.commission);
    field(10, "conversion_rate", self.conversion_rate);
  }
};

// Swap, a dividend or financing on an open position, shared by what each account has open.
struct AdjustPosition {
  static constexpr std::string_view kType = "adjust_position";

  core::StructureId structure;
  std::string symbol;
  Side side = Side::Buy;   // Of the position.
  std::string adjustment;  // The platform's id of the row.
  AdjustmentKind kind = AdjustmentKind::Swap;
  core::Decimal amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "symbol", self.symbol);
    field(3, "side", self.side);
    field(4, "adjustment", self.adjustment);
    field(5, "kind", self.kind);
    field(6, "amount", self.amount);
  }
};

// A split of what the symbol stands for: each share becomes numerator / denominator shares, and so
// do the open volumes of the structure's orders in it.
struct SplitPosition {
  static constexpr std::string_view kType = "split_position";

  core::StructureId structure;
  std::string symbol;
  std::string split;  // The platform's or exchange's id of the event.
  std::uint64_t numerator = 1;
  std::uint64_t denominator = 1;
  std::optional<core::Decimal> cash;  // Paid for what makes no whole lot step; none if absent.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "symbol", self.symbol);
    field(3, "split", self.split);
    field(4, "numerator", self.numerator);
    field(5, "denominator", self.denominator);
    field(6, "cash", self.cash);
  }
};

}  // namespace engine
