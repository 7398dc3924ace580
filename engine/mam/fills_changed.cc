// Fills that are put right: amended, or annulled as if they had never been.

#include <algorithm>

#include "core/iso4217.h"
#include "engine/currency/rates.h"
#include "engine/effects.h"
#include "engine/instruments_state.h"
#include "engine/mam/allocation_target.h"
#include "engine/mam/decide.h"
#include "engine/mam/fills_parts.h"
#include "engine/mam/price.h"
#include "engine/mam/volume.h"
#include "engine/mam_state.h"
#include "engine/money.h"
#include "engine/trading/volume.h"
#include "engine/trading_state.h"

namespace engine::mam {
namespace {

constexpr std::size_t kReasonBytesMax = 200;

core::Result<> check_reason(const std::string& reason) {
  if (!reason.empty() && reason.size() <= kReasonBytesMax) return core::ok();
  return core::invalid("reason", "reason", "Say why in 1 to 200 bytes.");
}

core::Result<const OrderFill*> find_fill(const Order& order, const std::string& fill) {
  const auto found = order.fills.find(fill);
  if (found == order.fills.end()) {
    return core::not_found("unknown_fill", "fill", "The order has no such fill.");
  }
  if (found->second.busted) {
    return core::conflict("fill_busted", "fill", "This fill was annulled already.");
  }
  if (!found->second.reduced) return &found->second;
  return core::conflict("fill_reduced", "fill",
                        "A part of this fill closed positions of the other side; put what it did "
                        "right by compensate.");
}

// Whether an account that had a part by then was valued after the fill: its figures rest on it.
bool was_priced(const Context& context, const Order& order, const OrderFill& fill) {
  return std::ranges::any_of(order.shares, [&](const auto& share) {
    const auto& valued = context.state.trading->accounts.at(share.first).valued;
    return share.second.filled > 0 && valued && valued->seq > fill.seq;
  });
}

bool ends_by_word(const Order& order) {
  return std::ranges::any_of(order.fills, [](const auto& fill) { return fill.second.ends; });
}

// What so many steps gain by the better of two average prices. Rounding: down.
core::Result<std::optional<core::Minor>> difference_of(const Context& context, const Order& order,
                                                       const std::optional<core::Rational>& before,
                                                       const std::optional<core::Rational>& after,
                                                       core::Minor steps) {
  if (steps == 0) return std::optional(core::Minor{0});
  if (!order.contract_size || !before || !after) return std::optional<core::Minor>{};
  const auto move = order.side == Side::Buy ? subtract(*before, *after) : subtract(*after, *before);
  TRY(const auto moved, value_of(order, move, steps));
  const Structure& structure = context.state.structures.at(order.structure);
  const std::string& currency = structure.currency;
  TRY(const auto rate,
      currency::rate_for(context.state,
                         {context.state.instruments->symbols.at(order.symbol).currency,
                          currency,
                          context.effective_at,
                          {},
                          structure.server}));
  TRY(const auto value, currency::convert_exact(moved, rate));
  TRY(const auto minor,
      core::to_minor(value, *core::currency_scale(currency), core::Rounding::Floor));
  return std::optional(minor);
}

// Nobody's part changes; what each would have is said.
core::Result<> schedule(const Context& context, const FillChanged& body, const Order& order,
                        const Targets& targets, Effects& effects) {
  TRY(const auto total, commission_with(order, body.fill, body.commission));
  TRY(const auto commissions, commissions_of(order, targets, total));
  TRY(const auto before, average_price(order.price_steps, shared_steps(order)));
  TRY(const auto after, average_price(body.price_steps, body.filled_steps));
  TRY(const auto price, account_price(order.price_steps, shared_steps(order), order.price_digits));
  TRY(const auto price_after,
      account_price(body.price_steps, body.filled_steps, order.price_digits));
  std::size_t index = 0;
  for (const auto& [account, share] : order.shares) {
    const core::Minor would = targets.shares[index].account;
    const core::Minor commission = commissions[index];
    ++index;
    if (share.filled == 0 && would == 0) continue;
    const core::PartyId& client = share.client;
    CompensationScheduled due{body.order,  body.fill,    account, order.structure,
                              client,      share.filled, would,   price,
                              price_after, {},           0};
    TRY(due.difference,
        difference_of(context, order, before, after, std::min(share.filled, would)));
    // `before` never moves, so the difference is of all changes together; so is the commission's.
    if (share.owed != 0) due.owed_before = share.owed;
    if (commission != share.commission) {
      due.commission = share.commission;
      due.counterfactual_commission = commission;
    }
    TRY(auto owed, core::subtract(commission, share.commission));
    TRY(owed, core::add(owed, due.difference.value_or(0)));
    TRY(owed, core::subtract(owed, share.owed));
    due.owed = std::max(owed, core::Minor{0});
    effects.add(due, {}, {client.bytes, order.structure.bytes});
  }
  return core::ok();
}

Drafts change(const Context& context, const core::OrderId& id, const Order& order,
              const OrderFill& fill, FillChanged body) {
  const core::Minor more = body.steps - body.steps_before;
  TRY(check_overfill(order, more));
  if (shares_results_only(order.method) && order.open + more < 0) {
    return core::conflict("closed_volume", "lots",
                          "Volume that is closed would have to be taken back; put the closes right "
                          "first.");
  }
  // What was closed at the old price can be put right by compensation alone.
  const bool repriced = more == 0 && fill.now.price != body.price && !order.closes.empty();
  body.priced = fill.apart || was_priced(context, order, fill) || repriced;
  body.filled_steps = order.filled + more;
  const FillFacts now{body.steps, body.price, body.commission};
  TRY(body.price_steps, replace_price(order.block_price_steps, fill.now, now));
  body.final = ends_by_word(order) || more == unfilled_steps(order);
  Effects effects(context.effective_at);
  if (body.priced) {
    body.error_steps = more;
    Postings postings;
    if (more != 0 && !shares_results_only(order.method)) {
      open_house_position(context, order, effects);
      move_house_position(context, order, more, postings);
    }
    effects.add(body, std::move(postings), {order.structure.bytes});
    TRY(const auto targets, targets_after(order, body.filled_steps, body.final));
    TRY(schedule(context, body, order, targets, effects));
    return effects.take();
  }
  effects.add(body, {}, {order.structure.bytes});
  After after{shared_steps(order) + more, {}, 0, body.final};
  TRY(after.price_steps, replace_price(order.price_steps, fill.now, now));
  TRY(after.commission, core::add(order.commission, body.commission - body.commission_before));
  const Cause cause{body.fill, body.change == FillChange::Busted ? CorrectionReason::Busted
                                                                 : CorrectionReason::Amended};
  TRY(const auto targets, targets_after(order, after.filled, body.final));
  TRY(add_parts(context, id, order, after, targets, cause, effects));
  return effects.take();
}

FillChanged changed(const core::OrderId& id, const Order& order, const std::string& name,
                    const OrderFill& fill, FillChange change, const std::string& reason) {
  FillChanged body;
  body.order = id;
  body.structure = order.structure;
  body.fill = name;
  body.change = change;
  body.fill_seq = fill.seq;
  body.steps_before = fill.now.steps;
  body.price_before = fill.now.price;
  body.price = fill.now.price;
  body.commission_before = fill.now.commission;
  body.reason = reason;
  return body;
}

}  // namespace

Drafts decide(const Context& context, const AmendFill& command) {
  TRY(const Order* order, find_order(context, command.order));
  TRY(check_unsplit(*order));
  TRY(const OrderFill* fill, find_fill(*order, command.fill));
  TRY(check_reason(command.reason));
  FillChanged body =
      changed(command.order, *order, command.fill, *fill, FillChange::Amended, command.reason);
  TRY(body.steps, trading::steps_of(command.lots, order->lot_step));
  body.price = command.price;
  if (command.commission) {
    TRY(body.commission,
        signed_money(*command.commission, context.state.structures.at(order->structure).currency,
                     "commission"));
  }
  return change(context, command.order, *order, *fill, std::move(body));
}

Drafts decide(const Context& context, const BustFill& command) {
  TRY(const Order* order, find_order(context, command.order));
  TRY(check_unsplit(*order));
  TRY(const OrderFill* fill, find_fill(*order, command.fill));
  TRY(check_reason(command.reason));
  return change(
      context, command.order, *order, *fill,
      changed(command.order, *order, command.fill, *fill, FillChange::Busted, command.reason));
}

core::Result<> apply(State& state, const FillChanged& body, const ledger::RecordView&) {
  Order& order = state.blocks->orders.at(body.order);
  OrderFill& fill = order.fills.at(body.fill);
  const FillFacts before = fill.now;
  fill.now = {body.steps, body.price, body.commission};
  fill.busted = body.change == FillChange::Busted;
  const core::Minor more = body.steps - body.steps_before;
  order.filled = body.filled_steps;
  order.block_price_steps = body.price_steps;
  order.final = body.final;
  if (!order.closes.empty() && (more != 0 || before.price != body.price)) {
    order.filled_after_close = true;
  }
  if (shares_results_only(order.method)) order.open += more;
  note_open(*state.blocks, body.order);
  if (body.priced) {
    fill.apart = true;
    TRY(order.house_steps, core::add(order.house_steps, body.error_steps));
    TRY(order.error_open, core::add(order.error_open, body.error_steps));
    return core::ok();
  }
  TRY(order.price_steps, replace_price(order.price_steps, before, fill.now));
  TRY(order.commission, core::add(order.commission, body.commission - body.commission_before));
  return core::ok();
}

// compensate pays it.
core::Result<> apply(State& state, const CompensationScheduled& body, const ledger::RecordView&) {
  OrderShare& share = state.blocks->orders.at(body.order).shares.at(body.account);
  TRY(share.owed, core::add(share.owed, body.owed));
  return core::ok();
}

}  // namespace engine::mam
