#pragma once

#include "engine/fees/exact.h"

namespace engine::fees {

// What a withdrawal between two period ends makes payable of an accrued performance fee: the part
// that falls on the money that leaves, or all of it.
enum class Crystallisation { ProRata, Full };

// The fee that is payable when `withdrawn` in all, gross, has left at one price. `fee` is accrued
// on `equity`, both before the first withdrawal at that price. Charged is the difference from one
// withdrawal to the next. A pro-rata part is taken out of the withdrawal; the full fee is taken
// from the equity beside it.
//
// Rounding:   down.
// Guarantees: only the sum of the withdrawals counts; never above floor(fee); nothing if nothing is
//             withdrawn.
// Errors:     InvalidInput/not_positive if `withdrawn` is not from 0 to `equity`; Overflow.
// Source:     the managed-account rules, 3.1 and ruling 5 (WD-04).
core::Result<core::Minor> crystallised(Crystallisation rule, const Exact& fee, core::Minor equity,
                                       core::Minor withdrawn);

}  // namespace engine::fees
