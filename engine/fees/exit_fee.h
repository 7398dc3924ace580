#pragma once

#include "core/decimal.h"

namespace engine::fees {

struct ExitTerms {
  core::Decimal exit_rate = {};     // Of every redemption.
  core::Decimal penalty_rate = {};  // Of one before the end of the lock-up; zero after it.
};

// What a redemption of `gross` comes to.
struct ExitCharges {
  core::Minor exit_fee = 0;
  core::Minor penalty = 0;
  core::Minor paid = 0;
};

// Exit fee and early-withdrawal penalty of a redemption, both of its gross amount. Out of that come
// first `crystallised`, the performance fee on it, then the exit fee, then the penalty, each as far
// as something is left.
//
// Rounding:   down.
// Guarantees: none is below zero, and with `crystallised` they sum to `gross`.
// Errors:     InvalidInput/rate_range if a rate is outside 0 to 1; InvalidInput/not_positive if
// `gross`
//             is below zero or `crystallised` is not from 0 to `gross`; Overflow.
// Source:     the managed-account rules, 3.3 and section 6, step 8; FEE-01-early-withdrawal.
core::Result<ExitCharges> exit_charges(core::Minor gross, core::Minor crystallised,
                                       const ExitTerms& terms);

}  // namespace engine::fees
