#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/governance_choices.h"

// What the closing of periods records. Source: docs/formats/governance.md, "Periods".
namespace engine {

// The sums of one ring in one commodity, in its smallest unit; the two are equal.
struct PeriodTotal {
  std::string ring;
  std::string commodity;
  core::Minor debit = 0;
  core::Minor credit = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "ring", self.ring);
    field(2, "commodity", self.commodity);
    field(3, "debit", self.debit);
    field(4, "credit", self.credit);
  }
};

// The trial balance is that of all records before its batch.
struct PeriodClosed {
  static constexpr std::uint64_t kKind = 76;
  static constexpr std::string_view kName = "period_closed";

  std::optional<core::Instant> from;  // The end of the period before; absent in the first.
  core::Instant until;                // The first instant after the period.
  std::uint64_t lines = 0;            // Accounts that were not zero, by commodity.
  core::Hash trial_balance;           // trial_balance_digest() of them.
  std::vector<PeriodTotal> totals;    // By ring, then commodity.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "until", self.until);
    field(3, "lines", self.lines);
    field(4, "trial_balance", self.trial_balance);
    field(5, "totals", self.totals);
  }
};

struct PeriodReopened {
  static constexpr std::uint64_t kKind = 77;
  static constexpr std::string_view kName = "period_reopened";

  core::Instant until;
  ReopenReason reason = ReopenReason::Other;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "until", self.until);
    field(2, "reason", self.reason);
  }
};

}  // namespace engine
