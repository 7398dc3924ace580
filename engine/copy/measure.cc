#include "engine/copy/measure.h"

#include "core/check.h"
#include "core/exact_decimal.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/copy/find.h"
#include "engine/copy/lineage.h"
#include "engine/copy/sizing.h"
#include "engine/currency/rates.h"
#include "engine/gate/mandates.h"
#include "engine/instruments/contract.h"

namespace engine::copy {
namespace {

core::Decimal whole(core::Minor minor, const std::string& currency) {
  return core::to_decimal(minor, core::currency_scale(currency).value());
}

// Absent if no source knows the pair, or only an old one.
std::optional<RateUsed> find_rate(const Context& context, const Structure& structure,
                                  const std::string& from, const std::string& to) {
  auto rate = currency::rate_for(context.state,
                                 {from, to, context.effective_at, std::nullopt, structure.server});
  if (!rate) return std::nullopt;
  return std::move(rate.value());
}

// Equity in all accounts of the client under copy managers whose money is of one currency.
core::Result<core::Minor> client_total(const Context& context, const Standing& standing) {
  const std::string& currency = currency_of(context, *standing.account);
  core::Minor total = 0;
  for (const core::AccountId& id : context.state.trading->of_client.at(standing.account->client)) {
    const TradingAccount& account = context.state.trading->accounts.at(id);
    if (!is_copy(context.state.structures.at(account.structure).model)) continue;
    if (currency_of(context, account) != currency) continue;
    TRY(const trading::Money money, trading::money_of(context, id, account));
    TRY(total, core::add(total, money.equity));
  }
  return total;
}

// Of the subscription, in its own smallest units; absent if it is not known.
core::Result<std::optional<core::Minor>> basis_of(const Context& context,
                                                  const Standing& standing) {
  using Basis = std::optional<core::Minor>;
  switch (standing.subscription->terms.sizing) {
    case CopySizing::Equity:
      return Basis(standing.money.equity);
    case CopySizing::Balance:
      return Basis(standing.money.balance);
    case CopySizing::FreeMargin:
      return standing.subscription->free_margin;
    case CopySizing::Allocated: {
      TRY(const auto flows, flows_of(standing));
      TRY(const auto allocated, core::add(standing.subscription->base, flows));
      return Basis(allocated);
    }
    case CopySizing::ClientTotal: {
      TRY(const auto total, client_total(context, standing));
      return Basis(total);
    }
    case CopySizing::FixedLots:
    case CopySizing::Multiplier:
    case CopySizing::FixedRisk:
      break;
  }
  return Basis();
}

// Of the master, in whole units of its currency.
std::optional<core::Decimal> master_basis(const ValueMaster& value, CopySizing sizing) {
  if (sizing == CopySizing::Balance) return value.balance;
  if (sizing == CopySizing::FreeMargin) return value.free_margin;
  return value.equity;
}

// The notional and the margin of all that the subscription holds and has ordered.
struct Used {
  core::Rational notional;
  core::Rational margin;
  core::Rational class_margin;  // By the rules' leverage of each asset class.
};

// By lineage: held, ordered, and offered to the client, who may still say yes.
core::Result<std::map<std::string, core::Minor>> used_volumes(const Context& context,
                                                              const CopyMaster& master,
                                                              const core::AccountId& id) {
  std::map<std::string, core::Minor> volumes;
  for (const std::string& lineage : committed_lineages(master, id)) {
    volumes[lineage] = committed_volume(master.lineages.at(lineage).copies.at(id));
  }
  const auto& offers = context.state.copy->offers;
  for (auto offer = offers.lower_bound({id, {}}); offer != offers.end(); ++offer) {
    if (offer->first.account != id) break;
    if (offer->second.expires_at <= context.now) continue;
    core::Minor& volume = volumes[offer->second.lineage];
    TRY(volume, core::add(volume, offer->second.volume));
  }
  return volumes;
}

// By the rules' leverage of the class that the symbol's contract names now. One that nobody may
// open counts whole. False if no class is named.
core::Result<bool> add_class_margin(const Context& context, const ProductLimits& rules,
                                    const std::string& symbol, const core::Rational& notional,
                                    Used& used) {
  TRY(const ContractVersion* contract,
      instruments::contract_at(context.state, symbol, context.now));
  if (contract == nullptr || !contract->spec.asset_class) return false;
  const std::uint64_t times = gate::leverage_of(rules, *contract->spec.asset_class).value_or(1);
  const auto divisor = static_cast<core::Minor>(std::max<std::uint64_t>(times, 1));
  TRY(const auto margin, core::divide(notional, core::Rational(divisor)));
  used.class_margin = core::add(used.class_margin, margin);
  return true;
}

// What stands in the way, if anything does.
core::Result<std::optional<CopySkip>> add_used(const Context& context, const Opening& opening,
                                               const Standing& standing, const ProductLimits* rules,
                                               const CopyLineage& lineage, core::Minor volume,
                                               Used& used) {
  using Skip = std::optional<CopySkip>;
  const auto rate = find_rate(context, *opening.structure, lineage.currency,
                              currency_of(context, *standing.account));
  if (!rate) return Skip(CopySkip::NoRate);
  core::Rational notional = core::multiply(core::rational_of(core::to_decimal(volume, kLotScale)),
                                           core::rational_of(lineage.contract_size));
  notional = core::multiply(notional, core::rational_of(lineage.price));
  if (notional.sign() < 0) notional = core::subtract(core::Rational(), notional);
  TRY(notional, currency::convert_exact(notional, *rate));
  used.notional = core::add(used.notional, notional);
  // A contract without a margin rate counts whole.
  used.margin =
      core::add(used.margin, lineage.margin_rate
                                 ? core::multiply(notional, core::rational_of(*lineage.margin_rate))
                                 : notional);
  if (rules == nullptr) return Skip();
  TRY(const bool named, add_class_margin(context, *rules, lineage.symbol, notional, used));
  return named ? Skip() : Skip(CopySkip::NoAssetClass);
}

// What the mandate and the rules say of leverage; the rules if they say any.
const ProductLimits* leverage_rules(const Context& context, const Opening& opening,
                                    const Standing& standing, Measured& out) {
  const TradingAccount& account = *standing.account;
  out.facts.agreed_leverage =
      gate::agreed_leverage(context.state, account.structure, account.client);
  const ProductLimits* rules =
      opening.limits == nullptr ? nullptr : opening.limits->of(account.client);
  if (rules == nullptr || rules->leverage_max.empty()) return nullptr;
  if (opening.asset_class) {
    out.facts.class_leverage = gate::leverage_of(*rules, *opening.asset_class);
  } else {
    out.skip = CopySkip::NoAssetClass;
  }
  return rules;
}

// What a cap on exposure or margin, or a risk, is measured by.
core::Result<> measure_caps(const Context& context, const Opening& opening,
                            const Standing& standing, Measured& out) {
  const CopyTerms& terms = out.facts.terms;
  const ProductLimits* rules = leverage_rules(context, opening, standing, out);
  const bool has_cap =
      terms.max_exposure || terms.max_margin || out.facts.agreed_leverage || rules != nullptr;
  if (!has_cap && terms.sizing != CopySizing::FixedRisk) return core::ok();
  const std::string& currency = currency_of(context, *standing.account);
  out.facts.equity = whole(standing.money.equity, currency);
  if (opening.symbol_currency != currency) {
    out.facts.symbol_rate =
        find_rate(context, *opening.structure, opening.symbol_currency, currency);
    if (!out.facts.symbol_rate) out.skip = CopySkip::NoRate;
  }
  if (!has_cap) return core::ok();
  Used used;
  TRY(const auto volumes, used_volumes(context, *opening.master, standing.id));
  for (const auto& [id, volume] : volumes) {
    TRY(const auto skip,
        add_used(context, opening, standing, rules, opening.master->lineages.at(id), volume, used));
    if (skip) out.skip = skip;
  }
  const unsigned scale = core::currency_scale(currency).value();
  const auto notional = core::to_minor(used.notional, scale, core::Rounding::Ceiling);
  const auto margin = core::to_minor(used.margin, scale, core::Rounding::Ceiling);
  const auto class_margin = core::to_minor(used.class_margin, scale, core::Rounding::Ceiling);
  if (!notional || !margin || !class_margin) {
    out.skip = CopySkip::TooLarge;  // One subscription's numbers do not stop the others.
    return core::ok();
  }
  out.facts.exposure = core::to_decimal(notional.value(), scale);
  out.facts.margin = core::to_decimal(margin.value(), scale);
  if (rules != nullptr) out.facts.class_margin = core::to_decimal(class_margin.value(), scale);
  return core::ok();
}

core::Result<> measure_basis(const Context& context, const Opening& opening,
                             const Standing& standing, Measured& out) {
  const CopyTerms& terms = out.facts.terms;
  if (!is_proportional(terms.sizing) && !terms.leverage_guard) return core::ok();
  if (!opening.master->value) {
    out.skip = CopySkip::NoMaster;
    return core::ok();
  }
  const MasterValued& master = *opening.master->value;
  out.facts.master_leverage = master.value.leverage;
  if (!is_proportional(terms.sizing)) return core::ok();
  const std::string& currency = currency_of(context, *standing.account);
  TRY(const auto basis, basis_of(context, standing));
  if (basis) out.facts.basis = whole(*basis, currency);
  out.facts.master_basis = master_basis(master.value, terms.sizing);
  if (currency == master.currency) return core::ok();
  out.facts.rate = find_rate(context, *opening.structure, currency, master.currency);
  if (!out.facts.rate) out.skip = CopySkip::NoRate;
  return core::ok();
}

// The distance without its sign; absent if it does not fit.
std::optional<core::Decimal> distance(const core::Decimal& a, const core::Decimal& b) {
  const unsigned scale = std::max(a.scale, b.scale);
  const auto left = core::to_minor(a, scale);
  const auto right = core::to_minor(b, scale);
  if (!left || !right) return std::nullopt;
  const auto difference = core::subtract(left.value(), right.value());
  if (!difference) return std::nullopt;
  const core::Minor value = difference.value();
  return core::to_decimal(value < 0 ? -value : value, scale);
}

}  // namespace

core::Result<Standing> standing_of(const Context& context, const core::AccountId& id) {
  Standing out;
  out.id = id;
  out.account = &context.state.trading->accounts.at(id);
  const auto found = context.state.copy->subscriptions.find(id);
  if (found != context.state.copy->subscriptions.end() && found->second.version > 0) {
    out.subscription = &found->second;
  }
  TRY(out.money, trading::money_of(context, id, *out.account));
  return out;
}

core::Result<core::Minor> flows_of(const Standing& standing) {
  TRY(const auto change, core::subtract(standing.money.balance, standing.subscription->balance));
  return core::subtract(change, standing.subscription->results);
}

core::Result<core::Minor> base_of(const Standing& standing) {
  if (!standing.subscription->terms.base_on_flow) return standing.subscription->base;
  TRY(const auto flows, flows_of(standing));
  TRY(const auto base, core::add(standing.subscription->base, flows));
  // Who took out more than the base, of his results, has none that a part could be taken of.
  return base > 0 ? base : standing.subscription->base;
}

core::Result<std::optional<CopyStop>> due_stop(const Standing& standing) {
  const CopySubscription& subscription = *standing.subscription;
  TRY(const auto base, base_of(standing));
  // At the level counts. Exact at any size: one subscription's terms must not stop the others.
  const auto reached = [&](const std::optional<core::Decimal>& level) {
    return level && core::Rational(standing.money.equity) <=
                        core::multiply(core::Rational(base), core::rational_of(*level));
  };
  const bool hard = reached(subscription.terms.hard_stop);
  if (hard && subscription.stop != CopyStop::Hard) return std::optional(CopyStop::Hard);
  const bool soft = reached(subscription.terms.soft_stop);
  if (soft && subscription.stop == CopyStop::None) return std::optional(CopyStop::Soft);
  return std::optional<CopyStop>();
}

core::Result<Measured> measure(const Context& context, const Opening& opening,
                               const Standing& standing) {
  Measured out;
  CopyFacts& facts = out.facts;
  facts.master_lots = opening.lots;
  facts.terms = standing.subscription->terms;
  facts.price = opening.price;
  if (opening.stop_loss) facts.stop_distance = distance(opening.price, *opening.stop_loss);
  facts.contract_size = opening.contract->contract_size;
  facts.margin_rate = opening.contract->margin_rate;
  facts.lot_step = opening.contract->lot_step;
  facts.min_lots = opening.contract->min_lots;
  facts.max_ticket = opening.contract->max_lots;
  TRY(measure_basis(context, opening, standing, out));
  TRY(measure_caps(context, opening, standing, out));
  return out;
}

}  // namespace engine::copy
