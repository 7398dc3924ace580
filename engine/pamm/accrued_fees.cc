// Fees that accrue day by day or with what is traded, and hurdles.

#include <algorithm>

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/charging/accruals.h"
#include "engine/charging/shares.h"
#include "engine/fees/volume_fee.h"
#include "engine/money.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {

core::Result<> RolloverRun::charge_accrued_fees() {
  for (Standing& standing : standings_) {
    if (standing.units == 0) {
      TRY(expire_released(standing));
      continue;
    }
    begin_year(standing);
    if (!standing.fee_free && !standing.managed.empty()) {
      // Each time with a mandate is a charge of its own.
      for (const charging::Span& span : standing.managed) {
        TRY(charge_management(standing, span));
        TRY(charge_subscription(standing, span));
      }
      TRY(charge_volume(standing));
    }
    TRY(accrue_hurdle(standing));
    TRY(expire_released(standing));
  }
  return core::ok();
}

core::Result<> RolloverRun::charge_accrual(Standing& standing, RunningFee& running,
                                           const charging::Span& span, const fees::Exact& accrual,
                                           FeeCharged fee) {
  TRY(const auto cumulative, fees::add(exact_of(running.accrued), accrual));
  TRY(fee.amount, fees::charge_of(cumulative, running.charged));
  Part part{{},
            standing.units,
            standing.entitlement(),
            standing.mark,
            exact_of(standing.investor.hurdle)};
  TRY(charging::fit_into_equity(*standing.rules->terms, part.equity, fee));
  TRY(charging::apply_cap(*standing.rules->terms, standing.investor.year, fee));
  fee.days = static_cast<std::uint64_t>(span.to.days - span.from.days);
  fee.from = span.from;
  fee.to = span.to;
  fee.exact_numerator = cumulative.numerator;
  fee.exact_denominator = cumulative.denominator;
  fee.charged_before = running.charged;
  fee.mark_after = standing.mark;
  running = {amount_of(cumulative), running.charged + fee.amount + fee.forfeited.value_or(0)};
  return charge(standing, part, std::move(fee));
}

core::Result<> RolloverRun::charge_management(Standing& standing, const charging::Span& span) {
  const OfferTerms& terms = *standing.rules->terms;
  if (!charging::charges_management(terms)) return core::ok();
  TRY(const auto accrual,
      charging::management_accrual(terms, pool_.currency, span, standing.investor.opening,
                                   standing.entitlement()));
  FeeCharged fee;
  fee.fee = FeeKind::Management;
  TRY(fee.base, fees::floor_of(accrual.base));
  fee.rate = terms.management_fee_rate;
  const core::Minor before = standing.entitlement();
  TRY(charge_accrual(standing, standing.investor.management, span, accrual.amount, std::move(fee)));
  if (standing.rules->base == FeeBase::BeforeManagementFee) {
    standing.investor.management_since_charge += before - standing.entitlement();
  }
  return core::ok();
}

core::Result<> RolloverRun::charge_subscription(Standing& standing, const charging::Span& span) {
  const auto& annual = standing.rules->terms->subscription_fee;
  if (!annual) return core::ok();
  TRY(const auto accrual, charging::subscription_accrual(*annual, pool_.currency, span));
  FeeCharged fee;
  fee.fee = FeeKind::Subscription;
  TRY(fee.base, signed_money(*annual, pool_.currency, "subscription_fee"));
  return charge_accrual(standing, standing.investor.subscription, span, accrual, std::move(fee));
}

core::Result<> RolloverRun::charge_volume(Standing& standing) {
  const auto& volume = standing.rules->terms->volume;
  // Nobody can say how much was traded on which day.
  if (standing.lapsed) return core::ok();
  if (!volume || (pool_.lots_traded == 0 && pool_.notional_traded == 0)) return core::ok();
  fees::Exact total;
  if (volume->per_lot) {
    TRY(total, fees::per_lot_fee(core::Decimal{pool_.lots_traded, 8}, *volume->per_lot,
                                 *core::currency_scale(pool_.currency)));
  }
  if (volume->per_million) {
    TRY(const auto by_notional, fees::per_million_fee(pool_.notional_traded, *volume->per_million));
    TRY(total, fees::add(total, by_notional));
  }
  TRY(const auto exact, fees::multiply(total, {standing.units_before, units_}));
  FeeCharged fee;
  fee.fee = FeeKind::Volume;
  TRY(fee.amount, fees::floor_of(exact));
  if (fee.amount == 0) return core::ok();
  Part part{{},
            standing.units,
            standing.entitlement(),
            standing.mark,
            exact_of(standing.investor.hurdle)};
  TRY(charging::fit_into_equity(*standing.rules->terms, part.equity, fee));
  TRY(charging::apply_cap(*standing.rules->terms, standing.investor.year, fee));
  fee.rate = volume->per_lot.value_or(volume->per_million.value_or(core::Decimal{}));
  fee.exact_numerator = exact.numerator;
  fee.exact_denominator = exact.denominator;
  fee.lots_traded = pool_.lots_traded;
  fee.notional_traded = pool_.notional_traded;
  fee.pool_units = units_;
  fee.from = *pool_.trade_date;
  fee.to = command_.trade_date;
  fee.mark_after = standing.mark;
  return charge(standing, part, std::move(fee));
}

core::Result<> RolloverRun::accrue_hurdle(Standing& standing) {
  const PerformanceTerms* more = standing.rules->more();
  if (more == nullptr || !more->hurdle || standing.fee_free) return core::ok();
  TRY(auto parts, parts_of(standing));
  for (Part& part : parts) {
    for (const charging::Span& span : standing.managed) {
      TRY(const auto accrued, charging::hurdle_accrual(*more->hurdle, part.mark, span));
      TRY(part.hurdle, fees::add(part.hurdle, accrued));
    }
    keep(standing, part);
  }
  return core::ok();
}

core::Result<> RolloverRun::expire_released(Standing& standing) {
  const PerformanceTerms* more = standing.rules->more();
  if (more == nullptr || !more->restore_months || standing.released.empty()) return core::ok();
  ReleasedExpired expired{id_, standing.client, pool_.strategy,
                          charging::months_before(command_.trade_date, *more->restore_months), 0};
  std::erase_if(standing.released, [&expired](const ReleasedLoss& released) {
    if (released.taken > expired.taken) return false;
    expired.loss += released.loss;
    return true;
  });
  if (expired.loss == 0) return core::ok();
  Postings postings;
  postings.add(accounts::released(pool_.strategy, standing.client), mark_, -expired.loss);
  postings.add(std::string(accounts::kMemoContra), mark_, expired.loss);
  effects_.add(expired, std::move(postings), subjects(standing.client));
  return core::ok();
}

}  // namespace engine::pamm
