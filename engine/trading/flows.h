#pragma once

#include <functional>
#include <optional>

#include "engine/trading/run.h"

// Money of accounts comes and goes, and their marks with it; for whoever moves it.
namespace engine::trading {

// Adds the record of money that moves into the account; below zero, out of it.
using MoveMoney = std::function<void(core::Minor into_account)>;

// Whether new money may come to an account: what its mandate must hold (gate::admit_money), and,
// unless something is open that it may keep alive, a decision in force for the client.
// Errors: those of gate::admit_money(); Conflict/not_authorised.
// Source: docs/decisions/0051-money-on-its-way.md.
core::Result<> admit_funding(const Context& context, const core::AccountId& id,
                             const TradingAccount& account);

// What came in moves the mark, and brings losses back that left with it. Adds the account's
// standing too.
// Errors: Conflict/balance_differs, negative_equity at `flow`; Overflow.
core::Result<> deposit(AccountRun& run, const std::optional<FlowFacts>& facts, core::Minor amount,
                       const MoveMoney& move);

// What leaves: gross, so that less may move. As above.
// Errors: also Conflict/insufficient_balance, insufficient_equity; Conflict/equity_unstated at
//         `flow.equity_before` if a performance fee may be due on it and nobody says the equity.
core::Result<> withdraw(AccountRun& run, const std::optional<FlowFacts>& facts, core::Minor amount,
                        const MoveMoney& move);

}  // namespace engine::trading
