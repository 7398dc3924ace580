#pragma once

#include "core/decimal.h"

namespace engine::fees {

// amount x (equity - withdrawn) / equity: what is left of something that leaves in proportion.
// An equity of zero or less leaves all of it, as then nothing can be withdrawn.
//
// Rounding: up.
// Errors:   InvalidInput/not_positive if `withdrawn` is not from 0 to `equity`; Overflow.
core::Result<core::Minor> left_of(core::Minor amount, core::Minor equity, core::Minor withdrawn);

// Errors: InvalidInput/not_positive if `withdrawn` is not from 0 to `equity`.
core::Result<> check_withdrawn(core::Minor equity, core::Minor withdrawn);

}  // namespace engine::fees
