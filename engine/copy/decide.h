#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/copy_event_records.h"
#include "engine/copy_records.h"
#include "engine/copy_state.h"
#include "engine/effects.h"
#include "ledger/record.h"

// Copy trading: subscriptions of clients to a manager's own account. Each has money, positions and
// fees of its own (engine/trading); here is how large its copies are and what becomes of them.
// Volumes are whole lot steps, kept in 1e-8 lots; money goes to the smallest unit.
// Source: docs/accounting.md, "Copy trading" and row 20; docs/decisions/0032-copies-by-lineage.md.
namespace engine::copy {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// A new version of the terms. Never stopped by the gate: a cap may be tightened at any time. Offers
// that were sized by the old ones are withdrawn.
//
// Errors: NotFound/unknown_account; Conflict/wrong_model, no_equity;
//         InvalidInput/missing_field, unused_field, not_positive, rate_range, rounding,
//         stop_levels, confirm_seconds, precision.
Drafts decide(const Context& context, const SetCopyTerms& command);
// Errors: NotFound/unknown_structure; Conflict/wrong_model; InvalidInput/unknown_currency,
//         precision, not_positive.
Drafts decide(const Context& context, const ValueMaster& command);

// One record for the signal, two for a reversal, and one for each subscription that it concerns:
// sized, skipped, offered, or asked to close. Without a decision in force nothing is opened, and
// each subscription's record says so; what closes always goes through. Measures the stops of all
// subscriptions first, where it opens. The same signal again changes nothing.
//
// Errors: NotFound/unknown_structure, unknown_symbol; Conflict/wrong_model, different_content,
//         wrong_symbol, wrong_kind, position_closed, overclose, no_contract;
//         InvalidInput/signal, position, not_positive, precision; Overflow at price, stop_loss.
Drafts decide(const Context& context, const RecordSignal& command);

// An order for what is left of the offer after the master's reductions since. The gate is asked
// again: the client's word does not replace it.
//
// Errors: NotFound/unknown_account, unknown_copy; Conflict/wrong_model, expired, offer_ended,
//         not_authorised, no_mandate, mandate_over, stopped.
Drafts decide(const Context& context, const ConfirmCopy& command);
// Errors: NotFound/unknown_account, unknown_copy; Conflict/wrong_model.
Drafts decide(const Context& context, const DeclineCopy& command);

// Never stopped by the gate. The same fill or close again changes nothing. A fill that comes when
// its order is over, or when the master has closed, is late: it is asked to be closed at once as
// far as no more of it is kept.
//
// Rounding: converted money half to even.
// Errors:   NotFound/unknown_account, unknown_signal, unknown_copy; Conflict/wrong_model, no_terms,
//           different_content, overfill, overclose, order_split, no_rate, rate_gap;
//           InvalidInput/not_positive,
//           lot_step, fill, close, precision, unknown_currency, same_currency; Overflow at price.
Drafts decide(const Context& context, const RecordCopyFill& command);
Drafts decide(const Context& context, const RecordCopyClose& command);
// Errors: as above; Conflict/copy_over; InvalidInput/reason.
Drafts decide(const Context& context, const RejectCopy& command);
// Never edits what is recorded: posts the difference.
//
// Errors: NotFound/unknown_account, unknown_copy; Conflict/wrong_model, overfill, overclose;
//         order_split; InvalidInput/missing_field, unused_field, not_positive, lot_step,
//         precision, reason;
//         Overflow at price.
Drafts decide(const Context& context, const AmendCopy& command);

// Errors: NotFound/unknown_structure, unknown_account; Conflict/wrong_model;
//         InvalidInput/missing_field, unused_field, precision.
Drafts decide(const Context& context, const CheckCopyStops& command);
// Errors: NotFound/unknown_account; Conflict/wrong_model, no_terms, stopped.
Drafts decide(const Context& context, const StopCopying& command);

// Never stopped by the gate. Each position of the master in the symbol is multiplied, and each open
// copy by itself, with what of it is asked to be closed; offers of it are withdrawn. The same event
// again changes nothing.
//
// Rounding: volumes down to a lot step; cash for the rest half even, once.
// Errors:   NotFound/unknown_structure, unknown_symbol; Conflict/wrong_model, different_content,
//           no_position, order_working, both_sides, no_rate, rate_gap; InvalidInput/split,
//           unknown_currency; Overflow.
Drafts decide(const Context& context, const SplitCopies& command);
// Money on all open copies of a symbol and side, each by its volume.
//
// Rounding: half even, once.
// Errors:   NotFound/unknown_structure, unknown_symbol; Conflict/wrong_model, different_content,
//           no_position, no_rate, rate_gap; InvalidInput/adjustment, unknown_currency; Overflow.
Drafts decide(const Context& context, const AdjustCopies& command);
// What a split does to a position of the master.
void apply_split(CopyLineage& lineage, const CopiesSplit& split);

// Ends the offers whose time is over.
void expire(const Context& context, Effects& effects);
bool has_expired(const State& state, core::Instant now);

// Errors of each that returns a Result: Overflow.
void apply(State& state, const CopyTermsSet& body, const ledger::RecordView& record);
void apply(State& state, const MasterValued& body, const ledger::RecordView& record);
void apply(State& state, const SignalRecorded& body, const ledger::RecordView& record);
void apply(State& state, const CopySized& body, const ledger::RecordView& record);
void apply(State& state, const CopySkipped& body, const ledger::RecordView& record);
void apply(State& state, const CopyOffered& body, const ledger::RecordView& record);
void apply(State& state, const CopyOfferEnded& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CopyCloseAsked& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CopyFilled& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CopyClosed& body, const ledger::RecordView& record);
void apply(State& state, const CopyRejected& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CopyAmended& body, const ledger::RecordView& record);
void apply(State& state, const CopyStopped& body, const ledger::RecordView& record);
void apply(State& state, const CopyMarginMeasured& body, const ledger::RecordView& record);
void apply(State& state, const CopiesSplit& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CopySplitAllocated& body,
                     const ledger::RecordView& record);
void apply(State& state, const CopiesAdjusted& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CopyAdjusted& body, const ledger::RecordView& record);

}  // namespace engine::copy
