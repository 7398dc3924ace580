#include "engine/mam/volume.h"

#include "engine/accounts.h"
#include "engine/instruments_state.h"
#include "engine/mam_state.h"

namespace engine::mam {
namespace {

constexpr core::Decimal kDefaultLotStep{1, 2};

std::uint64_t symbol_of(const Context& context, const Order& order) {
  return context.state.instruments->symbols.at(order.symbol).ordinal;
}

}  // namespace

core::Decimal lot_step_of(const Offer& offer) {
  return offer.terms.lot_step.value_or(kDefaultLotStep);
}

core::Result<const Order*> find_order(const Context& context, const core::OrderId& order) {
  const auto found = context.state.blocks->orders.find(order);
  if (found != context.state.blocks->orders.end()) return &found->second;
  return core::not_found("unknown_order", "order",
                         "No such order was accepted; record accept_order first.");
}

core::Result<> check_unsplit(const Order& order) {
  if (order.split_numerator == order.split_denominator) return core::ok();
  return core::conflict("order_split", "order",
                        "The order's volume was split since: put its fills right by compensation.");
}

trading::PositionMoves position_moves(const Context& context, const Order& order) {
  return trading::PositionMoves(symbol_of(context, order), order.side, order.lot_step);
}

void move_house_position(const Context& context, const Order& order, core::Minor steps,
                         Postings& postings) {
  position_moves(context, order)
      .add(accounts::error_position(symbol_of(context, order)), steps, postings);
}

void open_house_position(const Context& context, const Order& order, Effects& effects) {
  const std::string position = accounts::error_position(symbol_of(context, order));
  if (!context.books.is_open(position)) {
    effects.open({account(position)}, {order.structure.bytes});
  }
}

core::Result<> check_overfill(const Order& order, core::Minor steps) {
  if (steps <= unfilled_steps(order)) return core::ok();
  return core::conflict("overfill", "lots",
                        "The order would be filled beyond its volume; " +
                            core::to_string(unfilled_steps(order)) + " steps of " +
                            core::to_string(order.lot_step) + " are left.");
}

}  // namespace engine::mam
