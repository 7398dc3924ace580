#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <compare>

#include "core/decimal.h"

namespace core {

// An exact fraction of whole numbers of any size, for chains of divisions that are rounded once, at
// the end. Always in lowest terms with a denominator above zero, so that equal values are equal.
class Rational {
 public:
  Rational() = default;  // Zero.
  explicit Rational(Minor whole) : numerator_(whole) {}
  // Errors: InvalidInput/division_by_zero.
  static Result<Rational> of(Minor numerator, Minor denominator);

  // -1, 0 or 1.
  int sign() const { return numerator_.sign(); }

  bool operator==(const Rational& other) const = default;
  std::strong_ordering operator<=>(const Rational& other) const;

  friend Rational add(const Rational& a, const Rational& b);
  friend Rational subtract(const Rational& a, const Rational& b);
  friend Rational multiply(const Rational& a, const Rational& b);
  friend Result<Rational> divide(const Rational& a, const Rational& b);
  friend Result<Minor> to_minor(const Rational& value, unsigned scale, Rounding rounding);

 private:
  // Without expression templates, so that `auto` holds a number.
  using Integer = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                                boost::multiprecision::et_off>;
  Rational(Integer numerator, Integer denominator);

  Integer numerator_ = 0;
  Integer denominator_ = 1;
};

Rational add(const Rational& a, const Rational& b);
Rational subtract(const Rational& a, const Rational& b);
Rational multiply(const Rational& a, const Rational& b);
// Errors: InvalidInput/division_by_zero.
Result<Rational> divide(const Rational& a, const Rational& b);

// `value` as a count of 10^-scale units, scale <= kScaleMax.
//
// Rounding: as named; the only rounding there is.
// Errors:   Overflow.
Result<Minor> to_minor(const Rational& value, unsigned scale, Rounding rounding);

}  // namespace core
