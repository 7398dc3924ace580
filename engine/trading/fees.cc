// Fees of one account that go by time, and taking a fee.

#include <algorithm>

#include "engine/accounts.h"
#include "engine/charging/accruals.h"
#include "engine/charging/periods.h"
#include "engine/charging/shares.h"
#include "engine/charging/standing.h"
#include "engine/gate/mandates.h"
#include "engine/partners/earnings.h"
#include "engine/trading/run.h"

namespace engine::trading {

core::Date AccountRun::within_mandate(core::Date to) const {
  return mandate_until_ ? std::min(to, {mandate_until_->days + 1}) : to;
}

core::Result<> AccountRun::accrue(core::Date to) {
  to = within_mandate(to);
  if (!standing.accrued_to || to <= *standing.accrued_to) return core::ok();
  const charging::Span span{*standing.accrued_to, to};
  if (fee_free() || account_->stopped) return core::ok();
  const OfferTerms& terms = *rules_.terms;
  Investor& investor = standing.investor;
  const auto add = [](ExactAmount& sum, const fees::Exact& amount) -> core::Result<> {
    TRY(const auto total, fees::add(charging::exact_of(sum), amount));
    sum = charging::amount_of(total);
    return core::ok();
  };
  if (charging::charges_management(terms)) {
    TRY(const auto accrual,
        charging::management_accrual(terms, account_->currency, span, investor.opening, equity()));
    TRY(add(investor.management.accrued, accrual.amount));
  }
  if (terms.subscription_fee) {
    TRY(const auto accrual,
        charging::subscription_accrual(*terms.subscription_fee, account_->currency, span));
    TRY(add(investor.subscription.accrued, accrual));
  }
  if (const PerformanceTerms* more = rules_.more(); more != nullptr && more->hurdle) {
    TRY(const auto accrual, charging::hurdle_accrual(*more->hurdle, mark_, span));
    TRY(add(investor.hurdle, accrual));
  }
  standing.accrued_to = to;
  return core::ok();
}

void AccountRun::begin_year(core::Date date) {
  const std::uint64_t now = charging::year_of(date);
  FeeYear& year = standing.investor.year;
  // A late entry of an older year does not begin the cap of this one again.
  if (!rules_.terms->annual_cap || !standing.accrued_to || now <= year.year) return;
  // What was last there in the old year.
  year = {now, standing.investor.opening, 0};
}

core::Result<> AccountRun::charge_accrued(core::Date to) {
  to = within_mandate(to);
  if (fee_free() || !standing.charged_to) return core::ok();
  Investor& investor = standing.investor;
  const core::Minor before = equity();
  TRY(charge_running(FeeKind::Management, investor.management, to));
  if (rules_.base == FeeBase::BeforeManagementFee) {
    investor.management_since_charge += before - equity();
  }
  TRY(charge_running(FeeKind::Subscription, investor.subscription, to));
  standing.charged_to = std::max(to, *standing.charged_to);
  return core::ok();
}

core::Result<> AccountRun::charge_running(FeeKind kind, RunningFee& running, core::Date to) {
  FeeCharged fee;
  fee.fee = kind;
  TRY(fee.amount, fees::charge_of(charging::exact_of(running.accrued), running.charged));
  TRY(charging::fit_into_equity(*rules_.terms, std::max<core::Minor>(equity(), 0), fee));
  if (fee.amount == 0) return core::ok();
  TRY(charging::apply_cap(*rules_.terms, standing.investor.year, fee));
  fee.base = standing.investor.opening;
  if (kind == FeeKind::Management) fee.rate = rules_.terms->management_fee_rate;
  fee.from = *standing.charged_to;
  fee.to = std::max(to, *standing.accrued_to);
  fee.days = static_cast<std::uint64_t>(
      std::max<std::int64_t>(fee.to->days - std::int64_t{fee.from->days}, 0));
  fee.due = FeeDue::Accrued;
  fee.exact_numerator = running.accrued.numerator;
  fee.exact_denominator = running.accrued.denominator;
  fee.charged_before = running.charged;
  fee.mark_after = mark_;
  running.charged += fee.amount + fee.forfeited.value_or(0);
  return take(std::move(fee));
}

core::Result<> AccountRun::take(FeeCharged fee) {
  fee.structure = account_->structure;
  fee.client = account_->client;
  fee.offer = structure_->offer;
  TRY(fee.decision,
      gate::decision_of_mandate(context_->state, account_->structure, account_->client));
  if (account_->valued) fee.valuation = account_->valued->seq;
  fee.mark_before = mark_;
  TRY(charging::share_out(rules_, fee));
  const core::Minor taken = charging::taken_by(fee);
  fee.equity_before = equity();
  fee.equity_after = fee.equity_before - taken;
  const std::string& currency = account_->currency;
  // Row 15.
  Postings postings;
  postings.add(accounts::account_balance(account_->client, id_), currency, taken);
  postings.out(currency, taken);
  charging::post_shares(fee, {structure_->manager, rules_.terms}, currency, postings);
  post_mark(fee.mark_after - fee.mark_before, 0, postings);
  for (const FeeShare& share : fee.shares) {
    if (share.of != FeeShareOf::Reserve) continue;
    standing.investor.held.push_back({standing.investor.periods + 1, share.amount});
  }
  moved(-taken, fee.mark_after - fee.mark_before);
  standing.investor.opening = equity();
  effects_->add(AccountFeeCharged{id_, currency, floating_, fee}, std::move(postings), subjects());
  return partners::add_fee_shares(*context_, *effects_, fee, currency);
}

}  // namespace engine::trading
