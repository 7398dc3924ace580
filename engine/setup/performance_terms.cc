#include "engine/setup/offer_terms.h"
#include "engine/setup/term_checks.h"

namespace engine::setup {
namespace {

constexpr std::size_t kTiersMax = 20;
constexpr std::uint64_t kLookBackMax = 3660;  // Periods.
constexpr std::uint64_t kRestoreMonthsMin = 12;
constexpr std::uint64_t kRestoreMonthsMax = 1200;

core::Result<> check_hurdle(const std::optional<HurdleTerms>& hurdle) {
  if (!hurdle) return core::ok();
  TRY(check_fraction(hurdle->rate, "rate"));
  TRY(check_part(hurdle->catch_up, "catch_up"));
  if ((hurdle->kind == HurdleKind::CatchUp) == hurdle->catch_up.has_value()) return core::ok();
  return core::invalid("hurdle_terms", "catch_up",
                       "Give catch_up with the kind catch_up, and with no other.");
}

core::Error tiers_wrong(std::string_view field, std::string detail) {
  return core::invalid("fee_tiers", std::string(field), std::move(detail));
}

// Ascending, and the last one without end, so that every return has one rate.
core::Result<> check_tiers(const PerformanceTerms& performance, const core::Decimal& flat_rate) {
  const auto& tiers = performance.tiers;
  if (tiers.empty()) {
    if (!performance.tier_mode) return core::ok();
    return tiers_wrong("tier_mode", "There are no tiers.");
  }
  if (flat_rate.digits != 0) {
    return tiers_wrong("tiers", "Tiers take the place of performance_fee_rate: give a rate of 0.");
  }
  if (tiers.size() > kTiersMax) return tiers_wrong("tiers", "Give at most 20 tiers.");
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    const std::string place = "tiers: " + std::to_string(i);
    TRY(check_fraction(tiers[i].rate, place + ": rate"));
    const bool last = i + 1 == tiers.size();
    if (tiers[i].up_to_return.has_value() == last) {
      return tiers_wrong(place + ": up_to_return",
                         "Each tier but the last has an end, and the last has none.");
    }
    if (last) break;
    const auto end = core::rational_of(*tiers[i].up_to_return);
    const auto before = i == 0 ? core::Rational{} : core::rational_of(*tiers[i - 1].up_to_return);
    if (end > before) continue;
    return tiers_wrong(place + ": up_to_return", "Tiers must ascend, from above zero.");
  }
  return core::ok();
}

core::Result<> check_periods(const PerformanceTerms& performance) {
  if (performance.look_back_periods &&
      (*performance.look_back_periods == 0 || *performance.look_back_periods > kLookBackMax)) {
    return core::invalid("look_back", "look_back_periods",
                         "Look back over 1 to 3660 periods; leave it out for all.");
  }
  if (!performance.restore_months) return core::ok();
  if (performance.withdrawal_rule.value_or(WithdrawalRule::ProportionalRestore) !=
      WithdrawalRule::ProportionalRestore) {
    return core::invalid("restore_months", "restore_months",
                         "Losses come back under the rule proportional_restore only.");
  }
  if (*performance.restore_months >= kRestoreMonthsMin &&
      *performance.restore_months <= kRestoreMonthsMax) {
    return core::ok();
  }
  return core::invalid("restore_months", "restore_months",
                       "Released losses come back for 12 to 1200 months; leave it out for ever.");
}

// Closed results, management fees and losses by period are known of an investor, not of his lots.
core::Result<> check_for_investor_only(const PerformanceTerms& performance) {
  if (performance.base.value_or(FeeBase::Equity) != FeeBase::Equity) {
    return core::invalid("mark_scope", "base",
                         "Another base than equity needs the scope investor.");
  }
  if (!performance.look_back_periods) return core::ok();
  return core::invalid("mark_scope", "look_back_periods",
                       "Looking back over some periods needs the scope investor.");
}

core::Result<> check_scope(const PerformanceTerms& performance) {
  const bool by_lot = performance.scope == MarkScope::Lot;
  if (by_lot && performance.withdrawal_rule.value_or(WithdrawalRule::Proportional) !=
                    WithdrawalRule::Proportional) {
    return core::invalid("lot_scope", "withdrawal_rule",
                         "Marks by lot need the withdrawal rule proportional.");
  }
  if (!by_lot && performance.lot_order) {
    return core::invalid("lot_scope", "lot_order", "There are lots with the scope lot only.");
  }
  if (performance.scope.value_or(MarkScope::Investor) != MarkScope::Investor) {
    TRY(check_for_investor_only(performance));
  }
  if (!performance.equalisation) return core::ok();
  if (!by_lot) {
    return core::invalid("equalisation", "equalisation", "Equalisation needs the scope lot.");
  }
  if (!performance.hurdle && performance.tiers.empty()) return core::ok();
  return core::invalid("equalisation", "equalisation",
                       "Equalisation is for one rate without a hurdle.");
}

// A hurdle that begins anew each period, and a mark that a blocked period leaves alone, would
// charge the day after what the day before was blocked.
core::Result<> check_blocked(const PerformanceTerms& performance) {
  const bool each_period =
      performance.hurdle && performance.hurdle->period == HurdlePeriod::EachPeriod;
  if (!each_period || performance.blocked_mark != BlockedMark::Stays) return core::ok();
  return core::invalid("hurdle_terms", "blocked_mark",
                       "With a hurdle for each period the mark must move at a blocked new high.");
}

}  // namespace

core::Result<> check_performance(const OfferTerms& terms, std::string_view currency) {
  if (!terms.performance) return core::ok();
  const PerformanceTerms& performance = *terms.performance;
  if (performance.withdrawal_rule == WithdrawalRule::Reset) {
    return core::invalid("mark_reset", "withdrawal_rule",
                         "A mark that falls to the value at a withdrawal lets the same gain be "
                         "charged twice: no offer may reset marks.");
  }
  TRY(in_group("hurdle", check_hurdle(performance.hurdle)));
  TRY(check_tiers(performance, terms.performance_fee_rate));
  TRY(check_periods(performance));
  TRY(check_scope(performance));
  TRY(check_blocked(performance));
  return check_money(performance.minimum_charge, currency, "minimum_charge");
}

}  // namespace engine::setup
