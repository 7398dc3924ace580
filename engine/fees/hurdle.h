#pragma once

#include "engine/fees/day_count.h"
#include "engine/fees/exact.h"

// The return that an investor has before the manager has a performance fee. It is an amount that
// accrues on the mark, day by day; mark and hurdle together are the threshold T = H + hurdle.
namespace engine::fees {

// What a hurdle of `rate` a year adds over `years`: mark x rate x years, exact. The accrual of each
// span is added to what stands; a charge begins anew at nothing.
//
// Units:  mark in smallest units.
// Errors: Overflow.
// Source: the managed-account rules, ruling 6; simple, ACT/365 by default.
core::Result<Exact> hurdle_accrual(core::Minor mark, const core::Decimal& rate,
                                   const Fraction& years);

// The hurdle after `withdrawn` in all left `equity` at one price: it falls in proportion. Whatever
// the rule for the mark is; an equity of zero or less leaves it alone.
//
// Rounding:   the numerator up, over the denominator as it is, so that no fraction grows with each
//             withdrawal.
// Guarantees: for given figures before the first withdrawal at a price only their sum counts.
// Errors:     InvalidInput/not_positive if `withdrawn` is not from 0 to `equity`; Overflow.
// Source:     the managed-account rules, ruling 6.
core::Result<Exact> hurdle_after_withdrawals(const Exact& hurdle, core::Minor equity,
                                             core::Minor withdrawn);

}  // namespace engine::fees
