#include "engine/partners/legs.h"

#include <algorithm>

#include "core/check.h"
#include "engine/commission/amount.h"
#include "engine/commission/bases.h"
#include "engine/commission/real_volume.h"
#include "engine/commission/tiers.h"
#include "engine/commission/trees.h"
#include "engine/currency/rates.h"
#include "engine/partners/earnings.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

constexpr std::uint64_t kMinSeconds = 180;  // Source: the managed-account rules, 9, row 28.
constexpr std::int64_t kMicrosPerSecond = 1'000'000;
// Whole units that one deal adds to a sum, at most: very many of them fit an accrual.
constexpr std::int64_t kSummandMax = 1'000'000'000'000'000;

core::Rational stated(const std::optional<core::Decimal>& value) {
  return value ? commission::exact(*value) : core::Rational();
}

core::Result<core::Decimal> summand(const core::Rational& value, std::string_view field) {
  static const Accrual kMost =
      core::multiply(kSummandMax, core::power_of_ten(commission::kAccrualScale).value()).value();
  const auto accrual = commission::to_accrual(value);
  if (accrual && accrual.value() <= kMost && accrual.value() >= -kMost) {
    return written(accrual.value());
  }
  return core::overflow(std::string(field), "No deal comes to as much as that.");
}

const TreeTerms kUsualTree;
const DealGates kUsualGates;

// Works out one leg; one function for each step.
class LegMaker {
 public:
  LegMaker(const Context& context, const DealFacts& facts, const LegTerms& terms,
           const LegBefore& before)
      : context_(context),
        facts_(facts),
        deal_(facts.deal),
        who_(terms),
        terms_(terms.version->terms),
        tree_(terms_.tree ? *terms_.tree : kUsualTree),
        gates_(terms_.gates ? *terms_.gates : kUsualGates),
        before_(before) {}

  core::Result<Leg> make() {
    DealLeg& record = leg_.record;
    record.programme = who_.programme;
    record.version = who_.version->version;
    record.currency = who_.currency;
    record.rates = before_.rates;
    record.volume_before = written(before_.window_lots);
    TRY(count_volume());
    TRY(record.lots, written(lots_));
    TRY(pay_rules());
    TRY(cut_base());
    TRY(record.base, written(base_));
    TRY(bound());
    add_chain();
    TRY(share_out());
    return std::move(leg_);
  }

 private:
  // --- Money and contract
  // ---------------------------------------------------------------------------

  // Each rate that was used is recorded once.
  core::Result<core::Rational> converted(const core::Rational& amount, const std::string& from,
                                         const std::optional<core::Decimal>& of_deal) {
    if (amount.sign() == 0 || (!of_deal && from == who_.currency)) return amount;
    const auto known = std::ranges::find(leg_.record.rates, from, &RateUsed::from);
    if (known != leg_.record.rates.end()) return currency::convert_exact(amount, *known);
    TRY(const auto rate, currency::rate_for(context_.state, {from, who_.currency, deal_.closed_at,
                                                             of_deal, deal_.server}));
    if (from != who_.currency) leg_.record.rates.push_back(rate);
    return currency::convert_exact(amount, rate);
  }
  core::Result<core::Rational> of_symbol(const core::Rational& amount) {
    return converted(amount, facts_.symbol_currency, deal_.symbol_rate);
  }
  core::Result<core::Rational> of_money(const std::optional<core::Decimal>& amount) {
    if (!amount) return core::Rational();
    const bool same = facts_.currency == facts_.symbol_currency && !deal_.rate;
    return converted(stated(amount), facts_.currency, same ? deal_.symbol_rate : deal_.rate);
  }

  core::Result<> require_contract() const {
    if (facts_.contract != nullptr) return core::ok();
    return core::conflict("no_contract", "symbol",
                          "No contract of this symbol was in force then; record set_contract "
                          "first.");
  }
  core::Rational contract_size() const {
    return commission::exact(facts_.contract->spec.contract_size);
  }
  core::Rational tick_size() const {
    const ContractSpec& spec = facts_.contract->spec;
    return spec.tick_size
               ? commission::exact(*spec.tick_size)
               : core::Rational::of(
                     1, core::power_of_ten(static_cast<unsigned>(spec.price_digits)).value())
                     .value();
  }

  // --- The volume that counts
  // -----------------------------------------------------------------------

  core::Result<> count_volume() {
    const core::Rational& allocated = facts_.allocated;
    TRY(const auto gate, times_gate());
    leg_.record.gate = gate;
    if (gate != DealGate::Passed) return core::ok();
    lots_ = allocated;
    if (!gates_.count_bonus) {
      lots_ = commission::own_funds(allocated, multiply(stated(deal_.bonus_lots), facts_.part));
      if (lots_.sign() == 0) leg_.record.gate = DealGate::BonusFunded;
    }
    if (!gates_.count_hedged && deal_.hedge_group) {
      const core::Rational netted = commission::hedge_netted(
          {partners::exact(before_.hedged.bought), partners::exact(before_.hedged.sold)},
          deal_.side == Side::Buy, allocated);
      lots_ = commission::smaller(lots_, netted);
      if (netted.sign() == 0) leg_.record.gate = DealGate::Hedged;
    }
    return core::ok();
  }

  core::Result<DealGate> times_gate() const {
    const std::int64_t seconds =
        (deal_.closed_at.micros - deal_.opened_at.micros) / kMicrosPerSecond;
    if (!commission::long_enough(seconds, gates_.min_seconds.value_or(kMinSeconds))) {
      return DealGate::TooShort;
    }
    if (!gates_.min_points) return DealGate::Passed;
    TRY(require_contract());
    return commission::moved_enough(commission::exact(deal_.open_price),
                                    commission::exact(deal_.close_price), tick_size(),
                                    *gates_.min_points)
               ? DealGate::Passed
               : DealGate::TooSmallMove;
  }

  // --- What it is paid
  // ------------------------------------------------------------------------------

  // The row that counts: the symbol's, else its group's, else the default; its place, if any.
  struct Row {
    std::uint64_t place = 0;
    RateRow matched = RateRow::Default;
  };
  std::optional<Row> row_of(const PayRule& rule) const {
    std::optional<Row> found;
    for (std::uint64_t i = 0; i < rule.rates.size(); ++i) {
      const PayRate& rate = rule.rates[i];
      if (rate.symbol == facts_.symbol) return Row{i, RateRow::Symbol};
      if (rate.symbol) continue;
      if (rate.group ? in_group(*rate.group) : !found) {
        found = Row{i, rate.group ? RateRow::Group : RateRow::Default};
      }
    }
    return found;
  }
  bool in_group(const std::string& name) const {
    const auto group = std::ranges::find(terms_.groups, name, &SymbolGroup::name);
    return std::ranges::find(group->symbols, facts_.symbol) != group->symbols.end();
  }

  core::Result<> pay_rules() {
    if (lots_.sign() == 0) return core::ok();
    for (std::uint64_t i = 0; i < terms_.pays.size(); ++i) {
      const PayRule& rule = terms_.pays[i];
      const auto row = row_of(rule);
      if (!row) continue;
      TRY(const auto quantity, quantity_of(rule));
      const core::Rational amount = multiply(quantity, rate_of(rule.rates[row->place]));
      gross_ = add(gross_, amount);
      RulePaid paid{i, row->place, row->matched, {}, {}};
      TRY(paid.quantity, summand(quantity, "lots"));
      TRY(paid.amount, summand(amount, "lots"));
      leg_.record.pays.push_back(std::move(paid));
    }
    if (leg_.record.pays.empty() && !terms_.pays.empty()) leg_.record.gate = DealGate::NoRate;
    // A deal on which the broker lost pays nothing; it takes nothing from others.
    gross_ = commission::above_zero(gross_);
    return core::ok();
  }

  core::Rational rate_of(const PayRate& row) const {
    if (row.tiers.empty()) return commission::exact(row.rate);
    std::vector<commission::Tier> tiers;
    for (const VolumeTier& tier : row.tiers)
      tiers.push_back({commission::exact(tier.from), commission::exact(tier.rate)});
    const bool whole = terms_.tier_mode.value_or(VolumeTiers::Marginal) == VolumeTiers::Whole;
    return commission::tiered_rate(
        commission::exact(row.rate), tiers,
        whole ? commission::TierMode::Whole : commission::TierMode::Marginal,
        partners::exact(before_.window_lots), lots_);
  }

  // The counted part of something that belongs to all of the deal.
  core::Result<core::Rational> counted(const core::Rational& of_deal) const {
    TRY(const auto part, divide(lots_, facts_.lots));
    return multiply(of_deal, part);
  }

  core::Result<core::Rational> quantity_of(const PayRule& rule) {
    switch (rule.basis) {
      case PayBasis::PerLot:
        return lots_;
      case PayBasis::PerMillion: {
        TRY(const auto money, notional(rule.both_sides));
        return commission::millions(money);
      }
      case PayBasis::Points: {
        TRY(require_contract());
        return of_symbol(commission::value_of_point(lots_, tick_size(), contract_size()));
      }
      case PayBasis::Spread:
        return spread(rule, lots_);
      case PayBasis::Commission: {
        TRY(const auto money, of_money(deal_.commission));
        return counted(money);
      }
      case PayBasis::NetRevenue: {
        TRY(const auto money, revenue());
        return counted(money);
      }
      case PayBasis::Fee: {
        TRY(const auto money, of_money(deal_.fee));
        return counted(money);
      }
    }
    CHECK(false);
  }

  core::Result<core::Rational> notional(bool both_sides) {
    TRY(require_contract());
    core::Rational money =
        commission::notional(lots_, contract_size(), commission::exact(deal_.open_price));
    if (both_sides) {
      money = add(money, commission::notional(lots_, contract_size(),
                                              commission::exact(deal_.close_price)));
    }
    return of_symbol(money);
  }

  core::Result<core::Rational> spread(const PayRule& rule, const core::Rational& lots) {
    if (!deal_.spread_open || (rule.both_sides && !deal_.spread_close) ||
        (rule.damped && !deal_.spread_average)) {
      return core::invalid("missing_field",
                           !deal_.spread_open                       ? "spread_open"
                           : rule.both_sides && !deal_.spread_close ? "spread_close"
                                                                    : "spread_average",
                           "The programme pays on the spread; state it.");
    }
    const auto of_side = [&](const core::Decimal& side) {
      return rule.damped ? commission::damped(commission::exact(side),
                                              commission::exact(*deal_.spread_average))
                         : commission::exact(side);
    };
    core::Rational sum = of_side(*deal_.spread_open);
    if (rule.both_sides) sum = add(sum, of_side(*deal_.spread_close));
    TRY(require_contract());
    return of_symbol(commission::spread_money(sum, contract_size(), lots));
  }

  // Of the broker, by all of the deal.
  core::Result<core::Rational> revenue() {
    if (revenue_) return *revenue_;
    commission::Revenue parts;
    const core::Rational spreads = add(stated(deal_.spread_open), stated(deal_.spread_close));
    if (spreads.sign() != 0) {
      TRY(require_contract());
      TRY(parts.spread, of_symbol(commission::spread_money(spreads, contract_size(), facts_.lots)));
    }
    TRY(parts.commission, of_money(deal_.commission));
    TRY(const auto fee, of_money(deal_.fee));
    parts.commission = add(parts.commission, fee);
    TRY(parts.swap_markup, of_money(deal_.swap_markup));
    TRY(parts.bonus, of_money(deal_.bonus));
    TRY(parts.chargebacks, of_money(deal_.chargebacks));
    TRY(parts.payment_cost, of_money(deal_.payment_cost));
    revenue_ = commission::net_revenue(parts);
    return *revenue_;
  }

  // --- What it may come to
  // --------------------------------------------------------------------------

  void cut(const core::Rational& most, DealCap by) {
    if (gross_ <= most) return;
    gross_ = commission::above_zero(most);
    leg_.record.cut_by.push_back(by);
  }

  core::Result<> cut_base() {
    if (terms_.acquisition && terms_.acquisition->hybrid && gross_.sign() > 0) {
      cut(multiply(gross_, core::Rational::of(1, 2).value()), DealCap::Hybrid);
    }
    if (gates_.max_per_lot)
      cut(multiply(commission::exact(*gates_.max_per_lot), lots_), DealCap::MaxPerLot);
    TRY(cut_by_client(gates_.max_of_deposits, deal_.client_deposits, "client_deposits",
                      DealCap::OfDeposits));
    TRY(cut_by_client(gates_.max_of_loss, deal_.client_loss, "client_loss", DealCap::OfLoss));
    TRY(const auto accrual, commission::to_accrual(gross_));
    base_ = partners::exact(accrual);
    return core::ok();
  }

  // A part of the client's own figure of the month, less what he earned partners in it already.
  core::Result<> cut_by_client(const std::optional<core::Decimal>& part,
                               const std::optional<core::Decimal>& figure, std::string_view field,
                               DealCap by) {
    if (!part || lots_.sign() == 0 || leg_.record.gate == DealGate::NoRate) return core::ok();
    if (!figure) {
      return core::invalid("missing_field", std::string(field),
                           "The programme bounds what a client may earn by this; state it.");
    }
    TRY(const auto money, of_money(figure));
    const core::Rational most = commission::above_zero(
        subtract(multiply(commission::exact(*part), commission::above_zero(money)),
                 partners::exact(before_.client_commission)));
    cut(most, by);
    if (!client_most_ || most < *client_most_) client_most_ = most;
    return core::ok();
  }

  // Lines never sum to more than the stated part of what the broker earned by the client's part.
  core::Result<> bound() {
    TRY(const auto whole, revenue());
    mine_ = multiply(whole, facts_.part);
    const core::Rational part =
        terms_.revenue_cap ? commission::exact(*terms_.revenue_cap) : core::Rational(1);
    cap_ = multiply(commission::above_zero(mine_), subtract(part, before_.cap_used));
    cap_ = commission::above_zero(cap_);
    // What is paid on top of the base comes out of the client's bounds too.
    if (client_most_) cap_ = commission::smaller(cap_, *client_most_);
    TRY(leg_.record.revenue, summand(mine_, "commission"));
    TRY(leg_.record.cap, written(cap_));
    if (facts_.contract != nullptr && lots_.sign() > 0 && terms_.churn) {
      TRY(const auto traded, notional(true));
      TRY(leg_.record.notional, summand(traded, "lots"));
    }
    return core::ok();
  }

  // --- Who has it
  // -----------------------------------------------------------------------------------

  void add_chain() {
    std::vector<core::PartyId> chain = chain_at(context_.state, who_.partner, who_.at);
    if (tree_.uplines_max) {
      const std::uint64_t longest = *tree_.uplines_max + (who_.self ? 1 : 0);
      if (chain.size() > longest) chain.resize(longest);
    }
    for (const core::PartyId& partner : chain) {
      const Assignment* assigned = assignment_at(context_.state, partner, who_.at);
      const bool self = who_.self && partner == who_.partner;
      leg_.record.chain.push_back({partner, assigned == nullptr ? core::Decimal{} : assigned->share,
                                   self, self && !tree_.self_rebate});
    }
  }

  core::Result<> share_out() {
    const auto& chain = leg_.record.chain;
    // What is no deal of the programme earns nobody anything, by override neither.
    if (leg_.record.gate == DealGate::NoRate) lots_ = {};
    std::vector<core::Rational> levels;
    for (const core::Decimal& level : tree_.levels) levels.push_back(commission::exact(level));
    switch (tree_.mode) {
      case TreeMode::Differential: {
        std::vector<core::Rational> shares;
        for (const ChainNode& node : chain) shares.push_back(commission::exact(node.share));
        leg_.lines = commission::by_difference(base_, shares);
        break;
      }
      case TreeMode::Ratio:
        leg_.lines = commission::by_ratio(base_, levels, chain.size());
        break;
      case TreeMode::Override:
        leg_.lines = commission::by_override(base_, levels, lots_, chain.size());
        break;
    }
    for (std::size_t i = 0; i < chain.size(); ++i) {
      if (chain[i].withheld) leg_.lines[i] = {};
    }
    commission::cut_to(leg_.lines, cap_);
    for (const core::Rational& line : leg_.lines) {
      TRY(const auto amount, commission::to_accrual(line));
      leg_.amounts.push_back(amount);
    }
    leg_.cap_used = before_.cap_used;
    if (mine_.sign() <= 0) return core::ok();
    TRY(const auto used, divide(commission::sum_of(leg_.lines), mine_));
    leg_.cap_used = add(leg_.cap_used, used);
    return core::ok();
  }

  const Context& context_;
  const DealFacts& facts_;
  const RecordPartnerDeal& deal_;
  const LegTerms& who_;
  const ProgrammeTerms& terms_;
  const TreeTerms& tree_;
  const DealGates& gates_;
  const LegBefore& before_;

  Leg leg_;
  core::Rational lots_;  // That count.
  core::Rational gross_;
  core::Rational base_;
  core::Rational mine_;  // The broker's revenue by the client's part.
  core::Rational cap_;
  std::optional<core::Rational> client_most_;  // What the client's deposits or loss leave.
  std::optional<core::Rational> revenue_;
};

}  // namespace

core::Result<Leg> make_leg(const Context& context, const DealFacts& facts, const LegTerms& terms,
                           const LegBefore& before) {
  return LegMaker(context, facts, terms, before).make();
}

}  // namespace engine::partners
