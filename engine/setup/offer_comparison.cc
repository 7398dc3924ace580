#include "engine/setup/offer_comparison.h"

#include <algorithm>
#include <string_view>

#include "engine/setup/term_checks.h"

namespace engine::setup {
namespace {

using Number = std::optional<core::Decimal>;
using Count = std::optional<std::uint64_t>;

// Takes note of the first term that is worse; groups put their name before it.
class Comparison {
 public:
  explicit Comparison(std::string group = {}) : group_(std::move(group)) {}

  // Whatever was found to be worse or cannot be compared.
  void worse_if(bool worse, std::string_view term) {
    if (worse && !first_) first_ = group_ + std::string(term);
  }
  // What the investor pays, or must have, or wait: more of it is worse, none is best.
  void cost(std::string_view term, const Number& before, const Number& after) {
    worse_if(after && core::rational_of(*after) >
                          (before ? core::rational_of(*before) : core::Rational{}),
             term);
  }
  void cost(std::string_view term, const Count& before, const Count& after) {
    worse_if(after.value_or(0) > before.value_or(0), term);
  }
  // What is held for him: less of it is worse, none is worst.
  void benefit(std::string_view term, const Number& before, const Number& after) {
    cost(term, after, before);
  }
  void benefit(std::string_view term, const Count& before, const Count& after) {
    cost(term, after, before);
  }
  // What limits costs: more of it is worse, and no limit is worst.
  void limit(std::string_view term, const Number& before, const Number& after) {
    worse_if(before && (!after || core::rational_of(*after) > core::rational_of(*before)), term);
  }
  // Where none is for ever, or everything, and best: less of it is worse.
  template <class Value>
  void span(std::string_view term, const Value& before, const Value& after) {
    worse_if(after && (!before || below(*after, *before)), term);
  }
  // The same choice, or one known not to be worse.
  template <class Choice>
  void choice(std::string_view term, std::optional<Choice> before, std::optional<Choice> after,
              Choice by_default, std::optional<Choice> best = std::nullopt) {
    const Choice next = after.value_or(by_default);
    worse_if(before.value_or(by_default) != next && best != next, term);
  }
  template <class Value>
  void same(std::string_view term, const Value& before, const Value& after) {
    worse_if(core::to_cbor(Holder<Value>{before}) != core::to_cbor(Holder<Value>{after}), term);
  }

  std::optional<std::string> take() { return std::move(first_); }
  void take_from(Comparison inner) {
    if (!first_) first_ = inner.take();
  }

 private:
  // Values are the same if their bytes are.
  template <class Value>
  struct Holder {
    Value value;
    template <class Self, class F>
    static void describe(Self& self, F& field) {
      field(1, "value", self.value);
    }
  };

  static bool below(const core::Decimal& a, const core::Decimal& b) {
    return core::rational_of(a) < core::rational_of(b);
  }
  static bool below(std::uint64_t a, std::uint64_t b) { return a < b; }

  std::string group_;
  std::optional<std::string> first_;
};

core::Rational rate_of(const FeeTier& tier) { return core::rational_of(tier.rate); }

// Flat rates are tiers without an end. Whatever the mode, no return is charged more than the
// highest rate or less than the lowest.
std::vector<FeeTier> tiers_of(const OfferTerms& terms, const PerformanceTerms& performance) {
  if (!performance.tiers.empty()) return performance.tiers;
  return {{std::nullopt, terms.performance_fee_rate}};
}

bool same_steps(const std::vector<FeeTier>& before, const std::vector<FeeTier>& after) {
  return std::ranges::equal(before, after, [](const FeeTier& a, const FeeTier& b) {
    return a.up_to_return == b.up_to_return && rate_of(b) <= rate_of(a);
  });
}

void compare_tiers(Comparison& found, const OfferTerms& before, const PerformanceTerms& old,
                   const OfferTerms& after, const PerformanceTerms& next) {
  const auto had = tiers_of(before, old);
  const auto gets = tiers_of(after, next);
  const auto lowest = std::ranges::min(had, {}, rate_of);
  const auto highest = std::ranges::max(gets, {}, rate_of);
  if (rate_of(highest) <= rate_of(lowest)) return;
  if (old.tiers.empty() && next.tiers.empty()) {
    return found.worse_if(true, "performance_fee_rate");
  }
  const bool same_mode =
      old.tier_mode.value_or(TierMode::Marginal) == next.tier_mode.value_or(TierMode::Marginal);
  // A lower rate in one tier leaves nobody worse off if the steps are where they were.
  found.worse_if(!same_mode || !same_steps(had, gets), "performance: tiers");
}

void compare_hurdle(Comparison& found, const std::optional<HurdleTerms>& before,
                    const std::optional<HurdleTerms>& after) {
  if (!before) return;  // Any hurdle is better than none.
  found.worse_if(!after, "hurdle");
  if (!after) return;
  found.benefit("hurdle: rate", Number(before->rate), Number(after->rate));
  found.worse_if(before->kind != after->kind && after->kind != HurdleKind::Hard, "hurdle: kind");
  found.cost("hurdle: catch_up", before->catch_up, after->catch_up);
  found.choice("hurdle: period", before->period, after->period, HurdlePeriod::SinceLastCharge);
}

Comparison compare_performance(const PerformanceTerms& before, const PerformanceTerms& after) {
  Comparison found("performance: ");
  found.choice("scope", before.scope, after.scope, MarkScope::Investor);
  const bool dearer_base =
      before.base.value_or(FeeBase::Equity) != after.base.value_or(FeeBase::Equity) &&
      !(before.base == FeeBase::BeforeManagementFee &&
        after.base.value_or(FeeBase::Equity) == FeeBase::Equity);
  found.worse_if(dearer_base, "base");
  compare_hurdle(found, before.hurdle, after.hurdle);
  found.same("frequency", before.frequency, after.frequency);
  found.span("look_back_periods", before.look_back_periods, after.look_back_periods);
  found.choice("withdrawal_rule", before.withdrawal_rule, after.withdrawal_rule,
               WithdrawalRule::ProportionalRestore);
  found.choice("withdrawal_charge", before.withdrawal_charge, after.withdrawal_charge,
               WithdrawalCharge::ProRata);
  found.choice("blocked_mark", before.blocked_mark, after.blocked_mark, BlockedMark::Moves,
               std::optional(BlockedMark::Moves));
  found.choice("lot_order", before.lot_order, after.lot_order, LotOrder::Fifo);
  found.same("equalisation", before.equalisation, after.equalisation);
  found.benefit("minimum_charge", before.minimum_charge, after.minimum_charge);
  found.span("restore_months", before.restore_months, after.restore_months);
  return found;
}

Comparison compare_management(const ManagementTerms& before, const ManagementTerms& after) {
  Comparison found("management: ");
  found.choice("base", before.base, after.base, ManagementBase::Opening);
  const bool fewer_days = before.day_count == DayCount::Act360 &&
                          after.day_count.value_or(DayCount::Act365) == DayCount::Act365;
  if (!fewer_days) {
    found.choice("day_count", before.day_count, after.day_count, DayCount::Act365);
  }
  found.cost("flat", before.flat, after.flat);
  found.cost("minimum", before.minimum, after.minimum);
  return found;
}

Comparison compare_exit(std::string group, const std::optional<ExitTerms>& before,
                        const std::optional<ExitTerms>& after) {
  Comparison found(std::move(group));
  if (!after || after->rate.digits == 0) return found;
  found.cost("rate", before ? Number(before->rate) : Number(), Number(after->rate));
  if (!before) return found;
  found.worse_if(before->days && (!after->days || *after->days > *before->days), "days");
  found.choice("recipient", before->recipient, after->recipient, FeeRecipient::House,
               std::optional(FeeRecipient::Pool));
  return found;
}

Comparison compare_tax(const std::optional<TaxTerms>& before,
                       const std::optional<TaxTerms>& after) {
  Comparison found("tax: ");
  // A tax that is included in the fee takes nothing more from the investor.
  if (!after || after->mode == TaxMode::Included) return found;
  const bool on_top = before && before->mode.value_or(TaxMode::OnTop) == TaxMode::OnTop;
  found.worse_if(!on_top && after->rate.digits != 0, "mode");
  if (!before) return found;
  found.cost("rate", Number(before->rate), Number(after->rate));
  found.same("country", before->country, after->country);
  return found;
}

Comparison compare_reserve(const std::optional<ReserveTerms>& before,
                           const std::optional<ReserveTerms>& after) {
  Comparison found("reserve: ");
  if (!before) return found;
  found.worse_if(!after, "share");
  if (!after) return found;
  found.benefit("share", Number(before->share), Number(after->share));
  found.benefit("periods", Count(before->periods), Count(after->periods));
  found.benefit("clawback_rate", Number(before->clawback_rate), Number(after->clawback_rate));
  return found;
}

Comparison compare_dealing(const DealingTerms& before, const DealingTerms& after) {
  Comparison found("dealing: ");
  found.cost("minimum_initial", before.minimum_initial, after.minimum_initial);
  found.cost("minimum_top_up", before.minimum_top_up, after.minimum_top_up);
  found.worse_if(after.increment && before.increment != after.increment, "increment");
  found.cost("minimum_withdrawal", before.minimum_withdrawal, after.minimum_withdrawal);
  found.cost("minimum_remaining", before.minimum_remaining, after.minimum_remaining);
  found.cost("lock_up_days", before.lock_up_days, after.lock_up_days);
  found.cost("notice_days", before.notice_days, after.notice_days);
  found.choice("join_approval", before.join_approval, after.join_approval, JoinApproval::None,
               std::optional(JoinApproval::None));
  found.span("gate", before.gate, after.gate);
  found.choice("short_margin", before.short_margin, after.short_margin, ShortMargin::Gate);
  found.cost("margin_floor", before.margin_floor, after.margin_floor);
  found.limit("scaling_cost_cap", before.scaling_cost_cap, after.scaling_cost_cap);
  found.span("maximum_capital", before.maximum_capital, after.maximum_capital);
  found.span("maximum_investors", before.maximum_investors, after.maximum_investors);
  return found;
}

void compare_manager_capital(Comparison& found, const std::optional<ManagerCapitalTerms>& before,
                             const std::optional<ManagerCapitalTerms>& after) {
  if (!before) return;
  found.worse_if(!after || before->rule.value_or(ManagerCapitalRule::MayNotFall) !=
                               after->rule.value_or(ManagerCapitalRule::MayNotFall),
                 "manager_capital: rule");
  if (!after) return;
  found.benefit("manager_capital: minimum", before->minimum, after->minimum);
  found.benefit("manager_capital: minimum_share", before->minimum_share, after->minimum_share);
}

// Paid out of the house's own: more of it for the investors is better, and nothing else is.
void compare_rebate(Comparison& found, const OfferTerms& before, const OfferTerms& after) {
  const bool to_investors = after.rebate_to == RebateTo::Investors &&
                            before.rebate_to.value_or(RebateTo::Investors) == RebateTo::Investors;
  if (to_investors) {
    found.benefit("rebate_per_lot", before.rebate_per_lot, after.rebate_per_lot);
  } else {
    found.same("rebate_per_lot", before.rebate_per_lot, after.rebate_per_lot);
    found.same("rebate_to", before.rebate_to, after.rebate_to);
  }
}

void compare_fees(Comparison& found, const OfferTerms& before, const OfferTerms& after) {
  found.take_from(compare_exit("exit_fee: ", before.exit_fee, after.exit_fee));
  found.take_from(
      compare_exit("early_withdrawal: ", before.early_withdrawal, after.early_withdrawal));
  found.cost("subscription_fee", before.subscription_fee, after.subscription_fee);
  const VolumeTerms had = before.volume.value_or(VolumeTerms{});
  const VolumeTerms gets = after.volume.value_or(VolumeTerms{});
  found.cost("volume: per_lot", had.per_lot, gets.per_lot);
  found.cost("volume: per_million", had.per_million, gets.per_million);
  // Who has a part of his fees is what an investor was told.
  found.same("shares", before.shares, after.shares);
  found.take_from(compare_tax(before.tax, after.tax));
  found.limit("annual_cap", before.annual_cap, after.annual_cap);
  found.take_from(compare_reserve(before.reserve, after.reserve));
}

}  // namespace

std::optional<std::string> fee_increase(const OfferTerms& before, const OfferTerms& after) {
  Comparison found;
  found.cost("management_fee_rate", Number(before.management_fee_rate),
             Number(after.management_fee_rate));
  const PerformanceTerms old = before.performance.value_or(PerformanceTerms{});
  const PerformanceTerms next = after.performance.value_or(PerformanceTerms{});
  compare_tiers(found, before, old, after, next);
  // A gross mark is the higher one.
  found.worse_if(before.mark_basis != after.mark_basis && after.mark_basis == MarkBasis::Net,
                 "mark_basis");
  found.cost("entry_fee_rate", Number(before.entry_fee_rate), Number(after.entry_fee_rate));
  found.choice("entry_fee_recipient", before.entry_fee_recipient, after.entry_fee_recipient,
               FeeRecipient::House, std::optional(FeeRecipient::Pool));
  found.same("residual", before.residual, after.residual);
  found.same("lot_step", before.lot_step, after.lot_step);
  compare_rebate(found, before, after);
  found.take_from(compare_performance(old, next));
  found.take_from(compare_management(before.management.value_or(ManagementTerms{}),
                                     after.management.value_or(ManagementTerms{})));
  compare_fees(found, before, after);
  found.take_from(compare_dealing(before.dealing.value_or(DealingTerms{}),
                                  after.dealing.value_or(DealingTerms{})));
  compare_manager_capital(found, before.manager_capital, after.manager_capital);
  found.choice("sharing", before.sharing, after.sharing, PoolSharing::Units);
  found.same("platforms", before.platforms, after.platforms);
  found.same("documents", before.documents, after.documents);
  return found.take();
}

}  // namespace engine::setup
