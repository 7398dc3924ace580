#include "engine/charging/fee_rules.h"

#include "engine/money.h"

namespace engine::charging {
namespace {

fees::TierTable tiers_of(const OfferTerms& terms, const PerformanceTerms& more) {
  if (more.tiers.empty()) return fees::one_rate(terms.performance_fee_rate);
  fees::TierTable table;
  for (const FeeTier& tier : more.tiers) table.tiers.push_back({tier.up_to_return, tier.rate});
  table.mode = more.tier_mode.value_or(TierMode::Marginal) == TierMode::Marginal
                   ? fees::TierMode::Marginal
                   : fees::TierMode::Whole;
  return table;
}

fees::HurdleTerms hurdle_of(const HurdleTerms& terms) {
  fees::HurdleTerms hurdle;
  switch (terms.kind) {
    case HurdleKind::Hard:
      hurdle.mode = fees::HurdleMode::Hard;
      break;
    case HurdleKind::Soft:
      hurdle.mode = fees::HurdleMode::Soft;
      break;
    case HurdleKind::CatchUp:
      hurdle.mode = fees::HurdleMode::CatchUp;
      break;
  }
  if (terms.catch_up) hurdle.catch_up = *terms.catch_up;
  return hurdle;
}

fees::WithdrawalRule withdrawal_of(WithdrawalRule rule) {
  switch (rule) {
    case WithdrawalRule::ProportionalRestore:
      return fees::WithdrawalRule::ProportionalRestore;
    case WithdrawalRule::Absolute:
      return fees::WithdrawalRule::Absolute;
    case WithdrawalRule::Proportional:
    case WithdrawalRule::Reset:  // Refused when it is published.
      break;
  }
  return fees::WithdrawalRule::Proportional;
}

fees::WaterfallTerms waterfall_of(const OfferTerms& terms) {
  fees::WaterfallTerms waterfall;
  if (terms.tax) {
    waterfall.tax_rate = terms.tax->rate;
    waterfall.tax_mode = terms.tax->mode.value_or(TaxMode::OnTop) == TaxMode::OnTop
                             ? fees::TaxMode::OnTop
                             : fees::TaxMode::Included;
  }
  if (!terms.shares) return waterfall;
  if (terms.shares->broker) waterfall.broker_share = *terms.shares->broker;
  for (const PartnerShare& share : terms.shares->introducing) {
    waterfall.introducing_shares.push_back(share.rate);
  }
  if (terms.shares->business_partner) {
    waterfall.partner_share = terms.shares->business_partner->rate;
  }
  return waterfall;
}

}  // namespace

core::Result<FeeRules> rules_of(const Offer& offer) {
  const PerformanceTerms more = offer.terms.performance.value_or(PerformanceTerms{});
  FeeRules rules;
  rules.terms = &offer.terms;
  rules.performance.tiers = tiers_of(offer.terms, more);
  if (more.hurdle) rules.performance.hurdle = hurdle_of(*more.hurdle);
  rules.performance_rate = rules.performance.tiers.tiers.front().rate;
  for (const fees::Tier& tier : rules.performance.tiers.tiers) {
    rules.charges_performance = rules.charges_performance || tier.rate.digits != 0;
  }
  rules.scope = more.scope.value_or(MarkScope::Investor);
  rules.base = more.base.value_or(FeeBase::Equity);
  rules.blocked_mark = more.blocked_mark.value_or(BlockedMark::Moves);
  rules.withdrawal_rule =
      withdrawal_of(rules.scope == MarkScope::Investor
                        ? more.withdrawal_rule.value_or(WithdrawalRule::ProportionalRestore)
                        : WithdrawalRule::Proportional);
  rules.withdrawal_charge = more.withdrawal_charge.value_or(WithdrawalCharge::ProRata);
  rules.lot_order = more.lot_order.value_or(LotOrder::Fifo);
  rules.waterfall = waterfall_of(offer.terms);
  if (more.minimum_charge) {
    TRY(rules.minimum_charge, signed_money(*more.minimum_charge, offer.currency, "minimum_charge"));
  }
  return rules;
}

}  // namespace engine::charging
