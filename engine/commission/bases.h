#pragma once

#include "core/rational.h"

// What a rate is multiplied with. Prices and money in whole units of the symbol's currency.
// Source: the managed-account rules, 5.1.
namespace engine::commission {

// Contract size x price x lots: what one side of a deal is worth.
core::Rational notional(const core::Rational& lots, const core::Rational& contract_size,
                        const core::Rational& price);

// A rate for a million pays on so many of them.
core::Rational millions(const core::Rational& notional);

// What one point, the smallest step of the price, is worth on the volume.
core::Rational value_of_point(const core::Rational& lots, const core::Rational& tick_size,
                              const core::Rational& contract_size);

// What the client paid by the spread at one side of his deal: (ask - bid) x contract size x lots.
core::Rational spread_money(const core::Rational& spread, const core::Rational& contract_size,
                            const core::Rational& lots);

// A spread without what it gains in fast markets: above the average it is multiplied by
// average / current, which leaves the average.
core::Rational damped(const core::Rational& spread, const core::Rational& average);

// What the broker earned by a deal, or by a client in a period.
struct Revenue {
  core::Rational spread;
  core::Rational commission;
  core::Rational swap_markup;
  core::Rational bonus;  // This and what follows are costs.
  core::Rational chargebacks;
  core::Rational payment_cost;
};
core::Rational net_revenue(const Revenue& revenue);

}  // namespace engine::commission
