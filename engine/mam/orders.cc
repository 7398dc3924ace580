// Block orders before they leave: who takes part, and by what weight.

#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/instruments_state.h"
#include "engine/lookup.h"
#include "engine/mam/decide.h"
#include "engine/mam/volume.h"
#include "engine/mam_state.h"
#include "engine/trading/equity.h"
#include "engine/trading/limits.h"
#include "engine/trading/volume.h"
#include "engine/trading_state.h"

namespace engine::mam {
namespace {

struct Participant {
  core::AccountId account;
  core::PartyId client;
  core::Minor weight = 0;  // Equity: balance, and floating as of the last valuation.
};

core::Result<core::Minor> total_weight(const std::vector<Participant>& participants) {
  core::Minor total = 0;
  for (const Participant& participant : participants) {
    TRY(total, core::add(total, participant.weight));
  }
  return total;
}

core::Result<std::vector<Participant>> with_equity(const Context& context,
                                                   const Structure& structure) {
  std::vector<Participant> participants;
  for (const core::AccountId& id : structure.accounts) {
    const TradingAccount& account = context.state.trading->accounts.at(id);
    if (!trading::may_open(account)) continue;
    TRY(const trading::Money money, trading::money_of(context, id, account));
    if (money.equity <= 0) continue;
    TRY(const auto equity, trading::in_group_currency(context, account, money.equity));
    if (equity.amount > 0) participants.push_back({id, account.client, equity.amount});
  }
  return participants;
}

// An account too small for one step is left out before the order leaves, so that it neither dilutes
// the others nor is raised above its share.
core::Result<std::vector<Participant>> participants_of(const Context& context,
                                                       const Structure& structure,
                                                       core::Minor steps) {
  TRY(const auto candidates, with_equity(context, structure));
  TRY(const auto total, total_weight(candidates));
  std::vector<Participant> participants;
  for (const Participant& candidate : candidates) {
    TRY(const auto share, core::divide_product(steps, candidate.weight, total));
    if (share.quotient >= 1) participants.push_back(candidate);
  }
  if (!participants.empty()) return participants;
  return core::conflict("no_participants", "lots",
                        "No account's share of the order reaches one lot step.");
}

core::Result<std::uint64_t> symbol_ordinal(const Context& context, const Structure& structure,
                                           const std::string& name) {
  TRY(const Symbol* symbol, find_symbol(context, name));
  if (symbol->currency == structure.currency) return symbol->ordinal;
  return core::conflict("wrong_currency", "symbol",
                        "The symbol's results are booked in another currency than the accounts.");
}

}  // namespace

Drafts decide(const Context& context, const AcceptOrder& command) {
  TRY(const Structure* structure, find_structure(context, command.structure, Model::Mam));
  if (context.state.blocks->orders.contains(command.order)) {
    return core::conflict("exists", "order", "This id is registered already.");
  }
  TRY(const auto ordinal, symbol_ordinal(context, *structure, command.symbol));
  TRY(const auto decision,
      gate::authorisation(context, structure->manager, structure->model, structure->jurisdiction));
  const Offer& offer = offer_of(context, *structure);
  OrderAccepted accepted{command, 0, lot_step_of(offer), offer.terms.residual, 0, 0, decision};
  if (offer.terms.residual > Residual::LargestEquityFirst || offer.terms.allocation) {
    return core::conflict("allocation_not_supported", "structure",
                          "The offer's allocation is not in use yet.");
  }
  TRY(accepted.steps, trading::steps_of(command.lots, accepted.lot_step));
  TRY(const auto participants, participants_of(context, *structure, accepted.steps));
  accepted.participants = participants.size();
  TRY(accepted.weight_total, total_weight(participants));

  Effects effects(context.effective_at);
  effects.add(accepted, {}, {command.structure.bytes});
  for (const Participant& participant : participants) {
    const Subjects subjects{participant.client.bytes, command.structure.bytes};
    const std::string position = accounts::position(participant.account, ordinal);
    if (!context.books.is_open(position)) effects.open({account(position)}, subjects);
    effects.add(OrderShareFrozen{command.order, participant.account, command.structure,
                                 participant.client, participant.weight},
                {}, subjects);
  }
  return effects.take();
}

void apply(State& state, const OrderAccepted& body, const ledger::RecordView&) {
  Order& order = state.blocks->orders[body.order.order];
  order.structure = body.order.structure;
  order.symbol = body.order.symbol;
  order.side = body.order.side;
  order.residual = body.residual;
  order.lot_step = body.lot_step;
  order.steps = body.steps;
}

void apply(State& state, const OrderShareFrozen& body, const ledger::RecordView&) {
  state.blocks->orders.at(body.order).shares[body.account] = {body.weight, 0, 0};
}

}  // namespace engine::mam
