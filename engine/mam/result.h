#pragma once

#include <optional>
#include <string>

#include "engine/effects.h"
#include "engine/mam/volume.h"
#include "engine/mam_records.h"

// What a close earned, worked out from prices where the platform does not say.
namespace engine::mam {

// Sets the block's profit from its price and steps: at the price that every account has, so that
// nobody's result depends on which physical fill was his; in the group's currency.
//
// Rounding: half even, once.
// Errors:   InvalidInput/missing_field at `profit` if the order has no contract; Conflict/no_rate,
//           rate_gap; Overflow.
core::Result<> work_out_profit(const Context& context, const Order& order,
                               const std::optional<core::Decimal>& conversion_rate,
                               CloseRecorded& block);

// Row 22: what the same is at the exact average price, less that, goes to the rounding account;
// nothing if they are equal. Gives what it moved, for currency::watch_rounding. Errors: Overflow.
core::Result<core::Minor> add_rounding(const Order& order, const CloseRecorded& block,
                                       const std::string& currency, Effects& effects);

}  // namespace engine::mam
