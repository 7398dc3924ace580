#pragma once

#include <algorithm>
#include <string_view>

namespace core::identifiers {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_small(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_capital_or_digit(char c) { return is_capital(c) || is_digit(c); }

// 0 to 9, and 10 to 35 for the letters of either case.
constexpr unsigned value_of(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((is_small(c) ? c - 'a' : c - 'A') + 10);
}

}  // namespace core::identifiers
