#include "engine/partners/terms.h"

#include <algorithm>
#include <set>

#include "core/check.h"
#include "engine/commission/amount.h"
#include "engine/instruments/contract.h"
#include "engine/money.h"

namespace engine::partners {
namespace {

constexpr std::size_t kRulesMax = 16;
constexpr std::size_t kRowsMax = 1000;
constexpr std::size_t kTiersMax = 50;
constexpr std::size_t kLevelsMax = 32;
constexpr std::size_t kGroupNameBytesMax = 64;
constexpr std::uint64_t kDaysMax = 3660;  // Ten years.

core::Result<> in(std::string_view group, core::Result<> checked) {
  if (checked) return core::ok();
  return std::move(checked.error()).within(group);
}

// From 0 to 1.
core::Result<> check_fraction(const std::optional<core::Decimal>& rate, std::string_view field) {
  if (!rate) return core::ok();
  return check_rate(*rate, 1, field);
}

core::Result<> check_amount(const core::Decimal& amount, std::string_view currency,
                            std::string_view field) {
  TRY(const auto minor, signed_money(amount, currency, field));
  if (minor >= 0) return core::ok();
  return core::invalid("negative_amount", std::string(field), "An amount is not below zero.");
}

// Of a basis that is money, a rate is a part of it; else it is an amount, or points.
bool is_part_of_money(PayBasis basis) {
  switch (basis) {
    case PayBasis::PerLot:
    case PayBasis::PerMillion:
    case PayBasis::Points:
      return false;
    case PayBasis::Spread:
    case PayBasis::Commission:
    case PayBasis::NetRevenue:
    case PayBasis::Fee:
      return true;
  }
  CHECK(false);
}

core::Result<> check_rule_rate(PayBasis basis, const core::Decimal& rate, std::string_view field) {
  if (is_part_of_money(basis)) return check_rate(rate, 1, field);
  if (rate.digits >= 0) return core::ok();
  return core::invalid("rate_range", std::string(field), "A rate is not below zero.");
}

core::Result<> check_tiers(PayBasis basis, const std::vector<VolumeTier>& tiers) {
  if (tiers.size() > kTiersMax) return core::invalid("tiers", "tiers", "Too many tiers.");
  core::Rational last;
  for (const VolumeTier& tier : tiers) {
    TRY(check_rule_rate(basis, tier.rate, "tiers: rate"));
    const core::Rational from = commission::exact(tier.from);
    if (from <= last) {
      return core::invalid("tiers", "tiers: from", "Tiers begin above zero and ascend.");
    }
    last = from;
  }
  return core::ok();
}

core::Result<> check_row(const State& state, const ProgrammeTerms& terms, PayBasis basis,
                         const PayRate& row) {
  if (row.symbol && row.group) {
    return core::invalid("rates", "group", "A rate is for a symbol or for a group, not for both.");
  }
  if (row.symbol) {
    TRY(const auto name, instruments::registered_name(state, *row.symbol));
    if (name != *row.symbol) {
      return core::invalid("rates", "symbol",
                           "Name the symbol as it was registered: " + name + ".");
    }
  }
  if (row.group &&
      std::ranges::find(terms.groups, *row.group, &SymbolGroup::name) == terms.groups.end()) {
    return core::invalid("rates", "group", "The programme has no group of this name.");
  }
  TRY(check_rule_rate(basis, row.rate, "rate"));
  return check_tiers(basis, row.tiers);
}

core::Result<> check_rule(const State& state, const ProgrammeTerms& terms, const PayRule& rule) {
  if (rule.rates.empty() || rule.rates.size() > kRowsMax) {
    return core::invalid("rates", "rates", "A rule has 1 to 1000 rates.");
  }
  std::set<std::pair<std::string, std::string>> seen;
  for (const PayRate& row : rule.rates) {
    TRY(in("rates", check_row(state, terms, rule.basis, row)));
    if (seen.insert({row.symbol.value_or(""), row.group.value_or("")}).second) continue;
    return core::invalid("rates", "rates", "Each symbol, each group and the rest have one rate.");
  }
  return core::ok();
}

core::Result<> check_groups(const State& state, const std::vector<SymbolGroup>& groups) {
  std::set<std::string> names;
  std::set<std::string> symbols;
  for (const SymbolGroup& group : groups) {
    if (group.name.empty() || group.name.size() > kGroupNameBytesMax ||
        !names.insert(group.name).second) {
      return core::invalid("groups", "groups: name",
                           "A group has a name of 1 to 64 bytes, and no other has it.");
    }
    for (const std::string& symbol : group.symbols) {
      TRY(in("groups", in("symbols", [&]() -> core::Result<> {
               TRY(const auto name, instruments::registered_name(state, symbol));
               if (name == symbol && symbols.insert(name).second) return core::ok();
               return core::invalid("groups", "",
                                    "A symbol is in one group, as it was registered.");
             }())));
    }
  }
  return core::ok();
}

core::Result<> check_tree(const TreeTerms& tree, const std::string& currency) {
  if (tree.levels.size() > kLevelsMax ||
      tree.levels.empty() != (tree.mode == TreeMode::Differential)) {
    return core::invalid("levels", "levels",
                         "Trees by ratio and by override name up to 32 levels; one by difference "
                         "has its shares from the assignments.");
  }
  if (tree.uplines_max && (*tree.uplines_max == 0 || *tree.uplines_max > kLevelsMax)) {
    return core::invalid("levels", "uplines_max", "From 1 to 32 partners above a client.");
  }
  core::Rational sum;
  for (const core::Decimal& level : tree.levels) {
    if (tree.mode == TreeMode::Override) {
      TRY(check_amount(level, currency, "levels"));
      continue;
    }
    TRY(check_rate(level, 1, "levels"));
    sum = add(sum, commission::exact(level));
  }
  if (sum <= core::Rational(1)) return core::ok();
  return core::invalid("shares_sum", "levels", "The levels have more than 100 % between them.");
}

core::Result<> check_gates(const DealGates& gates, const std::string& currency) {
  if (gates.max_per_lot) {
    TRY(check_amount(*gates.max_per_lot, currency, "max_per_lot"));
  }
  TRY(check_fraction(gates.max_of_deposits, "max_of_deposits"));
  return check_fraction(gates.max_of_loss, "max_of_loss");
}

core::Result<> check_acquisition(const AcquisitionTerms& terms, const std::string& currency) {
  if (terms.ladder.empty() || terms.ladder.size() > kTiersMax) {
    return core::invalid("ladder", "ladder", "A ladder has 1 to 50 steps.");
  }
  const AcquisitionStep* last = nullptr;
  for (const AcquisitionStep& step : terms.ladder) {
    TRY(check_amount(step.net_deposits, currency, "ladder: net_deposits"));
    TRY(check_amount(step.amount, currency, "ladder: amount"));
    if (last != nullptr &&
        (commission::exact(step.net_deposits) <= commission::exact(last->net_deposits) ||
         commission::exact(step.amount) < commission::exact(last->amount))) {
      return core::invalid("ladder", "ladder", "Steps ascend in deposits and in amounts.");
    }
    last = &step;
  }
  if (terms.min_lots && terms.min_lots->digits < 0) {
    return core::invalid("negative_amount", "min_lots", "A volume is not below zero.");
  }
  return core::ok();
}

// A top-up pays a whole month at a tier's rate; it cannot know what such bounds left of each deal.
core::Result<> check_whole_tiers(const ProgrammeTerms& terms) {
  if (terms.tier_mode != VolumeTiers::Whole) return core::ok();
  const DealGates gates = terms.gates.value_or(DealGates{});
  if (!gates.max_per_lot && !gates.max_of_deposits && !gates.max_of_loss &&
      !(terms.acquisition && terms.acquisition->hybrid)) {
    return core::ok();
  }
  return core::invalid("whole_tiers", "tier_mode",
                       "Whole tiers go with neither hybrid, max_per_lot, max_of_deposits nor "
                       "max_of_loss; use marginal tiers.");
}

core::Result<> check_payout(const PayoutTerms& terms, const std::string& currency) {
  TRY(check_amount(terms.minimum, currency, "minimum"));
  if (terms.hold_days > kDaysMax) {
    return core::invalid("days_range", "hold_days", "At most ten years.");
  }
  return check_fraction(terms.reserve_share, "reserve_share");
}

core::Result<> check_evaluation(const ProgrammeTerms& terms) {
  const auto& steps = terms.evaluation->steps;
  if (terms.tree && terms.tree->mode != TreeMode::Differential) {
    return core::invalid("evaluation", "evaluation",
                         "Shares follow the volume in trees by difference only.");
  }
  const bool begins = !steps.empty() && steps.size() <= kTiersMax && steps.front().lots.digits == 0;
  if (!begins) {
    return core::invalid("evaluation", "evaluation: steps",
                         "There are 1 to 50 steps, the first from 0 lots on.");
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    TRY(check_rate(steps[i].share, 1, "evaluation: steps: share"));
    const bool ascends =
        i == 0 || (commission::exact(steps[i - 1].lots) < commission::exact(steps[i].lots) &&
                   commission::exact(steps[i - 1].share) < commission::exact(steps[i].share));
    if (ascends) continue;
    return core::invalid("evaluation", "evaluation: steps", "Steps ascend in lots and in shares.");
  }
  return core::ok();
}

core::Result<> check_churn(const ChurnTerms& terms) {
  for (const auto& bound : {terms.volume_to_equity, terms.commission_to_equity}) {
    if (!bound || bound->digits > 0) continue;
    return core::invalid("not_positive", "churn", "A bound is above zero.");
  }
  return core::ok();
}

}  // namespace

core::Result<> check_terms(const State& state, const ProgrammeTerms& terms,
                           const std::string& currency) {
  if ((terms.pays.empty() && !terms.acquisition && !terms.revenue_share) ||
      terms.pays.size() > kRulesMax) {
    return core::invalid("pays", "pays",
                         "A programme pays on deals (up to 16 rules), for clients, or by a share "
                         "of revenue.");
  }
  TRY(check_groups(state, terms.groups));
  for (const PayRule& rule : terms.pays) {
    TRY(in("pays", check_rule(state, terms, rule)));
  }
  TRY(in("tree", check_tree(terms.tree.value_or(TreeTerms{}), currency)));
  TRY(in("gates", check_gates(terms.gates.value_or(DealGates{}), currency)));
  TRY(check_whole_tiers(terms));
  TRY(check_fraction(terms.revenue_cap, "revenue_cap"));
  if (terms.acquisition) {
    TRY(in("acquisition", check_acquisition(*terms.acquisition, currency)));
  }
  if (terms.revenue_share) {
    TRY(in("revenue_share", check_fraction(terms.revenue_share->rate, "rate")));
  }
  if (terms.payout) {
    TRY(in("payout", check_payout(*terms.payout, currency)));
  }
  if (terms.evaluation) {
    TRY(check_evaluation(terms));
  }
  return terms.churn ? check_churn(*terms.churn) : core::ok();
}

}  // namespace engine::partners
