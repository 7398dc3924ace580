#include "engine/mam/volume.h"

#include "engine/instruments_state.h"
#include "engine/mam_state.h"
#include "engine/trading/volume.h"

namespace engine::mam {
namespace {

constexpr core::Decimal kDefaultLotStep{1, 2};

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

void move_position(const Context& context, const Order& order, const core::AccountId& account,
                   core::Minor steps, Postings& postings) {
  trading::move_position(context.state.instruments->symbols.at(order.symbol).ordinal, order.side,
                         order.lot_step, account, steps, postings);
}

}  // namespace engine::mam
