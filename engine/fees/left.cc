#include "engine/fees/left.h"

#include <algorithm>

namespace engine::fees {

core::Result<> check_withdrawn(core::Minor equity, core::Minor withdrawn) {
  if (withdrawn < 0 || withdrawn > std::max<core::Minor>(equity, 0)) {
    return core::invalid("not_positive", "withdrawn",
                         "What is withdrawn is from nothing to the whole equity.");
  }
  return core::ok();
}

core::Result<core::Minor> left_of(core::Minor amount, core::Minor equity, core::Minor withdrawn) {
  TRY(check_withdrawn(equity, withdrawn));
  if (equity <= 0) return amount;
  return core::multiply_divide(amount, equity - withdrawn, equity, core::Rounding::Ceiling);
}

}  // namespace engine::fees
