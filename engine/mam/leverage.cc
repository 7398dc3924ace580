#include "engine/mam/leverage.h"

#include <algorithm>

#include "core/exact_decimal.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/currency/rates.h"
#include "engine/gate/mandates.h"
#include "engine/instruments/contract.h"
#include "engine/mam/price.h"
#include "engine/mam_state.h"
#include "engine/trading_state.h"

namespace engine::mam {
namespace {

using core::Minor;
using core::Rational;

// Without a sign: what is sold is as large a risk as what is bought.
Rational magnitude(const Rational& value) {
  return value.sign() < 0 ? core::subtract(Rational(), value) : value;
}

core::Result<Rational> lots_of(Minor volume) {
  TRY(const Minor unit, core::power_of_ten(kLotScale));
  return Rational::of(volume, unit);
}

// Of positions worth so much, by the rules. A class that nobody may open counts whole.
core::Result<Rational> margin_of(const Rational& value, std::uint64_t leverage) {
  return core::divide(value, Rational(static_cast<Minor>(std::max<std::uint64_t>(leverage, 1))));
}

const std::string& symbol_name(const State& state, std::uint64_t ordinal) {
  const auto& symbols = state.instruments->symbols;
  return std::ranges::find_if(symbols,
                              [&](const auto& one) { return one.second.ordinal == ordinal; })
      ->first;
}

}  // namespace

LeverageRoom::LeverageRoom(const Context& context, const Planned& order)
    : context_(context), order_(order), rules_(context.state, order.decision) {}

bool LeverageRoom::limits(const TradingAccount& account) {
  if (gate::agreed_leverage(context_.state, account.structure, account.client)) return true;
  const ProductLimits* rules = rules_.of(account.client);
  return rules != nullptr && !rules->leverage_max.empty();
}

core::Result<Minor> LeverageRoom::fit(const TradingAccount& account, const Rational& step_value,
                                      Measured& one) {
  const ProductLimits* rules = rules_.of(account.client);
  if (rules != nullptr && rules->leverage_max.empty()) rules = nullptr;
  if (rules != nullptr && !order_.asset_class) {
    one.excluded = Exclusion::NoAssetClass;
    return kNoLimit;
  }
  TRY(const auto others, held(rules, one));
  if (!others) return kNoLimit;
  Minor most = kNoLimit;
  const Rational equity(one.basis.equity);
  if (const auto agreed =
          gate::agreed_leverage(context_.state, account.structure, account.client)) {
    const Rational allowed = core::multiply(equity, Rational(static_cast<Minor>(*agreed)));
    TRY(const Minor steps,
        steps_in(core::subtract(allowed, others->value), step_value, account, one));
    most = std::min(most, steps);
  }
  if (rules != nullptr) {
    const std::uint64_t times = gate::leverage_of(*rules, *order_.asset_class).value();
    const Rational left = core::subtract(equity, others->margin);
    TRY(const Minor steps, steps_in(core::multiply(left, Rational(static_cast<Minor>(times))),
                                    step_value, account, one));
    most = std::min(most, steps);
  }
  return most;
}

// Absent: it cannot be measured, and the account is left out.
core::Result<std::optional<LeverageRoom::Held>> LeverageRoom::held(const ProductLimits* rules,
                                                                   Measured& one) {
  Held out;
  const auto symbols = context_.state.trading->symbols.find(one.account);
  if (symbols == context_.state.trading->symbols.end()) return std::optional(out);
  for (const std::uint64_t symbol : symbols->second) {
    if (symbol == order_.symbol) continue;
    const Minor volume =
        context_.books.balance(accounts::position(one.account, symbol), accounts::lot_code(symbol));
    if (volume == 0) continue;
    TRY(const Lot* lot, lot_of(symbol));
    if (!lot->value) one.excluded = Exclusion::NoRate;
    if (rules != nullptr && !lot->asset_class) one.excluded = Exclusion::NoAssetClass;
    if (one.excluded) return std::optional<Held>();
    TRY(const Rational lots, lots_of(volume));
    const Rational value = magnitude(core::multiply(lots, *lot->value));
    out.value = core::add(out.value, value);
    if (rules == nullptr) continue;
    TRY(const Rational margin, margin_of(value, *gate::leverage_of(*rules, *lot->asset_class)));
    out.margin = core::add(out.margin, margin);
  }
  return std::optional(out);
}

core::Result<const LeverageRoom::Lot*> LeverageRoom::lot_of(std::uint64_t symbol) {
  auto known = lots_.find(symbol);
  if (known == lots_.end()) {
    TRY(Lot lot, look_up(symbol_name(context_.state, symbol)));
    known = lots_.emplace(symbol, std::move(lot)).first;
  }
  return &known->second;
}

core::Result<LeverageRoom::Lot> LeverageRoom::look_up(const std::string& name) {
  Lot out;
  TRY(const ContractVersion* contract,
      instruments::contract_at(context_.state, name, context_.effective_at));
  TRY(const auto price, price_of(name));
  if (contract == nullptr || !price) return out;
  TRY(const ContractVersion* now, instruments::contract_at(context_.state, name, context_.now));
  if (now != nullptr) out.asset_class = now->spec.asset_class;
  const auto rate =
      currency::rate_for(context_.state, {context_.state.instruments->symbols.at(name).currency,
                                          order_.structure.currency, context_.effective_at,
                                          std::nullopt, order_.structure.server});
  if (!rate) return out;
  const Rational size = core::rational_of(contract->spec.contract_size);
  TRY(const Minor unit, core::power_of_ten(*core::currency_scale(order_.structure.currency)));
  const auto value = core::multiply(core::multiply(*price, size), Rational(unit));
  TRY(out.value, currency::convert_exact(value, rate.value()));
  return out;
}

// Today's, of an order that was split since.
core::Result<std::optional<Rational>> LeverageRoom::price_of(const std::string& name) const {
  std::optional<Rational> highest;
  const auto open = context_.state.blocks->open.find(order_.command.structure);
  if (open == context_.state.blocks->open.end()) return highest;
  for (const core::OrderId& id : open->second) {
    const Order& order = context_.state.blocks->orders.at(id);
    if (order.symbol != name || order.open == 0) continue;
    TRY(const auto average, average_price(order.price_steps, shared_steps(order)));
    if (!average) continue;
    TRY(const auto split, Rational::of(order.split_denominator, order.split_numerator));
    const Rational price = magnitude(core::multiply(*average, split));
    if (!highest || *highest < price) highest = price;
  }
  return highest;
}

// The steps that so much money leaves beside what is open in the order's own symbol.
core::Result<Minor> LeverageRoom::steps_in(const Rational& money, const Rational& step_value,
                                           const TradingAccount& account,
                                           const Measured& one) const {
  const Minor volume = context_.books.balance(accounts::position(one.account, order_.symbol),
                                              accounts::lot_code(order_.symbol));
  TRY(const Rational lots, lots_of(order_.command.side == Side::Buy ? volume : -volume));
  const Rational step = core::rational_of(order_.lot_step);
  TRY(const Rational open, core::divide(lots, step));
  TRY(Rational room, core::divide(money, step_value));
  if (account.mode == PositionMode::Netting && open.sign() < 0) {
    // Up to nothing it only reduces.
    if (room.sign() < 0) room = Rational();
    return core::to_minor(core::subtract(room, open), 0, core::Rounding::Floor);
  }
  return core::to_minor(core::subtract(room, magnitude(open)), 0, core::Rounding::Floor);
}

}  // namespace engine::mam
