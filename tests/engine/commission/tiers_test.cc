#include "engine/commission/tiers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/commission/parts.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::commission {
namespace {

// 5 for a lot below 100 lots in the month, 7 from there, 10 from 500.
const std::vector<Tier>& ladder() {
  static const std::vector<Tier> tiers{{amount("100"), amount("7")}, {amount("500"), amount("10")}};
  return tiers;
}

std::string paid(TierMode mode, std::string_view before, std::string_view lots) {
  const core::Rational rate =
      tiered_rate(amount("5"), ladder(), mode, amount(before), amount(lots));
  return written(multiply(rate, amount(lots)));
}

TEST(MarginalTiers, EachPartOfADealHasTheRateOfItsTier) {
  EXPECT_EQ(paid(TierMode::Marginal, "0", "100"), "500");
  EXPECT_EQ(paid(TierMode::Marginal, "90", "30"), "190");    // 10 x 5 + 20 x 7.
  EXPECT_EQ(paid(TierMode::Marginal, "90", "420"), "2950");  // 10 x 5 + 400 x 7 + 10 x 10.
  EXPECT_EQ(paid(TierMode::Marginal, "500", "1"), "10");
}

TEST(WholeTiers, ADealHasTheRateOfTheTierThatTheMonthReachesWithIt) {
  EXPECT_EQ(paid(TierMode::Whole, "0", "99.99"), "499.95");
  EXPECT_EQ(paid(TierMode::Whole, "0", "100"), "700");
  EXPECT_EQ(paid(TierMode::Whole, "90", "30"), "210");
}

TEST(Tiers, NoTiersIsOneRate) {
  EXPECT_EQ(written(tiered_rate(amount("5"), {}, TierMode::Whole, amount("1"), amount("2"))), "5");
}

TEST(MarginalTiersProperty, TheOrderOfDealsDoesNotMatter) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    std::vector<core::Rational> deals;
    for (std::uint64_t i = 0; i < 2 + numbers.below(8); ++i) {
      deals.push_back(
          core::Rational::of(static_cast<core::Minor>(1 + numbers.below(30'000)), 100).value());
    }
    const auto total = [&](TierMode mode) {
      core::Rational before;
      core::Rational sum;
      for (const core::Rational& lots : deals) {
        sum = add(sum, multiply(tiered_rate(amount("5"), ladder(), mode, before, lots), lots));
        before = add(before, lots);
      }
      // At the end of the month whole tiers are topped up to the last rate for all of it.
      EXPECT_TRUE(multiply(rate_at(amount("5"), ladder(), before), before) >= sum);
      return sum;
    };
    const core::Rational marginal = total(TierMode::Marginal);
    EXPECT_TRUE(marginal <= total(TierMode::Whole));
    std::reverse(deals.begin(), deals.end());
    EXPECT_TRUE(total(TierMode::Marginal) == marginal);
  }
}

}  // namespace
}  // namespace engine::commission
