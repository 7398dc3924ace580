#pragma once

#include <optional>

#include "engine/copy_records.h"

// How large a copy is. Pure arithmetic on recorded facts, exact until it is rounded to lot steps.
namespace engine::copy {

struct Sized {
  CopySize size;                 // As far as it could be worked out.
  std::optional<CopySkip> skip;  // Why there is no copy.
  core::Minor volume = 0;        // In 1e-8 lots; zero if skipped.
};

// The stages in their order: sizing, leverage guard, ladder; max_ratio, max_lots, max_exposure and
// max_margin; whole lot steps, the smallest volume, the broker's largest ticket.
//
// Rounding:   to lot steps as the terms say, floor by default; never above a cap.
// Guarantees: the same facts give the same size; a larger signal never gives a smaller copy. No
//             error: numbers that do not fit are skipped as too_large.
// Source:     the managed-account rules, 2.3; docs/accounting.md, "Copy trading".
Sized size_of(const CopyFacts& facts);

// Whether the size follows the ratio of two sums of money.
bool is_proportional(CopySizing sizing);

}  // namespace engine::copy
