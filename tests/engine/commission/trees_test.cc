#include "engine/commission/trees.h"

#include <gtest/gtest.h>

#include "tests/engine/commission/parts.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::commission {
namespace {

// Source: the worked examples, IB-02-chainup-level-difference. D brought the trader.
TEST(ByDifference, AnUplineHasWhatHisShareIsAboveThoseBelow) {
  EXPECT_EQ(written(by_difference(amount("10"), amounts({"0.6", "0.7"}))), "6 1");
}

// Source: the worked examples, IB-03-chainup-self-rebate. D trades himself.
TEST(ByDifference, APartnerWhoTradesHasHisOwnRebate) {
  EXPECT_EQ(written(by_difference(amount("10"), amounts({"0.6", "0.7", "0.8"}))), "6 1 1");
}

TEST(ByDifference, AnUplineWithASmallerShareHasNothing) {
  EXPECT_EQ(written(by_difference(amount("10"), amounts({"0.6", "0.5", "0.9"}))), "6 0 3");
}

// Source: the worked examples, FEE-05-b2copy-waterfall: the levels of its introducing brokers.
TEST(ByRatio, EachLevelHasItsPartOfTheSameBase) {
  EXPECT_EQ(written(by_ratio(amount("100"), amounts({"0.2", "0.05", "0.02"}), 3)), "20 5 2");
  EXPECT_EQ(written(by_ratio(amount("100"), amounts({"0.2"}), 2)), "20 0");
  EXPECT_EQ(written(by_ratio(amount("100"), amounts({"0.2", "0.05"}), 1)), "20");
}

TEST(ByOverride, UplinesHaveAnAmountForEachLotOnTop) {
  EXPECT_EQ(written(by_override(amount("16"), amounts({"1", "0.5"}), amount("2"), 4)), "16 2 1 0");
  EXPECT_EQ(written(by_override(amount("16"), amounts({"1"}), amount("2"), 0)), "");
}

TEST(PayoutCap, CutsFromTheTopDown) {
  auto lines = amounts({"6", "3", "2"});
  EXPECT_FALSE(cut_to(lines, amount("11")));
  EXPECT_TRUE(cut_to(lines, amount("7.5")));
  EXPECT_EQ(written(lines), "6 1.5 0");
  EXPECT_TRUE(cut_to(lines, amount("-1")));
  EXPECT_EQ(written(lines), "0 0 0");
}

TEST(TreesProperty, LinesNeverPassTheBaseNorTheCap) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const auto hundredths = [&](std::uint64_t bound) {
      return core::Rational::of(static_cast<core::Minor>(numbers.below(bound)), 100).value();
    };
    const core::Rational base = hundredths(100'000);
    std::vector<core::Rational> shares;
    for (std::uint64_t i = 0; i < 1 + numbers.below(6); ++i) shares.push_back(hundredths(101));
    auto lines = by_difference(base, shares);
    core::Rational largest;
    for (const core::Rational& share : shares) largest = std::max(largest, share);
    EXPECT_TRUE(sum_of(lines) == multiply(base, largest));
    const core::Rational cap = hundredths(100'000);
    cut_to(lines, cap);
    EXPECT_TRUE(sum_of(lines) <= cap);
    for (const core::Rational& line : lines) EXPECT_TRUE(line.sign() >= 0);
  }
}

}  // namespace
}  // namespace engine::commission
