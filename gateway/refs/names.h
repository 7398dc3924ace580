#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "core/result.h"

namespace gateway::refs {

inline constexpr std::size_t kNameBytesMax = 65;  // With its '@'.

inline bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

// Errors: InvalidInput/reference unless the name is '@' and 1 to 64 of [A-Za-z0-9._-].
inline core::Result<> check_name(std::string_view name) {
  if (name.size() >= 2 && name.size() <= kNameBytesMax && name[0] == '@' &&
      std::ranges::all_of(name.substr(1), is_name_character)) {
    return core::ok();
  }
  return core::invalid("reference", std::string(name.substr(0, kNameBytesMax)),
                       "A reference is '@' and 1 to 64 letters, digits, dots, lines or dashes.");
}

}  // namespace gateway::refs
