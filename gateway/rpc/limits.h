#pragma once

#include <cstddef>

// Limits of what a client may send before we know who it is, and of one call.
namespace gateway::rpc {

inline constexpr int kFrameBytesMax = 4 * 1024 * 1024;

// Commands in one call; more of them are better sent in several.
inline constexpr std::size_t kCommandsMax = 10'000;

// A list's declared size is believed up to here and no further. Room for more commands than a call
// may have lets the handler say so.
inline constexpr int kContainerMax = 2 * static_cast<int>(kCommandsMax);

}  // namespace gateway::rpc
