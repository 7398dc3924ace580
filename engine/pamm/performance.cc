// The end of an investor's crystallisation period: performance fees, marks, losses, reserves.

#include <algorithm>

#include "engine/accounts.h"
#include "engine/charging/shares.h"
#include "engine/fees/cap.h"
#include "engine/fees/equalisation.h"
#include "engine/fees/reserve.h"
#include "engine/imports.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {

core::Result<> RolloverRun::end_periods() {
  if (units_ == 0) return core::ok();
  bool crystallised = false;
  for (Standing& standing : standings_) {
    // A mark that is only asserted is not charged, so the old terms stay until it is confirmed.
    const bool changes =
        standing.investor.next_offer.has_value() && !blocks_crystallisation(pool_, standing.client);
    if (standing.units > 0 && !standing.fee_free && standing.lapsed) {
      TRY(end_mandate(standing));
    }
    // A result that is measured after the mandate's last day is not the manager's.
    if (standing.units == 0 || standing.fee_free || standing.mandate_is_over(command_.trade_date)) {
      if (changes) {
        TRY(switch_offer(standing));
      }
      continue;
    }
    TRY(const bool ends, period_ends_for(standing));
    if (ends || changes) {
      TRY(end_period(standing, ends ? FeeDue::PeriodEnd : FeeDue::OfferChange));
      crystallised = true;
    }
    if (changes) {
      TRY(switch_offer(standing));
    }
  }
  if (crystallised && uses_pool_mark_) {
    TRY(raise_pool_mark());
  }
  return core::ok();
}

core::Result<bool> RolloverRun::period_ends_for(const Standing& standing) const {
  const PerformanceTerms* more = standing.rules->more();
  const std::optional<Frequency> frequency = more == nullptr ? std::nullopt : more->frequency;
  const Investor& investor = standing.investor;
  if (next_date_) {
    return charging::period_ends(frequency.value_or(Frequency::Monthly), investor,
                                 command_.trade_date, *next_date_);
  }
  return charging::period_ends_as_said(frequency, investor, command_.trade_date,
                                       command_.period_end);
}

core::Result<> RolloverRun::end_period(Standing& standing, FeeDue due) {
  if (blocks_crystallisation(pool_, standing.client)) return core::ok();
  Investor& investor = standing.investor;
  const core::Minor loss = std::max<core::Minor>(investor.period_base - standing.entitlement(), 0);
  TRY(crystallise(standing, due));
  TRY(consolidate_series(standing));
  const PerformanceTerms* more = standing.rules->more();
  if (more != nullptr && more->hurdle &&
      more->hurdle->period.value_or(HurdlePeriod::SinceLastCharge) == HurdlePeriod::EachPeriod) {
    investor.hurdle = {};
    for (Lot& lot : investor.lots) lot.hurdle = {};
  }
  TRY(forget_old_losses(standing));
  TRY(claw_back(standing, loss));
  ++investor.periods;
  TRY(release_held(standing, false));
  investor.period_ended = command_.trade_date;
  investor.period_base = standing.entitlement();
  investor.management_since_charge = 0;
  return core::ok();
}

charging::Marked RolloverRun::marked(const Standing& standing, const Part& part) {
  return {part.equity, standing.floating, standing.investor.management_since_charge,
          part.mark,   part.hurdle,       part.lot.has_value()};
}

core::Result<> RolloverRun::crystallise(Standing& standing, FeeDue due) {
  if (!standing.rules->charges_performance || standing.fee_free ||
      standing.mandate_is_over(command_.trade_date)) {
    return core::ok();
  }
  TRY(require_classified());
  TRY(auto parts, parts_of(standing));
  for (Part& part : parts) {
    TRY(crystallise(standing, part, due));
  }
  return core::ok();
}

core::Result<> RolloverRun::crystallise(Standing& standing, Part& part, FeeDue due,
                                        const std::optional<core::Minor>& measured_max) {
  const FeeRules& rules = *standing.rules;
  charging::Marked holding = marked(standing, part);
  holding.measured_max = measured_max;
  TRY(const auto accrued, charging::accrued_performance(rules, holding));
  TRY(FeeCharged fee, charging::performance_charge(rules, holding, accrued));
  fee.due = due;
  TRY(fee.amount, fees::floor_of(accrued.fee.fee));
  TRY(charging::fit_into_equity(*rules.terms, part.equity, fee));
  fee.amount = fees::fee_if_at_least(fee.amount, rules.minimum_charge);
  if (fee.amount == 0) {
    // Less than a smallest unit is no charge: the mark stays, but where a hurdle alone is the
    // reason.
    const bool moves =
        rules.blocked_mark == BlockedMark::Moves && due != FeeDue::Redemption && !measured_max;
    if (accrued.fee.blocked && moves) {
      move_mark(standing, part, std::max(part.mark, accrued.measured), MarkReason::BlockedHurdle);
    }
    return core::ok();
  }
  TRY(charging::apply_cap(*rules.terms, standing.investor.year, fee));
  if (!measured_max) {
    TRY(equalise(standing, part, fee));
  }
  fee.mark_before = part.mark;
  TRY(fee.mark_after, charging::mark_after(rules, holding, accrued.measured, fee));
  part.hurdle = {};
  return charge(standing, part, std::move(fee));
}

core::Result<> RolloverRun::equalise(const Standing& standing, const Part& part,
                                     FeeCharged& fee) const {
  const PerformanceTerms* more = standing.rules->more();
  if (more == nullptr || more->equalisation != Equalisation::Credit || part.units == 0) {
    return core::ok();
  }
  const core::Decimal& rate = standing.rules->performance_rate;
  const fees::Exact entry{part.mark, part.units};
  const fees::Exact now{price_equity_, price_units_};
  const fees::Exact units = fees::whole(part.units);
  TRY(const auto gain, fees::excess(now, pool_mark_));
  TRY(const auto fund_fee, fees::at_rate(gain, rate));
  TRY(const auto credit, fees::equalisation_credit(entry, pool_mark_, rate));
  TRY(const auto returned, fees::credit_now(credit, now, pool_mark_, rate));
  TRY(const auto contingent, fees::contingent_redemption(entry, now, pool_mark_, rate));
  TRY(const auto fund_part, fees::multiply(fund_fee, units));
  TRY(const auto credit_part, fees::multiply(returned, units));
  TRY(const auto contingent_part, fees::multiply(contingent, units));
  TRY(fee.fund_fee, fees::floor_of(fund_part));
  TRY(fee.credit, fees::floor_of(credit_part));
  TRY(fee.contingent, fees::floor_of(contingent_part));
  return core::ok();
}

core::Result<> RolloverRun::raise_pool_mark() {
  const fees::Exact price{price_equity_, price_units_};
  TRY(const auto order, fees::compare(price, pool_mark_));
  if (order > 0) {
    TRY(pool_mark_, fees::reduced(price));
  }
  return core::ok();
}

core::Result<> RolloverRun::consolidate_series(Standing& standing) const {
  const PerformanceTerms* more = standing.rules->more();
  if (more == nullptr || more->equalisation != Equalisation::Series) return core::ok();
  TRY(const auto parts, parts_of(standing));
  if (parts.size() < 2) return core::ok();
  std::vector<Lot>& lots = standing.investor.lots;
  const auto at_mark = [](const Part& part) { return part.equity >= part.mark; };
  if (!at_mark(parts.front())) return core::ok();
  std::vector<Lot> left{lots.front()};
  for (std::size_t i = 1; i < lots.size(); ++i) {
    if (!at_mark(parts[i])) {
      left.push_back(lots[i]);
      continue;
    }
    left.front().units += lots[i].units;
    left.front().mark += lots[i].mark;
  }
  lots = std::move(left);
  return core::ok();
}

core::Result<> RolloverRun::forget_old_losses(Standing& standing) {
  const PerformanceTerms* more = standing.rules->more();
  if (more == nullptr || !more->look_back_periods || standing.by_lot()) return core::ok();
  TRY(auto parts, parts_of(standing));
  Part& part = parts.front();
  TRY(const auto measured, charging::measured_of(*standing.rules, marked(standing, part)));
  TRY(const auto expired,
      charging::forget_losses(standing.investor, std::max<core::Minor>(part.mark - measured, 0),
                              *more->look_back_periods));
  move_mark(standing, part, part.mark - expired, MarkReason::LookBack);
  return core::ok();
}

core::Result<> RolloverRun::claw_back(Standing& standing, core::Minor loss) {
  const auto& reserve = standing.rules->terms->reserve;
  if (!reserve || loss == 0 || standing.investor.held.empty() || price_equity_ == 0) {
    return core::ok();
  }
  TRY(const auto left,
      fees::clawed_back(charging::held_of(standing.investor), reserve->clawback_rate, loss));
  if (left.moved == 0) return core::ok();
  charging::set_held(standing.investor, left.held);
  FeeClawedBack back{
      id_,           standing.client,           loss, reserve->clawback_rate, left.moved, 0,
      standing.mark, standing.mark + left.moved};
  TRY(back.units_issued, units_of(left.moved, core::Rounding::Floor));
  // Row 16: it comes like new money, so the mark rises with it.
  Postings postings;
  postings.add(accounts::settled(id_, standing.client), pool_.currency, -left.moved);
  postings.in(pool_.currency, left.moved);
  postings.add(accounts::manager_reserve(pool_.manager), pool_.currency, left.moved);
  postings.add(accounts::units(id_, standing.client), unit_, back.units_issued);
  postings.add(accounts::units_issued(id_), unit_, -back.units_issued);
  postings.add(accounts::mark(pool_.strategy, standing.client), mark_, left.moved);
  postings.add(std::string(accounts::kMemoContra), mark_, -left.moved);
  standing.settled += left.moved;
  standing.units += back.units_issued;
  standing.mark += left.moved;
  if (!standing.investor.lots.empty()) {
    standing.investor.lots.back().units += back.units_issued;
    standing.investor.lots.back().mark += left.moved;
  }
  subscribed_ += left.moved;
  flows_ = true;
  effects_.add(back, std::move(postings), subjects(standing.client));
  return core::ok();
}

core::Result<> RolloverRun::release_held(Standing& standing, bool all) {
  Investor& investor = standing.investor;
  if (investor.held.empty()) return core::ok();
  const auto& reserve = standing.rules->terms->reserve;
  // Who has left, or whose terms have no reserve any more, can have no loss to be paid back for.
  const std::uint32_t periods = all || !reserve ? 0 : static_cast<std::uint32_t>(reserve->periods);
  const auto now = static_cast<std::uint32_t>(investor.periods + (all ? 1 : 0));
  TRY(const auto left, fees::released_held(charging::held_of(investor), now, periods));
  if (left.moved == 0) return core::ok();
  charging::set_held(investor, left.held);
  Postings postings;
  postings.add(accounts::manager_reserve(pool_.manager), pool_.currency, left.moved);
  postings.add(accounts::manager_fees(pool_.manager), pool_.currency, -left.moved);
  effects_.add(FeeReleased{id_, standing.client, left.moved, now}, std::move(postings),
               subjects(standing.client));
  return core::ok();
}

core::Result<> RolloverRun::switch_offer(Standing& standing) {
  Investor& investor = standing.investor;
  const bool was_by_lot = standing.by_lot();
  OfferSwitched switched{
      id_,          standing.client, investor.offer, *investor.next_offer, standing.entitlement(),
      standing.mark};
  investor.offer = switched.to;
  investor.next_offer.reset();
  TRY(standing.rules, rules_for(context_, switched.to, rules_));
  if (standing.by_lot() && !was_by_lot && standing.units > 0) {
    investor.lots = {{++investor.lots_priced, standing.units, standing.mark, investor.hurdle}};
    investor.hurdle = {};
  } else if (!standing.by_lot() && was_by_lot) {
    investor.lots.clear();
  }
  effects_.add(switched, {}, subjects(standing.client));
  return core::ok();
}

}  // namespace engine::pamm
