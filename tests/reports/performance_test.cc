#include "reports/performance.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace reports {
namespace {

using core::Minor;

constexpr std::int64_t kDay = 86'400'000'000;

core::Instant on_day(std::int64_t day) { return {day * kDay}; }

std::string rate(const core::Result<Return>& value) {
  if (!value) return tests::outcome(value);
  if (!value.value().rate_e8) return std::string(value.value().reason);
  return core::print_fixed(*value.value().rate_e8, 8);
}

std::string percent(const core::Result<Return>& value) {
  return core::print_fixed(value.value().basis_points.value(), 2);
}

// A flow of `amount` when the portfolio had gained `result` since the step before.
ValueStep flow(std::int64_t day, Minor result, Minor amount) {
  return {on_day(day), 0, result + amount, amount, false};
}
ValueStep result(std::int64_t day, Minor amount) { return {on_day(day), 0, amount, 0, false}; }

core::Result<Return> time_weighted(const PeriodValues& values) {
  return reports::time_weighted(sub_periods(values).value());
}

// C. Bacon, Practical Portfolio Performance Measurement and Attribution: 74.2m at the start of
// January, 37.1m paid in after a market value of 67.0m on the 14th, 104.4m at the end.
PeriodValues bacon() {
  return {on_day(0), on_day(31), 742, {flow(14, 670 - 742, 371), result(30, 1044 - 1041)}};
}

TEST(TimeWeighted, AgreesWithBaconsExample) { EXPECT_EQ(percent(time_weighted(bacon())), "-9.44"); }

TEST(ModifiedDietz, AgreesWithBaconsExample) {
  EXPECT_EQ(percent(modified_dietz(bacon())), "-7.30");
}

// 100 at first, 50 paid in half way, 300 at the end: 150 on average capital of 125.
TEST(ModifiedDietz, AgreesWithTheTextbookExample) {
  const PeriodValues values{on_day(0), on_day(730), 100, {flow(365, 0, 50), result(700, 150)}};
  EXPECT_EQ(rate(modified_dietz(values)), "1.20000000");
}

TEST(TimeWeighted, LinksSubPeriodsExactly) {
  // +10 % on 1,000; 500 paid in; +20 % on 1,600.
  const PeriodValues values{
      on_day(0), on_day(30), 100'000, {flow(10, 10'000, 50'000), result(20, 32'000)}};
  EXPECT_EQ(rate(time_weighted(values)), "0.32000000");
}

TEST(TimeWeighted, DoesNotDependOnTheSizeOfFlows) {
  for (const Minor amount : {2, -900, 100'000'000}) {
    // +10 %, then the flow, then +50 %.
    const PeriodValues values{
        on_day(0), on_day(30), 1'000, {flow(10, 100, amount), result(20, (1'100 + amount) / 2)}};
    EXPECT_EQ(rate(time_weighted(values)), "0.65000000");
  }
}

TEST(TimeWeighted, IsTheSameHoweverOftenThePoolIsPriced) {
  PeriodValues values{on_day(0), on_day(30), 98'765, {}};
  for (std::int64_t day = 1; day < 30; ++day) values.steps.push_back(result(day, day * 7 - 50));
  const auto seldom = time_weighted(values);
  for (ValueStep& step : values.steps) step.priced = true;
  EXPECT_EQ(sub_periods(values).value().size(), 30u);
  EXPECT_EQ(rate(time_weighted(values)), rate(seldom));
}

TEST(TimeWeighted, IsRoundedOnceHalfEven) {
  // 1/3 and 2/3 of a unit of the eighth decimal.
  EXPECT_EQ(rate(time_weighted({on_day(0), on_day(1), 3, {result(0, 1)}})), "0.33333333");
  EXPECT_EQ(rate(time_weighted({on_day(0), on_day(1), 3, {result(0, 2)}})), "0.66666667");
  // 0.000000005 exactly: a half goes to the even neighbour.
  EXPECT_EQ(rate(time_weighted({on_day(0), on_day(1), 200'000'000, {result(0, 1)}})), "0.00000000");
  EXPECT_EQ(rate(time_weighted({on_day(0), on_day(1), 200'000'000, {result(0, 3)}})), "0.00000002");
  // Per cent from the exact value, not from the eight decimals.
  EXPECT_EQ(percent(time_weighted({on_day(0), on_day(1), 20'000, {result(0, 1)}})), "0.00");
  EXPECT_EQ(percent(time_weighted({on_day(0), on_day(1), 20'000, {result(0, 3)}})), "0.02");
}

TEST(TimeWeighted, StartsWithTheFirstMoney) {
  // Nothing until the tenth day, then 1,000 that become 1,010.
  const PeriodValues values{on_day(0), on_day(30), 0, {flow(10, 0, 1'000), result(20, 10)}};
  EXPECT_EQ(rate(time_weighted(values)), "0.01000000");
  EXPECT_EQ(sub_periods(values).value().size(), 1u);
}

TEST(TimeWeighted, GoesOnAfterAFullRedemption) {
  // +10 %, all out, nothing for a while, in again, -50 %.
  const PeriodValues values{
      on_day(0), on_day(30), 1'000, {flow(5, 100, -1'100), flow(20, 0, 400), result(25, -200)}};
  EXPECT_EQ(rate(time_weighted(values)), "-0.45000000");
}

TEST(TimeWeighted, TreatsFlowsOfOneMomentAsOne) {
  const PeriodValues values{
      on_day(0), on_day(30), 1'000, {flow(5, 100, -1'100), flow(5, 0, 2'200), result(25, 220)}};
  EXPECT_EQ(rate(time_weighted(values)), "0.21000000");
}

TEST(TimeWeighted, SaysWhyThereIsNone) {
  EXPECT_EQ(rate(time_weighted({on_day(0), on_day(30), 0, {}})), "no_capital");
  EXPECT_EQ(rate(time_weighted({on_day(0), on_day(30), 0, {result(3, 5)}})),
            "result_without_capital");
  EXPECT_EQ(rate(time_weighted({on_day(0), on_day(30), -5, {result(3, 15)}})), "value_below_zero");
  EXPECT_EQ(rate(time_weighted({on_day(0), on_day(30), 100, {result(3, -101)}})),
            "value_below_zero");
}

TEST(TimeWeighted, ATotalLossIsMinusOneHundredPerCent) {
  EXPECT_EQ(rate(time_weighted({on_day(0), on_day(30), 100, {result(3, -100)}})), "-1.00000000");
}

TEST(ModifiedDietz, SaysWhyThereIsNone) {
  EXPECT_EQ(rate(modified_dietz({on_day(0), on_day(30), 0, {}})), "no_capital");
  EXPECT_EQ(rate(modified_dietz({on_day(0), on_day(30), 0, {result(3, 5)}})),
            "result_without_capital");
  EXPECT_EQ(rate(modified_dietz({on_day(0), on_day(30), 0, {flow(1, 0, 10), result(3, 5)}})),
            "0.50000000");
  // More taken out early than was there at first.
  EXPECT_EQ(rate(modified_dietz({on_day(0), on_day(30), 100, {flow(1, 900, -950)}})),
            "value_below_zero");
}

TEST(ModifiedDietz, WeighsAFlowByTheTimeItWasThere) {
  // 1,000 for ten days and 1,000 more for five: 1,500 on average.
  EXPECT_EQ(
      rate(modified_dietz({on_day(0), on_day(10), 1'000, {flow(5, 0, 1'000), result(7, 15)}})),
      "0.01000000");
}

TEST(ModifiedDietz, MeasuresTheTimeThatMoneyWasIn) {
  // Came on day 20 of 30.
  EXPECT_EQ(rate(modified_dietz({on_day(0), on_day(30), 0, {flow(20, 0, 1'000), result(25, 10)}})),
            "0.01000000");
  // Left on day 3 of 30.
  EXPECT_EQ(rate(modified_dietz({on_day(0), on_day(30), 1'000, {flow(3, 10, -1'010)}})),
            "0.01000000");
  // In and out at one moment.
  EXPECT_EQ(rate(modified_dietz({on_day(0), on_day(30), 0, {flow(3, 0, 50), flow(3, 0, -50)}})),
            "no_capital");
}

TEST(ModifiedDietz, EqualsTheTimeWeightedReturnWithoutFlows) {
  const PeriodValues values{on_day(0), on_day(30), 98'765, {result(4, 321), result(9, -123)}};
  EXPECT_EQ(rate(modified_dietz(values)), rate(time_weighted(values)));
}

TEST(SubPeriods, RefuseSumsThatDoNotFit) {
  const Minor huge = core::parse_decimal("99999999999999999999999999999999999999").value().digits;
  const PeriodValues values{on_day(0), on_day(30), huge, {result(4, huge)}};
  EXPECT_EQ(tests::outcome(sub_periods(values)), "Overflow/overflow");
}

}  // namespace
}  // namespace reports
