#pragma once

#include "core/decimal.h"

namespace engine::fees {

// The most that all fees of a calendar year may come to: rate x capital at the start of the year;
// for who joins later, his capital at the start.
//
// Rounding: down. A capital of zero or less allows nothing.
// Errors:   InvalidInput/rate_range if the rate is below zero; Overflow.
// Source:   the worked examples, NASTY-08-annual-cap.
core::Result<core::Minor> annual_cap(const core::Decimal& rate, core::Minor capital);

// A fee under a cap. What is cut is forfeited, not deferred: the mark moves to the equity after the
// fee, and an accrual counts as charged with what was forfeited.
struct CappedFee {
  core::Minor fee = 0;
  core::Minor forfeited = 0;
};

// The part of `fee` that the cap leaves when `charged` has been charged of this year's.
//
// Guarantees: fee and forfeited sum to the fee given, and neither is below zero.
// Errors:     InvalidInput/not_positive if the fee is below zero; Overflow.
// Source:     the managed-account rules, ruling 6.
core::Result<CappedFee> capped(core::Minor fee, core::Minor cap, core::Minor charged);

// The fee, or nothing if it is below the least that is charged: then no charge occurs, and it stays
// accrued.
inline core::Minor fee_if_at_least(core::Minor fee, core::Minor minimum) {
  return fee < minimum ? 0 : fee;
}

}  // namespace engine::fees
