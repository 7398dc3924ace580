#pragma once

#include "core/rational.h"

namespace core {

// The same number as a fraction. A Decimal has at most kScaleMax decimals, so there always is one.
inline Rational rational_of(const Decimal& value) {
  return Rational::of(value.digits, power_of_ten(value.scale).value()).value();
}

}  // namespace core
