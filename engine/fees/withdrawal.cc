#include "engine/fees/withdrawal.h"

#include <algorithm>

#include "engine/fees/left.h"

namespace engine::fees {
namespace {

// Above the equity the mark falls by at least what is withdrawn, so this is never below zero.
core::Result<core::Minor> released_by(core::Minor mark, core::Minor after, core::Minor withdrawn) {
  TRY(const auto fallen, core::subtract(mark, after));
  return core::subtract(fallen, withdrawn);
}

}  // namespace

core::Result<MarkAfterWithdrawal> mark_after_withdrawals(WithdrawalRule rule, core::Minor equity,
                                                         core::Minor mark, core::Minor withdrawn) {
  MarkAfterWithdrawal after;
  if (rule == WithdrawalRule::Absolute && mark > equity) {
    TRY(check_withdrawn(equity, withdrawn));
    TRY(const auto left, core::subtract(mark, withdrawn));
    after.mark = std::max<core::Minor>(left, 0);
    return after;
  }
  TRY(after.mark, left_of(mark, equity, withdrawn));
  if (rule == WithdrawalRule::ProportionalRestore && mark > equity) {
    TRY(after.released, released_by(mark, after.mark, withdrawn));
  }
  return after;
}

core::Result<core::Minor> restored_in_all(core::Minor amount, core::Minor loss,
                                          core::Minor returned) {
  if (returned < 0 || returned > amount) {
    return core::invalid("not_positive", "returned",
                         "What returns is from nothing to all that left.");
  }
  if (returned == amount) return loss;
  return core::multiply_divide(loss, returned, amount, core::Rounding::Ceiling);
}

}  // namespace engine::fees
