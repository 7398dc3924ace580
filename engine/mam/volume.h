#pragma once

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/mam_state.h"

// Orders and what they move.
namespace engine::mam {

// The smallest volume of an offer.
core::Decimal lot_step_of(const Offer& offer);

// Errors: NotFound/unknown_order.
core::Result<const Order*> find_order(const Context& context, const core::OrderId& order);

// Adds `steps` of an order to an account's position, in its direction; negative steps close.
void move_position(const Context& context, const Order& order, const core::AccountId& account,
                   core::Minor steps, Postings& postings);

}  // namespace engine::mam
