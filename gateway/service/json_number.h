#pragma once

#include <cstdint>

namespace gateway::service {

// A count or a sequence number as JSON has it. Those of a book are far below 2^63.
inline std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

}  // namespace gateway::service
