#pragma once

#include <vector>

#include "core/result.h"
#include "engine/investor.h"

// The restore stack of an investor: money that left below his mark, newest last, with the loss that
// left with it.
namespace engine::charging {

// Takes `amount` of returning money off the restore stack, newest first, and gives the loss that
// comes back with it. Errors: Overflow.
core::Result<core::Minor> pop_released(std::vector<ReleasedLoss>& stack, core::Minor amount);

// The same for a record: it says how much loss came back with `amount`.
void take_released(std::vector<ReleasedLoss>& stack, core::Minor amount, core::Minor loss);

// Puts money that left below its mark on the restore stack; what left at one rollover is one entry,
// however many requests it took.
void push_released(std::vector<ReleasedLoss>& stack, const ReleasedLoss& released);

}  // namespace engine::charging
