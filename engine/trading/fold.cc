// What the records of accounts' flows and fees change in the state.

#include "engine/charging/released.h"
#include "engine/charging/shares.h"
#include "engine/trading/decide.h"
#include "engine/trading/losses.h"
#include "engine/trading/valuation.h"
#include "engine/trading_state.h"

namespace engine::trading {
namespace {

bool has_pool_losses(const State& state, const AccountFlow& body) {
  const auto strategy = state.strategies.find(body.strategy);
  if (strategy == state.strategies.end()) return false;
  const auto stack = strategy->second.released.find(body.client);
  return stack != strategy->second.released.end() && !stack->second.empty();
}

}  // namespace

void apply(State& state, const AccountStood& body, const ledger::RecordView&) {
  state.trading->accounts.at(body.account).standing = body.standing;
}

core::Result<> apply(State& state, const AccountFeeCharged& body, const ledger::RecordView&) {
  return move_expected(state, body.account, -charging::taken_by(body.fee));
}

core::Result<> apply(State& state, const AccountFeeClawedBack& body, const ledger::RecordView&) {
  return move_expected(state, body.account, body.amount);
}

core::Result<> apply(State& state, const AccountFlow& body, const ledger::RecordView& record) {
  if (body.blocks) state.trading->accounts.at(body.account).unmeasured.insert(record.seq);
  TRY(move_expected(state, body.account,
                    body.withdrawal ? body.fees - body.amount : core::Minor{body.amount}));
  auto& stack = state.trading->losses[body.strategy][body.client];
  if (body.withdrawal) {
    // At the mark nothing is released; what left there must not bring an older loss back.
    const bool covers =
        body.equity_before <= body.mark_before && (!stack.empty() || has_pool_losses(state, body));
    if (body.released > 0 || covers) {
      stack.push_back({body.currency, body.amount, body.released, 0, body.date});
    }
    return core::ok();
  }
  TRY(take_back(stack, body.currency, body.amount));
  if (body.pool_returned > 0) {
    charging::take_released(state.strategies.at(body.strategy).released[body.client],
                            body.pool_returned, body.pool_restored);
  }
  return core::ok();
}

void apply(State& state, const FlowAccepted& body, const ledger::RecordView&) {
  auto& waiting = state.trading->accounts.at(body.acceptance.account).unmeasured;
  for (const std::uint64_t flow : body.flows) waiting.erase(flow);
}

void apply(State& state, const AccountReleasedExpired& body, const ledger::RecordView&) {
  std::erase_if(state.trading->losses[body.strategy][body.client], [&](const WithdrawnLoss& lost) {
    return lost.currency == body.currency && lost.taken <= body.taken;
  });
}

void apply(State&, const AccountFeesCompleted&, const ledger::RecordView&) {}
void apply(State&, const AccountMarkMoved&, const ledger::RecordView&) {}
void apply(State&, const AccountFeeReleased&, const ledger::RecordView&) {}
void apply(State&, const HedgeWarning&, const ledger::RecordView&) {}

}  // namespace engine::trading
