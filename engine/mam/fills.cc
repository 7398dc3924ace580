// Fills of block orders, shared by the order's frozen weights.

#include "core/check.h"
#include "engine/effects.h"
#include "engine/mam/allocation.h"
#include "engine/mam/decide.h"
#include "engine/mam/price.h"
#include "engine/mam/volume.h"
#include "engine/mam_state.h"
#include "engine/trading/volume.h"
#include "engine/trading_state.h"

namespace engine::mam {
namespace {

// The steps of a fill. None are needed to say that no more will come.
core::Result<core::Minor> filled_steps(const RecordFill& command, const Order& order) {
  if (command.final && command.lots.digits == 0) return core::Minor{0};
  TRY(const auto steps, trading::steps_of(command.lots, order.lot_step));
  if (steps <= order.steps - order.filled) return steps;
  return core::conflict("overfill", "lots",
                        "The order would be filled beyond its volume; " +
                            core::to_string(order.steps - order.filled) + " steps of " +
                            core::to_string(order.lot_step) + " are left.");
}

core::Result<> check_fill(const RecordFill& command, const Order& order) {
  TRY(trading::check_platform_id(command.fill, "fill"));
  if (order.fills.contains(command.fill)) {
    return core::conflict("duplicate_fill", "fill", "This fill is recorded already.");
  }
  if (!order.final) return core::ok();
  return core::conflict("order_final", "order",
                        "The order is complete: its final fill is recorded.");
}

// What each account, in the map's order, has of everything filled so far.
core::Result<std::vector<core::Minor>> shared(const core::OrderId& id, const Order& order,
                                              core::Minor filled) {
  std::vector<Claim> claims;
  claims.reserve(order.shares.size());
  for (const auto& [account, share] : order.shares) {
    claims.push_back({share.weight, tie_of(id, account)});
  }
  switch (order.residual) {
    case Residual::SainteLague:
      return sainte_lague(filled, claims);
    case Residual::LargestEquityFirst:
      return largest_equity_first(filled, claims);
    case Residual::LargestRemainder:
    case Residual::RoundRobin:
    case Residual::Overflow:
      break;  // accept_order refuses them.
  }
  core::check_failed("the residual is one that orders are accepted with", __FILE__, __LINE__);
}

// One record for each account that receives steps.
core::Result<> allocate_fill(const Context& context, const RecordFill& command, const Order& order,
                             core::Minor filled, Effects& effects) {
  TRY(const auto parts, shared(command.order, order, filled));
  auto part = parts.begin();
  for (const auto& [account, share] : order.shares) {
    const core::Minor steps = *part - share.filled;
    // Nobody ever loses a step: allocation.h promises it.
    CHECK(steps >= 0);
    if (steps > 0) {
      const core::PartyId client = context.state.trading->accounts.at(account).client;
      Postings postings;
      move_position(context, order, account, steps, postings);
      effects.add(FillAllocated{command.order, command.fill, account, order.structure, client,
                                steps, *part},
                  std::move(postings), {client.bytes, order.structure.bytes});
    }
    ++part;
  }
  return core::ok();
}

}  // namespace

Drafts decide(const Context& context, const RecordFill& command) {
  TRY(const Order* order, find_order(context, command.order));
  TRY(check_fill(command, *order));
  TRY(const auto steps, filled_steps(command, *order));
  const core::Minor filled = order->filled + steps;
  const bool final = command.final || filled == order->steps;
  Effects effects(context.effective_at);
  effects.add(FillRecorded{command.order, order->structure, command.fill, steps, filled,
                           command.price, final},
              {}, {order->structure.bytes});
  // Largest equity first is for one shot: parts would take steps back from somebody.
  if (order->residual == Residual::SainteLague || final) {
    TRY(allocate_fill(context, command, *order, filled, effects));
  }
  return effects.take();
}

core::Result<> apply(State& state, const FillRecorded& body, const ledger::RecordView& record) {
  Order& order = state.blocks->orders.at(body.order);
  TRY(order.price_steps, add_price(order.price_steps, body.price, body.steps));
  TRY(order.open, core::add(order.open, body.steps));
  order.filled = body.filled_steps;
  order.final = body.final;
  order.fills[body.fill] = {body.steps, body.price, 0, body.final, false, record.seq};
  return core::ok();
}

core::Result<> apply(State& state, const FillAllocated& body, const ledger::RecordView&) {
  OrderShare& share = state.blocks->orders.at(body.order).shares.at(body.account);
  TRY(share.open, core::add(share.open, body.steps));
  share.filled = body.allocated_steps;
  return core::ok();
}

}  // namespace engine::mam
