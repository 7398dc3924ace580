#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/rounding.h"

namespace core {

// A whole number of smallest units. Every result here keeps |x| < 2^127, the format's bound on
// stored amounts (docs/formats/record.md), so that negation cannot fail.
__extension__ using Minor = __int128;

// The most decimals a Decimal has.
inline constexpr unsigned kScaleMax = 18;

// An exact decimal number as people write it: digits / 10^scale, without trailing zeros after the
// point, so 5.0 and 5.00 are one value. Rates, prices and lots; money once its commodity is known.
struct Decimal {
  Minor digits = 0;
  std::uint8_t scale = 0;
  bool operator==(const Decimal&) const = default;
};

// "-12.5": optional minus, no plus, no exponent, no leading zeros, no grouping, no negative zero,
// at most 18 decimals.
// Errors: InvalidInput/decimal; Overflow if there are more than 38 digits.
Result<Decimal> parse_decimal(std::string_view text);
std::string to_string(const Decimal& value);

// Whole number in decimal digits, with a minus if negative.
std::string to_string(Minor value);

// `value` as a count of 10^-scale units.
// Errors: InvalidInput/precision if it has more decimals than the scale; Overflow.
Result<Minor> to_minor(const Decimal& value, unsigned scale);
// The inverse, normalised.
Decimal to_decimal(Minor minor, unsigned scale);
// Fixed-point print: always `scale` decimals, never "-0.00".
std::string print_fixed(Minor minor, unsigned scale);

// Checked arithmetic. Errors: Overflow.
Result<Minor> add(Minor a, Minor b);
Result<Minor> subtract(Minor a, Minor b);
Result<Minor> multiply(Minor a, Minor b);
// 10^exponent for exponent <= 38. Errors: Overflow.
Result<Minor> power_of_ten(unsigned exponent);

// a * b / c through a 256-bit product, rounded as named; c != 0.
// Errors: InvalidInput/division_by_zero; Overflow if the result does not fit.
Result<Minor> multiply_divide(Minor a, Minor b, Minor c, Rounding rounding);

// a * b == quotient * c + remainder, exactly; |remainder| < |c|, with the sign of a * b.
struct Quotient {
  Minor quotient = 0;
  Minor remainder = 0;
};
// Rounding: Down, with the remainder given.
// Errors:   InvalidInput/division_by_zero; Overflow if the quotient does not fit.
Result<Quotient> divide_product(Minor a, Minor b, Minor c);

}  // namespace core
