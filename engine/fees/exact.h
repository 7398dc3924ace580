#pragma once

#include <compare>

#include "core/decimal.h"

// Exact amounts: what a fee comes to before it is rounded, once, to a charge.
namespace engine::fees {

// An exact amount: numerator / denominator smallest units. Every function here gives a denominator
// above zero; all but the sums of equal denominators are in lowest terms.
struct Exact {
  core::Minor numerator = 0;
  core::Minor denominator = 1;
  // The same representation; equal amounts in lowest terms are equal. Others: compare().
  bool operator==(const Exact&) const = default;
};

inline Exact whole(core::Minor amount) { return {amount, 1}; }
// Errors: Overflow.
core::Result<Exact> exact(const core::Decimal& value);

// The same amount in lowest terms.
// Errors: InvalidInput/division_by_zero; Overflow.
core::Result<Exact> reduced(const Exact& amount);

// Sums and differences over the least common denominator, and products, in lowest terms.
// Errors: InvalidInput/division_by_zero; Overflow.
core::Result<Exact> add(const Exact& a, const Exact& b);
core::Result<Exact> subtract(const Exact& a, const Exact& b);
core::Result<Exact> multiply(const Exact& a, const Exact& b);
// amount x rate.
core::Result<Exact> at_rate(const Exact& amount, const core::Decimal& rate);

// Compares what the amounts are worth, without overflow.
// Errors: InvalidInput/division_by_zero.
core::Result<std::strong_ordering> compare(const Exact& a, const Exact& b);
core::Result<Exact> smaller(const Exact& a, const Exact& b);
core::Result<Exact> larger(const Exact& a, const Exact& b);

// a - b, or nothing if that is below zero: a gain above a mark.
// Errors: InvalidInput/division_by_zero; Overflow.
core::Result<Exact> excess(const Exact& a, const Exact& b);

// Rounding: as named.
// Errors:   InvalidInput/division_by_zero; Overflow.
core::Result<core::Minor> floor_of(const Exact& amount);
core::Result<core::Minor> ceiling_of(const Exact& amount);

// The charge that brings `charged` up to the floor of the cumulative accrual; never negative.
//
// Rounding:   down to the smallest unit; the unpaid fraction stays accrued.
// Guarantees: the sum of all charges is the floor of the last cumulative accrual, however often it
//             was charged.
// Source:     the managed-account rules, ruling 2.
core::Result<core::Minor> charge_of(const Exact& cumulative, core::Minor charged);

}  // namespace engine::fees
