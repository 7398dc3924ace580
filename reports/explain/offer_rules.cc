#include "reports/explain/offer_rules.h"

#include "core/amount.h"
#include "core/iso4217.h"

namespace reports::explain {

namespace fees = engine::fees;

engine::PerformanceTerms performance_of(const engine::OfferTerms& terms) {
  return terms.performance.value_or(engine::PerformanceTerms{});
}

fees::PerformanceTerms performance_rules(const engine::OfferTerms& terms) {
  const engine::PerformanceTerms more = performance_of(terms);
  fees::PerformanceTerms rules;
  rules.tiers = fees::one_rate(terms.performance_fee_rate);
  if (!more.tiers.empty()) rules.tiers.tiers.clear();
  for (const auto& tier : more.tiers) rules.tiers.tiers.push_back({tier.up_to_return, tier.rate});
  if (more.tier_mode == engine::TierMode::Whole) rules.tiers.mode = fees::TierMode::Whole;
  if (!more.hurdle) return rules;
  fees::HurdleTerms hurdle;
  if (more.hurdle->kind == engine::HurdleKind::Soft) hurdle.mode = fees::HurdleMode::Soft;
  if (more.hurdle->kind == engine::HurdleKind::CatchUp) hurdle.mode = fees::HurdleMode::CatchUp;
  if (more.hurdle->catch_up) hurdle.catch_up = *more.hurdle->catch_up;
  rules.hurdle = hurdle;
  return rules;
}

core::Decimal first_rate(const engine::OfferTerms& terms) {
  return performance_rules(terms).tiers.tiers.front().rate;
}

fees::WithdrawalRule withdrawal_rule(const engine::OfferTerms& terms) {
  const engine::PerformanceTerms more = performance_of(terms);
  if (more.scope.value_or(engine::MarkScope::Investor) != engine::MarkScope::Investor) {
    return fees::WithdrawalRule::Proportional;
  }
  const auto rule = more.withdrawal_rule.value_or(engine::WithdrawalRule::ProportionalRestore);
  if (rule == engine::WithdrawalRule::ProportionalRestore) {
    return fees::WithdrawalRule::ProportionalRestore;
  }
  return rule == engine::WithdrawalRule::Absolute ? fees::WithdrawalRule::Absolute
                                                  : fees::WithdrawalRule::Proportional;
}

fees::WaterfallTerms waterfall_rules(const engine::OfferTerms& terms) {
  fees::WaterfallTerms rules;
  if (terms.tax) {
    rules.tax_rate = terms.tax->rate;
    if (terms.tax->mode == engine::TaxMode::Included) rules.tax_mode = fees::TaxMode::Included;
  }
  if (!terms.shares) return rules;
  if (terms.shares->broker) rules.broker_share = *terms.shares->broker;
  for (const auto& share : terms.shares->introducing) {
    rules.introducing_shares.push_back(share.rate);
  }
  if (terms.shares->business_partner) rules.partner_share = terms.shares->business_partner->rate;
  return rules;
}

fees::DayCount day_count(const engine::ManagementTerms& terms) {
  switch (terms.day_count.value_or(engine::DayCount::Act365)) {
    case engine::DayCount::Act360:
      return fees::DayCount::Act360;
    case engine::DayCount::Business252:
      return fees::DayCount::Business252;
    case engine::DayCount::Business260:
      return fees::DayCount::Business260;
    case engine::DayCount::Thirty360:
      return fees::DayCount::Thirty360;
    case engine::DayCount::Twelfth:
      return fees::DayCount::Twelfth;
    case engine::DayCount::Act365:
      break;
  }
  return fees::DayCount::Act365;
}

fees::ManagementBase management_base(const engine::ManagementTerms& terms) {
  if (terms.base == engine::ManagementBase::Closing) return fees::ManagementBase::End;
  if (terms.base == engine::ManagementBase::Average) return fees::ManagementBase::Average;
  return fees::ManagementBase::Begin;
}

core::Result<core::Minor> money_of(const std::optional<core::Decimal>& value,
                                   const std::string& currency) {
  if (!value) return core::Minor{0};
  return core::to_minor(*value, core::currency_scale(currency).value_or(0));
}

}  // namespace reports::explain
