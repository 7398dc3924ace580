#pragma once

#include "engine/trading/run.h"

namespace engine::trading {

// Records an account's equity: floating follows from it (row 21), what goes by time accrues up to
// the day, and the platform's own figures must agree. `body` has what the command says.
//
// Errors: Conflict/negative_equity, balance_differs, reconcile_drift; Overflow.
core::Result<> value(AccountRun& run, AccountValued body);

// Whether an account has positions: in the books, or a part of a group's order that is open. What
// it costs grows with what is open and with the account's own symbols, not with what is past.
bool has_open_positions(const Context& context, const core::AccountId& account,
                        const TradingAccount& owner);

// Remembers that an account may have a position in a symbol from now on, for has_open_positions. A
// state that does not know the symbol (one order folded for itself) stays as it is.
void note_symbol(State& state, const core::AccountId& account, const std::string& symbol);

// A flow, a fee or its correction moves what the balance is expected to be, so that the valuation
// before it still holds: it is no result. Errors: Overflow.
core::Result<> move_expected(State& state, const core::AccountId& account, core::Minor amount);

// Whether the books' equity is the platform's of that day: nothing is open, or a valuation not
// older than the day before it, and no result since.
bool knows_equity(const AccountRun& run, core::Date date);

}  // namespace engine::trading
