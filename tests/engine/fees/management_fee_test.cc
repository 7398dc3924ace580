#include "engine/fees/management_fee.h"

#include <gtest/gtest.h>

#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::cents;
using tests::fees::date;
using tests::fees::decimal;
using tests::fees::floored;
using tests::fees::money;
using tests::fees::written;

Fraction part_of_year(DayCount convention, std::string_view from, std::string_view to) {
  return year_fraction(convention, date(from), date(to)).value();
}

// Source: Derive vault docs: fees, https://docs.derive.xyz/vaults/fees.md
// (UNIT-03-derive-mgmt-fee): 1 % x 73/365 of 1,000,000 is 2,000.
TEST(ManagementFee, DeriveTakesOnePercentOver73Days) {
  const Fraction days = part_of_year(DayCount::Act365, "2026-01-01", "2026-03-15");
  EXPECT_EQ(days, (Fraction{73, 365}));
  const auto fee = management_accrual(whole(cents("1000000")), decimal("0.0100"), days).value();
  EXPECT_EQ(fee, whole(cents("2000")));
}

// Source: Interactive Brokers UK: advisor client fee examples,
// http://ibkr.co.uk/en/general/advisor-client-fee-examples.php (MGT-02-ibkr-252): 5% x 100,000 /
// 252 = 19.84 a day. A flat 1,000 is 3.97 a day, which the source rounds to the nearest cent; here
// the fraction stays accrued: 3.96 on the first day and 3.97 on the second.
TEST(ManagementFee, InteractiveBrokersTakesA252ndADay) {
  const Fraction day = part_of_year(DayCount::Business252, "2026-01-05", "2026-01-06");
  const auto fee = management_accrual(whole(cents("100000")), decimal("0.05"), day).value();
  EXPECT_EQ(written(fee), "125000/63");
  EXPECT_EQ(floored(fee), "19.84");

  const auto flat = flat_accrual(cents("1000"), day).value();
  EXPECT_EQ(written(flat), "25000/63");  // 396.8 cents.
  EXPECT_EQ(floored(flat), "3.96");
  const auto two_days = add(flat, flat).value();
  EXPECT_EQ(money(charge_of(two_days, cents("3.96")).value()), "3.97");
  const Fraction year{252, 252};
  EXPECT_EQ(floored(flat_accrual(cents("1000"), year).value()), "1000.00");
}

// Source: the worked examples, ROLL-01-full-order-of-operations (derived): 2 % ACT/365 for 30 days.
TEST(ManagementFee, ThirtyDaysOfTheYear) {
  const auto fee = [](std::string_view base) {
    return floored(management_accrual(whole(cents(base)), decimal("0.02"), {30, 365}).value());
  };
  EXPECT_EQ(fee("20000"), "32.87");
  EXPECT_EQ(fee("30000"), "49.31");
}

// Source: CFA Level I practice question, https://pzacademy.com/qa/82439
// (HUR-03-cfa-three-year-hwm): 2 % of the 116 million at the end of the third year.
TEST(ManagementFee, OnTheCapitalAtTheEnd) {
  const auto base = management_base(ManagementBase::End, cents("98"), cents("116")).value();
  EXPECT_EQ(floored(management_accrual(base, decimal("0.02"), {12, 12}).value()), "2.32");
}

TEST(ManagementFee, AnAverageMayBeHalfAUnit) {
  EXPECT_EQ(management_base(ManagementBase::Average, 100, 103).value(), (Exact{203, 2}));
  EXPECT_EQ(management_base(ManagementBase::Begin, 100, 103).value(), whole(100));
  EXPECT_EQ(management_base(ManagementBase::End, 100, 103).value(), whole(103));
}

TEST(ManagementFee, ABaseBelowZeroIsNothing) {
  EXPECT_EQ(management_base(ManagementBase::Average, 100, -40).value(), whole(50));
  EXPECT_EQ(management_base(ManagementBase::End, 100, -40).value(), whole(0));
}

TEST(ManagementFee, RefusesWhatDoesNotFit) {
  const core::Minor huge = core::power_of_ten(37).value();
  EXPECT_EQ(tests::outcome(management_accrual({huge + 1, 7}, decimal("0.12345"), {11, 365})),
            "Overflow/overflow");
  EXPECT_EQ(tests::outcome(flat_accrual(huge, {364, 365})), "Overflow/overflow");
  EXPECT_EQ(tests::outcome(management_base(ManagementBase::Average, huge * 17, huge * 17)),
            "Overflow/overflow");
}

// Daily accruals under differing conventions add up to the whole span's, for one base.
TEST(ManagementFeeProperty, DailyAccrualsAddUp) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::fees::Draw draw(seed);
    const auto convention = static_cast<DayCount>(draw.below(6));
    const Exact base{draw.amount(), 2};
    const core::Decimal rate = draw.rate();
    const core::Date first = draw.date();
    const core::Date last{first.days + static_cast<std::int32_t>(draw.below(40))};
    Exact sum;
    for (core::Date day = first; day < last; ++day.days) {
      const auto years = year_fraction(convention, day, {day.days + 1}).value();
      sum = add(sum, management_accrual(base, rate, years).value()).value();
    }
    const auto years = year_fraction(convention, first, last).value();
    EXPECT_EQ(sum, reduced(management_accrual(base, rate, years).value()).value());
  }
}

}  // namespace
}  // namespace engine::fees
