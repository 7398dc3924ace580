#include "engine/instruments/decide.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/instruments/contract.h"
#include "engine/money.h"

namespace engine::instruments {
namespace {

constexpr std::size_t kSymbolBytesMax = 64;
constexpr std::size_t kAssetClassBytesMax = 32;

core::Result<> check_positive(const core::Decimal& value, std::string_view field) {
  if (value.digits > 0) return core::ok();
  return core::invalid("contract", std::string(field), "It must be above zero.");
}

// A volume in whole lot steps.
core::Result<> check_volume(const core::Decimal& lots, core::Minor step, std::string_view field) {
  TRY(check_positive(lots, field));
  const auto volume = core::to_minor(lots, kLotScale);
  if (volume && volume.value() % step == 0) return core::ok();
  return core::invalid("contract", std::string(field), "It must be a whole number of lot steps.");
}

core::Result<> check_volumes(const ContractSpec& spec) {
  TRY(check_positive(spec.lot_step, "lot_step"));
  const auto step = core::to_minor(spec.lot_step, kLotScale);
  if (!step) {
    return core::invalid("lot_step", "lot_step", "A lot step has at most 8 decimals.");
  }
  TRY(check_volume(spec.min_lots, step.value(), "min_lots"));
  if (!spec.max_lots) return core::ok();
  TRY(check_volume(*spec.max_lots, step.value(), "max_lots"));
  // Both were just counted in this unit.
  if (core::to_minor(*spec.max_lots, kLotScale).value() >=
      core::to_minor(spec.min_lots, kLotScale).value()) {
    return core::ok();
  }
  return core::invalid("contract", "max_lots", "The largest volume is below the smallest.");
}

core::Result<> check_price(const ContractSpec& spec) {
  if (spec.price_digits > core::kScaleMax) {
    return core::invalid("contract", "price_digits", "A price has at most 18 decimals.");
  }
  if (!spec.tick_size) return core::ok();
  return check_positive(*spec.tick_size, "tick_size");
}

core::Result<> check_spec(const ContractSpec& spec) {
  TRY(check_positive(spec.contract_size, "contract_size"));
  TRY(check_volumes(spec));
  TRY(check_price(spec));
  if (spec.base_currency) {
    TRY(check_currency(*spec.base_currency, "base_currency"));
  }
  if (spec.asset_class &&
      (spec.asset_class->empty() || spec.asset_class->size() > kAssetClassBytesMax)) {
    return core::invalid("contract", "asset_class", "Name the class with 1 to 32 bytes.");
  }
  if (!spec.margin_rate) return core::ok();
  TRY(check_positive(*spec.margin_rate, "margin_rate"));
  return check_rate(*spec.margin_rate, 1, "margin_rate");
}

}  // namespace

core::Result<std::string> registered_name(const State& state, const std::string& symbol) {
  if (state.instruments->symbols.contains(symbol)) return symbol;
  const auto alias = state.instruments->aliases.find(symbol);
  if (alias != state.instruments->aliases.end()) return alias->second;
  return core::not_found("unknown_symbol", "symbol", "Register the symbol first.");
}

core::Result<const ContractVersion*> contract_at(const State& state, const std::string& symbol,
                                                 core::Instant at) {
  TRY(const auto name, registered_name(state, symbol));
  const ContractVersion* in_force = nullptr;
  for (const ContractVersion& version : state.instruments->symbols.at(name).contracts) {
    if (version.from <= at) in_force = &version;
  }
  return in_force;
}

core::Result<const ContractVersion*> require_contract(const State& state, const std::string& symbol,
                                                      core::Instant at) {
  TRY(const ContractVersion* found, contract_at(state, symbol, at));
  if (found != nullptr) return found;
  return core::conflict("no_contract", "symbol",
                        "No contract of this symbol was in force then; record set_contract first.");
}

Drafts decide(const Context& context, const SetContract& command) {
  TRY(const auto name, registered_name(context.state, command.symbol));
  if (auto checked = check_spec(command.contract); !checked) {
    return std::move(checked.error()).within("contract");
  }
  ContractChanged body{command, context.state.instruments->symbols.at(name).contracts.size() + 1};
  body.contract.symbol = name;
  Effects effects(context.effective_at);
  effects.add(body, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const AliasSymbol& command) {
  if (command.alias.empty() || command.alias.size() > kSymbolBytesMax) {
    return core::invalid("symbol", "alias", "A symbol has 1 to 64 bytes.");
  }
  if (context.state.instruments->symbols.contains(command.alias) ||
      context.state.instruments->aliases.contains(command.alias)) {
    return core::conflict("exists", "alias", "This spelling is registered already.");
  }
  TRY(const auto name, registered_name(context.state, command.symbol));
  Effects effects(context.effective_at);
  effects.add(SymbolAliased{{command.alias, name}}, {}, {});
  return effects.take();
}

void apply(State& state, const ContractChanged& body, const ledger::RecordView& record) {
  auto& contracts = state.instruments->symbols.at(body.contract.symbol).contracts;
  // Behind those from the same instant, so that the later recorded one rules.
  const auto place =
      std::ranges::upper_bound(contracts, body.contract.from, {}, &ContractVersion::from);
  contracts.insert(place, {body.contract.from, body.contract.contract, body.version, record.seq});
}

void apply(State& state, const SymbolAliased& body, const ledger::RecordView&) {
  state.instruments->aliases[body.alias.alias] = body.alias.symbol;
}

}  // namespace engine::instruments
