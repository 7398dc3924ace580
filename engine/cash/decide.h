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
Drafts decide(const Context& context, const ReturnWithdrawal& command);
Drafts decide(const Context& context, const CancelWithdrawal& command);
// Errors: InvalidInput/law for a law that is none, or without its event, prefix or scope.
Drafts decide(const Context& context, const OpenAccounts& command);
// Errors: InvalidInput/event; Conflict/law_zero_at, law_group_never_debit.
Drafts decide(const Context& context, const AnnounceEvent& command);
// Errors: InvalidInput/unknown_commodity, precision; what the books refuse.
Drafts decide(const Context& context, const PostEntry& command);

void apply(State& state, const CashMoved& body, const ledger::RecordView& record);
void apply(State& state, const EntryPosted& body, const ledger::RecordView& record);

}  // namespace engine::cash
