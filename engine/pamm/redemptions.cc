// Money on its way out of a pool, at this rollover's price.

#include <algorithm>

#include "core/allocate.h"
#include "core/check.h"
#include "engine/accounts.h"
#include "engine/cash_records.h"
#include "engine/charging/shares.h"
#include "engine/fees/exit_fee.h"
#include "engine/fees/hurdle.h"
#include "engine/fees/withdrawal.h"
#include "engine/imports.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {
namespace {

// What a sum that was found for all of a client's requests comes to after `done` of `whole` of
// them.
core::Result<core::Minor> running(core::Minor sum, core::Minor done, core::Minor whole) {
  if (done == whole) return sum;
  return core::multiply_divide(sum, done, whole, core::Rounding::Floor);
}

core::Decimal rate_of(const std::optional<ExitTerms>& terms, const Investor& investor,
                      core::Date date) {
  if (!terms || !within_days(investor, date, terms->days)) return {};
  return terms->rate;
}

}  // namespace

core::Result<> RolloverRun::redeem() {
  TRY(auto leaving, leaving_clients());
  TRY(admit_manager(leaving));
  TRY(ration(leaving));
  somebody_stays_ = somebody_stays(leaving);
  for (Leaving& one : leaving) {
    TRY(redeem(one));
  }
  return transfer();
}

void RolloverRun::shrink(Leaving& leaving, core::Minor paid) {
  leaving.gross = paid;
  for (core::Minor& amount : leaving.amounts) {
    amount = std::min(amount, paid);
    paid -= amount;
  }
}

core::Result<> RolloverRun::redeem(Leaving& leaving) {
  Standing& standing = standing_of(leaving.client);
  if (leaving.gross == 0 && std::ranges::find(leaving.waiting, true) != leaving.waiting.end()) {
    for (const DueRequest& due : leaving.requests) defer(due, leaving.reason);
    return core::ok();
  }
  if (standing.rules->withdrawal_charge == WithdrawalCharge::Full && leaving.gross > 0) {
    TRY(require_confirmed_mark(standing));
    TRY(crystallise(standing, FeeDue::Redemption));
    standing.investor.management_since_charge = 0;
    // Who asked for everything has what the fee leaves.
    shrink(leaving, std::min(leaving.gross, standing.entitlement()));
  }
  TRY(const Taken taken, take_out(standing, leaving));
  TRY(price(standing, leaving, taken));
  if (taken.everything) {
    TRY(forget(standing));
  }
  return core::ok();
}

core::Result<std::vector<core::Minor>> RolloverRun::over_parts(const Standing& standing,
                                                               const std::vector<Part>& parts,
                                                               core::Minor gross) const {
  std::vector<core::Minor> equities;
  for (const Part& part : parts) equities.push_back(part.equity);
  if (standing.rules->lot_order == LotOrder::ProRata && gross > 0) {
    return core::allocate(gross, equities);
  }
  for (core::Minor& equity : equities) {
    equity = std::min(equity, gross);
    gross -= equity;
  }
  return equities;
}

core::Result<RolloverRun::Taken> RolloverRun::take_out(Standing& standing, const Leaving& leaving) {
  Taken taken;
  const core::Minor equity = standing.entitlement();
  taken.everything = leaving.gross == equity;
  taken.mark_before = standing.mark;
  TRY(auto parts, parts_of(standing));
  TRY(const auto withdrawn, over_parts(standing, parts, leaving.gross));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (withdrawn[i] == 0 && !taken.everything) continue;
    TRY(take_out(standing, parts[i], withdrawn[i], taken));
  }
  if (!standing.by_lot()) {
    TRY(const auto hurdle,
        fees::hurdle_after_withdrawals(exact_of(standing.investor.hurdle), equity, leaving.gross));
    standing.investor.hurdle = amount_of(hurdle);
    TRY(charging::scale_losses(standing.investor, *standing.rules, equity, leaving.gross));
  }
  if (equity > 0) {
    // Of the management fees that are added back the part that leaves goes with it.
    core::Minor& fees = standing.investor.management_since_charge;
    TRY(fees, core::multiply_divide(fees, equity - leaving.gross, equity, core::Rounding::Floor));
  }
  std::erase_if(standing.investor.lots, [](const Lot& lot) { return lot.units == 0; });
  standing.investor.period_base -= leaving.gross;
  return taken;
}

core::Result<> RolloverRun::take_out(Standing& standing, Part& part, core::Minor withdrawn,
                                     Taken& taken) {
  const FeeRules& rules = *standing.rules;
  const core::Minor equity = part.equity;
  const core::Minor mark = part.mark;
  // A holding worth nothing takes nothing with it: the mark outlives it.
  fees::MarkAfterWithdrawal after{mark, 0};
  if (equity > 0) {
    TRY(after, fees::mark_after_withdrawals(rules.withdrawal_rule, equity, mark, withdrawn));
  }
  const core::Minor settled = standing.settled;
  TRY(crystallise_on(standing, part, withdrawn));
  const core::Minor fee = settled - standing.settled;
  core::Minor units = part.units;
  if (withdrawn < equity) {
    TRY(units, units_of(withdrawn - fee, core::Rounding::Ceiling));
    units = std::min(units, part.units);
  }
  if (part.lot) {
    TRY(const auto hurdle, fees::hurdle_after_withdrawals(part.hurdle, equity, withdrawn));
    part.hurdle = hurdle;
  }
  TRY(cancel_units(standing, part, units));
  part.equity -= withdrawn - fee;
  part.mark = after.mark;
  keep(standing, part);
  taken.fee += fee;
  taken.units += units;
  taken.released += after.released;
  return core::ok();
}

core::Result<> RolloverRun::require_confirmed_mark(const Standing& standing) const {
  if (!blocks_crystallisation(pool_, standing.client)) return core::ok();
  return core::conflict("asserted_mark", "structure",
                        "An investor whose imported mark no statement confirms asks for money on "
                        "which a fee would be due; match the mark or accept it first.");
}

core::Result<> RolloverRun::crystallise_on(Standing& standing, Part& part, core::Minor withdrawn) {
  if (standing.fee_free || standing.mandate_is_over(command_.trade_date) ||
      !standing.rules->charges_performance || part.equity == 0 ||
      standing.rules->withdrawal_charge == WithdrawalCharge::Full) {
    return core::ok();
  }
  const FeeRules& rules = *standing.rules;
  TRY(FeeCharged fee, charging::charge_on_withdrawal(rules, marked(standing, part), withdrawn));
  if (fee.amount == 0) return core::ok();
  TRY(require_classified());
  TRY(require_confirmed_mark(standing));
  TRY(charging::fit_into_equity(*rules.terms, withdrawn, fee));
  TRY(charging::apply_cap(*rules.terms, standing.investor.year, fee));
  return charge(standing, part, std::move(fee));
}

core::Result<> RolloverRun::price(Standing& standing, const Leaving& leaving, const Taken& taken) {
  const OfferTerms& terms = *standing.rules->terms;
  const core::Date today = command_.trade_date;
  fees::ExitTerms exit;
  if (!standing.fee_free && pool_.stage == StructureStage::Open) {
    exit.exit_rate = rate_of(terms.exit_fee, standing.investor, today);
    exit.penalty_rate = rate_of(terms.early_withdrawal, standing.investor, today);
  }
  TRY(const auto charges, fees::exit_charges(leaving.gross, taken.fee, exit));
  core::Minor done = 0;
  RedemptionPriced before;  // Sums of the requests priced so far.
  core::Minor exit_fee = 0;
  core::Minor penalty = 0;
  core::Minor fee = 0;
  for (std::size_t i = 0; i < leaving.requests.size(); ++i) {
    const DueRequest& due = leaving.requests[i];
    if (leaving.amounts[i] == 0 && leaving.waiting[i]) {
      defer(due, leaving.reason);
      continue;
    }
    done += leaving.amounts[i];
    RedemptionPriced priced;
    priced.request = due.id;
    priced.structure = id_;
    priced.client = standing.client;
    priced.trade_date = today;
    priced.withdrawn = leaving.amounts[i];
    TRY(const auto fee_sum, running(taken.fee, done, leaving.gross));
    TRY(const auto units_sum, running(taken.units, done, leaving.gross));
    TRY(const auto exit_sum, running(charges.exit_fee, done, leaving.gross));
    TRY(const auto penalty_sum, running(charges.penalty, done, leaving.gross));
    priced.gross = leaving.amounts[i] - (fee_sum - fee);
    priced.units_cancelled = units_sum - before.units_cancelled;
    if (exit_sum != exit_fee) priced.exit_fee = exit_sum - exit_fee;
    if (penalty_sum != penalty) priced.penalty = penalty_sum - penalty;
    // All requests of a client are one withdrawal: the first one moves the mark.
    const bool first = before.request == core::RequestId{};
    priced.mark_before = first ? taken.mark_before : standing.mark;
    priced.mark_after = standing.mark;
    priced.released = first ? taken.released : 0;
    priced.full = taken.everything && done == leaving.gross;
    const core::Minor left = due.request.amount.value_or(0) - leaving.amounts[i];
    // What was added so that no dust is left does not wait by itself.
    if (leaving.waiting[i] && (!due.request.amount || left > 0)) {
      priced.waits = true;
      if (due.request.amount) priced.left = left;
    }
    before.request = due.id;
    before.units_cancelled = units_sum;
    fee = fee_sum;
    exit_fee = exit_sum;
    penalty = penalty_sum;
    TRY(post(standing, due, priced));
  }
  return core::ok();
}

core::Result<> RolloverRun::post(Standing& standing, const DueRequest& due,
                                 const RedemptionPriced& priced) {
  const core::Minor exit_fee = priced.exit_fee.value_or(0);
  const core::Minor penalty = priced.penalty.value_or(0);
  const core::Minor paid = priced.gross - exit_fee - penalty;
  const core::Minor mark_moved = priced.mark_after - priced.mark_before;
  const OfferTerms& terms = *standing.rules->terms;
  // Row 18.
  Postings postings;
  postings.add(accounts::settled(id_, standing.client), pool_.currency, priced.gross);
  postings.add(accounts::pending_out(id_, standing.client), pool_.currency, -paid);
  core::Minor kept = 0;
  if (exit_fee != 0) {
    kept += give(postings, recipient_of(*terms.exit_fee), accounts::kExitFee, exit_fee);
  }
  if (penalty != 0) {
    kept += give(postings, recipient_of(*terms.early_withdrawal), accounts::kExitFee, penalty);
  }
  postings.add(accounts::units(id_, standing.client), unit_, -priced.units_cancelled);
  postings.add(accounts::units_issued(id_), unit_, priced.units_cancelled);
  postings.add(accounts::mark(pool_.strategy, standing.client), mark_, mark_moved);
  postings.add(accounts::released(pool_.strategy, standing.client), mark_, priced.released);
  postings.add(std::string(accounts::kMemoContra), mark_, -mark_moved - priced.released);
  standing.settled -= priced.gross;
  if (priced.released > 0 || !standing.released.empty()) {
    push_released(standing.released, {*priced.withdrawn, priced.released, command_.trade_date});
  }
  TRY(redeemed_, core::add(redeemed_, priced.gross - kept));
  flows_ = true;
  Subjects concerned = subjects(standing.client);
  if (pool_.stage == StructureStage::Open) concerned.push_back(due.id.bytes);
  effects_.add(priced, std::move(postings), std::move(concerned));
  if (paid > 0) payouts_.push_back({standing.client, paid});
  return core::ok();
}

FeeRecipient RolloverRun::recipient_of(const ExitTerms& terms) const {
  const FeeRecipient recipient = terms.recipient.value_or(FeeRecipient::House);
  return recipient == FeeRecipient::Pool && !somebody_stays_ ? FeeRecipient::House : recipient;
}

core::Minor RolloverRun::give(Postings& postings, FeeRecipient to, std::string_view house,
                              core::Minor amount) const {
  if (to == FeeRecipient::Pool) {
    postings.add(accounts::pool_retained(id_), pool_.currency, -amount);
    return amount;
  }
  postings.out(pool_.currency, amount);
  postings.add(
      to == FeeRecipient::Manager ? accounts::manager_fees(pool_.manager) : std::string(house),
      pool_.currency, -amount);
  return 0;
}

core::Result<> RolloverRun::forget(Standing& standing) {
  TRY(release_held(standing, true));
  charging::forget_holding(standing.investor);
  return core::ok();
}

void RolloverRun::pay_on() {
  for (const Payout& payout : payouts_) {
    Postings paid;
    paid.add(accounts::pending_out(id_, payout.client), pool_.currency, payout.amount);
    paid.add(accounts::wallet(payout.client), pool_.currency, -payout.amount);
    effects_.add(CashMoved{"redemption_paid", payout.client, pool_.currency, payout.amount},
                 std::move(paid), subjects(payout.client));
  }
}

void RolloverRun::send_operation() {
  const core::Minor net = subscribed_ - redeemed_ - fees_ + absorbed_;
  if (!pool_.server || net == 0) {
    pay_on();
    return;
  }
  const std::string code = accounts::operation_code(pool_.currency);
  Postings postings;
  postings.add(accounts::operation(id_), code, net);
  postings.add(std::string(accounts::kMemoContra), code, -net);
  effects_.add(OperationSent{id_, net}, std::move(postings), {id_.bytes});
}

}  // namespace engine::pamm
