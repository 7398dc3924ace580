#pragma once

#include <string>
#include <string_view>

#include "engine/context.h"
#include "engine/effects.h"

// Lots as whole steps, and as postings.
namespace engine::mam {

// The smallest volume of an offer.
core::Decimal lot_step_of(const Offer& offer);

// A step in the smallest unit of a LOT commodity.
// Errors: InvalidInput/lot_step if the step is finer than that.
core::Result<core::Minor> step_volume(const core::Decimal& lot_step);

// A volume above zero as a count of steps.
// Errors: InvalidInput/not_positive; InvalidInput/lot_step if it is no whole number of steps.
core::Result<core::Minor> steps_of(const core::Decimal& lots, const core::Decimal& lot_step);

// Errors: NotFound/unknown_order.
core::Result<const Order*> find_order(const Context& context, const core::OrderId& order);

// A platform's own id of a fill or close. Errors: InvalidInput/<field> unless it has 1 to 64 bytes.
core::Result<> check_platform_id(const std::string& id, std::string_view field);

// Adds `steps` of an order to an account's position, in its direction; negative steps close.
void move_position(const Context& context, const Order& order, const core::AccountId& account,
                   core::Minor steps, Postings& postings);

}  // namespace engine::mam
