#include "engine/fees/exact.h"

#include <gtest/gtest.h>

#include "core/rational.h"
#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::decimal;
using tests::fees::Draw;
using tests::fees::written;

constexpr core::Minor kHuge = (((core::Minor{1} << 126) - 1) << 1) + 1;  // 2^127 - 1.

TEST(Exact, AddsOverTheLeastCommonDenominator) {
  EXPECT_EQ(add({1, 6}, {1, 10}).value(), (Exact{4, 15}));
  EXPECT_EQ(add({1, 3}, {2, 3}).value(), whole(1));
  EXPECT_EQ(subtract({1, 6}, {1, 6}).value(), whole(0));
  EXPECT_EQ(add({5, 365}, whole(0)).value(), (Exact{1, 73}));
}

TEST(Exact, TheDenominatorIsAlwaysAboveZero) {
  EXPECT_EQ(reduced({3, -6}).value(), (Exact{-1, 2}));
  EXPECT_EQ(reduced({0, -6}).value(), whole(0));
}

TEST(Exact, MultipliesWithoutOverflowingWhereTheResultFits) {
  EXPECT_EQ(multiply({kHuge, 7}, {7, kHuge}).value(), whole(1));
  EXPECT_EQ(at_rate(whole(300), decimal("0.25")).value(), whole(75));
}

TEST(Exact, RefusesTheDenominatorZero) {
  EXPECT_EQ(tests::outcome(reduced({1, 0})), "InvalidInput/division_by_zero");
  EXPECT_EQ(tests::outcome(add({1, 0}, whole(1))), "InvalidInput/division_by_zero");
  EXPECT_EQ(tests::outcome(compare(whole(1), {1, 0})), "InvalidInput/division_by_zero");
  EXPECT_EQ(tests::outcome(floor_of({1, 0})), "InvalidInput/division_by_zero");
}

TEST(Exact, RefusesWhatDoesNotFit) {
  EXPECT_EQ(tests::outcome(add(whole(kHuge), whole(1))), "Overflow/overflow");
  EXPECT_EQ(tests::outcome(add({1, kHuge}, {1, kHuge - 1})), "Overflow/overflow");
  EXPECT_EQ(tests::outcome(multiply(whole(kHuge), whole(2))), "Overflow/overflow");
}

TEST(Exact, ComparesWhatAmountsAreWorthAndCannotOverflow) {
  EXPECT_TRUE(compare({2, 4}, {1, 2}).value() == std::strong_ordering::equal);
  EXPECT_TRUE(compare({kHuge, kHuge - 1}, {kHuge - 1, kHuge}).value() > 0);
  EXPECT_TRUE(compare({1, -3}, {1, 3}).value() < 0);
  EXPECT_TRUE(compare({-1, 3}, {-1, 2}).value() > 0);
  EXPECT_EQ(smaller({1, 3}, {1, 2}).value(), (Exact{1, 3}));
  EXPECT_EQ(larger({1, 3}, {1, 2}).value(), (Exact{1, 2}));
  EXPECT_EQ(excess({1, 3}, {1, 2}).value(), whole(0));
  EXPECT_EQ(excess({1, 2}, {1, 3}).value(), (Exact{1, 6}));
}

TEST(Exact, RoundsDownAndUp) {
  EXPECT_TRUE(floor_of({7, 2}).value() == 3);
  EXPECT_TRUE(ceiling_of({7, 2}).value() == 4);
  EXPECT_TRUE(floor_of({-7, 2}).value() == -4);
}

// Source: the managed-account rules, ruling 2: floor(cumulative) - charged so far.
TEST(Exact, AChargeBringsWhatWasChargedUpToTheFloor) {
  EXPECT_TRUE(charge_of({999, 100}, 4).value() == 5);
  EXPECT_TRUE(charge_of({999, 100}, 9).value() == 0);
  EXPECT_TRUE(charge_of({999, 100}, 12).value() == 0);
}

TEST(ExactProperty, ArithmeticIsThatOfRationalNumbers) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Exact a{draw.amount() - draw.amount(), draw.amount() + 1};
    const Exact b{draw.amount() - draw.amount(), draw.amount() + 1};
    const auto rational = [](const Exact& exact) {
      return core::Rational::of(exact.numerator, exact.denominator).value();
    };
    EXPECT_EQ(rational(add(a, b).value()), core::add(rational(a), rational(b)));
    EXPECT_EQ(rational(subtract(a, b).value()), core::subtract(rational(a), rational(b)));
    EXPECT_EQ(rational(multiply(a, b).value()), core::multiply(rational(a), rational(b)));
    EXPECT_EQ(reduced(add(a, b).value()).value(), add(b, a).value());
  }
}

// However an accrual is cut into periods, the charges come to the floor of the whole.
TEST(ExactProperty, ChargesDoNotDependOnHowOftenOneCharges) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    Exact cumulative;
    core::Minor charged = 0;
    for (int period = 0; period < 20; ++period) {
      cumulative = add(cumulative, {draw.amount(), 365 * 10'000}).value();
      if (draw.below(3) > 0) charged += charge_of(cumulative, charged).value();
    }
    charged += charge_of(cumulative, charged).value();
    EXPECT_TRUE(charged == floor_of(cumulative).value()) << written(cumulative);
  }
}

}  // namespace
}  // namespace engine::fees
