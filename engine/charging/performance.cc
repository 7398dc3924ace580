#include "engine/charging/performance.h"

#include <algorithm>

#include "core/check.h"
#include "engine/charging/shares.h"
#include "engine/fees/crystallisation.h"

namespace engine::charging {
namespace {

core::Result<core::Minor> measured_in_full(const FeeRules& rules, const Marked& holding) {
  switch (rules.base) {
    case FeeBase::Equity:
      return core::Minor{holding.equity};
    case FeeBase::BeforeManagementFee:
      return core::add(holding.equity, holding.management_since_charge);
    case FeeBase::Realised:
      return core::subtract(holding.equity, holding.floating);
    case FeeBase::RealisedLessFloatingLoss:
      return core::subtract(holding.equity, std::max<core::Minor>(holding.floating, 0));
  }
  core::check_failed("base is one of the four", __FILE__, __LINE__);
}

}  // namespace

core::Result<core::Minor> measured_of(const FeeRules& rules, const Marked& holding) {
  TRY(const auto measured, measured_in_full(rules, holding));
  return std::min(measured, holding.measured_max.value_or(measured));
}

core::Result<Accrued> accrued_performance(const FeeRules& rules, const Marked& holding) {
  Accrued accrued;
  TRY(accrued.measured, measured_of(rules, holding));
  TRY(accrued.fee,
      fees::performance_fee(rules.performance, accrued.measured, holding.mark, holding.hurdle));
  return accrued;
}

core::Result<FeeCharged> performance_charge(const FeeRules& rules, const Marked& holding,
                                            const Accrued& accrued) {
  FeeCharged fee;
  fee.fee = FeeKind::Performance;
  fee.rate = rules.performance_rate;
  TRY(fee.base, fees::floor_of(accrued.fee.base));
  fee.exact_numerator = accrued.fee.fee.numerator;
  fee.exact_denominator = accrued.fee.fee.denominator;
  if (rules.base != FeeBase::Equity || holding.lot || holding.measured_max) {
    fee.measured = accrued.measured;
  }
  if (rules.performance.hurdle) {
    fee.hurdle_numerator = holding.hurdle.numerator;
    fee.hurdle_denominator = holding.hurdle.denominator;
  }
  return fee;
}

core::Result<FeeCharged> charge_on_withdrawal(const FeeRules& rules, const Marked& holding,
                                              core::Minor withdrawn) {
  TRY(const Accrued accrued, accrued_performance(rules, holding));
  TRY(FeeCharged fee, performance_charge(rules, holding, accrued));
  TRY(fee.amount, fees::crystallised(fees::Crystallisation::ProRata, accrued.fee.fee,
                                     holding.equity, withdrawn));
  fee.due = FeeDue::Redemption;
  fee.withdrawn = withdrawn;
  TRY(fee.base, core::multiply_divide(fee.base, withdrawn, holding.equity, core::Rounding::Floor));
  TRY(const auto exact, fees::multiply(accrued.fee.fee, {withdrawn, holding.equity}));
  fee.exact_numerator = exact.numerator;
  fee.exact_denominator = exact.denominator;
  fee.mark_after = holding.mark;
  return fee;
}

core::Result<core::Minor> mark_after(const FeeRules& rules, const Marked& holding,
                                     core::Minor measured, const FeeCharged& fee) {
  if (rules.terms->mark_basis == MarkBasis::Gross) return std::max(holding.mark, measured);
  FeeCharged shared = fee;
  TRY(share_out(rules, shared));
  // What is measured before the management fee has a mark after all fees.
  const core::Minor reached =
      rules.base == FeeBase::BeforeManagementFee ? holding.equity : measured;
  return std::max(holding.mark, reached - taken_by(shared));
}

}  // namespace engine::charging
