#pragma once

#include <vector>

#include "engine/cash_commands.h"
#include "engine/cash_records.h"
#include "engine/context.h"
#include "ledger/record.h"

// Clients' cash between bank and wallet (docs/accounting.md, rows 1 and 6), and manual entries.
namespace engine::cash {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// An overdrawn wallet or payout account is refused by its law (Conflict/law_never_debit).
Drafts decide(const Context& context, const Deposit& command);
Drafts decide(const Context& context, const Withdraw& command);
Drafts decide(const Context& context, const PayWithdrawal& command);
// Errors: InvalidInput/law for anything but never_debit and never_credit.
Drafts decide(const Context& context, const OpenAccounts& command);
// Errors: InvalidInput/unknown_commodity, precision; what the books refuse.
Drafts decide(const Context& context, const PostEntry& command);

void apply(State& state, const CashMoved& body, const ledger::RecordView& record);
void apply(State& state, const EntryPosted& body, const ledger::RecordView& record);

}  // namespace engine::cash
