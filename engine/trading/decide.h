#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/trading_records.h"
#include "ledger/record.h"

// Clients' own trading accounts under a manager, in groups (MAM) and in copy trading: opened,
// funded, valued. Money to the smallest unit.
// Source: docs/accounting.md, rows 7, 8 and 21.
namespace engine::trading {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Errors: Conflict/not_authorised, no_mandate, exists, wrong_model; NotFound/unknown_structure,
//         unknown_client.
Drafts decide(const Context& context, const OpenTradingAccount& command);
// An overdrawn wallet is refused by its law (Conflict/law_never_debit).
// Errors: NotFound/unknown_account; InvalidInput/not_positive, precision.
Drafts decide(const Context& context, const FundAccount& command);
// Errors: as above; Conflict/insufficient_balance, insufficient_equity.
Drafts decide(const Context& context, const DefundAccount& command);
// Errors: NotFound/unknown_account; Conflict/negative_equity.
Drafts decide(const Context& context, const ValueAccount& command);

// Errors of each that returns a Result: Overflow.
void apply(State& state, const TradingAccountOpened& body, const ledger::RecordView& record);
void apply(State& state, const AccountValued& body, const ledger::RecordView& record);

}  // namespace engine::trading
