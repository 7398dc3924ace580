#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/context.h"
#include "engine/effects.h"

// Lots as whole steps, and as postings.
namespace engine::trading {

// A step in the smallest unit of a LOT commodity.
// Errors: InvalidInput/lot_step at `lot_step` if it is not above zero or finer than that.
core::Result<core::Minor> step_volume(const core::Decimal& lot_step);

// A volume above zero as a count of steps.
// Errors: InvalidInput/not_positive; InvalidInput/lot_step if it is no whole number of steps.
core::Result<core::Minor> steps_of(const core::Decimal& lots, const core::Decimal& lot_step);

// A platform's own id of a fill or close. Errors: InvalidInput/<field> unless it has 1 to 64 bytes.
core::Result<> check_platform_id(const std::string& id, std::string_view field);

// Adds `steps` to an account's position in the symbol of that ordinal, in the order's direction;
// negative steps close. The step was checked before (step_volume).
void move_position(std::uint64_t symbol, Side side, const core::Decimal& lot_step,
                   const core::AccountId& account, core::Minor steps, Postings& postings);
// The same for any account of positions.
void move_position(std::string position, std::uint64_t symbol, Side side,
                   const core::Decimal& lot_step, core::Minor steps, Postings& postings);

}  // namespace engine::trading
