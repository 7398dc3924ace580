#include "reports/explain/explain.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/amount.h"
#include "engine/copy_event_records.h"
#include "engine/copy_records.h"
#include "engine/correction_records.h"
#include "engine/dealing_records.h"
#include "engine/dispatch/records.h"
#include "engine/investor_records.h"
#include "engine/mam_records.h"
#include "engine/mandate_gap_records.h"
#include "engine/pamm_records.h"
#include "engine/partner_deal_records.h"
#include "engine/partner_fee_records.h"
#include "engine/partner_records.h"
#include "engine/payout_records.h"
#include "engine/position_records.h"
#include "engine/programme_records.h"
#include "engine/sent_home_records.h"
#include "engine/trading_records.h"
#include "ledger/account.h"
#include "ledger/bodies.h"
#include "reports/explain/calculation.h"
#include "reports/explain/kinds.h"

namespace reports::explain {
namespace {

using core::json::Value;

struct Entry {
  std::uint64_t kind = 0;
  core::Result<> (*explain)(Calculation& calculation) = nullptr;
};

// Kinds that are not here are told member by member.
constexpr auto kEntries = std::to_array<Entry>({
    {engine::DealRecorded::kKind, explain_deal},
    {engine::PoolValued::kKind, explain_valuation},
    {engine::ResultAttributed::kKind, explain_result},
    {engine::FeeCharged::kKind, explain_fee},
    {engine::RedemptionPriced::kKind, explain_redemption},
    {engine::SubscriptionPriced::kKind, explain_subscription},
    {engine::FloatingRebased::kKind, explain_rebased},
    {engine::RolloverCompleted::kKind, explain_rollover},
    {engine::AccountValued::kKind, explain_account_valued},
    {engine::OrderShareFrozen::kKind, explain_order_share},
    {engine::FillAllocated::kKind, explain_fill_part},
    {engine::CloseAllocated::kKind, explain_close_part},
    {engine::RebateAccrued::kKind, explain_rebate},
    {engine::RebatePassed::kKind, explain_rebate_passed},
    {engine::FeeReversed::kKind, explain_fee_reversed},
    {engine::FeeCorrected::kKind, explain_fee_corrected},
    {engine::CompensationPaid::kKind, explain_compensation},
    {engine::InvestorStanding::kKind, explain_standing},
    {engine::RetainedDistributed::kKind, explain_retained},
    {engine::UnitsVoided::kKind, explain_units_voided},
    {engine::UnitsRebased::kKind, explain_units_rebased},
    {engine::NegativeBalanceAbsorbed::kKind, explain_absorbed},
    {engine::MarkMoved::kKind, explain_mark_moved},
    {engine::FeeClawedBack::kKind, explain_clawback},
    {engine::FeeReleased::kKind, explain_release},
    {engine::OfferSwitched::kKind, explain_offer_switched},
    {engine::RequestDeferred::kKind, explain_deferred},
    {engine::ScalingRequired::kKind, explain_scaling},
    {engine::TransferPriced::kKind, explain_transfer},
    {engine::ReleasedExpired::kKind, explain_released_expired},
    {engine::RolloverHeld::kKind, explain_held},
    {engine::HoldOverdue::kKind, explain_hold_overdue},
    {engine::DifferenceAccepted::kKind, explain_difference},
    {engine::AllocationCorrected::kKind, explain_allocation_corrected},
    {engine::CompensationScheduled::kKind, explain_compensation_scheduled},
    {engine::AccountFeeCharged::kKind, explain_account_fee},
    {engine::AccountFlow::kKind, explain_account_flow},
    {engine::StopOutTriggered::kKind, explain_stop_out},
    {engine::CopySized::kKind, explain_copy_sized},
    {engine::CopySkipped::kKind, explain_copy_skipped},
    {engine::CopyOffered::kKind, explain_copy_offered},
    {engine::CopyCloseAsked::kKind, explain_copy_close_asked},
    {engine::CopyFilled::kKind, explain_copy_filled},
    {engine::CopyClosed::kKind, explain_copy_closed},
    {engine::CopyAmended::kKind, explain_copy_amended},
    {engine::CopyStopped::kKind, explain_copy_stopped},
    {engine::CopySplitAllocated::kKind, explain_copy_split},
    {engine::CopyAdjusted::kKind, explain_copy_adjusted},
    {engine::PartnerDealRecorded::kKind, explain_partner_deal},
    {engine::PartnerLineAccrued::kKind, explain_partner_line},
    {engine::PayoutPaid::kKind, explain_payout},
    {engine::PartnerFeeShare::kKind, explain_partner_fee_share},
    {engine::PartnerEvaluated::kKind, explain_partner_evaluated},
    {engine::TransferSentHome::kKind, explain_sent_home},
    {engine::GainForgone::kKind, explain_gain_forgone},
    {engine::AdjustmentAllocated::kKind, explain_adjustment_part},
    {engine::SplitAllocated::kKind, explain_split_part},
});
static_assert(std::ranges::is_sorted(kEntries, {}, &Entry::kind));

constexpr std::size_t kShownBytesMax = 400;

std::string show(const Value& value) {
  std::string text = value.as_string() != nullptr ? *value.as_string() : core::json::print(value);
  if (text.size() > kShownBytesMax) text = text.substr(0, kShownBytesMax) + "...";
  return text;
}

void tell_members(Calculation& calculation) {
  const Value shown = engine::dispatch::record_to_json(calculation.record());
  const Value* body = shown.find("body");
  calculation.set_title("with what it says");
  if (body == nullptr) return;
  if (body->as_object() == nullptr) {
    calculation.given("body, of a kind that this version does not know", show(*body));
    return;
  }
  for (const auto& [name, value] : *body->as_object()) calculation.given(name, show(value));
}

// Who asked for it. Keeps nothing: whose ids these are only the vault knows.
core::Result<> tell_command(Calculation& calculation) {
  const ledger::BatchPlace& batch = calculation.record().batch;
  if (calculation.record().kind == ledger::kCommand || batch.first_seq == calculation.seq()) {
    return core::ok();
  }
  return calculation.sources().record(
      batch.first_seq, [&](const ledger::RecordView& record) -> core::Result<> {
        if (record.kind != ledger::kCommand) return core::ok();
        TRY(const auto body, core::from_cbor<ledger::CommandBody>(record.body));
        std::string what = "the command: " + body.type + ", given by " + body.actor.hex();
        if (body.approver) what += ", approved by " + body.approver->hex();
        calculation.rests_on(record.seq, std::move(what));
        return core::ok();
      });
}

// What the record makes of each account, and that nothing was made or lost.
core::Result<> tell_postings(Calculation& calculation) {
  std::map<std::pair<std::string, std::string>, core::Minor> accounts;
  std::map<std::pair<ledger::Ring, std::string>, core::Minor> rings;
  for (const ledger::PostingView& posting : calculation.record().postings) {
    const std::string code(posting.commodity);
    accounts[{std::string(posting.account), code}] += posting.amount;
    rings[{ledger::ring_of_opened(posting.account), code}] += posting.amount;
  }
  const auto print = [](core::Minor amount, const std::string& code) {
    const auto commodity = core::commodity(code);
    return core::print_fixed(amount, commodity ? commodity.value().scale : 0) + " " + code;
  };
  for (const auto& [holding, amount] : accounts) {
    const auto& [account, code] = holding;
    TRY(const auto before, calculation.balance_before(account, code));
    TRY(const auto after, calculation.sources().balance_at(account, code, calculation.seq()));
    calculation.check("posted to " + account, print(before, code) + " and " + print(amount, code),
                      print(before + amount, code), print(after, code));
  }
  for (const auto& [ring, sum] : rings) {
    calculation.check("sum of the postings in a ring", ring.second, print(0, ring.second),
                      print(sum, ring.second));
  }
  return core::ok();
}

core::Result<> explain_record(Calculation& calculation) {
  const std::uint64_t kind = calculation.record().kind;
  const auto found = std::ranges::lower_bound(kEntries, kind, {}, &Entry::kind);
  if (found != kEntries.end() && found->kind == kind && calculation.record().version == 1) {
    TRY(found->explain(calculation));
  } else {
    tell_members(calculation);
  }
  TRY(tell_postings(calculation));
  return tell_command(calculation);
}

}  // namespace

core::Result<Explanation> explain(Sources& sources, std::uint64_t seq) {
  Explanation out;
  TRY(sources.record(seq, [&](const ledger::RecordView& record) -> core::Result<> {
    out.seq = record.seq;
    out.kind = record.kind;
    const std::string_view name = engine::dispatch::kind_name(record.kind);
    out.name = name.empty() ? "kind " + std::to_string(record.kind) : std::string(name);
    out.recorded_at = record.recorded_at;
    out.effective_at = record.effective_at;
    Calculation calculation(sources, record, out);
    TRY(explain_record(calculation));
    std::ranges::sort(out.rests_on, {}, &RestsOn::seq);
    return core::ok();
  }));
  return out;
}

}  // namespace reports::explain
