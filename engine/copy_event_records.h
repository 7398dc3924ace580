#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "engine/copy_event_commands.h"
#include "engine/currency_commands.h"
#include "engine/investor.h"

// Records of what happens to open copies otherwise than by trading. Money in the smallest unit of
// the account's currency; volumes in 1e-8 lots.
namespace engine {

// One position of the master after a split. Each open copy of it has a CopySplitAllocated.
struct CopiesSplit {
  static constexpr std::uint64_t kKind = 219;
  static constexpr std::string_view kName = "copies_split";

  SplitCopies split;
  core::Hash content;  // SHA-256 of the command's fields: what a repetition is compared with.
  std::string lineage;
  core::Minor before = 0;  // The master's.
  core::Minor after = 0;   // before x numerator / denominator, down to a lot step.
  core::Decimal price;     // Of its last signal, / the ratio, half even to 8 decimals or as it had.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "split", self.split);
    field(2, "content", self.content);
    field(3, "lineage", self.lineage);
    field(4, "before", self.before);
    field(5, "after", self.after);
    field(6, "price", self.price);
  }
};

// An open copy after a split.
struct CopySplitAllocated {
  static constexpr std::uint64_t kKind = 220;
  static constexpr std::string_view kName = "copy_split_allocated";

  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::string split;
  std::string lineage;
  core::Minor before = 0;
  core::Minor after = 0;                      // Down to a lot step.
  ExactAmount fraction;                       // What that left, in 1e-8 lots.
  core::Minor asked = 0;                      // Of it to be closed, by the demands before.
  std::optional<core::Decimal> cash_per_lot;  // In whole units of the event's currency.
  core::Minor cash = 0;                       // fraction x cash_per_lot x rate, half even.
  std::optional<RateUsed> rate;               // If the account's currency is another.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "split", self.split);
    field(5, "lineage", self.lineage);
    field(6, "before", self.before);
    field(7, "after", self.after);
    field(8, "fraction", self.fraction);
    field(9, "asked", self.asked);
    field(10, "cash_per_lot", self.cash_per_lot);
    field(11, "cash", self.cash);
    field(12, "rate", self.rate);
  }
};

// Money on all open copies of a symbol and side. Each account has a CopyAdjusted.
struct CopiesAdjusted {
  static constexpr std::uint64_t kKind = 221;
  static constexpr std::string_view kName = "copies_adjusted";

  AdjustCopies adjusted;
  core::Hash content;      // SHA-256 of the command's fields.
  std::string currency;    // Of the amount.
  core::Minor volume = 0;  // Of all copies.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "adjusted", self.adjusted);
    field(2, "content", self.content);
    field(3, "currency", self.currency);
    field(4, "volume", self.volume);
  }
};

struct CopyAdjusted {
  static constexpr std::uint64_t kKind = 222;
  static constexpr std::string_view kName = "copy_adjusted";

  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::string adjustment;
  AdjustmentKind kind = AdjustmentKind::Swap;
  core::Minor volume = 0;  // Open of the symbol on that side.
  core::Decimal amount_per_lot;
  core::Minor amount = 0;        // volume x amount_per_lot x rate, half even.
  std::optional<RateUsed> rate;  // If the account's currency is another.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "account", self.account);
    field(3, "client", self.client);
    field(4, "adjustment", self.adjustment);
    field(5, "kind", self.kind);
    field(6, "volume", self.volume);
    field(7, "amount_per_lot", self.amount_per_lot);
    field(8, "amount", self.amount);
    field(9, "rate", self.rate);
  }
};

}  // namespace engine
