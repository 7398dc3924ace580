#pragma once

#include <vector>

#include "core/rational.h"

// Rates that change with the volume of a month.
// Source: the managed-account rules, 5.1.
namespace engine::commission {

// A rate from a volume on, in lots of the window.
struct Tier {
  core::Rational from;
  core::Rational rate;
};

enum class TierMode {
  Whole,    // A deal has the rate of the tier that the window reaches with it, in full.
  Marginal  // Each part of a deal has the rate of the tier it lies in.
};

// The rate for a deal of `lots` above zero, in a window that held `before`. `first` is the rate
// below the first tier; tiers ascend.
//
// Guarantees: the amount of several deals at one time does not depend on their order in marginal
//             mode. In whole mode it does: the deal that reaches a tier is paid by it in full, and
//             those before it keep their rate until the window is topped up.
core::Rational tiered_rate(const core::Rational& first, const std::vector<Tier>& tiers,
                           TierMode mode, const core::Rational& before, const core::Rational& lots);

// The rate of the tier that a volume reaches.
core::Rational rate_at(const core::Rational& first, const std::vector<Tier>& tiers,
                       const core::Rational& volume);

}  // namespace engine::commission
