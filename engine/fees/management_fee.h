#pragma once

#include "engine/fees/day_count.h"
#include "engine/fees/exact.h"

namespace engine::fees {

// The capital that a management fee is taken on: what was there when the period began, when it
// ended before the fee, or half the sum of both.
enum class ManagementBase { Begin, End, Average };

// Units:      smallest units; a base below zero counts as nothing.
// Guarantees: exact: an average may be half a unit.
// Errors:     Overflow.
core::Result<Exact> management_base(ManagementBase choice, core::Minor begin, core::Minor end);

// base x rate x years, exact.
//
// Units:  base in smallest units; `rate` a year.
// Errors: Overflow.
// Source: the managed-account rules, 3.3.
core::Result<Exact> management_accrual(const Exact& base, const core::Decimal& rate,
                                       const Fraction& years);

// The part of a flat annual fee, such as a subscription, that `years` accrue, exact.
//
// Units:  annual in smallest units.
// Errors: Overflow.
core::Result<Exact> flat_accrual(core::Minor annual, const Fraction& years);

}  // namespace engine::fees
