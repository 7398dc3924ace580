#pragma once

#include <string>
#include <string_view>

#include "core/rounding.h"

namespace core {

// A decimal number as its digits stand, of any length: views into the text.
struct WrittenDecimal {
  bool negative = false;
  std::string_view whole;     // At least one digit; no leading zero but in "0".
  std::string_view fraction;  // Empty, or the digits behind the point.
};

// The grammar of every decimal number in the product: "-12.5", with an optional minus, no plus, no
// exponent, no leading zeros, no grouping, no negative zero.
// Errors: InvalidInput/decimal.
Result<WrittenDecimal> split_decimal(std::string_view text);

// The most digits, and the furthest scale either way, that round_written() takes.
inline constexpr std::size_t kRoundDigitsMax = 1000;

// `text` as a multiple of 10^-scale, with exactly `scale` decimals: 2.345 at scale 2 is 2.34
// or 2.35, 1250 at scale -2 is 1200 or 1300. Never a negative zero.
//
// Rounding: as named; the only rounding there is.
// Errors:   InvalidInput/decimal, also over kRoundDigitsMax digits; InvalidInput/scale_range.
Result<std::string> round_written(std::string_view text, int scale, Rounding rounding);

}  // namespace core
