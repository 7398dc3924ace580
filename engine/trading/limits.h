#pragma once

#include "engine/trading/run.h"

// What an account must not go beyond. Source: the managed-account rules, 2.3 and section 6.
namespace engine::trading {

// A breach of the account's limits by its figures now is recorded, once until it is lifted.
void check_limits(AccountRun& run, const std::optional<core::Minor>& exposure);

// Whether the account may open positions. Closes and exits are never held up.
bool may_open(const TradingAccount& account);

// A base or peak after `withdrawn` left `equity`: in proportion.
// Rounding: up. Errors: Overflow.
core::Result<core::Minor> after_withdrawal(core::Minor figure, core::Minor equity,
                                           core::Minor withdrawn);

}  // namespace engine::trading
