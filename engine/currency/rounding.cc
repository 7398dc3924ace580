#include "engine/currency/rounding.h"

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/currency_state.h"
#include "engine/money.h"

namespace engine::currency {
namespace {

const RoundingWatch& watch_of(const State& state, const std::string& currency) {
  static const RoundingWatch kUnset;
  const auto found = state.rates->rounding.find(currency);
  return found == state.rates->rounding.end() ? kUnset : found->second;
}

core::Result<> compare(const Context& context, const std::string& currency, core::Minor balance,
                       core::Minor limit, Effects& effects) {
  const bool within = balance <= limit && balance >= -limit;
  if (within != watch_of(context.state, currency).alarmed) return core::ok();
  effects.add(RoundingAlarm{currency, balance, limit, within}, {}, {});
  return core::ok();
}

core::Minor balance_of(const Context& context, const std::string& currency) {
  return -context.books.balance(accounts::kRounding, currency);
}

}  // namespace

core::Result<> watch_rounding(const Context& context, const std::string& currency,
                              core::Minor moved, Effects& effects) {
  if (moved == 0) return core::ok();
  TRY(const auto balance, core::add(balance_of(context, currency), moved));
  TRY(const auto unit, core::power_of_ten(core::currency_scale(currency).value_or(0)));
  const core::Minor limit =
      watch_of(context.state, currency).limit.value_or(kRoundingLimitDefault * unit);
  return compare(context, currency, balance, limit, effects);
}

core::Result<std::vector<ledger::Draft>> decide(const Context& context,
                                                const SetRoundingLimit& command) {
  TRY(check_currency(command.currency, "currency"));
  TRY(const auto limit, positive_money(command.limit, command.currency, "limit"));
  Effects effects(context.effective_at);
  effects.add(RoundingLimitSet{command.currency, limit}, {}, {});
  TRY(compare(context, command.currency, balance_of(context, command.currency), limit, effects));
  return effects.take();
}

void apply(State& state, const RoundingLimitSet& body, const ledger::RecordView&) {
  state.rates->rounding[body.currency].limit = body.limit;
}

void apply(State& state, const RoundingAlarm& body, const ledger::RecordView&) {
  state.rates->rounding[body.currency].alarmed = !body.within;
}

}  // namespace engine::currency
