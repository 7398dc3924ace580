// Closes of positions: of all that is open of a symbol on one side, whatever orders opened it.

#include "engine/mam/positions.h"

#include <algorithm>
#include <map>

#include "core/allocate.h"
#include "engine/currency/rounding.h"
#include "engine/instruments/contract.h"
#include "engine/lookup.h"
#include "engine/mam/allocation.h"
#include "engine/mam/closing.h"
#include "engine/mam/decide.h"
#include "engine/mam/own_currency.h"
#include "engine/mam/result.h"
#include "engine/money.h"
#include "engine/partners/decide.h"
#include "engine/trading/volume.h"
#include "engine/trading_state.h"

namespace engine::mam {
namespace {

using OpenOrders = std::vector<std::pair<core::OrderId, const Order*>>;

core::Result<core::Decimal> common_step(const OpenOrders& orders) {
  const core::Decimal step = orders.front().second->lot_step;
  const bool same = std::ranges::all_of(
      orders, [&](const auto& order) { return order.second->lot_step == step; });
  if (same) return step;
  return core::conflict("lot_steps_differ", "symbol",
                        "The position's orders have different lot steps; close them one by one "
                        "(record_close).");
}

core::Minor open_of(const OpenOrders& orders) {
  core::Minor open = 0;
  for (const auto& order : orders) open += order.second->open;
  return open;
}

// Ids are of 16 bytes; a platform's are of any length.
core::OrderId tie_id(const std::string& close) {
  const core::Hash hash = core::Sha256{}(core::as_bytes(close));
  core::OrderId id;
  std::copy_n(hash.bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

// The steps that each account closes: by largest remainder of what it has open of the position.
core::Result<std::map<core::AccountId, core::Minor>> shared_steps(const Context& context,
                                                                  const OpenOrders& orders,
                                                                  const std::string& close,
                                                                  core::Minor steps) {
  std::map<core::AccountId, core::Minor> open;
  for (const auto& [id, order] : orders) {
    for (const ClosingPart& part : open_parts(context, id, *order)) open[part.account] += part.open;
  }
  std::vector<std::pair<core::Hash, core::AccountId>> by_tie;
  for (const auto& [account, held] : open)
    by_tie.emplace_back(tie_of(tie_id(close), account), account);
  std::ranges::sort(by_tie);
  std::vector<core::Minor> weights;
  for (const auto& entry : by_tie) weights.push_back(open.at(entry.second));
  TRY(const auto parts, core::allocate(steps, weights));
  for (std::size_t i = 0; i < by_tie.size(); ++i) open.at(by_tie[i].second) = parts[i];
  return open;
}

// One order's part of the close. What an account closes is taken from its oldest orders.
struct OrderPart {
  core::OrderId id;
  const Order* order = nullptr;
  std::vector<ClosingPart> parts;
  core::Minor steps = 0;
};

std::vector<OrderPart> oldest_first(const Context& context, const OpenOrders& orders,
                                    std::map<core::AccountId, core::Minor> left) {
  std::vector<OrderPart> out;
  for (const auto& [id, order] : orders) {
    OrderPart part{id, order, open_parts(context, id, *order), 0};
    for (ClosingPart& one : part.parts) {
      core::Minor& rest = left.at(one.account);
      one.steps = std::min(one.open, rest);
      rest -= one.steps;
      part.steps += one.steps;
    }
    if (part.steps > 0) out.push_back(std::move(part));
  }
  return out;
}

core::Result<Earned> money_of(const ClosePosition& command, const std::string& currency) {
  Earned money;
  if (command.profit) {
    TRY(money.profit, signed_money(*command.profit, currency, "profit"));
  }
  TRY(money.swap, signed_money(command.swap, currency, "swap"));
  TRY(money.commission, signed_money(command.commission, currency, "commission"));
  return money;
}

// What each order's part earned is known from its own price, where its contract is; only what a
// platform's figure differs by is shared by steps.
core::Result<std::vector<core::Minor>> profits_of(const Context& context,
                                                  const ClosePosition& command, core::Minor total,
                                                  const std::vector<OrderPart>& parts,
                                                  const std::vector<core::Minor>& steps) {
  if (parts.size() == 1 || !command.profit) return core::allocate(total, steps);
  std::vector<core::Minor> profits;
  core::Minor rest = total;
  for (const OrderPart& part : parts) {
    CloseRecorded block;
    block.steps = part.steps;
    block.price = command.price;
    if (!work_out_profit(context, *part.order, command.conversion_rate, block)) {
      return core::conflict("profit_by_order", "profit",
                            "What each of the position's orders earned cannot be worked out: close "
                            "them one by one (record_close).");
    }
    profits.push_back(block.profit);
    TRY(rest, core::subtract(rest, block.profit));
  }
  TRY(const auto extra, core::allocate(rest, steps));
  for (std::size_t i = 0; i < profits.size(); ++i) profits[i] += extra[i];
  return profits;
}

core::Result<> add_orders(const Context& context, const ClosePosition& command, const Earned& money,
                          std::vector<OrderPart> parts, Effects& effects) {
  std::vector<core::Minor> weights;
  for (const OrderPart& part : parts) weights.push_back(part.steps);
  const std::string& currency = context.state.structures.at(command.structure).currency;
  core::Minor rounding = 0;
  TRY(const auto profits, profits_of(context, command, money.profit, parts, weights));
  TRY(const auto swaps, core::allocate(money.swap, weights));
  TRY(const auto commissions, core::allocate(money.commission, weights));
  partners::CloseAccruals accruals(context);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    OrderPart& part = parts[i];
    if (part.order->closes.contains(command.close)) {
      return core::conflict("duplicate_close", "close", "This close is recorded already.");
    }
    CloseRecorded block{part.id,
                        command.structure,
                        command.close,
                        part.steps,
                        part.order->open - part.steps,
                        command.price,
                        profits[i],
                        swaps[i],
                        commissions[i]};
    if (!command.profit) {
      TRY(work_out_profit(context, *part.order, command.conversion_rate, block));
    }
    TRY(add_close(context, *part.order, block, std::move(part.parts), accruals, effects));
    TRY(const auto rounded, add_rounding(*part.order, block, currency, effects));
    TRY(rounding, core::add(rounding, rounded));
  }
  return currency::watch_rounding(context, currency, rounding, effects);
}

}  // namespace

std::vector<std::pair<core::OrderId, const Order*>> open_orders(const Context& context,
                                                                const core::StructureId& structure,
                                                                const std::string& symbol) {
  OpenOrders out;
  const auto open = context.state.blocks->open.find(structure);
  if (open == context.state.blocks->open.end()) return out;
  for (const core::OrderId& id : open->second) {
    const Order& order = context.state.blocks->orders.at(id);
    // Where results alone are shared there is no position.
    if (order.open > 0 && order.symbol == symbol && !shares_results_only(order.method)) {
      out.emplace_back(id, &order);
    }
  }
  std::ranges::sort(out, {}, [](const auto& order) { return order.second->seq; });
  return out;
}

core::Result<std::vector<std::pair<core::OrderId, const Order*>>> open_position(
    const Context& context, const core::StructureId& structure, const std::string& symbol,
    Side side) {
  auto orders = open_orders(context, structure, symbol);
  std::erase_if(orders, [&](const auto& order) { return order.second->side != side; });
  for (const auto& order : orders) {
    TRY(check_shared(*order.second));
  }
  if (!orders.empty()) return orders;
  return core::conflict("no_position", "symbol",
                        "The structure has nothing open of this symbol on this side.");
}

core::Result<std::vector<Holding>> holdings_of(const Context& context, const OpenOrders& orders) {
  std::map<core::AccountId, core::Minor> volumes;
  for (const auto& [id, order] : orders) {
    TRY(const auto step, trading::step_volume(order->lot_step));
    for (const auto& [account, share] : order->shares) {
      if (share.open == 0) continue;
      TRY(const auto volume, core::multiply(share.open, step));
      core::Minor& sum = volumes[account];
      TRY(sum, core::add(sum, volume));
    }
  }
  std::vector<Holding> out;
  for (const auto& [account, volume] : volumes) {
    const TradingAccount& owner = context.state.trading->accounts.at(account);
    out.push_back({account, owner.client, owner.ordinal, volume});
  }
  std::ranges::sort(out, {}, &Holding::ordinal);
  return out;
}

core::Result<> check_event(const Context& context, const core::StructureId& structure,
                           const std::string& id, std::string_view field) {
  const auto known = context.state.blocks->position_events.find(structure);
  if (known == context.state.blocks->position_events.end() || !known->second.contains(id)) {
    return core::ok();
  }
  return core::conflict("duplicate_event", std::string(field),
                        "An event of this id is recorded on a position already.");
}

core::Result<> add_position_close(const Context& context, const ClosePosition& command,
                                  const OpenOrders& orders, Effects& effects) {
  PositionClosed closed{command, {}, 0, open_of(orders), 0};
  TRY(closed.lot_step, common_step(orders));
  TRY(closed.steps, trading::steps_of(command.lots, closed.lot_step));
  if (closed.steps > closed.open_steps) {
    return core::conflict("overclose", "lots",
                          "More would be closed than is open; " +
                              core::to_string(closed.open_steps) + " steps of " +
                              core::to_string(closed.lot_step) + " are.");
  }
  closed.open_steps -= closed.steps;
  TRY(auto steps, shared_steps(context, orders, command.close, closed.steps));
  auto parts = oldest_first(context, orders, std::move(steps));
  closed.orders = parts.size();
  TRY(const auto money, money_of(command, context.state.structures.at(command.structure).currency));
  effects.add(closed, {}, {command.structure.bytes});
  TRY(add_orders(context, command, money, std::move(parts), effects));
  return partners::accrue(context, effects, command.structure, command.close, command.lots);
}

Drafts decide(const Context& context, const ClosePosition& command) {
  TRY(find_structure(context, command.structure, Model::Mam));
  ClosePosition close = command;
  TRY(close.symbol, instruments::registered_name(context.state, command.symbol));
  TRY(trading::check_platform_id(command.close, "close"));
  TRY(check_event(context, command.structure, command.close, "close"));
  TRY(const auto orders, open_position(context, command.structure, close.symbol, command.side));
  Effects effects(context.effective_at);
  TRY(add_position_close(context, close, orders, effects));
  return effects.take();
}

void apply(State& state, const PositionClosed& body, const ledger::RecordView&) {
  state.blocks->position_events[body.position.structure].insert(body.position.close);
}

}  // namespace engine::mam
