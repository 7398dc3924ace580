// What the records of pools change in the state.

#include "engine/pamm/decide.h"
#include "engine/pamm/standing.h"

namespace engine::pamm {
namespace {

Investor& investor_of(State& state, const core::StructureId& pool, const core::PartyId& client) {
  return state.structures.at(pool).investors.at(client);
}

std::vector<ReleasedLoss>& stack_of(State& state, const core::StructureId& pool,
                                    const core::PartyId& client) {
  return state.strategies.at(state.structures.at(pool).strategy).released[client];
}

}  // namespace

void apply(State& state, const ResultAttributed& body, const ledger::RecordView&) {
  investor_of(state, body.structure, body.client).opening = body.entitlement_after;
}

void apply(State& state, const FeeCharged& body, const ledger::RecordView&) {
  Investor& investor = investor_of(state, body.structure, body.client);
  investor.opening = body.equity_after;
  if (body.fee == FeeKind::Management) {
    investor.management = {{body.exact_numerator, body.exact_denominator},
                           body.charged_before + body.amount + body.forfeited.value_or(0)};
  }
}

void apply(State& state, const MarkMoved& body, const ledger::RecordView&) {
  if (!body.to) return;
  auto& from = state.strategies.at(body.strategy).released;
  const auto stack = from.find(body.client);
  if (stack == from.end()) return;
  auto& to = state.strategies.at(*body.to).released[body.client];
  to.insert(to.end(), stack->second.begin(), stack->second.end());
  from.erase(stack);
}

void apply(State& state, const ReleasedExpired& body, const ledger::RecordView&) {
  std::erase_if(state.strategies.at(body.strategy).released[body.client],
                [&body](const ReleasedLoss& released) { return released.taken <= body.taken; });
}

void apply(State& state, const FeeClawedBack& body, const ledger::RecordView&) {
  investor_of(state, body.structure, body.client).opening += body.amount;
}

void apply(State&, const GainForgone&, const ledger::RecordView&) {}
void apply(State&, const FeeReleased&, const ledger::RecordView&) {}
void apply(State&, const RetainedDistributed&, const ledger::RecordView&) {}
void apply(State&, const NegativeBalanceAbsorbed&, const ledger::RecordView&) {}
void apply(State&, const UnitsRebased&, const ledger::RecordView&) {}
void apply(State&, const UnitsVoided&, const ledger::RecordView&) {}
void apply(State&, const FloatingRebased&, const ledger::RecordView&) {}
void apply(State&, const RequestDeferred&, const ledger::RecordView&) {}
void apply(State&, const ScalingRequired&, const ledger::RecordView&) {}
void apply(State&, const OperationSent&, const ledger::RecordView&) {}
void apply(State&, const OperationConfirmed&, const ledger::RecordView&) {}

void apply(State& state, const OfferSwitched& body, const ledger::RecordView&) {
  Investor& investor = investor_of(state, body.structure, body.client);
  investor.offer = body.to;
  state.structures.at(body.structure).offers.insert(body.to);
  investor.next_offer.reset();
}

void apply(State& state, const InvestorStanding& body, const ledger::RecordView&) {
  investor_of(state, body.structure, body.client) = body.investor;
}

void apply(State& state, const RedemptionPriced& body, const ledger::RecordView&) {
  Investor& investor = investor_of(state, body.structure, body.client);
  investor.opening -= body.gross;
  auto& stack = stack_of(state, body.structure, body.client);
  if (body.released > 0 || !stack.empty()) {
    push_released(stack, {body.withdrawn.value_or(body.gross), body.released,
                          body.trade_date.value_or(core::Date{})});
  }
  // The unpaid fraction of the management fee ends with the holding.
  if (body.full) investor.management = {};
  if (!body.waits) {
    state.requests.erase(body.request);
    return;
  }
  Request& request = state.requests.at(body.request);
  request.gated = true;
  request.amount = body.left;
}

void apply(State& state, const SubscriptionPriced& body, const ledger::RecordView&) {
  const core::Minor net = body.amount - body.entry_fee;
  investor_of(state, body.structure, body.client).opening += net;
  if (!body.transferred) {
    take_released(stack_of(state, body.structure, body.client), net, body.restored);
  }
  state.requests.erase(body.request);
}

void apply(State& state, const TransferPriced& body, const ledger::RecordView& record) {
  Investor& investor = investor_of(state, body.structure, body.client);
  investor.opening = 0;
  investor.management = {};
  // The money now asks to be let into the other pool.
  Request& request = state.requests[body.request];
  request = {body.to, body.client, false, body.amount, record.recorded_at, record.seq};
  request.transferred = true;
  request.mark = body.mark;
}

void apply(State& state, const TransferSentHome& body, const ledger::RecordView&) {
  state.requests.erase(body.request);
  auto& stack = stack_of(state, body.structure, body.client);
  if (body.released > 0 || !stack.empty()) {
    push_released(stack, {body.amount, body.released, body.date});
  }
}

void apply(State& state, const RolloverCompleted& body, const ledger::RecordView& record) {
  Structure& pool = state.structures.at(body.structure);
  pool.rollovers = body.rollover;
  pool.trade_date = body.trade_date;
  pool.rollover_seq = record.seq;
  state.held_rollovers.erase(body.structure);
  pool.epoch = body.epoch.value_or(pool.epoch);
  pool.lots_traded = 0;
  pool.notional_traded = 0;
  pool.gated_rollovers = body.gated ? pool.gated_rollovers + 1 : 0;
  pool.rounding = body.rounding.value_or(0);
  pool.pool_mark = {};
  if (body.mark_numerator) pool.pool_mark = {*body.mark_numerator, *body.mark_denominator};
  if (body.archived) pool.stage = StructureStage::Archived;
  std::erase_if(pool.calendar, [&body](const CalendarEntry& entry) {
    return entry.trade_date <= body.trade_date;
  });
}

}  // namespace engine::pamm
