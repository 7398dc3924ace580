#pragma once

#include <string_view>

#include "core/decimal.h"

namespace engine::fees {

// rate x amount, for a rate from 0 to 1. `field` names the rate in an error.
//
// Rounding: down.
// Errors:   InvalidInput/rate_range; InvalidInput/not_positive if the amount is below zero;
// Overflow.
core::Result<core::Minor> part_of(core::Minor amount, const core::Decimal& rate,
                                  std::string_view field);

}  // namespace engine::fees
