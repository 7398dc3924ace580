#pragma once

#include <string_view>

namespace core {

// With which some programs begin a file in UTF-8. It is no part of what the file says.
inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

constexpr std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

}  // namespace core
