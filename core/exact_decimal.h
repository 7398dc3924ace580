#pragma once

#include <algorithm>

#include "core/rational.h"

namespace core {

// The same number as a fraction. A Decimal has at most kScaleMax decimals, so there always is one.
inline Rational rational_of(const Decimal& value) {
  return Rational::of(value.digits, power_of_ten(value.scale).value()).value();
}

// sum + each x times, exact. Errors: Overflow.
inline Result<Decimal> add_times(const Decimal& sum, const Decimal& each, Minor times) {
  const unsigned scale = std::max(sum.scale, each.scale);
  TRY(const auto before, to_minor(sum, scale));
  TRY(const auto one, to_minor(each, scale));
  TRY(const auto added, multiply(one, times));
  TRY(const auto total, add(before, added));
  return to_decimal(total, scale);
}

}  // namespace core
