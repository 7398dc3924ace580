#pragma once

#include <cstdint>

#include "core/decimal.h"
#include "engine/fees/exact.h"
#include "engine/fees/withdrawal.h"

// The arithmetic of fees and high-water marks. Amounts are in a currency's smallest unit; every
// division names its rounding. Source: docs/accounting.md, "Fees".
namespace engine::fees {

// What a year's management fee at `rate` on `base` accrues in `days`, ACT/365.
//
// Guarantees: the denominator depends on the rate's scale only, so numerators of one rate add up.
// Errors:     Overflow.
core::Result<Exact> management_accrual(core::Minor base, const core::Decimal& rate,
                                       std::uint64_t days);

// The performance fee at `rate` on the gain of `equity` above `mark`; nothing at or below it.
core::Result<Exact> performance_accrual(core::Minor equity, core::Minor mark,
                                        const core::Decimal& rate);

// The part of it that falls on withdrawing `amount` out of `equity`: amount / equity of the
// accrual.
core::Result<Exact> performance_accrual_on(core::Minor equity, core::Minor mark,
                                           const core::Decimal& rate, core::Minor amount);

// Taking `amount` out of `equity`: the mark falls in proportion; below the mark the loss that
// leaves (mark before - mark after - amount) is remembered, to come back if the money does.
//
// Rounding: the mark up.
// Source:   ruling PROPORTIONAL_RESTORE, docs/accounting.md, "High-water marks".
core::Result<MarkAfterWithdrawal> withdraw(core::Minor equity, core::Minor mark,
                                           core::Minor amount);

// The loss that comes back when `part` of a remembered withdrawal of `amount` with `loss` returns.
// Rounding: up; the last part takes the remainder.
core::Result<core::Minor> restored(core::Minor amount, core::Minor loss, core::Minor part);

}  // namespace engine::fees
