// How single accounts take part in a group's orders.

#include "engine/effects.h"
#include "engine/mam/decide.h"
#include "engine/mam_state.h"
#include "engine/trading/equity.h"
#include "engine/trading_state.h"

namespace engine::mam {
namespace {

core::Result<> check_positive(const std::optional<core::Decimal>& value, std::string_view field) {
  if (!value || value->digits > 0) return core::ok();
  return core::invalid("not_positive", std::string(field), "It must be above zero.");
}

core::Result<> check_bounds(const Participation& terms) {
  TRY(check_positive(terms.parameter, "terms.parameter"));
  TRY(check_positive(terms.min_lots, "terms.min_lots"));
  TRY(check_positive(terms.max_lots, "terms.max_lots"));
  TRY(check_positive(terms.max_leverage, "terms.max_leverage"));
  TRY(check_positive(terms.margin_floor, "terms.margin_floor"));
  if (!terms.overflow || terms.own_account) return core::ok();
  return core::invalid("overflow_owner", "terms.own_account",
                       "Odd steps go to an account of the firm or the manager, never of a client.");
}

// Where parameters are parts of the order, they are never above the whole.
core::Result<> check_part(const Context& context, const SetParticipation& command,
                          const core::StructureId& structure) {
  const auto& offer =
      context.state.offers.at(context.state.structures.at(structure).offer).terms.allocation;
  if (!offer || !command.terms.parameter || command.terms.inactive) return core::ok();
  if (offer->method != AllocationMethod::Percent &&
      offer->method != AllocationMethod::ProfitPercent) {
    return core::ok();
  }
  constexpr unsigned kPartScale = 18;
  TRY(const auto whole, core::power_of_ten(kPartScale));
  TRY(auto total, core::to_minor(*command.terms.parameter, kPartScale));
  for (const core::AccountId& id : context.state.structures.at(structure).accounts) {
    const auto set = context.state.blocks->participation.find(id);
    if (id == command.account || set == context.state.blocks->participation.end()) continue;
    if (set->second.inactive || set->second.overflow || !set->second.parameter) continue;
    TRY(const auto part, core::to_minor(*set->second.parameter, kPartScale));
    TRY(total, core::add(total, part));
  }
  if (total <= whole) return core::ok();
  return core::invalid("shares_above_one", "terms.parameter",
                       "The parts of the group's active accounts would sum to more than 1.");
}

}  // namespace

Drafts decide(const Context& context, const SetParticipation& command) {
  TRY(const TradingAccount* account, trading::find_account(context, command.account));
  TRY(check_bounds(command.terms));
  TRY(check_part(context, command, account->structure));
  Effects effects(context.effective_at);
  effects.add(ParticipationSet{command, account->structure, account->client}, {},
              {account->client.bytes, account->structure.bytes});
  return effects.take();
}

void apply(State& state, const ParticipationSet& body, const ledger::RecordView&) {
  state.blocks->participation[body.participation.account] = body.participation.terms;
}

}  // namespace engine::mam
