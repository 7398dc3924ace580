#pragma once

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/mam_state.h"
#include "engine/trading/volume.h"

// Orders and what they move.
namespace engine::mam {

// The smallest volume of an offer.
core::Decimal lot_step_of(const Offer& offer);

// Errors: NotFound/unknown_order.
core::Result<const Order*> find_order(const Context& context, const core::OrderId& order);

// Fills are told in lots as they were: after a split nothing of an order's filling can change.
// Errors: Conflict/order_split.
core::Result<> check_unsplit(const Order& order);

// How an order's steps move accounts' positions.
trading::PositionMoves position_moves(const Context& context, const Order& order);

// Adds `steps` of an order to the position that the house took over; negative steps close.
void move_house_position(const Context& context, const Order& order, core::Minor steps,
                         Postings& postings);
// Opens the house's position in the order's symbol, if it is not open.
void open_house_position(const Context& context, const Order& order, Effects& effects);

// Errors: Conflict/overfill if so many more steps go beyond the order.
core::Result<> check_overfill(const Order& order, core::Minor steps);

}  // namespace engine::mam
