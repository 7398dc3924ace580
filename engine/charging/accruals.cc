#include "engine/charging/accruals.h"

#include "core/check.h"
#include "engine/fees/day_count.h"
#include "engine/fees/hurdle.h"
#include "engine/fees/management_fee.h"
#include "engine/money.h"

namespace engine::charging {
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

core::Result<fees::Fraction> years_of(const Span& span) {
  return fees::year_fraction(fees::DayCount::Act365, span.from, span.to);
}

}  // namespace

bool charges_management(const OfferTerms& terms) {
  return terms.management_fee_rate.digits != 0 ||
         (terms.management && (terms.management->flat || terms.management->minimum));
}

core::Result<ManagementAccrual> management_accrual(const OfferTerms& terms,
                                                   const std::string& currency, const Span& span,
                                                   core::Minor opening, core::Minor closing) {
  const ManagementTerms more = terms.management.value_or(ManagementTerms{});
  const auto convention = convention_of(more.day_count.value_or(DayCount::Act365));
  TRY(const auto years, fees::year_fraction(convention, span.from, span.to));
  ManagementAccrual accrual;
  TRY(accrual.base, fees::management_base(base_of(more.base.value_or(ManagementBase::Opening)),
                                          opening, closing));
  TRY(accrual.amount, fees::management_accrual(accrual.base, terms.management_fee_rate, years));
  TRY(const auto flat, flat_part(more.flat, currency, years));
  TRY(accrual.amount, fees::add(accrual.amount, flat));
  TRY(const auto least, flat_part(more.minimum, currency, years));
  TRY(accrual.amount, fees::larger(accrual.amount, least));
  return accrual;
}

core::Result<fees::Exact> subscription_accrual(const core::Decimal& annual,
                                               const std::string& currency, const Span& span) {
  TRY(const auto years, years_of(span));
  return flat_part(annual, currency, years);
}

core::Result<fees::Exact> hurdle_accrual(const HurdleTerms& hurdle, core::Minor mark,
                                         const Span& span) {
  TRY(const auto years, years_of(span));
  return fees::hurdle_accrual(mark, hurdle.rate, years);
}

}  // namespace engine::charging
