#include "engine/fees/cap.h"

#include <gtest/gtest.h>

#include "engine/fees/performance_fee.h"
#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::cents;
using tests::fees::decimal;
using tests::fees::Draw;
using tests::fees::money;

// Source: the worked examples, NASTY-08-annual-cap: 6 % of the capital at the start of the calendar
// year; October +1,500, November +900, January +500. Rows are raw fee, cap left, fee and mark.
TEST(Cap, WhatIsCutIsGivenUp) {
  const PerformanceTerms terms{one_rate(decimal("0.30")), {}};
  core::Minor equity = cents("10000");
  core::Minor mark = equity;
  core::Minor cap = annual_cap(decimal("0.06"), equity).value();
  core::Minor charged = 0;
  const auto month = [&](std::string_view result) {
    equity += cents(result);
    const core::Minor raw = floor_of(performance_fee(terms, equity, mark, {}).value().fee).value();
    const std::string left = money(cap - charged);
    const CappedFee fee = capped(raw, cap, charged).value();
    EXPECT_TRUE(fee.fee + fee.forfeited == raw);
    charged += fee.fee;
    equity -= fee.fee;
    mark = std::max(mark, equity);
    return money(raw) + " " + left + " " + money(fee.fee) + " " + money(mark);
  };
  EXPECT_EQ(month("1500"), "450.00 600.00 450.00 11050.00");
  EXPECT_EQ(month("900"), "270.00 150.00 150.00 11800.00");
  cap = annual_cap(decimal("0.06"), equity).value();
  charged = 0;
  EXPECT_EQ(month("500"), "150.00 708.00 150.00 12150.00");
}

TEST(Cap, ACapThatIsUsedUpAllowsNothing) {
  const CappedFee fee = capped(100, 50, 60).value();
  EXPECT_TRUE(fee.fee == 0 && fee.forfeited == 100);
}

TEST(Cap, IsCutToTheUnitAndNothingOfNoCapital) {
  EXPECT_TRUE(annual_cap(decimal("0.06"), 99).value() == 5);
  EXPECT_TRUE(annual_cap(decimal("0.06"), -99).value() == 0);
}

TEST(Cap, RefusesWhatIsBelowZeroAndWhatDoesNotFit) {
  EXPECT_EQ(tests::outcome(annual_cap(decimal("-0.01"), 100)), "InvalidInput/rate_range");
  EXPECT_EQ(tests::outcome(capped(-1, 100, 0)), "InvalidInput/not_positive");
  const core::Minor huge = core::power_of_ten(38).value();
  EXPECT_EQ(tests::outcome(annual_cap(decimal("2"), huge)), "Overflow/overflow");
  EXPECT_EQ(tests::outcome(capped(1, huge, -huge)), "Overflow/overflow");
}

TEST(MinimumFee, AFeeBelowItIsNotCharged) {
  EXPECT_TRUE(fee_if_at_least(99, 100) == 0);
  EXPECT_TRUE(fee_if_at_least(100, 100) == 100);
  EXPECT_TRUE(fee_if_at_least(0, 0) == 0);
}

TEST(CapProperty, AYearNeverChargesMoreThanTheCap) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const core::Minor cap = annual_cap(draw.rate(), draw.amount()).value();
    core::Minor charged = 0;
    for (int i = 0; i < 12; ++i) {
      const core::Minor raw = draw.amount();
      const CappedFee fee = capped(raw, cap, charged).value();
      EXPECT_TRUE(fee.fee >= 0 && fee.forfeited >= 0 && fee.fee + fee.forfeited == raw);
      charged += fee.fee;
      EXPECT_TRUE(charged <= cap);
    }
  }
}

}  // namespace
}  // namespace engine::fees
