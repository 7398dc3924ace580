#pragma once

#include "engine/context.h"
#include "engine/currency/rates.h"
#include "engine/trading_state.h"

// What a trading account holds for its client. Positive: owed to him.
namespace engine::trading {

struct Money {
  core::Minor balance = 0;   // As the platform's.
  core::Minor floating = 0;  // As of the last valuation.
  core::Minor equity = 0;
};

// Errors: NotFound/unknown_account.
core::Result<const TradingAccount*> find_account(const Context& context,
                                                 const core::AccountId& account);

// Errors: Overflow.
core::Result<Money> money_of(const Context& context, const core::AccountId& id,
                             const TradingAccount& account);

// An amount of an account in the currency of its group, for what the group is shared by.
struct GroupAmount {
  core::Minor amount = 0;
  std::optional<RateUsed> rate;  // Absent: the account is in the group's currency.
};

// By the platform's rate, else the reference rate, as of the command's time. Rounding: down.
// Errors: Conflict/no_rate, rate_gap; Overflow.
core::Result<GroupAmount> in_group_currency(const Context& context, const TradingAccount& account,
                                            core::Minor amount);

// Whether so much may leave the account. Errors: Conflict/insufficient_balance,
// insufficient_equity.
core::Result<> check_withdrawable(const Money& money, core::Minor amount);

}  // namespace engine::trading
