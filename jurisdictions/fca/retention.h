#pragma once

#include <vector>

#include "engine/retention/rules.h"

namespace jurisdictions::fca {

std::vector<engine::retention::Rule> retention_rules();

}  // namespace jurisdictions::fca
