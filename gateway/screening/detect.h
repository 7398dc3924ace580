#pragma once

#include <string_view>

namespace gateway::screening {

// As many bytes of a file as tell its format.
inline constexpr std::size_t kHeadBytes = 8192;

// The format (list.h) of a file that begins like this; empty if it is none, or OFAC's tables, which
// have no header.
std::string_view format_of(std::string_view head);

}  // namespace gateway::screening
