#pragma once

#include "engine/copy_state.h"

// What a split or consolidation of an instrument makes of open copies. Pure arithmetic.
namespace engine::copy {

// So many new units for so many old ones: 3 for 2.
struct SplitRatio {
  core::Minor new_units = 1;
  core::Minor old_units = 1;
};

// An open volume after a split, and what is left over.
struct ScaledVolume {
  core::Minor volume = 0;  // Whole lot steps, in 1e-8 lots.
  ExactAmount fraction;    // Less than a step, in 1e-8 lots: for cash.
};

// Rounding:   down to a lot step; the rest is given exactly.
// Guarantees: volume + fraction is exactly the old volume x new / old.
// Errors:     InvalidInput/not_positive at `ratio`; InvalidInput/lot_step; Overflow.
core::Result<ScaledVolume> scale_volume(core::Minor volume, const SplitRatio& ratio,
                                        const core::Decimal& lot_step);

}  // namespace engine::copy
