#pragma once

#include "engine/trading/run.h"

namespace engine::trading {

// Records an account's equity: floating follows from it (row 21), what goes by time accrues up to
// the day, and the platform's own figures must agree. `body` has what the command says.
//
// Errors: Conflict/negative_equity, balance_differs, reconcile_drift; Overflow.
core::Result<> value(AccountRun& run, AccountValued body);

// Whether an account has positions: in the books, or a part of a group's order that is open.
bool has_open_positions(const Context& context, const core::AccountId& account,
                        const TradingAccount& owner);

// Whether the books' equity is the platform's of that day: nothing is open, or a valuation not
// older than the day before it, and no result since.
bool knows_equity(const AccountRun& run, core::Date date);

}  // namespace engine::trading
