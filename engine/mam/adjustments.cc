// Money and splits on open positions, shared by what each account has open.

#include <utility>

#include "core/allocate.h"
#include "engine/effects.h"
#include "engine/instruments/contract.h"
#include "engine/instruments_state.h"
#include "engine/lookup.h"
#include "engine/mam/closing.h"
#include "engine/mam/decide.h"
#include "engine/mam/own_currency.h"
#include "engine/mam/positions.h"
#include "engine/money.h"
#include "engine/trading/volume.h"

namespace engine::mam {
namespace {

// Dividends are of the instrument, so they are a part of the trading result; the rest is financing.
Earned earned_of(AdjustmentKind kind, core::Minor amount) {
  return kind == AdjustmentKind::Dividend ? Earned{amount, 0, 0} : Earned{0, amount, 0};
}

// Far above any split there was, and small enough that volumes times it fit.
constexpr std::uint64_t kSplitMax = 1'000'000;

struct Ratio {
  core::Minor numerator = 1;
  core::Minor denominator = 1;
};

// The splits of an order so far and one more, in lowest terms. Errors: Overflow.
core::Result<Ratio> split_again(const Order& order, std::uint64_t numerator,
                                std::uint64_t denominator) {
  Ratio ratio;
  TRY(ratio.numerator, core::multiply(order.split_numerator, static_cast<core::Minor>(numerator)));
  TRY(ratio.denominator,
      core::multiply(order.split_denominator, static_cast<core::Minor>(denominator)));
  core::Minor common = ratio.numerator;
  for (core::Minor rest = ratio.denominator; rest != 0;) {
    common = std::exchange(rest, common % rest);
  }
  return Ratio{ratio.numerator / common, ratio.denominator / common};
}

core::Result<> check_split(const SplitPosition& command) {
  const auto in_range = [](std::uint64_t n) { return n >= 1 && n <= kSplitMax; };
  if (in_range(command.numerator) && in_range(command.denominator) &&
      command.numerator != command.denominator) {
    return core::ok();
  }
  return core::invalid("split", "numerator",
                       "Numerator and denominator are 1 to 1,000,000 and not equal.");
}

core::Result<> check_final(const Order& order) {
  if (order.error_open != 0 || order.house_steps != 0) {
    return core::conflict("order_working", "symbol",
                          "The house has a part of an order in this symbol; close it (close_error) "
                          "before the split.");
  }
  if (order.final) return core::ok();
  return core::conflict("order_working", "symbol",
                        "An order in this symbol is not final; end it (record_fill with final) "
                        "before the split.");
}

// One order's split. Postings of a lot account move by what the volume changed.
core::Result<> split_order(const Context& context, const SplitPosition& command,
                           const core::OrderId& id, const Order& order, core::Minor cash,
                           Effects& effects) {
  // Whatever is recorded can be applied.
  TRY(split_again(order, command.numerator, command.denominator));
  const auto times = static_cast<core::Minor>(command.numerator);
  const auto by = static_cast<core::Minor>(command.denominator);
  OrderSplit split{
      id,  command.structure, command.split, command.numerator, command.denominator, order.open, 0,
      cash};
  TRY(const auto step, trading::step_volume(order.lot_step));
  TRY(split.steps_after, core::multiply_divide(order.open, times, by, core::Rounding::Floor));
  TRY(core::multiply(split.steps_after, step));
  const auto parts = open_parts(context, id, order);
  std::vector<core::Minor> open;
  for (const ClosingPart& part : parts) open.push_back(part.open);
  TRY(const auto after, core::allocate(split.steps_after, open));
  TRY(const auto cash_parts, core::allocate(cash, open));
  effects.add(split, {}, {command.structure.bytes});
  const auto moves = position_moves(context, order);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Earned earned{cash_parts[i], 0, 0};
    TRY(const auto own, own_currency(context, parts[i].account, earned));
    TRY(auto postings, postings_of(context, parts[i].account, earned, own));
    moves.add(parts[i].account, after[i] - open[i], postings);
    effects.add(SplitAllocated{id, command.structure, parts[i].account, parts[i].client,
                               command.split, open[i], after[i], cash_parts[i], own},
                std::move(postings), {parts[i].client.bytes, command.structure.bytes});
  }
  return core::ok();
}

}  // namespace

Drafts decide(const Context& context, const AdjustPosition& command) {
  TRY(const Structure* structure, find_structure(context, command.structure, Model::Mam));
  TRY(const auto symbol, instruments::registered_name(context.state, command.symbol));
  TRY(trading::check_platform_id(command.adjustment, "adjustment"));
  TRY(check_event(context, command.structure, command.adjustment, "adjustment"));
  TRY(const auto orders, open_position(context, command.structure, symbol, command.side));
  PositionAdjusted adjusted{command, 0, 0};
  adjusted.adjusted.symbol = symbol;
  TRY(adjusted.amount, signed_money(command.amount, structure->currency, "amount"));
  TRY(const auto holdings, holdings_of(context, orders));
  std::vector<core::Minor> volumes;
  for (const Holding& holding : holdings) {
    volumes.push_back(holding.volume);
    TRY(adjusted.open_volume, core::add(adjusted.open_volume, holding.volume));
  }
  TRY(const auto parts, core::allocate(adjusted.amount, volumes));
  Effects effects(context.effective_at);
  effects.add(adjusted, {}, {command.structure.bytes});
  for (std::size_t i = 0; i < holdings.size(); ++i) {
    if (parts[i] == 0) continue;
    const Holding& one = holdings[i];
    const Earned earned = earned_of(command.kind, parts[i]);
    TRY(const auto own, own_currency(context, one.account, earned));
    TRY(auto postings, postings_of(context, one.account, earned, own));
    effects.add(AdjustmentAllocated{command.structure, one.account, one.client, command.adjustment,
                                    command.kind, one.volume, parts[i], own},
                std::move(postings), {one.client.bytes, command.structure.bytes});
  }
  return effects.take();
}

Drafts decide(const Context& context, const SplitPosition& command) {
  TRY(const Structure* structure, find_structure(context, command.structure, Model::Mam));
  TRY(const auto symbol, instruments::registered_name(context.state, command.symbol));
  TRY(trading::check_platform_id(command.split, "split"));
  TRY(check_event(context, command.structure, command.split, "split"));
  TRY(check_split(command));
  const auto orders = open_orders(context, command.structure, symbol);
  if (orders.empty()) {
    return core::conflict("no_position", "symbol",
                          "The structure has nothing open of this symbol.");
  }
  core::Minor cash = 0;
  if (command.cash) {
    TRY(cash, signed_money(*command.cash, structure->currency, "cash"));
  }
  std::vector<core::Minor> open;  // In 1e-8 lots: orders may differ in their steps.
  for (const auto& [id, order] : orders) {
    TRY(check_final(*order));
    if (cash != 0 && order->side != orders.front().second->side) {
      return core::conflict("both_sides", "cash",
                            "The symbol is open on both sides, which lose by a fraction where the "
                            "others gain; book the cash by adjust_position for each side.");
    }
    TRY(const auto step, trading::step_volume(order->lot_step));
    TRY(const auto volume, core::multiply(order->open, step));
    open.push_back(volume);
  }
  TRY(const auto cash_parts, core::allocate(cash, open));
  Effects effects(context.effective_at);
  for (std::size_t i = 0; i < orders.size(); ++i) {
    TRY(split_order(context, command, orders[i].first, *orders[i].second, cash_parts[i], effects));
  }
  return effects.take();
}

void apply(State& state, const PositionAdjusted& body, const ledger::RecordView&) {
  state.blocks->position_events[body.adjusted.structure].insert(body.adjusted.adjustment);
}

core::Result<> apply(State& state, const OrderSplit& body, const ledger::RecordView&) {
  state.blocks->position_events[body.structure].insert(body.split);
  Order& order = state.blocks->orders.at(body.order);
  order.open = body.steps_after;
  note_open(*state.blocks, body.order);
  TRY(const auto ratio, split_again(order, body.numerator, body.denominator));
  order.split_numerator = ratio.numerator;
  order.split_denominator = ratio.denominator;
  return core::ok();
}

void apply(State& state, const SplitAllocated& body, const ledger::RecordView&) {
  state.blocks->orders.at(body.order).shares.at(body.account).open = body.steps_after;
}

}  // namespace engine::mam
