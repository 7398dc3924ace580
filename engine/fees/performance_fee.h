#pragma once

#include <optional>

#include "engine/fees/tiers.h"

namespace engine::fees {

// Hard: a fee on what lies above the threshold alone. Soft: once above it, on all above the mark.
// CatchUp: as soft, but never more than `catch_up` of what lies above the threshold.
enum class HurdleMode { Hard, Soft, CatchUp };

struct HurdleTerms {
  HurdleMode mode = HurdleMode::Hard;
  // The manager's part of the gain just above the threshold, above 0 up to 1 (full catch-up); for
  // CatchUp alone.
  core::Decimal catch_up{1, 0};
};

struct PerformanceTerms {
  TierTable tiers;
  std::optional<HurdleTerms> hurdle;
};

struct PerformanceFee {
  Exact fee;        // Not rounded; charged is its floor.
  Exact base;       // The gain that it is taken on; nothing without a fee.
  Exact threshold;  // Mark and hurdle.
  // There is a gain above the mark, and no fee because it does not pass the threshold.
  bool blocked = false;
};

// The performance fee on an equity of `equity` before the fee.
//
//   no hurdle   the tiers' rate on (H, E]            H: mark, E: equity
//   hard        the tiers' rate on (T, E]            T: H + hurdle
//   soft        the tiers' rate on (H, E] if E > T
//   catch-up    the smaller of the soft fee and catch_up x (E - T), if E > T
//
// Tiers count the return from the mark. `hurdle` is what has accrued; it counts only where the
// terms have a hurdle.
//
// Units:      smallest units; mark and hurdle not below zero.
// Guarantees: no fee at or below the mark, nor at or below the threshold; never above E - H.
// Errors:     as check_tiers(); InvalidInput/rate_range at hurdle.catch_up; Overflow.
// Source:     the managed-account rules, 3.1 and ruling 6.
core::Result<PerformanceFee> performance_fee(const PerformanceTerms& terms, core::Minor equity,
                                             core::Minor mark, const Exact& hurdle);

}  // namespace engine::fees
