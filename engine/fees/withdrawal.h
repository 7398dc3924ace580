#pragma once

#include "core/decimal.h"

// What a withdrawal does to a high-water mark.
namespace engine::fees {

// Above the mark, at a gain, every rule is the same: the mark falls in proportion. At a loss, with
// the mark H above the equity E:
//
//   ProportionalRestore   the mark falls in proportion; the part of the loss that leaves with the
//                         money is remembered and comes back with it
//   Proportional          the mark falls in proportion
//   Absolute              the mark falls by what is withdrawn: the loss to recover stays as it is
//   in
//                         money, after a full exit too
enum class WithdrawalRule { ProportionalRestore, Proportional, Absolute };

// A mark after money was taken out, and the loss that left with it.
struct MarkAfterWithdrawal {
  core::Minor mark = 0;
  core::Minor released = 0;
  bool operator==(const MarkAfterWithdrawal&) const = default;
};

// The mark after `withdrawn` in all left at one price, where `equity` and `mark` are those before
// the first withdrawal at that price. `withdrawn` is gross: with the fee that was crystallised on
// it. An equity of zero or less leaves the mark alone.
//
// Rounding:   the mark up.
// Guarantees: only the sum of the withdrawals counts, not their order or number. Nothing is
// released
//             unless the mark was above the equity.
// Errors:     InvalidInput/not_positive if `withdrawn` is not from 0 to `equity`; Overflow.
// Source:     the managed-account rules, 3.1 and ruling 4.
core::Result<MarkAfterWithdrawal> mark_after_withdrawals(WithdrawalRule rule, core::Minor equity,
                                                         core::Minor mark, core::Minor withdrawn);

// The part of a remembered `loss` that has come back when `returned` in all, at most `amount`, of
// the `amount` that left with it has. The mark rises by the difference from one return to the next.
//
// Rounding:   up.
// Guarantees: all of the loss is back when all of the amount is; only the sum of the returns
// counts. Errors:     InvalidInput/not_positive if `returned` is not from 0 to `amount`; Overflow.
// Source:     the managed-account rules, ruling 4.
core::Result<core::Minor> restored_in_all(core::Minor amount, core::Minor loss,
                                          core::Minor returned);

}  // namespace engine::fees
