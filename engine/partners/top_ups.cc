#include "engine/partners/top_ups.h"

#include <algorithm>

#include "core/check.h"
#include "engine/commission/amount.h"
#include "engine/commission/tiers.h"
#include "engine/commission/trees.h"
#include "engine/gate/limits.h"
#include "engine/partners/decide.h"
#include "engine/partners/legs.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

// The row of a key "version/rule/row".
const PayRate& row_of(const State& state, const ProgrammeId& programme, const std::string& key) {
  const std::size_t first = key.find('/');
  const std::size_t second = key.find('/', first + 1);
  const ProgrammeVersion& version = version_of(state, programme, std::stoul(key.substr(0, first)));
  return version.terms.pays.at(std::stoul(key.substr(first + 1, second)))
      .rates.at(std::stoul(key.substr(second + 1)));
}

// All of a month's volume by the rates of the tier that it reached.
core::Rational worth_of(const State& state, const ProgrammeId& programme,
                        const VolumeWindow& window) {
  core::Rational worth;
  for (const auto& [key, sum] : window.rows) {
    const PayRate& row = row_of(state, programme, key);
    std::vector<commission::Tier> tiers;
    for (const VolumeTier& tier : row.tiers) {
      tiers.push_back({commission::exact(tier.from), commission::exact(tier.rate)});
    }
    const core::Rational rate =
        commission::rate_at(commission::exact(row.rate), tiers, partners::exact(window.lots));
    worth = add(worth, multiply(partners::exact(sum.quantity), rate));
  }
  return worth;
}

core::Result<Accrual> paid_by(const VolumeWindow& window) {
  Accrual paid = window.topped;
  for (const auto& [key, sum] : window.rows) {
    TRY(paid, core::add(paid, sum.paid));
  }
  return paid;
}

// As the tree shares a deal; an override has its amounts for each lot already.
std::vector<core::Rational> shared(const State& state, const TopUpFor& who, const TreeTerms& tree,
                                   const core::Rational& base) {
  std::vector<core::PartyId> chain = chain_at(state, who.partner, who.at);
  if (tree.uplines_max && chain.size() > *tree.uplines_max) chain.resize(*tree.uplines_max);
  std::vector<core::Rational> rates;
  switch (tree.mode) {
    case TreeMode::Differential:
      for (const core::PartyId& partner : chain) {
        const Assignment* assigned = assignment_at(state, partner, who.at);
        rates.push_back(assigned == nullptr ? core::Rational()
                                            : commission::exact(assigned->share));
      }
      return commission::by_difference(base, rates);
    case TreeMode::Ratio:
      for (const core::Decimal& level : tree.levels) rates.push_back(commission::exact(level));
      return commission::by_ratio(base, rates, chain.size());
    case TreeMode::Override:
      return {base};
  }
  CHECK(false);
}

// A top-up names no client, so that what law or terms give to clients cannot be routed: left out.
bool may_be_clients(const State& state, const core::PartyId& partner, const ProgrammeTerms& terms,
                    core::Instant now) {
  return state.managers.contains(partner) &&
         (terms.pass_to_clients || state.genesis.profile != "offshore" ||
          gate::Inducements(state, partner, {}, now).banned_for_some());
}

// What a month is due now. Below zero, at most what it was topped up by: then deals were taken back
// since.
core::Result<Accrual> due_of(const State& state, const ProgrammeId& programme,
                             const VolumeWindow& window) {
  TRY(const auto worth, commission::to_accrual(worth_of(state, programme, window)));
  TRY(const auto paid, paid_by(window));
  TRY(const auto due, core::subtract(worth, paid));
  return std::max(due, -window.topped);
}

// What is due to whom. A line is never more than what the month's revenue leaves.
core::Result<std::vector<ToppedLine>> lines_of(const Context& context, const TopUpFor& who,
                                               const ProgrammeTerms& terms,
                                               const VolumeWindow& window, Accrual due) {
  const State& state = context.state;
  auto lines = shared(state, who, terms.tree.value_or(TreeTerms{}), partners::exact(due));
  const core::Rational part =
      terms.revenue_cap ? commission::exact(*terms.revenue_cap) : core::Rational(1);
  const core::Rational had = add(partners::exact(window.lines), partners::exact(window.topped));
  commission::cut_to(lines, subtract(multiply(partners::exact(window.revenue), part), had));
  const auto chain = chain_at(state, who.partner, who.at);
  std::vector<ToppedLine> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    TRY(const auto amount, written(lines[i]));
    if (amount.digits == 0 || may_be_clients(state, chain[i], terms, context.now)) continue;
    out.push_back({chain[i], amount});
  }
  return out;
}

// What each had of the top-ups, by the part of them that is taken back. Rounding: Floor.
core::Result<std::vector<ToppedLine>> taken_back_of(const VolumeWindow& window, Accrual taken) {
  std::vector<ToppedLine> out;
  for (const auto& [partner, had] : window.topped_lines) {
    TRY(const auto amount, core::multiply_divide(had, taken, window.topped, core::Rounding::Floor));
    if (amount != 0) out.push_back({partner, written(-amount)});
  }
  return out;
}

core::Result<> add_month(const Context& context, Effects& effects, Accruals& accruals,
                         const TopUpFor& who, const ProgrammeVersion& version, std::uint64_t month,
                         const VolumeWindow& window) {
  TRY(const auto due, due_of(context.state, who.programme, window));
  if (due == 0) return core::ok();
  TRY(const auto paid, paid_by(window));
  MonthToppedUp body{who.partner, who.programme, version.version, month, written(window.lots),
                     {},          written(paid), written(due)};
  TRY(body.worth, written(worth_of(context.state, who.programme, window)));
  if (due > 0) {
    TRY(body.lines, lines_of(context, who, version.terms, window, due));
  } else {
    TRY(body.lines, taken_back_of(window, -due));
  }
  if (due < 0 && body.lines.empty()) return core::ok();  // Nobody had any of it.
  effects.add(body, {}, {who.partner.bytes});
  const auto chain = chain_at(context.state, who.partner, who.at);
  for (const ToppedLine& topped : body.lines) {
    PartnerLineAccrued line;
    line.amount = topped.amount;
    line.partner = topped.partner;
    line.of = EarnedBy::TopUp;
    line.programme = who.programme;
    line.version = version.version;
    line.currency = context.state.partner_book->programmes.at(who.programme).currency;
    line.level =
        static_cast<std::uint64_t>(std::ranges::find(chain, topped.partner) - chain.begin());
    TRY(accruals.add(effects, std::move(line)));
  }
  return core::ok();
}

}  // namespace

core::Result<> add_top_ups(const Context& context, Effects& effects, Accruals& accruals,
                           const TopUpFor& who, core::Date from, core::Date to) {
  const auto& windows = context.state.partner_book->windows;
  const auto of_partner = windows.find(who.partner);
  if (of_partner == windows.end()) return core::ok();
  const auto months = of_partner->second.find(who.programme);
  if (months == of_partner->second.end()) return core::ok();
  const ProgrammeVersion& version = *version_at(context.state, who.programme, who.at);
  if (version.terms.tier_mode != VolumeTiers::Whole) return core::ok();
  for (const auto& [month, window] : months->second) {
    // Its last day lies before `to` and not before `from`.
    const bool ended = month < month_of(to) && month >= month_of(from);
    if (!ended) continue;
    TRY(add_month(context, effects, accruals, who, version, month, window));
  }
  return core::ok();
}

core::Result<> apply(State& state, const MonthToppedUp& body, const ledger::RecordView&) {
  VolumeWindow& window = state.partner_book->windows[body.partner][body.programme][body.month];
  TRY(const auto due, to_accrual(body.due));
  TRY(window.topped, core::add(window.topped, due));
  for (const ToppedLine& line : body.lines) {
    TRY(const auto amount, to_accrual(line.amount));
    Accrual& sum = window.topped_lines[line.partner];
    TRY(sum, core::add(sum, amount));
  }
  return core::ok();
}

}  // namespace engine::partners
