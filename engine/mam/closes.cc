// Closes of block orders, shared by the open volume that was recorded for each account.

#include <algorithm>

#include "core/allocate.h"
#include "engine/accounts.h"
#include "engine/currency/rounding.h"
#include "engine/effects.h"
#include "engine/lookup.h"
#include "engine/mam/allocation.h"
#include "engine/mam/allocation_target.h"
#include "engine/mam/closing.h"
#include "engine/mam/decide.h"
#include "engine/mam/own_currency.h"
#include "engine/mam/partner_closes.h"
#include "engine/mam/result.h"
#include "engine/mam/volume.h"
#include "engine/mam_state.h"
#include "engine/money.h"
#include "engine/partners/decide.h"
#include "engine/trading/volume.h"
#include "engine/trading_state.h"

namespace engine::mam {
namespace {

std::vector<core::Minor> column(const std::vector<ClosingPart>& parts,
                                core::Minor ClosingPart::*field) {
  std::vector<core::Minor> values(parts.size());
  std::ranges::transform(parts, values.begin(), field);
  return values;
}

core::Result<> check_close(const RecordClose& command, const Order& order, core::Minor steps) {
  TRY(trading::check_platform_id(command.close, "close"));
  if (order.closes.contains(command.close)) {
    return core::conflict("duplicate_close", "close", "This close is recorded already.");
  }
  TRY(check_shared(order));
  if (steps <= order.open) return core::ok();
  return core::conflict("overclose", "lots",
                        "More would be closed than is open; " + core::to_string(order.open) +
                            " steps of " + core::to_string(order.lot_step) + " are.");
}

// Where results alone are shared nobody has volume: each has his weight's part of the money.
std::vector<ClosingPart> weighted_parts(const Context& context, const core::OrderId& id,
                                        const Order& order) {
  std::vector<ClosingPart> parts;
  for (const auto& [account, share] : order.shares) {
    const TradingAccount& owner = context.state.trading->accounts.at(account);
    parts.push_back({account, owner.client, owner.ordinal, tie_of(id, account)});
    parts.back().weight = share.weight;
  }
  return parts;
}

// Shares the steps by largest remainder of what is open, so that closing all leaves zero
// everywhere.
core::Result<std::vector<ClosingPart>> closing_parts(const Context& context,
                                                     const core::OrderId& id, const Order& order,
                                                     core::Minor steps) {
  if (shares_results_only(order.method)) return weighted_parts(context, id, order);
  auto parts = open_parts(context, id, order);
  TRY(const auto shared, core::allocate(steps, column(parts, &ClosingPart::open)));
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i].steps = shared[i];
  return parts;
}

// Splits one sum of money by weight.
core::Result<> split_money(core::Minor total, core::Minor ClosingPart::*field,
                           std::vector<ClosingPart>& parts) {
  TRY(const auto shared, core::allocate(total, column(parts, &ClosingPart::weight)));
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i].*field = shared[i];
  return core::ok();
}

}  // namespace

std::vector<ClosingPart> open_parts(const Context& context, const core::OrderId& id,
                                    const Order& order) {
  std::vector<ClosingPart> parts;
  for (const auto& [account, share] : order.shares) {
    if (share.open == 0) continue;
    const TradingAccount& owner = context.state.trading->accounts.at(account);
    parts.push_back(
        {account, owner.client, owner.ordinal, tie_of(id, account), share.open, 0, 0, 0, 0});
  }
  std::ranges::sort(parts, {}, &ClosingPart::tie);
  return parts;
}

core::Result<> add_close(const Context& context, const Order& order, const CloseRecorded& block,
                         std::vector<ClosingPart> parts, partners::CloseAccruals& accruals,
                         Effects& effects) {
  for (ClosingPart& part : parts) {
    if (!shares_results_only(order.method)) part.weight = part.steps;
  }
  std::erase_if(parts, [](const ClosingPart& part) { return part.weight == 0; });
  std::ranges::sort(parts, {}, &ClosingPart::ordinal);
  TRY(split_money(block.profit, &ClosingPart::profit, parts));
  TRY(split_money(block.swap, &ClosingPart::swap, parts));
  TRY(split_money(block.commission, &ClosingPart::commission, parts));
  effects.add(block, {}, {order.structure.bytes});
  effects.expect(parts.size());
  const auto moves = position_moves(context, order);
  for (const ClosingPart& part : parts) {
    const Earned earned{part.profit, part.swap, part.commission};
    TRY(const auto own, own_currency(context, part.account, earned));
    TRY(auto postings, postings_of(context, part.account, earned, own));
    moves.add(part.account, -part.steps, postings);
    effects.add(CloseAllocated{block.order, block.close, part.account, order.structure, part.client,
                               part.steps, part.open - part.steps, part.profit, part.swap,
                               part.commission, own},
                std::move(postings), {part.client.bytes, order.structure.bytes});
  }
  return pay_partners(context, order, block, parts, accruals, effects);
}

core::Result<> check_shared(const Order& order) {
  if (shares_live(order.residual) || order.final) return core::ok();
  return core::conflict("not_allocated", "order",
                        "The order is shared out with its final fill; record that first.");
}

Drafts decide(const Context& context, const RecordClose& command) {
  TRY(const Order* order, find_order(context, command.order));
  TRY(const auto steps, trading::steps_of(command.lots, order->lot_step));
  TRY(check_close(command, *order, steps));
  const std::string& currency = context.state.structures.at(order->structure).currency;
  CloseRecorded block{command.order,
                      order->structure,
                      command.close,
                      steps,
                      order->open - steps,
                      command.price,
                      0,
                      0,
                      0};
  if (command.profit) {
    TRY(block.profit, signed_money(*command.profit, currency, "profit"));
  } else {
    TRY(work_out_profit(context, *order, command.conversion_rate, block));
  }
  TRY(block.swap, signed_money(command.swap, currency, "swap"));
  TRY(block.commission, signed_money(command.commission, currency, "commission"));
  Effects effects(context.effective_at);
  TRY(auto parts, closing_parts(context, command.order, *order, steps));
  partners::CloseAccruals accruals(context);
  TRY(add_close(context, *order, block, std::move(parts), accruals, effects));
  TRY(const auto rounding, add_rounding(*order, block, currency, effects));
  TRY(currency::watch_rounding(context, currency, rounding, effects));
  TRY(partners::accrue(context, effects, order->structure, command.close, command.lots));
  return effects.take();
}

void apply(State& state, const CloseRecorded& body, const ledger::RecordView&) {
  Order& order = state.blocks->orders.at(body.order);
  order.open = body.open_steps;
  order.closes.insert(body.close);
  note_open(*state.blocks, body.order);
}

core::Result<> apply(State& state, const CloseAllocated& body, const ledger::RecordView&) {
  Order& order = state.blocks->orders.at(body.order);
  OrderShare& share = order.shares.at(body.account);
  TRY(const auto commission, commission_of(share, body.steps));
  TRY(share.commission_closed, core::add(share.commission_closed, commission));
  share.open = body.open_steps;
  TRY(const auto step, trading::step_volume(order.lot_step));
  TRY(const auto volume, core::multiply(body.steps, step));
  return partners::add_volume(state, body.structure, body.client, volume);
}

}  // namespace engine::mam
