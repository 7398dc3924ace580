#pragma once

#include "engine/corrections/decide.h"
#include "engine/corrections/past_fee.h"

// Fees that were charged on clients' own accounts: row 31 of docs/accounting.md without units.
namespace engine::corrections {

// Errors: Conflict/investor_left, fee_reserved, nothing_to_correct; InvalidInput/fee_range,
//         precision.
Drafts correct_account_fee(const Context& context, const CorrectFee& command, const PastFee& past);

// So much comes back to an account, or leaves it, by a correction: no result, so the valuation
// still holds. Errors: Overflow.
core::Result<> move_account(State& state, const core::AccountId& account, core::Minor amount);

}  // namespace engine::corrections
