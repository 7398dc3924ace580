#pragma once

#include <cstdint>
#include <vector>

#include "core/decimal.h"

// High-water marks that forget: a loss is carried for a number of periods, then the mark falls by
// what was not recovered of it.
namespace engine::fees {

// What is left of a loss, and the number of the period that made it. Periods are numbered one after
// the other.
struct PeriodLoss {
  std::uint32_t period = 0;
  core::Minor amount = 0;
  bool operator==(const PeriodLoss&) const = default;
};

// Losses, oldest first, and what has expired: the mark falls by it.
struct LookBack {
  std::vector<PeriodLoss> losses;
  core::Minor expired = 0;
};

// The losses at the end of `period`, when the equity lies `deficit` below the mark.
//
// A deficit above the losses carried is a new loss of this period; one below them is a recovery,
// and the oldest loss is recovered first. Then every loss that has counted for `window` periods,
// its own among them, expires. Five years as ESMA counts them are a window of 5; a look back over N
// earlier periods, as Interactive Brokers offer it, is a window of N + 1.
//
// `deficit` is mark - equity after this period's charge and mark, or 0. A loss that came back with
// returning money counts as one of the period it came back in.
//
// Guarantees: losses and `expired` sum to `deficit`; none has an amount of zero.
// Errors:     InvalidInput/not_positive if the window is 0, a deficit or loss is below zero, or the
//             losses are not oldest first and of periods up to `period`; Overflow.
// Source:     ESMA Q&A 670 of 20 May 2022; IBKR glossary, High Water Mark; the managed-account
// rules, 3.1.
core::Result<LookBack> look_back(const std::vector<PeriodLoss>& losses, core::Minor deficit,
                                 std::uint32_t period, std::uint32_t window);

// The losses after `withdrawn` in all left `equity` at one price, in proportion. Not for the
// absolute rule, which leaves losses as they are.
//
// Rounding:   up, of the newest loss, then of the sum of the two newest, and so on: the whole is up
// by
//             less than a unit, and what is longest carried is rounded first.
// Guarantees: only the sum of the withdrawals at a price counts.
// Errors:     InvalidInput/not_positive if `withdrawn` is not from 0 to `equity`; Overflow.
// Source:     IBKR glossary, High Water Mark (LCF-03).
core::Result<std::vector<PeriodLoss>> losses_after_withdrawals(
    const std::vector<PeriodLoss>& losses, core::Minor equity, core::Minor withdrawn);

}  // namespace engine::fees
