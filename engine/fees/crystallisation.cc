#include "engine/fees/crystallisation.h"

#include "engine/fees/left.h"

namespace engine::fees {

core::Result<core::Minor> crystallised(Crystallisation rule, const Exact& fee, core::Minor equity,
                                       core::Minor withdrawn) {
  TRY(check_withdrawn(equity, withdrawn));
  if (withdrawn == 0) return core::Minor{0};
  if (rule == Crystallisation::Full) return floor_of(fee);
  TRY(const Exact part, multiply(fee, Exact{withdrawn, equity}));
  return floor_of(part);
}

}  // namespace engine::fees
