#pragma once

#include <optional>
#include <string>

#include "engine/gate_rules.h"

namespace engine::gate {

// Makes `limits` as strict as the pack's limits of that name too: the least leverage of each asset,
// the earliest close-out, and every ban and protection of either.
void merge_limits(const RulePack& pack, const std::string& name,
                  std::optional<ProductLimits>& limits);

}  // namespace engine::gate
