#include "engine/commission/tiers.h"

#include <algorithm>

#include "core/check.h"

namespace engine::commission {
namespace {

// The sum of volume x rate from nothing up to `volume`.
core::Rational marginal_sum(const core::Rational& first, const std::vector<Tier>& tiers,
                            const core::Rational& volume) {
  core::Rational sum;
  core::Rational begin;
  core::Rational rate = first;
  for (const Tier& tier : tiers) {
    if (volume <= tier.from) break;
    sum = add(sum, multiply(subtract(tier.from, begin), rate));
    begin = tier.from;
    rate = tier.rate;
  }
  return add(sum, multiply(subtract(volume, begin), rate));
}

}  // namespace

core::Rational rate_at(const core::Rational& first, const std::vector<Tier>& tiers,
                       const core::Rational& volume) {
  core::Rational rate = first;
  for (const Tier& tier : tiers) {
    if (volume < tier.from) break;
    rate = tier.rate;
  }
  return rate;
}

core::Rational tiered_rate(const core::Rational& first, const std::vector<Tier>& tiers,
                           TierMode mode, const core::Rational& before,
                           const core::Rational& lots) {
  CHECK(lots.sign() > 0);
  if (tiers.empty()) return first;
  const core::Rational volume = add(before, lots);
  if (mode == TierMode::Whole) return rate_at(first, tiers, volume);
  const core::Rational paid =
      subtract(marginal_sum(first, tiers, volume), marginal_sum(first, tiers, before));
  return divide(paid, lots).value();
}

}  // namespace engine::commission
