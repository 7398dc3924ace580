#include "engine/trading/hedges.h"

#include "engine/accounts.h"
#include "engine/instruments_state.h"
#include "engine/mam_state.h"

namespace engine::trading {
namespace {

std::vector<OpenVolume> open_volumes(const AccountRun& run) {
  const Context& context = run.context();
  std::vector<OpenVolume> out;
  const auto symbols = context.state.trading->symbols.find(run.id());
  if (symbols == context.state.trading->symbols.end()) return out;
  for (const auto& [name, symbol] : context.state.instruments->symbols) {
    if (!symbols->second.contains(symbol.ordinal)) continue;
    const core::Minor lots = context.books.balance(accounts::position(run.id(), symbol.ordinal),
                                                   accounts::lot_code(symbol.ordinal));
    if (lots != 0) out.push_back({name, lots});
  }
  return out;
}

// Of the group, with a part of the account that is open, or that may still be filled.
std::vector<core::OrderId> orders_of(const AccountRun& run) {
  std::vector<core::OrderId> out;
  const BlockOrders& blocks = *run.context().state.blocks;
  const auto open_orders = blocks.open.find(run.account().structure);
  if (open_orders == blocks.open.end()) return out;
  for (const core::OrderId& id : open_orders->second) {
    const Order& order = blocks.orders.at(id);
    const auto share = order.shares.find(run.id());
    if (share == order.shares.end()) continue;
    const core::Minor open = shares_results_only(order.method) ? order.open : share->second.open;
    if (open != 0 || !order.final) out.push_back(id);
  }
  return out;
}

}  // namespace

void warn_of_hedges(AccountRun& run, core::Minor equity_before) {
  const core::Minor after = run.equity();
  if (after == equity_before) return;
  HedgeWarning warning{run.id(), run.account().structure, run.account().client, equity_before,
                       after};
  warning.positions = open_volumes(run);
  warning.orders = orders_of(run);
  if (warning.positions.empty() && warning.orders.empty()) return;
  run.effects().add(warning, {}, run.subjects());
}

}  // namespace engine::trading
