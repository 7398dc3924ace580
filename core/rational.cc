#include "core/rational.h"

#include <numeric>
#include <optional>
#include <utility>

#include "core/check.h"

namespace core {
namespace {

__extension__ using Wide = unsigned __int128;

// A fraction whose parts have at most 64 bits, as nearly all have: worked out without long numbers.
// In lowest terms, like every Rational.
struct Small {
  bool negative = false;
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 1;
};

// In lowest terms; absent if a part may have more than 127 bits.
struct Reduced {
  Minor numerator = 0;
  Minor denominator = 1;
};

template <class Integer>
std::optional<std::uint64_t> limb_of(const Integer& value) {
  static_assert(sizeof(*value.backend().limbs()) == sizeof(std::uint64_t));
  if (value.backend().size() != 1) return std::nullopt;
  return *value.backend().limbs();
}

template <class Integer>
std::optional<Small> small(const Integer& numerator, const Integer& denominator) {
  const auto above = limb_of(numerator);
  const auto below = limb_of(denominator);
  if (!above || !below) return std::nullopt;
  return Small{numerator.sign() < 0, *above, *below};
}

std::optional<Minor> product(Minor a, std::uint64_t b) {
  Minor out = 0;
  if (__builtin_mul_overflow(a, static_cast<Minor>(b), &out)) return std::nullopt;
  return out;
}

// Two fractions' denominators share all that a sum can be reduced by.
// Source: Knuth, The Art of Computer Programming, vol. 2, 4.5.1.
std::optional<Reduced> sum(const Small& a, const Small& b) {
  const std::uint64_t common =
      a.denominator == b.denominator ? a.denominator : std::gcd(a.denominator, b.denominator);
  const auto left = product(static_cast<Minor>(a.numerator), b.denominator / common);
  const auto right = product(static_cast<Minor>(b.numerator), a.denominator / common);
  Minor total = 0;
  if (!left || !right ||
      __builtin_add_overflow(a.negative ? -*left : *left, b.negative ? -*right : *right, &total)) {
    return std::nullopt;
  }
  if (total == 0) return Reduced{};
  const Wide size = total < 0 ? Wide{0} - static_cast<Wide>(total) : static_cast<Wide>(total);
  // A division of 128 bits is dear, and seldom needed.
  const std::uint64_t over = size >> 64 == 0 ? static_cast<std::uint64_t>(size) % common
                                             : static_cast<std::uint64_t>(size % common);
  const std::uint64_t rest = std::gcd(over, common);
  const auto denominator =
      product(static_cast<Minor>(a.denominator / common), b.denominator / rest);
  if (!denominator) return std::nullopt;
  return Reduced{rest == 1 ? total : total / static_cast<Minor>(rest), *denominator};
}

std::optional<Reduced> product(const Small& a, const Small& b) {
  if (a.numerator == 0 || b.numerator == 0) return Reduced{};
  const std::uint64_t first = std::gcd(a.numerator, b.denominator);
  const std::uint64_t second = std::gcd(b.numerator, a.denominator);
  const auto above = product(static_cast<Minor>(a.numerator / first), b.numerator / second);
  const auto below = product(static_cast<Minor>(a.denominator / second), b.denominator / first);
  if (!above || !below) return std::nullopt;
  return Reduced{a.negative != b.negative ? -*above : *above, *below};
}

std::strong_ordering compare(const Small& a, const Small& b) {
  if (a.negative != b.negative) return b.negative <=> a.negative;
  const Wide left = Wide{a.numerator} * b.denominator;
  const Wide right = Wide{b.numerator} * a.denominator;
  return a.negative ? right <=> left : left <=> right;
}

}  // namespace

Rational::Rational(Integer numerator, Integer denominator)
    : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {
  CHECK(denominator_ != 0);
  if (denominator_ < 0) {
    numerator_ = -numerator_;
    denominator_ = -denominator_;
  }
  if (const auto parts = small(numerator_, denominator_)) {
    const std::uint64_t common = std::gcd(parts->numerator, parts->denominator);
    if (common == 1) return;
    numerator_ = parts->numerator / common;
    if (parts->negative) numerator_ = -numerator_;
    denominator_ = parts->denominator / common;
    return;
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
  const auto left_parts = small(numerator_, denominator_);
  const auto right_parts = small(other.numerator_, other.denominator_);
  if (left_parts && right_parts) return compare(*left_parts, *right_parts);
  const Integer left = numerator_ * other.denominator_;
  const Integer right = other.numerator_ * denominator_;
  return left.compare(right) <=> 0;
}

Rational add(const Rational& a, const Rational& b) {
  if (a.sign() == 0) return b;
  if (b.sign() == 0) return a;
  const auto left = small(a.numerator_, a.denominator_);
  const auto right = small(b.numerator_, b.denominator_);
  if (left && right) {
    if (const auto reduced = sum(*left, *right)) {
      Rational out(reduced->numerator);
      out.denominator_ = reduced->denominator;
      return out;
    }
  }
  return Rational(a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_,
                  a.denominator_ * b.denominator_);
}

Rational subtract(const Rational& a, const Rational& b) {
  if (b.sign() == 0) return a;
  Rational negative = b;
  negative.numerator_ = -negative.numerator_;
  return add(a, negative);
}

// Crosswise common factors are all there can be, and each is found by first dividing the longer
// number by the shorter: a long chain of short factors stays cheap.
Rational multiply(const Rational& a, const Rational& b) {
  const auto left = small(a.numerator_, a.denominator_);
  const auto right = small(b.numerator_, b.denominator_);
  if (left && right) {
    if (const auto reduced = product(*left, *right)) {
      Rational out(reduced->numerator);
      out.denominator_ = reduced->denominator;
      return out;
    }
  }
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
  Rational inverse;
  inverse.numerator_ = b.sign() < 0 ? Rational::Integer(-b.denominator_) : b.denominator_;
  inverse.denominator_ = abs(b.numerator_);
  return multiply(a, inverse);
}

Result<Minor> to_minor(const Rational& value, unsigned scale, Rounding rounding) {
  CHECK(scale <= kScaleMax);
  TRY(const Minor unit, power_of_ten(scale));
  if (const auto parts = small(value.numerator_, value.denominator_)) {
    // 64 bits x 10^18: below 2^124.
    const Wide scaled = Wide{parts->numerator} * static_cast<Wide>(unit);
    Wide whole = scaled / parts->denominator;
    const Wide remainder = scaled - whole * parts->denominator;
    const CutOff cut_off{.negative = parts->negative,
                         .exact = remainder == 0,
                         .odd = whole % 2 != 0,
                         .half = remainder * 2 <=> Wide{parts->denominator}};
    if (grows(cut_off, rounding)) ++whole;
    const auto minor = static_cast<Minor>(whole);
    return parts->negative ? -minor : minor;
  }
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
