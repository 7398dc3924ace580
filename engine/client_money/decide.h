#pragma once

#include <vector>

#include "engine/client_money_commands.h"
#include "engine/client_money_records.h"
#include "engine/context.h"
#include "engine/effects.h"
#include "engine/hedge_records.h"
#include "engine/segregation_commands.h"
#include "engine/segregation_records.h"
#include "engine/transfer_commands.h"
#include "ledger/record.h"

// Client money beyond deposit and withdrawal: cards, receipts without an owner, transfers that a
// platform has not confirmed, a manager's fees, negative balances, conversions, and the day's
// calculation of what is held and owed. Source: docs/accounting.md, rows 2 to 8 and 26 to 29.
namespace engine::client_money {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// --- Cards: rows 2 to 4. Errors of each: those of money (InvalidInput/not_positive, precision).
// ---

// The house's hedge. Errors: InvalidInput/unknown_currency, hedge_reference, precision.
Drafts decide(const Context& context, const RecordHedgeResult& command);

// Errors: Conflict/exists.
Drafts decide(const Context& context, const RegisterPsp& command);
// Errors: NotFound/unknown_psp, unknown_client; Conflict/exists.
Drafts decide(const Context& context, const DepositByCard& command);
// Errors: NotFound/unknown_psp, unknown_bank; Conflict/wrong_bank, psp_balance if it does not owe
//         that much; InvalidInput/settlement_parts if cost and reserve are below zero or above all.
Drafts decide(const Context& context, const SettlePsp& command);
// More than is held back is refused by the account's law (Conflict/law_never_credit).
// Errors: NotFound/unknown_psp, unknown_bank.
Drafts decide(const Context& context, const ReleasePspReserve& command);
// Errors: NotFound/unknown_payment; Conflict/payment_exhausted.
Drafts decide(const Context& context, const ChargeBack& command);

// --- Receipts without an owner: row 5. ---

// Errors: NotFound/unknown_bank; Conflict/wrong_bank, exists.
Drafts decide(const Context& context, const RecordReceipt& command);
// Errors: NotFound/unknown_receipt, unknown_client.
Drafts decide(const Context& context, const IdentifyReceipt& command);
// Errors: NotFound/unknown_receipt.
Drafts decide(const Context& context, const ReturnReceipt& command);

// --- Balance operations on a platform, sent and not confirmed: rows 7 and 8. What comes to an
// account or leaves it is a flow, with the errors of one (engine/trading/flows.h). ---

// Errors: NotFound/unknown_account; InvalidInput/server_name, unexpected_flow to an account;
//         Conflict/wrong_server, exists, law_never_debit.
Drafts decide(const Context& context, const SendTransfer& command);
// Errors: NotFound/unknown_transfer; InvalidInput/ticket, unexpected_flow from an account;
//         Conflict/duplicate_ticket.
Drafts decide(const Context& context, const ConfirmTransfer& command);
// Errors: NotFound/unknown_transfer; InvalidInput/unexpected_flow to an account.
Drafts decide(const Context& context, const RefuseTransfer& command);

// --- From one client's wallet to another's: row 35. ---

// Given without the command that receives it, it is refused by its account's law
// (Conflict/law_zero_at).
// Errors: NotFound/unknown_client; Conflict/exists, screening_hit.
Drafts decide(const Context& context, const HandOver& command);
// Errors: NotFound/unknown_handover, unknown_client; InvalidInput/same_client;
//         Conflict/screening_hit.
Drafts decide(const Context& context, const ReceiveHandover& command);

// --- Fees, losses and currencies: rows 26, 28 and 29. ---

// More than is due is refused by the fees account's law (Conflict/law_never_debit).
// Errors: NotFound/unknown_manager, unknown_client, unknown_bank; Conflict/wrong_bank,
//         not_own_client; InvalidInput/one_payee.
Drafts decide(const Context& context, const PayManager& command);
// Errors: NotFound/unknown_account; Conflict/positions_open, not_negative,
//         negative_balance_protected.
Drafts decide(const Context& context, const CoverNegativeBalance& command);
// Rounding: down, the client's value and the mid value alike.
// Errors: NotFound/unknown_client; InvalidInput/same_currency, exchange_rate, rate_time,
// rate_source.
Drafts decide(const Context& context, const Convert& command);

// --- The day's segregation: row 27. ---

Drafts decide(const Context& context, const SetSegregationRule& command);
// Errors: InvalidInput/missing_field without a measure, segregation_date, segregation_remove,
//         duplicate_bank; NotFound/unknown_bank; Conflict/segregation_done, segregation_order,
//         segregation_rule, segregation_banks, bank_difference, wrong_bank; Overflow.
Drafts decide(const Context& context, const RecordSegregation& command);
// Records a breach for everything that is overdue and was not found so before; at most
// kBreachesMax, so that the rest is left to the next tick. Errors: Overflow.
core::Result<> expire(const Context& context, Effects& effects);
// Whether a tick recorded at `now` would record a breach.
bool has_expired(const State& state, core::Instant now);

void apply(State& state, const PspRegistered& body, const ledger::RecordView& record);
void apply(State& state, const CardDeposited& body, const ledger::RecordView& record);
void apply(State& state, const PspSettled& body, const ledger::RecordView& record);
void apply(State& state, const PspReserveReleased& body, const ledger::RecordView& record);
void apply(State& state, const ChargedBack& body, const ledger::RecordView& record);
void apply(State& state, const ReceiptRecorded& body, const ledger::RecordView& record);
void apply(State& state, const ReceiptEnded& body, const ledger::RecordView& record);
void apply(State& state, const TransferSent& body, const ledger::RecordView& record);
void apply(State& state, const TransferEnded& body, const ledger::RecordView& record);
void apply(State& state, const ManagerPaid& body, const ledger::RecordView& record);
void apply(State& state, const NegativeBalanceCovered& body, const ledger::RecordView& record);
void apply(State& state, const Converted& body, const ledger::RecordView& record);
void apply(State& state, const SegregationRuleSet& body, const ledger::RecordView& record);
void apply(State& state, const SegregationRecorded& body, const ledger::RecordView& record);
void apply(State& state, const ClientMoneyBreached& body, const ledger::RecordView& record);
void apply(State& state, const HandedOver& body, const ledger::RecordView& record);
void apply(State& state, const HandoverReceived& body, const ledger::RecordView& record);

}  // namespace engine::client_money
