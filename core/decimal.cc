#include "core/decimal.h"

#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_int.hpp>

#include "core/check.h"
#include "core/written_decimal.h"

namespace core {
namespace {

__extension__ using Magnitude = unsigned __int128;
using boost::multiprecision::uint256_t;

constexpr unsigned kDigitsMax = 38;               // Every number of 38 digits is below 2^127.
constexpr std::size_t kTextMax = kDigitsMax + 2;  // With a minus and a point.
constexpr Magnitude kMagnitudeMax = ~Magnitude{0} >> 1;  // 2^127 - 1.

constexpr auto kPowersOfTen = [] {
  std::array<Minor, kDigitsMax + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// The one value without a positive twin; results never take it, so that negation cannot fail.
constexpr Minor kForbidden = -static_cast<Minor>(kMagnitudeMax) - 1;

Magnitude magnitude(Minor value) {
  return value < 0 ? Magnitude{0} - static_cast<Magnitude>(value) : static_cast<Magnitude>(value);
}

Error too_large() { return overflow("", "The number does not fit in 127 bits."); }

Result<Minor> signed_value(bool negative, const Magnitude& value) {
  if (value > kMagnitudeMax) return too_large();
  const auto minor = static_cast<Minor>(value);
  return negative ? -minor : minor;
}

std::string digits_of(Magnitude value) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(value % 10));
    value /= 10;
  } while (value != 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

Error not_decimal(std::string detail) { return invalid("decimal", "", std::move(detail)); }

// |a * b| = quotient * divisor + remainder, and the sign of a * b / c.
struct Division {
  bool negative = false;
  Magnitude quotient = 0;
  Magnitude remainder = 0;
  Magnitude divisor = 1;
};

Result<Division> divide_magnitudes(Minor a, Minor b, Minor c) {
  if (c == 0) return invalid("division_by_zero", "", "The divisor is zero.");
  Division division;
  division.negative = ((a < 0) != (b < 0)) != (c < 0);
  division.divisor = magnitude(c);
  // Two factors of at most 2^127 give at most 2^254.
  const uint256_t product = uint256_t(magnitude(a)) * magnitude(b);
  const uint256_t quotient = product / division.divisor;
  if (quotient > kMagnitudeMax) return too_large();
  division.quotient = static_cast<Magnitude>(quotient);
  division.remainder = static_cast<Magnitude>(product - quotient * division.divisor);
  return division;
}

CutOff cut_off(const Division& division) {
  // Compared with what is missing to the next unit, because twice the remainder might not fit.
  const Magnitude missing = division.divisor - division.remainder;
  return {.negative = division.negative,
          .exact = division.remainder == 0,
          .odd = division.quotient % 2 != 0,
          .half = division.remainder <=> missing};
}

}  // namespace

Result<Decimal> parse_decimal(std::string_view text) {
  if (text.size() > kTextMax) return not_decimal("The number is too long.");
  TRY(WrittenDecimal written, split_decimal(text));
  if (written.fraction.size() > kScaleMax) {
    return not_decimal("The number has more than 18 decimals.");
  }
  if (written.whole.size() + written.fraction.size() > kDigitsMax) {
    return overflow("", "The number has more than 38 digits.");
  }
  // Trailing zeros after the point say nothing about the value.
  while (written.fraction.ends_with('0')) written.fraction.remove_suffix(1);
  Magnitude digits = 0;
  for (const std::string_view part : {written.whole, written.fraction}) {
    for (const char digit : part) digits = digits * 10 + static_cast<unsigned>(digit - '0');
  }
  TRY(const Minor value, signed_value(written.negative, digits));
  return Decimal{value, static_cast<std::uint8_t>(written.fraction.size())};
}

std::string to_string(const Decimal& value) { return print_fixed(value.digits, value.scale); }

std::string to_string(Minor value) { return print_fixed(value, 0); }

std::string print_fixed(Minor minor, unsigned scale) {
  std::string digits = digits_of(magnitude(minor));
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
  if (minor < 0) digits.insert(0, 1, '-');
  return digits;
}

Result<Minor> to_minor(const Decimal& value, unsigned scale) {
  if (value.digits == 0) return Minor{0};
  if (value.scale <= scale) {
    TRY(const Minor unit, power_of_ten(scale - value.scale));
    return multiply(value.digits, unit);
  }
  // Reached also by a value that was not normalised: 5.00 has no more decimals than 5 has.
  const auto unit = power_of_ten(value.scale - scale);
  if (!unit.has_value() || value.digits % unit.value() != 0) {
    return invalid("precision", "",
                   "The number has more than " + std::to_string(scale) + " decimals.");
  }
  return value.digits / unit.value();
}

Decimal to_decimal(Minor minor, unsigned scale) {
  CHECK(scale <= kScaleMax);
  if (minor == 0) return {};
  // Zeros go by halves of what is left: a division of 128 bits is dear.
  for (unsigned zeros = 16; zeros > 0; zeros /= 2) {
    while (scale >= zeros) {
      const Minor shorter = minor / kPowersOfTen[zeros];
      if (shorter * kPowersOfTen[zeros] != minor) break;
      minor = shorter;
      scale -= zeros;
    }
  }
  return {minor, static_cast<std::uint8_t>(scale)};
}

Result<Minor> add(Minor a, Minor b) {
  Minor sum = 0;
  if (__builtin_add_overflow(a, b, &sum) || sum == kForbidden) return too_large();
  return sum;
}

Result<Minor> subtract(Minor a, Minor b) {
  Minor difference = 0;
  if (__builtin_sub_overflow(a, b, &difference) || difference == kForbidden) return too_large();
  return difference;
}

Result<Minor> multiply(Minor a, Minor b) {
  Minor product = 0;
  if (__builtin_mul_overflow(a, b, &product) || product == kForbidden) return too_large();
  return product;
}

Result<Minor> power_of_ten(unsigned exponent) {
  if (exponent > kDigitsMax) return too_large();
  return Minor{kPowersOfTen[exponent]};
}

Result<Minor> multiply_divide(Minor a, Minor b, Minor c, Rounding rounding) {
  TRY(const Division division, divide_magnitudes(a, b, c));
  Magnitude result = division.quotient;
  // No overflow: the quotient is at most 2^127 - 1, and signed_value() looks again.
  if (grows(cut_off(division), rounding)) ++result;
  return signed_value(division.negative, result);
}

Result<Quotient> divide_product(Minor a, Minor b, Minor c) {
  TRY(const Division division, divide_magnitudes(a, b, c));
  TRY(const Minor quotient, signed_value(division.negative, division.quotient));
  // The remainder has the product's sign, which the quotient shares unless c is negative.
  TRY(const Minor remainder, signed_value(division.negative != (c < 0), division.remainder));
  return Quotient{quotient, remainder};
}

}  // namespace core
