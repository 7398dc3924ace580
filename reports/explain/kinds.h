#pragma once

#include "reports/explain/calculation.h"

// One function for each kind of record that has a calculation; explain.cc has the table.
namespace reports::explain {

// fees.cc
core::Result<> explain_fee(Calculation& calculation);
// corrections.cc
core::Result<> explain_fee_reversed(Calculation& calculation);
core::Result<> explain_fee_corrected(Calculation& calculation);
core::Result<> explain_compensation(Calculation& calculation);
// flows.cc
core::Result<> explain_subscription(Calculation& calculation);
core::Result<> explain_redemption(Calculation& calculation);
core::Result<> explain_transfer(Calculation& calculation);
// mandate_days.cc
core::Result<> explain_gain_forgone(Calculation& calculation);
// changes.cc
core::Result<> explain_standing(Calculation& calculation);
core::Result<> explain_mark_moved(Calculation& calculation);
core::Result<> explain_clawback(Calculation& calculation);
core::Result<> explain_release(Calculation& calculation);
core::Result<> explain_offer_switched(Calculation& calculation);
core::Result<> explain_released_expired(Calculation& calculation);
// pool_changes.cc
core::Result<> explain_deferred(Calculation& calculation);
core::Result<> explain_sent_home(Calculation& calculation);
core::Result<> explain_retained(Calculation& calculation);
core::Result<> explain_absorbed(Calculation& calculation);
core::Result<> explain_units_voided(Calculation& calculation);
core::Result<> explain_units_rebased(Calculation& calculation);
core::Result<> explain_scaling(Calculation& calculation);
core::Result<> explain_held(Calculation& calculation);
core::Result<> explain_hold_overdue(Calculation& calculation);
core::Result<> explain_difference(Calculation& calculation);
// completion.cc
core::Result<> explain_rollover(Calculation& calculation);
// rollover.cc
core::Result<> explain_result(Calculation& calculation);
core::Result<> explain_rebased(Calculation& calculation);
core::Result<> explain_deal(Calculation& calculation);
core::Result<> explain_valuation(Calculation& calculation);
// group.cc
core::Result<> explain_account_valued(Calculation& calculation);
core::Result<> explain_close_part(Calculation& calculation);
// group_fills.cc
core::Result<> explain_order_share(Calculation& calculation);
core::Result<> explain_fill_part(Calculation& calculation);
core::Result<> explain_allocation_corrected(Calculation& calculation);
core::Result<> explain_compensation_scheduled(Calculation& calculation);
// positions.cc
core::Result<> explain_adjustment_part(Calculation& calculation);
core::Result<> explain_split_part(Calculation& calculation);
// accounts.cc
core::Result<> explain_account_fee(Calculation& calculation);
core::Result<> explain_account_flow(Calculation& calculation);
core::Result<> explain_stop_out(Calculation& calculation);
// copies.cc
core::Result<> explain_copy_sized(Calculation& calculation);
core::Result<> explain_copy_skipped(Calculation& calculation);
core::Result<> explain_copy_offered(Calculation& calculation);
core::Result<> explain_copy_close_asked(Calculation& calculation);
core::Result<> explain_copy_closed(Calculation& calculation);
// copy_fills.cc
core::Result<> explain_copy_filled(Calculation& calculation);
core::Result<> explain_copy_amended(Calculation& calculation);
core::Result<> explain_copy_stopped(Calculation& calculation);
// copy_events.cc
core::Result<> explain_copy_split(Calculation& calculation);
core::Result<> explain_copy_adjusted(Calculation& calculation);
// rebates.cc
core::Result<> explain_rebate(Calculation& calculation);
core::Result<> explain_rebate_passed(Calculation& calculation);
// partners.cc
core::Result<> explain_partner_deal(Calculation& calculation);
core::Result<> explain_partner_line(Calculation& calculation);
// partner_shares.cc
core::Result<> explain_partner_fee_share(Calculation& calculation);
core::Result<> explain_payout(Calculation& calculation);
// evaluations.cc
core::Result<> explain_partner_evaluated(Calculation& calculation);

}  // namespace reports::explain
