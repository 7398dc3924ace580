#pragma once

#include <optional>
#include <string>

#include "core/secret.h"

namespace gateway::service {

inline constexpr std::size_t kPassphraseBytesMax = 1024;

// Asks on the process's terminal, without showing what is typed. Empty if there is no terminal, or
// if the question was broken off (Ctrl-C, Ctrl-D).
std::optional<core::Secret> ask_on_terminal(const std::string& question);

}  // namespace gateway::service
