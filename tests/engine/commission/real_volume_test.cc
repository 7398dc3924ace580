#include "engine/commission/real_volume.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/commission/parts.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::commission {
namespace {

// Source: the worked examples, IB-11-fnmarkets-duration.
TEST(MinimumDuration, TheBoundItselfIsEnough) {
  EXPECT_FALSE(long_enough(179, 180));
  EXPECT_TRUE(long_enough(180, 180));
  EXPECT_FALSE(long_enough(-1, 0));
}

TEST(MinimumMove, CountsInBothDirections) {
  const auto moved = [](std::string_view from, std::string_view to) {
    return moved_enough(amount(from), amount(to), amount("0.0001"), 3);
  };
  EXPECT_TRUE(moved("1.1", "1.1003"));
  EXPECT_TRUE(moved("1.1003", "1.1"));
  EXPECT_FALSE(moved("1.1", "1.10029"));
  EXPECT_FALSE(moved("1.10029", "1.1"));
}

core::Rational netted(std::string_view bought, const std::vector<std::string_view>& sold) {
  Hedged before;
  core::Rational sum = hedge_netted(before, true, amount(bought));
  before = after(before, true, amount(bought));
  for (const std::string_view lots : sold) {
    sum = add(sum, hedge_netted(before, false, amount(lots)));
    before = after(before, false, amount(lots));
  }
  return sum;
}

// Source: the worked examples, IB-09-geratsu-hedge-netting.
TEST(HedgedVolume, CountsTheLargerSide) {
  EXPECT_EQ(written(netted("1.5", {"0.4", "0.6"})), "1.5");
  EXPECT_EQ(written(netted("1.5", {"1", "0.8"})), "1.8");
}

TEST(BonusVolume, IsLeftOut) {
  EXPECT_EQ(written(own_funds(amount("2"), amount("0.5"))), "1.5");
  EXPECT_EQ(written(own_funds(amount("2"), amount("3"))), "0");
}

// 10 lots of a pool; he had 40 % of it at the open and 25 % at the close: 5 sides x 0.4 + 5 x 0.25.
TEST(PoolVolume, CountsEachSideAtTheShareOfItsTime) {
  EXPECT_EQ(written(allocated(amount("10"), amount("0.4"), amount("0.25"))), "3.25");
}

TEST(HedgedVolumeProperty, IsTheLargerSideInWhicheverOrder) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    Hedged so_far;
    core::Rational sum;
    core::Minor bought = 0;
    core::Minor sold = 0;
    for (std::uint64_t i = 0; i < 1 + numbers.below(12); ++i) {
      const bool buy = numbers.below(2) == 0;
      const auto hundredths = static_cast<core::Minor>(1 + numbers.below(500));
      const core::Rational lots = core::Rational::of(hundredths, 100).value();
      (buy ? bought : sold) += hundredths;
      const core::Rational counted = hedge_netted(so_far, buy, lots);
      EXPECT_TRUE(counted.sign() >= 0 && counted <= lots);
      sum = add(sum, counted);
      so_far = after(so_far, buy, lots);
    }
    EXPECT_TRUE(sum == core::Rational::of(std::max(bought, sold), 100).value());
  }
}

}  // namespace
}  // namespace engine::commission
