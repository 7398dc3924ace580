#pragma once

#include <optional>

#include "engine/client_money_state.h"

// The days for which client money has to be calculated, and by when.
namespace engine::client_money {

bool is_required(const SetSegregationRule& rule, core::Date date);
// The first instant at which the calculation of `date` is late.
core::Instant cut_off_of(const SetSegregationRule& rule, core::Date date);
// The first required day after what was calculated and what is known to be missing; nothing if no
// day is required.
std::optional<core::Date> next_due(const SegregationStanding& standing);

}  // namespace engine::client_money
