// The end of an account's crystallisation period: performance fee, mark, losses, reserve.

#include <algorithm>

#include "engine/accounts.h"
#include "engine/charging/periods.h"
#include "engine/charging/shares.h"
#include "engine/charging/standing.h"
#include "engine/fees/cap.h"
#include "engine/trading/run.h"

namespace engine::trading {

core::Result<> AccountRun::end_period(core::Date date) {
  Investor& holder = standing.investor;
  const core::Minor loss = std::max<core::Minor>(holder.period_base - equity(), 0);
  TRY(crystallise(FeeDue::PeriodEnd));
  const PerformanceTerms* more = rules_.more();
  if (more != nullptr && more->hurdle && more->hurdle->period == HurdlePeriod::EachPeriod) {
    holder.hurdle = {};
  }
  TRY(forget_losses());
  TRY(claw_back(loss));
  ++holder.periods;
  TRY(release_held(false));
  holder.period_ended = date;
  holder.period_base = equity();
  holder.management_since_charge = 0;
  return core::ok();
}

core::Result<> AccountRun::crystallise(FeeDue due) {
  if (!rules_.charges_performance || fee_free()) return core::ok();
  const charging::Marked holding = marked();
  TRY(const auto accrued, charging::accrued_performance(rules_, holding));
  TRY(FeeCharged fee, charging::performance_charge(rules_, holding, accrued));
  fee.due = due;
  TRY(fee.amount, fees::floor_of(accrued.fee.fee));
  TRY(charging::fit_into_equity(*rules_.terms, std::max<core::Minor>(equity(), 0), fee));
  fee.amount = fees::fee_if_at_least(fee.amount, rules_.minimum_charge);
  if (fee.amount == 0) {
    // Less than a smallest unit is no charge: the mark stays, but where a hurdle alone is the
    // reason.
    const bool moves = rules_.blocked_mark == BlockedMark::Moves && due != FeeDue::Redemption;
    if (accrued.fee.blocked && moves) {
      move_mark(std::max(mark_, accrued.measured), AccountMarkReason::BlockedHurdle);
    }
    return core::ok();
  }
  TRY(charging::apply_cap(*rules_.terms, standing.investor.year, fee));
  fee.mark_before = mark_;
  TRY(fee.mark_after, charging::mark_after(rules_, holding, accrued.measured, fee));
  standing.investor.hurdle = {};
  return take(std::move(fee));
}

void AccountRun::move_mark(core::Minor mark, AccountMarkReason reason) {
  if (mark == mark_) return;
  Postings postings;
  post_mark(mark - mark_, 0, postings);
  effects_->add(AccountMarkMoved{id_, account_->structure, account_->client, structure_->strategy,
                                 account_->currency, reason, mark_, mark},
                std::move(postings), subjects());
  mark_ = mark;
}

core::Result<> AccountRun::forget_losses() {
  const PerformanceTerms* more = rules_.more();
  if (more == nullptr || !more->look_back_periods) return core::ok();
  TRY(const auto measured, charging::measured_of(rules_, marked()));
  TRY(const auto expired,
      charging::forget_losses(standing.investor, std::max<core::Minor>(mark_ - measured, 0),
                              *more->look_back_periods));
  move_mark(mark_ - expired, AccountMarkReason::LookBack);
  return core::ok();
}

core::Result<> AccountRun::claw_back(core::Minor loss) {
  const auto& reserve = rules_.terms->reserve;
  if (!reserve || loss == 0 || standing.investor.held.empty()) return core::ok();
  TRY(const auto left,
      fees::clawed_back(charging::held_of(standing.investor), reserve->clawback_rate, loss));
  if (left.moved == 0) return core::ok();
  charging::set_held(standing.investor, left.held);
  const std::string& currency = account_->currency;
  // Row 16: it comes like new money, so the mark rises with it.
  Postings postings;
  postings.add(accounts::account_balance(account_->client, id_), currency, -left.moved);
  postings.in(currency, left.moved);
  postings.add(accounts::manager_reserve(structure_->manager), currency, left.moved);
  post_mark(left.moved, 0, postings);
  effects_->add(AccountFeeClawedBack{id_, account_->structure, account_->client, currency, loss,
                                     reserve->clawback_rate, left.moved, mark_, mark_ + left.moved},
                std::move(postings), subjects());
  moved(left.moved, left.moved);
  return core::ok();
}

core::Result<> AccountRun::release_held(bool all) {
  Investor& holder = standing.investor;
  if (holder.held.empty()) return core::ok();
  const auto& reserve = rules_.terms->reserve;
  // Who has left, or whose terms have no reserve any more, can have no loss to be paid back for.
  const std::uint32_t periods = all || !reserve ? 0 : static_cast<std::uint32_t>(reserve->periods);
  const auto now = static_cast<std::uint32_t>(holder.periods + (all ? 1 : 0));
  TRY(const auto left, fees::released_held(charging::held_of(holder), now, periods));
  if (left.moved == 0) return core::ok();
  charging::set_held(holder, left.held);
  const std::string& currency = account_->currency;
  Postings postings;
  postings.add(accounts::manager_reserve(structure_->manager), currency, left.moved);
  postings.add(accounts::manager_fees(structure_->manager), currency, -left.moved);
  effects_->add(
      AccountFeeReleased{id_, account_->structure, account_->client, currency, left.moved, now},
      std::move(postings), subjects());
  return core::ok();
}

core::Result<> AccountRun::expire_losses(core::Date date) {
  const PerformanceTerms* more = rules_.more();
  if (more == nullptr || !more->restore_months) return core::ok();
  const auto& all = context_->state.trading->losses;
  const auto strategy = all.find(structure_->strategy);
  if (strategy == all.end()) return core::ok();
  const auto stack = strategy->second.find(account_->client);
  if (stack == strategy->second.end()) return core::ok();
  AccountReleasedExpired expired{account_->structure,
                                 account_->client,
                                 structure_->strategy,
                                 account_->currency,
                                 charging::months_before(date, *more->restore_months),
                                 0};
  for (const WithdrawnLoss& lost : stack->second) {
    if (lost.currency != account_->currency || lost.taken > expired.taken) continue;
    TRY(const auto back, fees::restored_in_all(lost.amount, lost.loss, lost.returned));
    expired.loss += lost.loss - back;
  }
  if (expired.loss == 0) return core::ok();
  Postings postings;
  post_mark(0, -expired.loss, postings);
  effects_->add(expired, std::move(postings), subjects());
  return core::ok();
}

}  // namespace engine::trading
