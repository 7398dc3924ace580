#pragma once

#include <span>
#include <vector>

#include "core/decimal.h"

namespace core {

// Splits `total` in proportion to `weights`, to the last unit.
//
// Rounding:   largest remainder; a tie goes to the lower index, so equal input gives equal output.
// Guarantees: the parts sum to `total`; no part is a unit or more from its exact share; a negative
//             total gives the parts of the positive one, negated.
// Errors:     InvalidInput/weights_empty, InvalidInput/weights_zero, InvalidInput/weights_negative;
//             Overflow.
// Source:     docs/decisions/0006-largest-remainder.md
Result<std::vector<Minor>> allocate(Minor total, std::span<const Minor> weights);

}  // namespace core
