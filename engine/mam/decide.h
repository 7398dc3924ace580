#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/mam_records.h"
#include "engine/position_records.h"
#include "ledger/record.h"

// Groups of clients' own accounts under one manager (MAM): block orders, their fills and closes.
// Volume is shared in whole lot steps, money to the smallest unit.
// Source: docs/accounting.md, "Groups", rows 20, 22, 31 and 32.
namespace engine::mam {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// How an account takes part from the next order on.
//
// Errors: NotFound/unknown_account; InvalidInput/not_positive, overflow_owner, shares_above_one.
Drafts decide(const Context& context, const SetParticipation& command);

// Freezes who takes part, by what weight and limit, and who does not and why; all before the order
// leaves. Lot step and minimum are the contract's in force, else the offer's. Without a decision in
// force it passes only if it opens nothing: in a group that nets, up to what is open and not
// ordered to be closed already.
//
// Errors: NotFound/unknown_structure, unknown_symbol; Conflict/not_authorised, exists,
//         no_participants, percent_sum, no_overflow_account, price_needed,
//         no_contract, justification_needed; InvalidInput/not_positive, lot_step.
Drafts decide(const Context& context, const AcceptOrder& command);

// Shares a fill by the cumulative volume so that nobody ever loses a step he has; never stopped by
// the gate. A final fill may have no volume: the rest of the order was cancelled. What comes after
// it is recorded as late and shared by the same weights. The fill that completes the order puts
// right whoever is a whole step from his share, each with a record.
//
// Errors: NotFound/unknown_order; Conflict/duplicate_fill, fill_differs, order_final, overfill,
//         closed_volume; InvalidInput/not_positive, lot_step, fill, precision.
Drafts decide(const Context& context, const RecordFill& command);

// Puts a recorded fill right, and with it everybody's part: steps are taken back in allocation
// order. If an account was valued since the fill, no account's part is changed: the house has the
// difference, and what each would have is a schedule of compensation.
//
// Errors: NotFound/unknown_order, unknown_fill; Conflict/fill_busted, overfill, closed_volume;
//         InvalidInput/not_positive, lot_step, precision, reason.
Drafts decide(const Context& context, const AmendFill& command);
Drafts decide(const Context& context, const BustFill& command);

// Before the first fill the others share the rejected account's part; afterwards the house takes
// it over at the average price.
//
// Errors: NotFound/unknown_order, unknown_share; Conflict/rejected, no_participants.
Drafts decide(const Context& context, const RejectShare& command);

// Closes what the house took over; the result is its own.
//
// Errors: NotFound/unknown_order; Conflict/duplicate_close, overclose; InvalidInput/not_positive,
//         lot_step, close, precision.
Drafts decide(const Context& context, const CloseError& command);

// Shares a close by what each account has open of the order; never stopped by the gate.
//
// Guarantees: closing all that is open leaves nothing open anywhere.
// Errors:     NotFound/unknown_order; Conflict/duplicate_close, overclose, not_allocated;
//             InvalidInput/not_positive, lot_step, close, precision.
Drafts decide(const Context& context, const RecordClose& command);

// The same over all orders that are open in the symbol on that side: each account closes by what it
// has open of them together, its oldest orders first.
//
// Guarantees: as above.
// Errors:     NotFound/unknown_structure, unknown_symbol; Conflict/no_position, overclose,
//             duplicate_event, not_allocated, lot_steps_differ; InvalidInput/not_positive,
//             lot_step, close, precision.
Drafts decide(const Context& context, const ClosePosition& command);

// Swap, dividend or financing by what each account has open, to the cent (largest remainder).
//
// Errors: as above; InvalidInput/adjustment.
Drafts decide(const Context& context, const AdjustPosition& command);

// Each order's open volume x numerator / denominator, rounded down for the block, which its
// accounts share by largest remainder; the cash for what is lost, by open volume.
//
// Errors: as above; Conflict/order_working, both_sides; InvalidInput/split.
Drafts decide(const Context& context, const SplitPosition& command);

// Errors of each that returns a Result: Overflow.
void apply(State& state, const OrderAccepted& body, const ledger::RecordView& record);
void apply(State& state, const OrderShareFrozen& body, const ledger::RecordView& record);
void apply(State& state, const ParticipationSet& body, const ledger::RecordView& record);
void apply(State& state, const AccountExcluded& body, const ledger::RecordView& record);
void apply(State& state, const ShareRejected& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const AllocationCorrected& body,
                     const ledger::RecordView& record);
core::Result<> apply(State& state, const FillChanged& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CompensationScheduled& body,
                     const ledger::RecordView& record);
void apply(State& state, const ErrorClosed& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const FillRecorded& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const FillAllocated& body, const ledger::RecordView& record);
void apply(State& state, const CloseRecorded& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CloseAllocated& body, const ledger::RecordView& record);
void apply(State& state, const PositionClosed& body, const ledger::RecordView& record);
void apply(State& state, const PositionAdjusted& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const OrderSplit& body, const ledger::RecordView& record);
void apply(State& state, const SplitAllocated& body, const ledger::RecordView& record);

}  // namespace engine::mam
