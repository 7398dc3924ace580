// Fees that accrue day by day or with what is traded, and hurdles.

#include <algorithm>

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/fees/day_count.h"
#include "engine/fees/hurdle.h"
#include "engine/fees/management_fee.h"
#include "engine/fees/volume_fee.h"
#include "engine/money.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {
namespace {

fees::DayCount convention_of(DayCount choice) {
  switch (choice) {
    case DayCount::Act365:
      return fees::DayCount::Act365;
    case DayCount::Act360:
      return fees::DayCount::Act360;
    case DayCount::Business252:
      return fees::DayCount::Business252;
    case DayCount::Business260:
      return fees::DayCount::Business260;
    case DayCount::Thirty360:
      return fees::DayCount::Thirty360;
    case DayCount::Twelfth:
      return fees::DayCount::Twelfth;
  }
  core::check_failed("day count is one of the six", __FILE__, __LINE__);
}

fees::ManagementBase base_of(ManagementBase choice) {
  switch (choice) {
    case ManagementBase::Opening:
      return fees::ManagementBase::Begin;
    case ManagementBase::Closing:
      return fees::ManagementBase::End;
    case ManagementBase::Average:
      return fees::ManagementBase::Average;
  }
  core::check_failed("base is one of the three", __FILE__, __LINE__);
}

core::Result<fees::Exact> flat_part(const std::optional<core::Decimal>& annual,
                                    const std::string& currency, const fees::Fraction& years) {
  if (!annual) return fees::Exact{};
  TRY(const auto money, signed_money(*annual, currency, "annual"));
  return fees::flat_accrual(money, years);
}

}  // namespace

core::Result<> RolloverRun::charge_accrued_fees() {
  for (Standing& standing : standings_) {
    if (standing.units == 0) {
      TRY(expire_released(standing));
      continue;
    }
    begin_year(standing);
    if (!standing.fee_free && pool_.trade_date) {
      TRY(charge_management(standing));
      TRY(charge_subscription(standing));
      TRY(charge_volume(standing));
    }
    if (pool_.trade_date) {
      TRY(accrue_hurdle(standing));
    }
    TRY(expire_released(standing));
  }
  return core::ok();
}

core::Result<> RolloverRun::charge_accrual(Standing& standing, RunningFee& running,
                                           const fees::Exact& accrual, FeeCharged fee) {
  TRY(const auto cumulative, fees::add(exact_of(running.accrued), accrual));
  TRY(fee.amount, fees::charge_of(cumulative, running.charged));
  Part part{{},
            standing.units,
            standing.entitlement(),
            standing.mark,
            exact_of(standing.investor.hurdle)};
  TRY(fit_into_equity(standing, part.equity, fee));
  TRY(apply_cap(standing, fee));
  fee.days = static_cast<std::uint64_t>(command_.trade_date.days - pool_.trade_date->days);
  fee.from = *pool_.trade_date;
  fee.to = command_.trade_date;
  fee.exact_numerator = cumulative.numerator;
  fee.exact_denominator = cumulative.denominator;
  fee.charged_before = running.charged;
  fee.mark_after = standing.mark;
  running = {amount_of(cumulative), running.charged + fee.amount + fee.forfeited.value_or(0)};
  return charge(standing, part, std::move(fee));
}

core::Result<> RolloverRun::charge_management(Standing& standing) {
  const OfferTerms& terms = *standing.rules->terms;
  const ManagementTerms more = terms.management.value_or(ManagementTerms{});
  if (terms.management_fee_rate.digits == 0 && !more.flat && !more.minimum) return core::ok();
  const auto convention = convention_of(more.day_count.value_or(DayCount::Act365));
  TRY(const auto years, fees::year_fraction(convention, *pool_.trade_date, command_.trade_date));
  TRY(const auto base, fees::management_base(base_of(more.base.value_or(ManagementBase::Opening)),
                                             standing.investor.opening, standing.entitlement()));
  TRY(auto accrual, fees::management_accrual(base, terms.management_fee_rate, years));
  TRY(const auto flat, flat_part(more.flat, pool_.currency, years));
  TRY(accrual, fees::add(accrual, flat));
  TRY(const auto least, flat_part(more.minimum, pool_.currency, years));
  TRY(accrual, fees::larger(accrual, least));
  FeeCharged fee;
  fee.fee = FeeKind::Management;
  TRY(fee.base, fees::floor_of(base));
  fee.rate = terms.management_fee_rate;
  const core::Minor before = standing.entitlement();
  TRY(charge_accrual(standing, standing.investor.management, accrual, std::move(fee)));
  if (standing.rules->base == FeeBase::BeforeManagementFee) {
    standing.investor.management_since_charge += before - standing.entitlement();
  }
  return core::ok();
}

core::Result<> RolloverRun::charge_subscription(Standing& standing) {
  const auto& annual = standing.rules->terms->subscription_fee;
  if (!annual) return core::ok();
  TRY(const auto years,
      fees::year_fraction(fees::DayCount::Act365, *pool_.trade_date, command_.trade_date));
  TRY(const auto accrual, flat_part(annual, pool_.currency, years));
  FeeCharged fee;
  fee.fee = FeeKind::Subscription;
  TRY(fee.base, signed_money(*annual, pool_.currency, "subscription_fee"));
  return charge_accrual(standing, standing.investor.subscription, accrual, std::move(fee));
}

core::Result<> RolloverRun::charge_volume(Standing& standing) {
  const auto& volume = standing.rules->terms->volume;
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
  TRY(fit_into_equity(standing, part.equity, fee));
  TRY(apply_cap(standing, fee));
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
  TRY(const auto years,
      fees::year_fraction(fees::DayCount::Act365, *pool_.trade_date, command_.trade_date));
  TRY(auto parts, parts_of(standing));
  for (Part& part : parts) {
    TRY(const auto accrued, fees::hurdle_accrual(part.mark, more->hurdle->rate, years));
    TRY(part.hurdle, fees::add(part.hurdle, accrued));
    keep(standing, part);
  }
  return core::ok();
}

core::Result<> RolloverRun::expire_released(Standing& standing) {
  const PerformanceTerms* more = standing.rules->more();
  if (more == nullptr || !more->restore_months || standing.released.empty()) return core::ok();
  ReleasedExpired expired{id_, standing.client, pool_.strategy,
                          months_before(command_.trade_date, *more->restore_months), 0};
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
