#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

// How long something holds. Absent: without an end.
namespace engine::gate {

using Until = std::optional<core::Instant>;

inline Until earlier(const Until& a, const Until& b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

// Midnight in UTC after a last day.
inline core::Instant after(core::Date last_day) { return core::utc_midnight({last_day.days + 1}); }

inline bool contains(const std::vector<std::string>& items, std::string_view item) {
  return std::ranges::find(items, item) != items.end();
}

}  // namespace engine::gate
