#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/investor_records.h"
#include "engine/mandate_gap_records.h"
#include "engine/sent_home_records.h"
#include "ledger/record.h"

// Pooled accounts: units with cash accounting. Positions stay on the pool's master account; each
// investor owns units, and posted cents are fixed at each rollover.
// Source: docs/accounting.md, "Pools".
namespace engine::pamm {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Errors: those of gate::admit_money(); InvalidInput/not_positive, precision;
//         NotFound/unknown_structure.
Drafts decide(const Context& context, const Subscribe& command);
// Errors: Conflict/no_units if there is nothing to redeem.
Drafts decide(const Context& context, const Redeem& command);
// Money that the pool keeps out, because the gate or the mandate does, may be taken back at any
// time, also what had left another pool. Errors: NotFound/unknown_request;
// Conflict/request_frozen, not_a_join.
Drafts decide(const Context& context, const CancelRequest& command);
// Errors: Conflict/duplicate_ticket; Conflict/wrong_server; NotFound/unknown_symbol.
Drafts decide(const Context& context, const RecordDeal& command);
// A capital row confirms the operation a rollover sent; without one it is a break.
// Errors: Conflict/capital_break, duplicate_ticket, wrong_server; InvalidInput/precision.
Drafts decide(const Context& context, const RecordBalanceOperation& command);
// Errors: NotFound/unknown_ticket; Conflict/capital_break if it is capital nobody accounts for.
Drafts decide(const Context& context, const ClassifyOperation& command);
// Errors: InvalidInput/negative_equity.
Drafts decide(const Context& context, const RecordValuation& command);
// Errors: Conflict/valuation_missing, valuation_early, reconcile_drift, operation_unconfirmed,
// trade_date,
//         rollover_order, rollover_early, calendar_end, period_not_over, unclassified_operation,
//         asserted_mark, archived; InvalidInput/calendar_decides.
Drafts decide(const Context& context, const Rollover& command);
// Errors: InvalidInput/calendar; Conflict/calendar_past.
Drafts decide(const Context& context, const SetCalendar& command);
// Errors: NotFound/unknown_request; Conflict/not_a_join.
Drafts decide(const Context& context, const ApproveJoin& command);
Drafts decide(const Context& context, const RefuseJoin& command);
// Errors: NotFound/unknown_request; Conflict/not_a_join for money from another pool that may come
// in.
Drafts decide(const Context& context, const AnnulRequest& command);
// Errors: Conflict/no_units, wrong_strategy, liquidating; those of gate::admit_money().
Drafts decide(const Context& context, const TransferInvestor& command);
// Errors: Conflict/liquidating.
Drafts decide(const Context& context, const LiquidateStructure& command);
// Errors: Conflict/exists, trade_date.
Drafts decide(const Context& context, const HoldRollover& command);
// Errors: Conflict/valuation_missing, difference.
Drafts decide(const Context& context, const AcceptDifference& command);

void apply(State& state, const SubscriptionRequested& body, const ledger::RecordView& record);
void apply(State& state, const RedemptionRequested& body, const ledger::RecordView& record);
void apply(State& state, const RequestCancelled& body, const ledger::RecordView& record);
// Errors: Overflow.
core::Result<> apply(State& state, const DealRecorded& body, const ledger::RecordView& record);
void apply(State& state, const BalanceOperationRecorded& body, const ledger::RecordView& record);
void apply(State& state, const OperationClassified& body, const ledger::RecordView& record);
void apply(State& state, const PoolValued& body, const ledger::RecordView& record);
void apply(State& state, const ResultAttributed& body, const ledger::RecordView& record);
void apply(State& state, const FeeCharged& body, const ledger::RecordView& record);
void apply(State& state, const RedemptionPriced& body, const ledger::RecordView& record);
void apply(State& state, const SubscriptionPriced& body, const ledger::RecordView& record);
void apply(State& state, const FloatingRebased& body, const ledger::RecordView& record);
void apply(State& state, const RolloverCompleted& body, const ledger::RecordView& record);
void apply(State& state, const OperationSent& body, const ledger::RecordView& record);
void apply(State& state, const OperationConfirmed& body, const ledger::RecordView& record);
void apply(State& state, const InvestorStanding& body, const ledger::RecordView& record);
void apply(State& state, const RetainedDistributed& body, const ledger::RecordView& record);
void apply(State& state, const UnitsVoided& body, const ledger::RecordView& record);
void apply(State& state, const UnitsRebased& body, const ledger::RecordView& record);
void apply(State& state, const NegativeBalanceAbsorbed& body, const ledger::RecordView& record);
void apply(State& state, const MarkMoved& body, const ledger::RecordView& record);
void apply(State& state, const GainForgone& body, const ledger::RecordView& record);
void apply(State& state, const FeeClawedBack& body, const ledger::RecordView& record);
void apply(State& state, const FeeReleased& body, const ledger::RecordView& record);
void apply(State& state, const OfferSwitched& body, const ledger::RecordView& record);
void apply(State& state, const RequestDeferred& body, const ledger::RecordView& record);
void apply(State& state, const JoinApproved& body, const ledger::RecordView& record);
void apply(State& state, const ScalingRequired& body, const ledger::RecordView& record);
void apply(State& state, const CalendarSet& body, const ledger::RecordView& record);
void apply(State& state, const LiquidationBegun& body, const ledger::RecordView& record);
void apply(State& state, const TransferPriced& body, const ledger::RecordView& record);
void apply(State& state, const TransferSentHome& body, const ledger::RecordView& record);
void apply(State& state, const ReleasedExpired& body, const ledger::RecordView& record);
void apply(State& state, const RolloverHeld& body, const ledger::RecordView& record);
void apply(State& state, const HoldOverdue& body, const ledger::RecordView& record);
void apply(State& state, const DifferenceAccepted& body, const ledger::RecordView& record);

}  // namespace engine::pamm
