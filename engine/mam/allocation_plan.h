#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/allocation_terms.h"
#include "engine/mam/allocation.h"
#include "engine/mam_choices.h"

// Who takes part in an order, before it leaves: minimums and limits. Pure arithmetic on whole
// steps. Source: docs/accounting.md, "Groups".
namespace engine::mam {

// An account that could take part.
struct Candidate {
  core::Minor weight = 0;        // Above zero.
  core::Minor minimum = 1;       // Fewer steps are not sent.
  core::Minor limit = kNoLimit;  // More are not.
  // Equal risk: whoever would have more is left out, not cut down.
  core::Minor risk_limit = kNoLimit;
  std::uint64_t rank = 0;
};

struct Place {
  std::optional<Exclusion> excluded;
  core::Minor weight = 0;  // Frozen: in proportion to the exact shares of the block.
};

struct Plan {
  core::Minor steps = 0;  // Of the block: less than asked for if all are at their limits.
  std::vector<Place> places;
};

// Shares the block in proportion to the weights, nobody above his limit. Whoever's exact share is
// below his minimum is left out, all of them at once, and the others share the whole; or he is
// raised to it, from the largest weight on, while the block lasts. Repeated until it holds for all.
// What is above all limits is taken off the block: it is never overfilled.
//
// Guarantees: no exact share of the frozen weights is above its limit or below its minimum; without
//             limits the frozen weights are those given.
// Errors:     Overflow.
core::Result<Plan> plan_block(core::Minor steps, std::span<const Candidate> candidates,
                              BelowMinimum below_minimum);

// The same where each account has its own volume and the block is their sum: weights are the
// wanted steps.
core::Result<Plan> plan_each(std::span<const Candidate> candidates, BelowMinimum below_minimum);

// Whether each account has its own volume, and the block is their sum.
bool has_own_volume(AllocationMethod method);

// As the method asks; where results alone are shared nobody has lots, and the weights stay.
core::Result<Plan> plan_by(AllocationMethod method, core::Minor steps,
                           std::span<const Candidate> candidates, BelowMinimum below_minimum);

}  // namespace engine::mam
