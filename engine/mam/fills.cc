// Fills of block orders, shared by the order's frozen weights.

#include "core/allocate.h"
#include "core/check.h"
#include "engine/effects.h"
#include "engine/mam/allocation_target.h"
#include "engine/mam/decide.h"
#include "engine/mam/fills_parts.h"
#include "engine/mam/netting.h"
#include "engine/mam/price.h"
#include "engine/mam/volume.h"
#include "engine/mam_state.h"
#include "engine/money.h"
#include "engine/trading/volume.h"

namespace engine::mam {
namespace {

// The steps of a fill. None are needed to say that no more will come.
core::Result<core::Minor> filled_steps(const RecordFill& command, const Order& order) {
  if (command.final && command.lots.digits == 0) return core::Minor{0};
  return trading::steps_of(command.lots, order.lot_step);
}

core::Result<FillFacts> facts_of(const Context& context, const RecordFill& command,
                                 const Order& order) {
  FillFacts facts{0, command.price, 0};
  TRY(facts.steps, filled_steps(command, order));
  if (!command.commission) return facts;
  if (shares_results_only(order.method)) {
    return core::invalid("commission_with_close", "commission",
                         "This order's accounts share results alone: give the commission with the "
                         "close.");
  }
  TRY(facts.commission,
      signed_money(*command.commission, context.state.structures.at(order.structure).currency,
                   "commission"));
  return facts;
}

// A platform may say the same twice, but not two things under one id.
core::Result<> check_new(const RecordFill& command, const Order& order, const FillFacts& facts) {
  const auto known = order.fills.find(command.fill);
  if (known == order.fills.end()) return core::ok();
  if (known->second.told == facts) {
    return core::conflict("duplicate_fill", "fill", "This fill is recorded already.");
  }
  return core::conflict("fill_differs", "fill",
                        "A fill of this id is recorded with other content; amend_fill puts a fill "
                        "right.");
}

core::Result<> check_room(const Order& order, core::Minor steps) {
  if (order.final && (steps == 0 || unfilled_steps(order) == 0)) {
    return core::conflict("order_final", "order",
                          "The order is complete: its final fill is recorded.");
  }
  if (steps > unfilled_steps(order) + order.house_steps) {
    return core::conflict("overfill", "lots",
                          "The accounts kept their parts when a fill was put right after a "
                          "valuation; close the house's position (close_error) by this fill.");
  }
  return check_overfill(order, steps);
}

core::Result<FillReduction> reduction_of(const RecordFill& command, const FillFacts& facts,
                                         const Netting& netting) {
  if (netting.steps == 0 && (command.profit || command.conversion_rate)) {
    return core::invalid("nothing_reduced", command.profit ? "profit" : "conversion_rate",
                         "The fill closes nothing of the other side, so it has no result.");
  }
  FillReduction reduction{netting.steps, 0};
  if (netting.steps == 0) return reduction;
  TRY(const auto parts,
      core::allocate(facts.commission, std::vector{netting.steps, facts.steps - netting.steps}));
  reduction.commission = parts[0];
  return reduction;
}

}  // namespace

Drafts decide(const Context& context, const RecordFill& command) {
  TRY(const Order* order, find_order(context, command.order));
  TRY(check_unsplit(*order));
  TRY(trading::check_platform_id(command.fill, "fill"));
  TRY(const auto facts, facts_of(context, command, *order));
  TRY(check_new(command, *order, facts));
  TRY(check_room(*order, facts.steps));

  TRY(const auto netting, net(context, *order, facts.steps));
  TRY(const auto reduction, reduction_of(command, facts, netting));
  // What closes is not shared.
  std::optional<Order> rest;
  if (reduction.steps != 0) rest.emplace(*order).reduced += reduction.steps;
  const Order& opening = rest ? *rest : *order;
  const core::Minor steps = facts.steps - reduction.steps;
  const core::Minor commission = facts.commission - reduction.commission;

  FillRecorded body{command.order, order->structure,      command.fill,
                    steps,         order->filled + steps, command.price};
  body.final = order->final || command.final || unfilled_steps(opening) == steps;
  body.late = order->final;
  if (commission != 0) body.commission = commission;
  if (reduction.steps != 0) body.reduction = reduction;
  After after{shared_steps(*order) + steps, {}, 0, body.final};
  TRY(after.price_steps, add_price(order->price_steps, command.price, steps));
  // The block's own sum differs once a fill is put right after a valuation; it must fit as well.
  TRY(add_price(order->block_price_steps, command.price, steps));
  TRY(after.commission, core::add(order->commission, commission));
  body.price_steps = after.price_steps;
  // A late fill of an order that was shared at one go: that is not done again.
  const bool on = body.late && !shares_live(order->residual);
  TRY(const auto targets,
      on ? targets_on(opening, after.filled) : targets_at(opening, after.filled, after.complete));
  if (!body.late) body.rotation = targets.rotation;
  Effects effects(context.effective_at);
  effects.add(body, {}, {order->structure.bytes});
  if (reduction.steps != 0) {
    TRY(add_netting(context, *order, command, netting, reduction, effects));
  }
  TRY(add_parts(context, command.order, *order, after, targets, {command.fill}, effects));
  return effects.take();
}

core::Result<> apply(State& state, const FillRecorded& body, const ledger::RecordView& record) {
  Order& order = state.blocks->orders.at(body.order);
  if (!order.closes.empty() && body.steps > 0) order.filled_after_close = true;
  TRY(order.price_steps, add_price(order.price_steps, body.price, body.steps));
  TRY(order.block_price_steps, add_price(order.block_price_steps, body.price, body.steps));
  // Volume of accounts is open with their own records.
  if (shares_results_only(order.method)) {
    TRY(order.open, core::add(order.open, body.steps));
  }
  order.filled = body.filled_steps;
  order.final = body.final;
  const FillFacts facts{body.steps, body.price, body.commission.value_or(0)};
  TRY(order.commission, core::add(order.commission, facts.commission));
  FillFacts told = facts;
  if (body.reduction) {
    told.steps += body.reduction->steps;
    told.commission += body.reduction->commission;
    TRY(order.reduced, core::add(order.reduced, body.reduction->steps));
  }
  const bool ends = body.final && !body.late && unfilled_steps(order) > 0;
  order.fills[body.fill] = {
      told, facts, ends, false, record.seq, body.reduction.has_value(), false, record.effective_at};
  note_open(*state.blocks, body.order);
  if (body.rotation) state.blocks->rotation[body.structure] = *body.rotation;
  return core::ok();
}

namespace {

core::Result<> book(State& state, const core::AccountId& account, OrderShare& share,
                    const std::optional<core::Minor>& commission,
                    const std::optional<ShareCompletion>& completed) {
  if (commission) {
    TRY(share.commission, core::add(share.commission, *commission));
  }
  if (!completed) return core::ok();
  TRY(share.extra, core::subtract(completed->extra_after, completed->extra_before));
  state.blocks->extra[account] = completed->extra_after;
  return core::ok();
}

}  // namespace

core::Result<> apply(State& state, const FillAllocated& body, const ledger::RecordView&) {
  Order& order = state.blocks->orders.at(body.order);
  OrderShare& share = order.shares.at(body.account);
  TRY(share.open, core::add(share.open, body.steps));
  TRY(order.open, core::add(order.open, body.steps));
  share.filled = body.allocated_steps;
  note_open(*state.blocks, body.order);
  return book(state, body.account, share, body.commission, body.completed);
}

core::Result<> apply(State& state, const AllocationCorrected& body, const ledger::RecordView&) {
  Order& order = state.blocks->orders.at(body.order);
  OrderShare& share = order.shares.at(body.account);
  TRY(share.open, core::add(share.open, body.steps));
  TRY(order.open, core::add(order.open, body.steps));
  TRY(order.error_open, core::add(order.error_open, body.error_steps));
  share.filled = body.allocated_steps;
  share.error = body.error_total;
  note_open(*state.blocks, body.order);
  return book(state, body.account, share, body.commission, body.completed);
}

}  // namespace engine::mam
