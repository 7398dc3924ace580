#pragma once

#include <vector>

#include "engine/context.h"
#include "ledger/record.h"

// Groups of clients' own accounts under one manager (MAM): accounts, block orders, their fills and
// closes. Volume is shared in whole lot steps, money to the smallest unit.
// Source: docs/accounting.md, rows 7, 8, 20 and 21.
namespace engine::mam {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Errors: Conflict/not_authorised, no_mandate, exists; NotFound/unknown_structure, unknown_client.
Drafts decide(const Context& context, const OpenTradingAccount& command);
// An overdrawn wallet is refused by its law (Conflict/law_never_debit).
// Errors: NotFound/unknown_account; InvalidInput/not_positive, precision.
Drafts decide(const Context& context, const FundAccount& command);
// Errors: as above; Conflict/insufficient_balance, insufficient_equity.
Drafts decide(const Context& context, const DefundAccount& command);
// Errors: NotFound/unknown_account; Conflict/negative_equity.
Drafts decide(const Context& context, const ValueAccount& command);

// Freezes who takes part and by what weight. Accounts without equity and those whose share would be
// below one step are left out, and the others share the whole.
//
// Errors: NotFound/unknown_structure, unknown_symbol; Conflict/not_authorised, exists,
//         wrong_currency, no_participants; InvalidInput/not_positive, lot_step.
Drafts decide(const Context& context, const AcceptOrder& command);

// Shares a fill so that nobody ever loses a step he has; never stopped by the gate. A final fill
// may have no volume: the rest of the order was cancelled.
//
// Errors: NotFound/unknown_order; Conflict/duplicate_fill, order_final, overfill;
//         InvalidInput/not_positive, lot_step, fill.
Drafts decide(const Context& context, const RecordFill& command);

// Shares a close by what each account has open of the order; never stopped by the gate.
//
// Guarantees: closing all that is open leaves nothing open anywhere.
// Errors:     NotFound/unknown_order; Conflict/duplicate_close, overclose, not_allocated;
//             InvalidInput/not_positive, lot_step, close, precision.
Drafts decide(const Context& context, const RecordClose& command);

// Errors of each that returns a Result: Overflow.
void apply(State& state, const TradingAccountOpened& body, const ledger::RecordView& record);
void apply(State& state, const AccountValued& body, const ledger::RecordView& record);
void apply(State& state, const OrderAccepted& body, const ledger::RecordView& record);
void apply(State& state, const OrderShareFrozen& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const FillRecorded& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const FillAllocated& body, const ledger::RecordView& record);
void apply(State& state, const CloseRecorded& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CloseAllocated& body, const ledger::RecordView& record);

}  // namespace engine::mam
