#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/position_commands.h"
#include "engine/values.h"

// Commands about what the master and all copies have open of a symbol (copy trading): splits,
// dividends, financing. Money is told for each lot, because each account is dealt with by itself.
namespace engine {

// A split of what the symbol stands for: each share becomes numerator / denominator shares, and so
// do the open volumes of the master's positions in it and of all their copies.
struct SplitCopies {
  static constexpr std::string_view kType = "split_copies";

  core::StructureId structure;
  std::string symbol;
  std::string split;  // The platform's or exchange's id of the event.
  std::uint64_t numerator = 1;
  std::uint64_t denominator = 1;
  std::optional<core::Decimal> cash_per_lot;  // For what makes no whole lot step; none if absent.
  std::optional<std::string> currency;        // Of the cash; the symbol's if absent.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "symbol", self.symbol);
    field(3, "split", self.split);
    field(4, "numerator", self.numerator);
    field(5, "denominator", self.denominator);
    field(6, "cash_per_lot", self.cash_per_lot);
    field(7, "currency", self.currency);
  }
};

// Swap, a dividend or financing on all open copies of a symbol on one side.
struct AdjustCopies {
  static constexpr std::string_view kType = "adjust_copies";

  core::StructureId structure;
  std::string symbol;
  Side side = Side::Buy;   // Of the positions.
  std::string adjustment;  // The platform's id of the event.
  AdjustmentKind kind = AdjustmentKind::Swap;
  core::Decimal amount_per_lot;         // Signed for the client.
  std::optional<std::string> currency;  // The symbol's if absent.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "symbol", self.symbol);
    field(3, "side", self.side);
    field(4, "adjustment", self.adjustment);
    field(5, "kind", self.kind);
    field(6, "amount_per_lot", self.amount_per_lot);
    field(7, "currency", self.currency);
  }
};

}  // namespace engine
