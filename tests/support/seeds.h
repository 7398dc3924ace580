#pragma once

#include <cstdint>
#include <cstdlib>

#include "core/check.h"

namespace tests {

// How many seeds a property is tried on: 200, or as the slow tests ask.
inline std::uint64_t seeds() {
  const char* asked = std::getenv("TALLYSTICK_SEEDS");
  if (asked == nullptr) return 200;
  const std::uint64_t count = std::strtoull(asked, nullptr, 10);
  CHECK(count > 0);
  return count;
}

}  // namespace tests
