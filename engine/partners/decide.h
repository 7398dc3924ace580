#pragma once

#include <string>
#include <vector>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/partner_commands.h"
#include "engine/partner_deal_commands.h"
#include "engine/partner_deal_records.h"
#include "engine/partner_fee_records.h"
#include "engine/partner_records.h"
#include "engine/payout_commands.h"
#include "engine/payout_records.h"
#include "engine/programme_commands.h"
#include "engine/programme_records.h"
#include "ledger/record.h"

// What partners earn: introducing brokers, affiliates and managers under programmes, and rebates of
// an offer on closed volume. Serves pools, groups and single accounts alike.
// Source: docs/accounting.md, rows 23 to 25 and "Partners".
namespace engine::partners {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// --- Who is paid by what
// ----------------------------------------------------------------------------

// Errors: those of check_terms(), within `terms`; InvalidInput/unknown_currency; Conflict/
//         programme_currency, out_of_order, retroactive.
Drafts decide(const Context& context, const PublishProgramme& command);
// Errors: NotFound/unknown_partner, unknown_programme; InvalidInput/rate_range; Conflict/
//         programme_period, out_of_order, retroactive.
Drafts decide(const Context& context, const AssignProgramme& command);
// Errors: NotFound/unknown_partner; Conflict/no_programme, no_evaluation, window_open, evaluated,
//         out_of_order, retroactive; InvalidInput/period.
Drafts decide(const Context& context, const EvaluatePartner& command);
// Errors: NotFound/unknown_partner; Conflict/partner_cycle, out_of_order, retroactive.
Drafts decide(const Context& context, const SetPartnerParent& command);
// Errors: NotFound/unknown_client, unknown_partner; Conflict/out_of_order, retroactive.
Drafts decide(const Context& context, const AttributeClient& command);

// --- What they earn
// ---------------------------------------------------------------------------------

// Errors: those of DealAccruals::add(); Conflict/managed_close for what its account's closes pay.
Drafts decide(const Context& context, const RecordPartnerDeal& command);
// Errors: NotFound/unknown_deal; Conflict/already_reversed; InvalidInput/reason.
Drafts decide(const Context& context, const ReversePartnerDeal& command);
// Pay for clients, shares of revenue, and the top-up of whole volume tiers.
//
// Errors: NotFound/unknown_partner, unknown_client; Conflict/no_programme, out_of_order,
//         wrong_partner; InvalidInput/period, clients, negative_amount, missing_field.
Drafts decide(const Context& context, const AccruePeriod& command);
// Errors: NotFound/unknown_partner, unknown_client; Conflict/no_programme; InvalidInput/period,
//         not_positive.
Drafts decide(const Context& context, const CheckChurn& command);

// --- Until they are paid
// ----------------------------------------------------------------------------

// Errors: NotFound/unknown_partner; Conflict/not_enough for more than is accrued or held;
//         InvalidInput/reason and those of positive_money().
Drafts decide(const Context& context, const HoldEarnings& command);
Drafts decide(const Context& context, const ReleaseEarnings& command);
// Errors: NotFound/unknown_partner; Conflict/hold_period, nothing_to_approve.
Drafts decide(const Context& context, const ApproveEarnings& command);
// Errors: Conflict/exists, reconciliation_break, nothing_to_pay; InvalidInput/unknown_currency.
Drafts decide(const Context& context, const MakePayoutBatch& command);
// Errors: NotFound/unknown_batch, unknown_bank; Conflict/already_paid, wrong_bank,
//         reconciliation_break.
Drafts decide(const Context& context, const PayPayoutBatch& command);
// Errors: NotFound/unknown_partner; Conflict/not_enough for more than was paid; InvalidInput/reason
//         and those of positive_money().
Drafts decide(const Context& context, const ReclaimPayout& command);
// Errors: NotFound/unknown_partner; Conflict/nothing_to_pay.
Drafts decide(const Context& context, const RouteRebates& command);
// Errors: InvalidInput/period, server, negative_amount, precision.
Drafts decide(const Context& context, const ReconcilePartnerDeals& command);
// Errors: NotFound/unknown_break; InvalidInput/reason.
Drafts decide(const Context& context, const ResolvePartnerBreak& command);

// --- Rebates of an offer
// ------------------------------------------------------------------------------

// Settles all that is accrued on a structure. Investors are paid to their wallets by their part of
// the closed volume: in a group that of their own accounts, in a pool by the units at each deal's
// record.
//
// Errors: NotFound/unknown_structure, unknown_bank; Conflict/nothing_to_pay, nobody_to_pay,
//         wrong_bank, rebate_to_manager where a retail client is in the structure and the profile
//         is cysec, fca or asic; InvalidInput/missing_field, unused_field at bank.
Drafts decide(const Context& context, const PayRebate& command);

// Adds the rebate on one closed block or deal to `effects`; nothing if the offer has none. Negative
// lots take back what accrued on a close that was not as recorded. Call it once a command.
//
// Rounding:   Floor of the cumulative exact accrual, less what is posted.
// Guarantees: never less is posted than is paid; what was paid too much comes off the next
// accruals. Errors:     InvalidInput/precision at lots; Overflow.
core::Result<> accrue(const Context& context, Effects& effects, const core::StructureId& structure,
                      const std::string& ticket, const core::Decimal& lots);

// Counts a client's closed volume in 1e-8 lots, for passing the rebate on, negative where a close
// is taken back; nothing if the offer has none. Errors: Overflow.
core::Result<> add_volume(State& state, const core::StructureId& structure,
                          const core::PartyId& client, core::Minor volume);

// --- What the records mean
// ----------------------------------------------------------------------------

void apply(State& state, const ProgrammePublished& body, const ledger::RecordView& record);
void apply(State& state, const ProgrammeAssigned& body, const ledger::RecordView& record);
void apply(State& state, const PartnerEvaluated& body, const ledger::RecordView& record);
void apply(State& state, const PartnerParentSet& body, const ledger::RecordView& record);
void apply(State& state, const ClientAttributed& body, const ledger::RecordView& record);

void apply(State& state, const PartnerDealAwaited& body, const ledger::RecordView& record);

// Errors of all below: Overflow; InvalidInput/precision.
core::Result<> apply(State& state, const PartnerDealRecorded& body,
                     const ledger::RecordView& record);
core::Result<> apply(State& state, const PartnerLineAccrued& body,
                     const ledger::RecordView& record);
core::Result<> apply(State& state, const PartnerFeeShare& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const PartnerDealReversed& body,
                     const ledger::RecordView& record);
core::Result<> apply(State& state, const ClientAcquired& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const RevenueShared& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const MonthToppedUp& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const ChurnMeasured& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const EarningsHeld& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const EarningsReleased& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const EarningsApproved& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const PayoutBatchMade& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const PayoutLine& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const PayoutPaid& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const PayoutReclaimed& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const RebateRouted& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const PartnerDealsReconciled& body,
                     const ledger::RecordView& record);
core::Result<> apply(State& state, const PartnerBreakResolved& body,
                     const ledger::RecordView& record);
core::Result<> apply(State& state, const RebateAccrued& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const RebatePaid& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const RebatePassed& body, const ledger::RecordView& record);

}  // namespace engine::partners
