#pragma once

#include "engine/fees/exact.h"

// Fees on traded volume, exact, to be accrued and charged as charge_of() says.
namespace engine::fees {

// lots x rate, in smallest units of a currency with `currency_scale` decimals.
//
// Units:  `rate` in the currency, for each lot; lots not below zero.
// Errors: InvalidInput/not_positive if lots or rate are below zero; Overflow.
// Source: the managed-account rules, 3.3 and 5.1.
core::Result<Exact> per_lot_fee(const core::Decimal& lots, const core::Decimal& rate,
                                unsigned currency_scale);

// notional / 1,000,000 x rate, for one side of a trade. A round turn is two sides, each at its own
// notional.
//
// Units:  notional in smallest units of the currency of the fee; `rate` in that currency, for each
//         million.
// Errors: InvalidInput/not_positive if notional or rate are below zero; Overflow.
// Source: the managed-account rules, 3.3 (cTrader Copy: per million a side).
core::Result<Exact> per_million_fee(core::Minor notional, const core::Decimal& rate);

}  // namespace engine::fees
