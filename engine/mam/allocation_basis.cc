#include "engine/mam/allocation_basis.h"

#include <algorithm>
#include <numeric>

#include "core/exact_decimal.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/currency/rates.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/mandates.h"
#include "engine/gate/screening.h"
#include "engine/mam/leverage.h"
#include "engine/mam/netting.h"
#include "engine/mam/price.h"
#include "engine/mam_state.h"
#include "engine/trading/equity.h"
#include "engine/trading/limits.h"
#include "engine/trading/volume.h"

namespace engine::mam {
namespace {

using core::Minor;
using core::Rational;

constexpr unsigned kPartScale = 18;  // Of parameters that are parts.
core::Result<Minor> rounded(const Rational& value, core::Rounding rounding) {
  return core::to_minor(value, 0, rounding);
}

// Lots in steps. Rounding: as named.
core::Result<Minor> whole_steps(const core::Decimal& lots, const core::Decimal& lot_step,
                                core::Rounding rounding) {
  const auto volume = core::rational_of(lots);
  const auto step = core::rational_of(lot_step);
  TRY(const auto steps, core::divide(volume, step));
  return rounded(steps, rounding);
}

bool takes_parts(AllocationMethod method) {
  return method == AllocationMethod::Percent || method == AllocationMethod::ProfitPercent;
}

bool needs_parameter(AllocationMethod method) {
  return takes_parts(method) || has_own_volume(method) || method == AllocationMethod::Lots;
}

class Measurer {
 public:
  Measurer(const Context& context, const Planned& order)
      : context_(context), order_(order), leverage_(context, order) {}

  core::Result<std::vector<Measured>> run() {
    TRY(check_parts());
    TRY(const Minor reducible, reducible_steps(context_, order_));
    reduces_ = order_.asked_steps <= reducible;
    std::vector<Measured> out;
    out.reserve(order_.structure.accounts.size());
    for (const core::AccountId& id : order_.structure.accounts) {
      TRY(out.emplace_back(), measure_one(id));
    }
    if (order_.method == AllocationMethod::EqualPositions) {
      TRY(level(out));
    }
    rank(out);
    return out;
  }

 private:
  const Participation& terms_of(const core::AccountId& account) const {
    static const Participation kUnset;
    const auto& set = context_.state.blocks->participation;
    const auto found = set.find(account);
    return found == set.end() ? kUnset : found->second;
  }

  core::Result<> check_parts() const {
    if (!takes_parts(order_.method)) return core::ok();
    TRY(const Minor whole, core::power_of_ten(kPartScale));
    Minor total = 0;
    for (const core::AccountId& id : order_.structure.accounts) {
      const Participation& terms = terms_of(id);
      if (terms.inactive || terms.overflow || !terms.parameter) continue;
      TRY(const Minor part, core::to_minor(*terms.parameter, kPartScale));
      TRY(total, core::add(total, part));
    }
    if (total == whole) return core::ok();
    return core::conflict("percent_sum", "structure",
                          "The parts of the active accounts must sum to 1; they sum to " +
                              core::to_string(core::to_decimal(total, kPartScale)) + ".");
  }

  core::Result<Measured> measure_one(const core::AccountId& id) {
    const TradingAccount& account = context_.state.trading->accounts.at(id);
    const Participation& terms = terms_of(id);
    Measured one{id, account.client, {}, {}, false};
    one.basis.ordinal = account.ordinal;
    one.basis.own = terms.own_account.has_value();
    one.basis.overflow = terms.overflow && order_.residual == Residual::Overflow;
    const auto extra = context_.state.blocks->extra.find(id);
    if (extra != context_.state.blocks->extra.end()) one.basis.extra_before = extra->second;
    if (terms.inactive) {
      one.excluded = Exclusion::Inactive;
      return one;
    }
    if (!trading::may_open(account)) {
      one.excluded = Exclusion::StoppedOut;
      return one;
    }
    if (!order_.structure.mandates.contains(account.client) ||
        gate::mandate_is_over(context_.state, account.structure, account.client,
                              core::utc_date(context_.now))) {
      one.excluded = Exclusion::NoMandate;
      return one;
    }
    if (!reduces_ && order_.decision &&
        !gate::asked_for(context_.state, *order_.decision, account.client)) {
      one.excluded = Exclusion::NotAuthorised;
      return one;
    }
    if (!reduces_ && gate::has_hit(context_.state, account.client)) {
      one.excluded = Exclusion::ScreeningHit;
      return one;
    }
    if (needs_parameter(order_.method) && !terms.parameter && !one.basis.overflow) {
      one.excluded = Exclusion::NoParameter;
      return one;
    }
    TRY(measure_money(account, one));
    // The overflow account has no share, but bounds as all have.
    if (!one.excluded && !one.basis.overflow) {
      TRY(weigh(terms, one));
    }
    if (one.excluded || shares_results_only(order_.method)) return one;
    TRY(set_bounds(terms, account, one));
    return one;
  }

  // Equity, and the rate by which it counts here. No rate: left out, with the others unharmed.
  core::Result<> measure_money(const TradingAccount& account, Measured& one) {
    TRY(const trading::Money money, trading::money_of(context_, one.account, account));
    const std::string& currency = account.currency;
    if (currency != order_.structure.currency) {
      auto rate = currency::rate_for(
          context_.state, {currency, order_.structure.currency, context_.effective_at, std::nullopt,
                           order_.structure.server});
      if (!rate) {
        one.excluded = Exclusion::NoRate;
        return core::ok();
      }
      one.basis.rate = std::move(rate.value());
    }
    one.measured = true;
    TRY(one.basis.equity, converted(money.equity, one));
    if (one.basis.overflow) {
      one.basis.measured = money.equity;
      if (money.equity <= 0) one.excluded = Exclusion::NoEquity;
      return core::ok();
    }
    one.basis.measured = order_.method == AllocationMethod::Balance ? money.balance : money.equity;
    if (order_.method == AllocationMethod::FreeMargin) {
      if (!account.valued || !account.valued->value.free_margin) {
        one.excluded = Exclusion::NoMargin;
        return core::ok();
      }
      TRY(one.basis.measured, free_margin_of(*account.valued));
    }
    if (money.equity <= 0 || one.basis.measured <= 0) one.excluded = Exclusion::NoEquity;
    if (order_.method == AllocationMethod::EqualPositions) {
      one.basis.measured = position_of(one.account);
    }
    return core::ok();
  }

  // In 1e-8 lots, both sides netted; above zero in the order's direction.
  Minor position_of(const core::AccountId& account) const {
    const Minor lots = context_.books.balance(accounts::position(account, order_.symbol),
                                              accounts::lot_code(order_.symbol));
    return order_.command.side == Side::Buy ? lots : -lots;
  }

  // Raises the lowest positions to one level, as far as the order's volume goes. With the k lowest
  // raised the level is (volume + their sum) / k; weights are what each lacks of it, times k.
  core::Result<> level(std::vector<Measured>& all) const {
    std::vector<Measured*> lowest;
    for (Measured& one : all) {
      if (!one.excluded && !one.basis.overflow) lowest.push_back(&one);
    }
    std::ranges::sort(lowest, {}, [](const Measured* one) { return one->basis.measured; });
    TRY(const Minor step, trading::step_volume(order_.lot_step));
    TRY(Minor volume, core::multiply(order_.asked_steps, step));
    Minor raised = 0;
    Minor each = 0;  // The volume and the sum of those that are raised.
    for (const Measured* one : lowest) {
      TRY(const Minor sum, core::add(volume, one->basis.measured));
      TRY(const Minor claimed, core::multiply(raised + 1, one->basis.measured));
      if (sum <= claimed) break;
      volume = sum;
      ++raised;
      each = sum;
    }
    for (std::size_t i = 0; i < lowest.size(); ++i) {
      ShareBasis& basis = lowest[i]->basis;
      basis.given = 0;
      if (i < static_cast<std::size_t>(raised)) {
        TRY(const Minor has, core::multiply(raised, basis.measured));
        TRY(basis.given, core::subtract(each, has));
      } else {
        lowest[i]->excluded = Exclusion::AtLevel;
      }
    }
    return core::ok();
  }

  // As the platform said it, and flows and fees since: what came is free, what left was.
  static core::Result<Minor> free_margin_of(const AccountFigures& figures) {
    TRY(const Minor moved,
        core::subtract(figures.balance.value_or(0), figures.value.balance.value_or(0)));
    return core::add(*figures.value.free_margin, moved);
  }

  core::Result<Minor> converted(Minor amount, const Measured& one) const {
    if (!one.basis.rate) return amount;
    return currency::convert(amount, *one.basis.rate, core::Rounding::Floor);
  }

  core::Result<> weigh(const Participation& terms, Measured& one) {
    TRY(const Minor weight, weight_of(terms, one));
    one.basis.given = weight;
    // Nothing of a currency's smallest unit, or of a step, is left.
    if (weight == 0 && !has_own_volume(order_.method)) one.excluded = Exclusion::NoEquity;
    return core::ok();
  }

  core::Result<Minor> weight_of(const Participation& terms, const Measured& one) {
    switch (order_.method) {
      case AllocationMethod::Equity:
      case AllocationMethod::Balance:
      case AllocationMethod::FreeMargin:
      case AllocationMethod::EqualRisk:
      case AllocationMethod::ProfitEquity:
        return converted(one.basis.measured, one);
      case AllocationMethod::Lots:
        return core::to_minor(*terms.parameter, kLotScale);
      case AllocationMethod::Percent:
      case AllocationMethod::ProfitPercent:
        return core::to_minor(*terms.parameter, kPartScale);
      case AllocationMethod::Even:
      case AllocationMethod::EqualPositions:  // Once all are measured: level().
        return Minor{1};
      case AllocationMethod::FixedLots:
        return whole_steps(*terms.parameter, order_.lot_step, core::Rounding::Floor);
      case AllocationMethod::Multiplier: {
        const auto factor = core::rational_of(*terms.parameter);
        return rounded(multiply(factor, Rational(order_.asked_steps)), core::Rounding::Floor);
      }
      case AllocationMethod::EquityPercent: {
        const auto part = core::rational_of(*terms.parameter);
        TRY(const auto margin, margin_of_step());
        TRY(const auto steps, core::divide(multiply(part, Rational(one.basis.equity)), margin));
        return rounded(steps, core::Rounding::Floor);
      }
    }
    return Minor{0};
  }

  core::Result<> set_bounds(const Participation& terms, const TradingAccount& account,
                            Measured& one) {
    if (!one.basis.overflow) {  // An odd step may be less than the smallest order.
      TRY(one.basis.minimum, minimum_of(terms));
    }
    TRY(const Minor lots, most_lots(terms));
    if (lots != kNoLimit) lower(one, lots, Exclusion::MaxLots);
    if (terms.max_leverage) {
      TRY(const Minor most, most_by_leverage(*terms.max_leverage, one));
      lower(one, most, Exclusion::Leverage);
    }
    if (!reduces_ && leverage_.limits(account)) {
      TRY(const auto value, value_of_step());
      TRY(const Minor most, leverage_.fit(account, value, one));
      lower(one, most, Exclusion::Leverage);
    }
    if (!terms.margin_floor || one.excluded) return core::ok();
    if (!account.valued || !account.valued->value.margin) {
      one.excluded = Exclusion::NoMargin;
      return core::ok();
    }
    TRY(const Minor margin, converted(*account.valued->value.margin, one));
    TRY(const Minor most, most_by_margin(*terms.margin_floor, margin, one));
    if (order_.method == AllocationMethod::EqualRisk && !one.basis.overflow) {
      if (most < kNoLimit) one.basis.risk_limit = most;
    } else {
      lower(one, most, Exclusion::MarginFloor);
    }
    return core::ok();
  }

  static void lower(Measured& one, Minor limit, Exclusion reason) {
    if (limit >= kNoLimit) return;
    const Minor most = std::max(limit, Minor{0});
    if (!one.basis.limit || most < *one.basis.limit) one.basis.limit = most;
    if (most < std::max(one.basis.minimum, Minor{1}) && !one.excluded) one.excluded = reason;
  }

  core::Result<Minor> minimum_of(const Participation& terms) const {
    Minor minimum = 1;
    for (const auto& lots :
         {terms.min_lots, order_.contract == nullptr ? std::optional<core::Decimal>{}
                                                     : std::optional(order_.contract->min_lots)}) {
      if (!lots) continue;
      TRY(const Minor steps, whole_steps(*lots, order_.lot_step, core::Rounding::Ceiling));
      minimum = std::max(minimum, steps);
    }
    return minimum;
  }

  core::Result<Minor> most_lots(const Participation& terms) const {
    Minor most = kNoLimit;
    for (const auto& lots :
         {terms.max_lots, order_.contract == nullptr ? std::optional<core::Decimal>{}
                                                     : order_.contract->max_lots}) {
      if (!lots) continue;
      TRY(const Minor steps, whole_steps(*lots, order_.lot_step, core::Rounding::Floor));
      most = std::min(most, steps);
    }
    return most;
  }

  // Value of one step at the expected price, in smallest units of the group's currency.
  core::Result<Rational> value_of_step() const {
    if (order_.contract == nullptr) {
      return core::conflict("no_contract", "symbol",
                            "Margin and leverage need the symbol's contract; record set_contract "
                            "first.");
    }
    if (!order_.command.price) {
      return core::conflict("price_needed", "price",
                            "The method or a limit looks at margin or leverage: give the expected "
                            "price.");
    }
    const auto price = core::rational_of(*order_.command.price);
    const auto size = core::rational_of(order_.contract->contract_size);
    const auto step = core::rational_of(order_.lot_step);
    TRY(const Minor unit, core::power_of_ten(*core::currency_scale(order_.structure.currency)));
    const auto value = multiply(multiply(price, size), multiply(step, Rational(unit)));
    TRY(const auto rate, currency::rate_for(context_.state, {order_.symbol_currency,
                                                             order_.structure.currency,
                                                             context_.effective_at,
                                                             {},
                                                             order_.structure.server}));
    return currency::convert_exact(value, rate);
  }

  core::Result<Rational> margin_of_step() const {
    TRY(const auto value, value_of_step());
    if (!order_.contract->margin_rate) {
      return core::conflict("no_contract", "symbol",
                            "The symbol's contract has no margin rate; record set_contract with "
                            "one.");
    }
    const auto rate = core::rational_of(*order_.contract->margin_rate);
    return multiply(value, rate);
  }

  // What is open in the symbol counts, whichever way.
  core::Result<Minor> most_by_leverage(const core::Decimal& leverage, const Measured& one) {
    TRY(const auto value, value_of_step());
    const auto most = core::rational_of(leverage);
    const Minor open = context_.books.balance(accounts::position(one.account, order_.symbol),
                                              accounts::lot_code(order_.symbol));
    TRY(const Minor lot_unit, core::power_of_ten(kLotScale));
    TRY(const auto open_lots, Rational::of(open < 0 ? -open : open, lot_unit));
    const auto step = core::rational_of(order_.lot_step);
    TRY(const auto open_steps, core::divide(open_lots, step));
    TRY(const auto all, core::divide(multiply(most, Rational(one.basis.equity)), value));
    return rounded(subtract(all, open_steps), core::Rounding::Floor);
  }

  // equity / (margin + margin of the steps) stays at the floor or above.
  core::Result<Minor> most_by_margin(const core::Decimal& floor, Minor margin,
                                     const Measured& one) {
    TRY(const auto each, margin_of_step());
    const auto level = core::rational_of(floor);
    TRY(const auto allowed, core::divide(Rational(one.basis.equity), level));
    TRY(const auto steps, core::divide(subtract(allowed, Rational(margin)), each));
    return rounded(steps, core::Rounding::Floor);
  }

  // Ties go to the lower balance of extra steps, then by hash (ruling 10).
  void rank(std::vector<Measured>& all) const {
    struct Key {
      Minor extra;
      core::Hash tie;
      std::size_t index;
    };
    std::vector<Key> keys;
    keys.reserve(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      keys.push_back({all[i].basis.extra_before, tie_of(order_.command.order, all[i].account), i});
    }
    std::ranges::sort(keys, [](const Key& a, const Key& b) {
      return a.extra != b.extra ? a.extra < b.extra : a.tie < b.tie;
    });
    for (std::size_t rank = 0; rank < keys.size(); ++rank) {
      all[keys[rank].index].basis.rank = rank;
    }
  }

  const Context& context_;
  const Planned& order_;
  LeverageRoom leverage_;
  bool reduces_ = false;  // Only closes what is open: nothing holds it up.
};

}  // namespace

core::Result<std::vector<Measured>> measure(const Context& context, const Planned& order) {
  return Measurer(context, order).run();
}

}  // namespace engine::mam
