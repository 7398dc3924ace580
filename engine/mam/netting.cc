#include "engine/mam/netting.h"

#include <algorithm>

#include "core/amount.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/mam/allocation_target.h"
#include "engine/mam/positions.h"
#include "engine/trading/volume.h"
#include "engine/trading_state.h"

namespace engine::mam {
namespace {

Side other_side(Side side) { return side == Side::Buy ? Side::Sell : Side::Buy; }

// All accounts of a group keep positions alike (open_trading_account).
bool nets(const Context& context, const core::StructureId& structure) {
  const auto& accounts = context.state.structures.at(structure).accounts;
  return !accounts.empty() &&
         context.state.trading->accounts.at(accounts.front()).mode == PositionMode::Netting;
}

}  // namespace

core::Result<Netting> net(const Context& context, const Order& order, core::Minor steps) {
  Netting netting;
  if (shares_results_only(order.method) || !nets(context, order.structure)) return netting;
  netting.orders = open_orders(context, order.structure, order.symbol);
  std::erase_if(netting.orders, [&](const auto& one) {
    const Order& open = *one.second;
    return open.side == order.side || (!shares_live(open.residual) && !open.final);
  });
  for (const auto& [id, open] : netting.orders) {
    if (open->lot_step != order.lot_step) {
      return core::conflict("lot_steps_differ", "lots",
                            "The fill would reduce a position whose orders have another lot step; "
                            "close them one by one (record_close) first.");
    }
    TRY(netting.steps, core::add(netting.steps, open->open));
  }
  netting.steps = std::min(netting.steps, steps);
  return netting;
}

core::Result<core::Minor> reducible_steps(const Context& context, const Planned& order) {
  const core::StructureId& structure = order.command.structure;
  const auto open = context.state.blocks->open.find(structure);
  if (open == context.state.blocks->open.end() || shares_results_only(order.method) ||
      !nets(context, structure)) {
    return core::Minor{0};
  }
  core::Minor steps = 0;
  for (const core::OrderId& id : open->second) {
    const Order& one = context.state.blocks->orders.at(id);
    if (one.symbol != order.registered_symbol || shares_results_only(one.method)) continue;
    if (one.lot_step != order.lot_step) return core::Minor{0};
    if (one.side == order.command.side) {
      // What is ordered already reduces first, and what it opened is no position to reduce.
      if (!one.final) {
        TRY(steps, core::subtract(steps, unfilled_steps(one)));
      }
    } else if (shares_live(one.residual) || one.final) {
      TRY(steps, core::add(steps, one.open));
    }
  }
  return std::max(steps, core::Minor{0});
}

core::Result<> add_netting(const Context& context, const Order& order, const RecordFill& command,
                           const Netting& netting, const FillReduction& reduction,
                           Effects& effects) {
  ClosePosition close;
  close.structure = order.structure;
  close.symbol = order.symbol;
  close.side = other_side(order.side);
  // Its own id space: a platform numbers the fills of an order as it likes.
  close.close = command.order.hex() + "/" + command.fill;
  TRY(const auto step, trading::step_volume(order.lot_step));
  TRY(const auto volume, core::multiply(netting.steps, step));
  close.lots = core::to_decimal(volume, kLotScale);
  close.price = command.price;
  close.profit = command.profit;
  close.conversion_rate = command.conversion_rate;
  const std::string& currency = context.state.structures.at(order.structure).currency;
  close.commission = core::to_decimal(reduction.commission, *core::currency_scale(currency));
  return add_position_close(context, close, netting.orders, effects);
}

}  // namespace engine::mam
