#include "engine/commission/bases.h"

#include <gtest/gtest.h>

#include "tests/engine/commission/parts.h"

namespace engine::commission {
namespace {

// Source: the worked examples, IB-06-fullerton-crypto-pct: 20 of 10,000 of the notional is 2,000
// for a million.
TEST(PerMillion, PaysAPartOfTheNotional) {
  const auto rebate = [](std::string_view lots) {
    return written(multiply(millions(notional(amount(lots), amount("0.01"), amount("110843.27"))),
                            amount("2000")));
  };
  EXPECT_EQ(rebate("1"), "2.2168654");
  EXPECT_EQ(rebate("0.1"), "0.22168654");
  EXPECT_EQ(rebate("0.01"), "0.022168654");
}

// Source: the worked examples, IB-07-fbs-spread-multiplier.
TEST(PercentOfSpread, IsAPartOfWhatTheClientPaid) {
  const auto spread = spread_money(amount("0.000136"), amount("100000"), amount("5"));
  EXPECT_EQ(written(spread), "68");
  EXPECT_EQ(written(multiply(spread, amount("0.3"))), "20.4");
}

TEST(PercentOfSpread, GainsNothingFromAFastMarket) {
  EXPECT_EQ(written(damped(amount("0.0005"), amount("0.000136"))), "0.000136");
  EXPECT_EQ(written(damped(amount("0.0001"), amount("0.000136"))), "0.0001");
}

// A point of 0.00001 on 0.01 lots of 100,000 is a cent; a tenth of it is dust until it adds up.
TEST(Points, AreWorthTickTimesContract) {
  const auto point = value_of_point(amount("0.01"), amount("0.00001"), amount("100000"));
  EXPECT_EQ(written(point), "0.01");
  EXPECT_EQ(written(multiply(point, amount("0.1"))), "0.001");
}

// Source: the worked examples, IB-13-negative-carryover: its cost of 2,700 and 1,500.
TEST(NetRevenue, IsWhatWasEarnedLessItsCost) {
  EXPECT_EQ(written(net_revenue({amount("20000"), amount("6000"), amount("1000"), amount("1000"),
                                 amount("1200"), amount("500")})),
            "24300");
  EXPECT_EQ(
      written(net_revenue({amount("-15000"), {}, {}, amount("500"), amount("700"), amount("300")})),
      "-16500");
}

TEST(Amounts, AreRoundedDownOnceToWholeUnits) {
  const core::Rational third = core::Rational::of(1, 3).value();
  EXPECT_EQ(written(third), "0.333333333333333333");
  EXPECT_TRUE(whole_units(to_accrual(amount("1.239")).value(), 2) == 123);
  EXPECT_TRUE(whole_units(to_accrual(amount("-1.231")).value(), 2) == -124);
  EXPECT_TRUE(whole_units(to_accrual(amount("1.9")).value(), 0) == 1);
  EXPECT_TRUE(whole_units(to_accrual(amount("-1")).value(), 0) == -1);
}

}  // namespace
}  // namespace engine::commission
