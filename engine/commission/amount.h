#pragma once

#include "core/rational.h"

// Exact amounts of partners' earnings, in whole units of a currency.
namespace engine::commission {

// Decimals of an accrual. What is a decimal of so many places accrues exactly; what is not (a
// division by an exchange rate) loses less than 10^-18 of the currency's unit a line.
// Source: docs/decisions/0033-partner-accruals.md.
inline constexpr unsigned kAccrualScale = 18;

core::Rational exact(const core::Decimal& value);

// `amount` in 10^-18 of the currency's unit. Rounding: Floor. Errors: Overflow.
core::Result<core::Minor> to_accrual(const core::Rational& amount);

// What of a cumulative accrual can stand in the books of a currency with `currency_scale` decimals,
// in its smallest units. Rounding: Floor.
core::Minor whole_units(core::Minor accrual, unsigned currency_scale);

// The smaller of two, and what of the first is above zero.
core::Rational smaller(const core::Rational& a, const core::Rational& b);
core::Rational above_zero(const core::Rational& value);

}  // namespace engine::commission
