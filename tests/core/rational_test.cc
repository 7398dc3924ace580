#include "core/rational.h"

#include <gtest/gtest.h>

#include "tests/support/numbers.h"
#include "tests/support/outcome.h"

namespace core {
namespace {

Rational ratio(Minor numerator, Minor denominator) {
  return Rational::of(numerator, denominator).value();
}

std::string rounded(const Rational& value, unsigned scale, Rounding rounding) {
  const auto minor = to_minor(value, scale, rounding);
  return minor.has_value() ? print_fixed(minor.value(), scale) : tests::outcome(minor);
}

TEST(Rational, IsInLowestTermsSoThatEqualValuesAreEqual) {
  EXPECT_EQ(ratio(6, 4), ratio(3, 2));
  EXPECT_EQ(ratio(-6, 4), ratio(6, -4));
  EXPECT_EQ(ratio(0, -7), Rational());
  EXPECT_EQ(ratio(8, 4), Rational(2));
}

TEST(Rational, RefusesToDivideByZero) {
  EXPECT_EQ(tests::outcome(Rational::of(1, 0)), "InvalidInput/division_by_zero");
  EXPECT_EQ(tests::outcome(divide(Rational(1), Rational())), "InvalidInput/division_by_zero");
}

TEST(Rational, AddsSubtractsMultipliesAndDividesExactly) {
  EXPECT_EQ(add(ratio(1, 3), ratio(1, 6)), ratio(1, 2));
  EXPECT_EQ(subtract(ratio(1, 3), ratio(1, 2)), ratio(-1, 6));
  EXPECT_EQ(multiply(ratio(2, 3), ratio(-3, 4)), ratio(-1, 2));
  EXPECT_EQ(divide(ratio(1, 2), ratio(-1, 4)).value(), Rational(-2));
}

TEST(Rational, ComparesAcrossDenominatorsAndSigns) {
  EXPECT_LT(ratio(1, 3), ratio(34, 100));
  EXPECT_GT(ratio(-1, 3), ratio(-34, 100));
  EXPECT_LT(ratio(-1, 3), Rational());
}

TEST(Rational, RoundsAsNamed) {
  const auto all = [](const Rational& value) {
    std::string text;
    for (const Rounding rounding :
         {Rounding::Floor, Rounding::Ceiling, Rounding::Down, Rounding::Up, Rounding::HalfEven,
          Rounding::HalfUp, Rounding::HalfDown}) {
      text += rounded(value, 0, rounding) + " ";
    }
    return text;
  };
  EXPECT_EQ(all(ratio(5, 2)), "2 3 2 3 2 3 2 ");
  EXPECT_EQ(all(ratio(-5, 2)), "-3 -2 -2 -3 -2 -3 -2 ");
  EXPECT_EQ(all(ratio(7, 2)), "3 4 3 4 4 4 3 ");
  EXPECT_EQ(all(ratio(1, 3)), "0 1 0 1 0 0 0 ");
  EXPECT_EQ(all(Rational(-4)), "-4 -4 -4 -4 -4 -4 -4 ");
}

TEST(Rational, PrintsAtAScaleWithoutNegativeZero) {
  EXPECT_EQ(rounded(ratio(1, 3), 8, Rounding::HalfEven), "0.33333333");
  EXPECT_EQ(rounded(ratio(-1, 1000), 2, Rounding::HalfEven), "0.00");
}

TEST(Rational, RefusesToRoundWhatDoesNotFit) {
  const Minor max = parse_decimal("99999999999999999999999999999999999999").value().digits;
  EXPECT_EQ(rounded(Rational(max), 0, Rounding::Down), to_string(max));
  EXPECT_EQ(rounded(Rational(max), 1, Rounding::Down), "Overflow/overflow");
}

TEST(Rational, AgreesWithMultiplyDivideOnRandomNumbers) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const Minor a = numbers.any();
    const Minor b = numbers.any();
    const Minor c = numbers.not_negative() + 1;
    const Rational value = multiply(Rational(a), ratio(b, c));
    for (const Rounding rounding : {Rounding::Floor, Rounding::HalfEven, Rounding::HalfUp}) {
      const auto expected = multiply_divide(a, b, c, rounding);
      const auto actual = to_minor(value, 0, rounding);
      ASSERT_EQ(expected.has_value(), actual.has_value());
      if (expected) {
        EXPECT_EQ(expected.value(), actual.value());
      }
    }
  }
}

// Numbers about the lengths at which it is worked out in another way.
Minor about_a_bound(tests::Numbers& numbers) {
  static const Minor kBounds[] = {0,
                                  1'000'000'000'000'000'000,
                                  Minor{1} << 32,
                                  Minor{1} << 63,
                                  Minor{1} << 64,
                                  Minor{1} << 100};
  const Minor value = kBounds[numbers.below(6)] + static_cast<Minor>(numbers.below(7)) - 3;
  return numbers.below(2) == 0 ? value : -value;
}

TEST(Rational, IsAsExactAboutEveryLength) {
  using boost::multiprecision::cpp_int;
  using boost::multiprecision::cpp_rational;
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const Minor parts[] = {about_a_bound(numbers), about_a_bound(numbers), about_a_bound(numbers),
                           about_a_bound(numbers)};
    if (parts[1] == 0 || parts[3] == 0) continue;
    const Rational a = ratio(parts[0], parts[1]);
    const Rational b = ratio(parts[2], parts[3]);
    const auto fraction = [](Minor numerator, Minor denominator) {
      const cpp_int above = denominator < 0 ? -numerator : numerator;
      const cpp_int below = denominator < 0 ? -denominator : denominator;
      return cpp_rational(above, below);
    };
    const cpp_rational x = fraction(parts[0], parts[1]);
    const cpp_rational y = fraction(parts[2], parts[3]);
    // Equal if it has the same floor at ten decimals and comes back to where it was.
    const auto expect_same = [](const Rational& value, const cpp_rational& expected) {
      const cpp_int scaled = numerator(expected) * 10'000'000'000;
      cpp_int floor = scaled / denominator(expected);
      if (floor * denominator(expected) > scaled) floor -= 1;
      const auto actual = to_minor(value, 10, Rounding::Floor);
      ASSERT_EQ(actual.has_value(), abs(floor) >> 127 == 0);
      if (actual) {
        EXPECT_TRUE(cpp_int(actual.value()) == floor);
      }
    };
    expect_same(add(a, b), x + y);
    expect_same(subtract(a, b), x - y);
    expect_same(multiply(a, b), x * y);
    EXPECT_EQ(subtract(add(a, b), b), a);
    EXPECT_EQ(a < b, x < y);
    EXPECT_EQ(a == b, x == y);
    if (parts[2] == 0) continue;
    expect_same(divide(a, b).value(), x / y);
    EXPECT_EQ(divide(multiply(a, b), b).value(), a);
  }
}

TEST(Rational, LinksThousandsOfFactorsAndBack) {
  constexpr Minor kPrime = 999'999'937;
  Rational product(1);
  for (Minor i = 1; i <= 2000; ++i) product = multiply(product, ratio(kPrime + i * 7919, kPrime));
  for (Minor i = 1; i <= 2000; ++i) product = multiply(product, ratio(kPrime, kPrime + i * 7919));
  EXPECT_EQ(product, Rational(1));
}

}  // namespace
}  // namespace core
