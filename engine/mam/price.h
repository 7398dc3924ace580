#pragma once

#include <optional>

#include "core/rational.h"
#include "engine/mam_state.h"

// The price of an order: exact, and as its accounts have it.
namespace engine::mam {

// sum + price x steps, exact. Errors: Overflow.
core::Result<core::Decimal> add_price(const core::Decimal& sum, const core::Decimal& price,
                                      core::Minor steps);

// The sum once so many steps at one price are others at another. Errors: Overflow.
core::Result<core::Decimal> replace_price(const core::Decimal& sum, const FillFacts& before,
                                          const FillFacts& after);

// Sum of price x steps over the steps: exact. Nothing is filled: none.
core::Result<std::optional<core::Rational>> average_price(const core::Decimal& price_steps,
                                                          core::Minor filled);

// The price at which every account dealt: the average of all that is filled.
//
// Rounding: half even, to the contract's price digits; exact average if there is no contract.
core::Result<std::optional<core::Decimal>> account_price(const core::Decimal& price_steps,
                                                         core::Minor filled,
                                                         std::optional<std::uint64_t> digits);

// What so many steps gain, in whole units of the symbol's currency, when its price moves by that.
// Zero without a contract.
core::Result<core::Rational> value_of(const Order& order, const core::Rational& move,
                                      core::Minor steps);

}  // namespace engine::mam
