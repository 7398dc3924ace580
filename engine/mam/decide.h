#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/mam_records.h"
#include "engine/position_records.h"
#include "ledger/record.h"

// Groups of clients' own accounts under one manager (MAM): block orders, their fills and closes.
// Volume is shared in whole lot steps, money to the smallest unit.
// Source: docs/accounting.md, row 20.
namespace engine::mam {

using Drafts = core::Result<std::vector<ledger::Draft>>;

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
// Errors: as above; Conflict/order_working; InvalidInput/split.
Drafts decide(const Context& context, const SplitPosition& command);

// Errors of each that returns a Result: Overflow.
void apply(State& state, const OrderAccepted& body, const ledger::RecordView& record);
void apply(State& state, const OrderShareFrozen& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const FillRecorded& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const FillAllocated& body, const ledger::RecordView& record);
void apply(State& state, const CloseRecorded& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const CloseAllocated& body, const ledger::RecordView& record);
void apply(State& state, const PositionClosed& body, const ledger::RecordView& record);
void apply(State& state, const PositionAdjusted& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const OrderSplit& body, const ledger::RecordView& record);
void apply(State& state, const SplitAllocated& body, const ledger::RecordView& record);

}  // namespace engine::mam
