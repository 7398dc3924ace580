#include "engine/fees/exact.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>

#include "core/rational.h"

namespace engine::fees {
namespace {

// Below 2^63 the machine's own division does, which is many times faster.
core::Minor greatest_common_divisor(core::Minor a, core::Minor b) {
  constexpr core::Minor kWordMax = std::numeric_limits<std::int64_t>::max();
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  while (b > kWordMax || (a > kWordMax && b != 0)) {
    const core::Minor rest = a % b;
    a = b;
    b = rest;
  }
  if (b == 0) return a;
  return std::gcd(static_cast<std::int64_t>(a), static_cast<std::int64_t>(b));
}

}  // namespace

core::Result<Exact> exact(const core::Decimal& value) {
  TRY(const auto unit, core::power_of_ten(value.scale));
  return reduced({value.digits, unit});
}

core::Result<Exact> reduced(const Exact& amount) {
  if (amount.denominator == 0) {
    return core::invalid("division_by_zero", "", "An exact amount has the denominator zero.");
  }
  const core::Minor common = greatest_common_divisor(amount.numerator, amount.denominator);
  const core::Minor divisor = amount.denominator < 0 ? -common : common;
  return Exact{amount.numerator / divisor, amount.denominator / divisor};
}

core::Result<Exact> add(const Exact& a, const Exact& b) {
  TRY(const Exact left, reduced(a));
  TRY(const Exact right, reduced(b));
  const core::Minor common = greatest_common_divisor(left.denominator, right.denominator);
  Exact sum;
  TRY(sum.denominator, core::multiply(left.denominator / common, right.denominator));
  TRY(const auto first, core::multiply(left.numerator, right.denominator / common));
  TRY(const auto second, core::multiply(right.numerator, left.denominator / common));
  TRY(sum.numerator, core::add(first, second));
  return reduced(sum);
}

core::Result<Exact> subtract(const Exact& a, const Exact& b) {
  return add(a, {-b.numerator, b.denominator});
}

// Common factors go first, crosswise, so that only a product that is too large overflows.
core::Result<Exact> multiply(const Exact& a, const Exact& b) {
  TRY(const Exact left, reduced(a));
  TRY(const Exact right, reduced(b));
  TRY(const Exact first, reduced({left.numerator, right.denominator}));
  TRY(const Exact second, reduced({right.numerator, left.denominator}));
  Exact product;
  TRY(product.numerator, core::multiply(first.numerator, second.numerator));
  TRY(product.denominator, core::multiply(first.denominator, second.denominator));
  return product;
}

core::Result<Exact> at_rate(const Exact& amount, const core::Decimal& rate) {
  TRY(const Exact factor, exact(rate));
  return multiply(amount, factor);
}

core::Result<std::strong_ordering> compare(const Exact& a, const Exact& b) {
  // Cross products of amounts as they occur fit; only others need numbers of any size.
  core::Minor first = 0;
  core::Minor second = 0;
  if (a.denominator > 0 && b.denominator > 0 &&
      !__builtin_mul_overflow(a.numerator, b.denominator, &first) &&
      !__builtin_mul_overflow(b.numerator, a.denominator, &second)) {
    return first <=> second;
  }
  TRY(const auto left, core::Rational::of(a.numerator, a.denominator));
  TRY(const auto right, core::Rational::of(b.numerator, b.denominator));
  return left <=> right;
}

core::Result<Exact> smaller(const Exact& a, const Exact& b) {
  TRY(const auto order, compare(a, b));
  return order < 0 ? a : b;
}

core::Result<Exact> larger(const Exact& a, const Exact& b) {
  TRY(const auto order, compare(a, b));
  return order < 0 ? b : a;
}

core::Result<Exact> excess(const Exact& a, const Exact& b) {
  TRY(const auto order, compare(a, b));
  if (order <= 0) return Exact{};
  return subtract(a, b);
}

core::Result<core::Minor> floor_of(const Exact& amount) {
  return core::multiply_divide(amount.numerator, 1, amount.denominator, core::Rounding::Floor);
}

core::Result<core::Minor> ceiling_of(const Exact& amount) {
  return core::multiply_divide(amount.numerator, 1, amount.denominator, core::Rounding::Ceiling);
}

core::Result<core::Minor> charge_of(const Exact& cumulative, core::Minor charged) {
  TRY(const auto due, floor_of(cumulative));
  TRY(const auto charge, core::subtract(due, charged));
  return std::max<core::Minor>(charge, 0);
}

}  // namespace engine::fees
