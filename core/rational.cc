#include "core/rational.h"

#include <utility>

#include "core/check.h"

namespace core {
Rational::Rational(Integer numerator, Integer denominator)
    : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {
  CHECK(denominator_ != 0);
  if (denominator_ < 0) {
    numerator_ = -numerator_;
    denominator_ = -denominator_;
  }
  const Integer common = gcd(numerator_, denominator_);
  if (common != 1) {
    numerator_ /= common;
    denominator_ /= common;
  }
}

Result<Rational> Rational::of(Minor numerator, Minor denominator) {
  if (denominator == 0) return invalid("division_by_zero", "", "The divisor is zero.");
  return Rational(Integer(numerator), Integer(denominator));
}

std::strong_ordering Rational::operator<=>(const Rational& other) const {
  const Integer left = numerator_ * other.denominator_;
  const Integer right = other.numerator_ * denominator_;
  return left.compare(right) <=> 0;
}

Rational add(const Rational& a, const Rational& b) {
  return Rational(a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_,
                  a.denominator_ * b.denominator_);
}

Rational subtract(const Rational& a, const Rational& b) {
  return Rational(a.numerator_ * b.denominator_ - b.numerator_ * a.denominator_,
                  a.denominator_ * b.denominator_);
}

// Crosswise common factors are all there can be, and each is found by first dividing the longer
// number by the shorter: a long chain of short factors stays cheap.
Rational multiply(const Rational& a, const Rational& b) {
  const auto common = [](const Rational::Integer& x, const Rational::Integer& y) {
    return abs(x) < y ? gcd(x, y % x) : gcd(x % y, y);
  };
  Rational product;
  if (a.sign() == 0 || b.sign() == 0) return product;
  const Rational::Integer first = common(a.numerator_, b.denominator_);
  const Rational::Integer second = common(b.numerator_, a.denominator_);
  product.numerator_ = (a.numerator_ / first) * (b.numerator_ / second);
  product.denominator_ = (a.denominator_ / second) * (b.denominator_ / first);
  return product;
}

Result<Rational> divide(const Rational& a, const Rational& b) {
  if (b.sign() == 0) return invalid("division_by_zero", "", "The divisor is zero.");
  return Rational(a.numerator_ * b.denominator_, a.denominator_ * b.numerator_);
}

Result<Minor> to_minor(const Rational& value, unsigned scale, Rounding rounding) {
  CHECK(scale <= kScaleMax);
  TRY(const Minor unit, power_of_ten(scale));
  const Rational::Integer scaled = abs(value.numerator_) * Rational::Integer(unit);
  Rational::Integer whole;
  Rational::Integer remainder;
  divide_qr(scaled, value.denominator_, whole, remainder);
  const CutOff cut_off{.negative = value.sign() < 0,
                       .exact = remainder == 0,
                       .odd = whole % 2 != 0,
                       .half = Rational::Integer(remainder * 2).compare(value.denominator_) <=> 0};
  if (grows(cut_off, rounding)) whole += 1;
  // 127 bits: the bound of every Minor, so that negation cannot fail.
  if (whole >> 127 != 0) return overflow("", "The number does not fit in 127 bits.");
  const auto minor = static_cast<Minor>(whole);
  return cut_off.negative ? -minor : minor;
}

}  // namespace core
