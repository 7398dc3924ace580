#include "engine/fees/day_count.h"

#include <gtest/gtest.h>

#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::date;
using tests::fees::Draw;

constexpr DayCount kAll[] = {DayCount::Act365,      DayCount::Act360,    DayCount::Business252,
                             DayCount::Business260, DayCount::Thirty360, DayCount::Twelfth};

std::string part(DayCount convention, std::string_view from, std::string_view to) {
  const auto fraction = year_fraction(convention, date(from), date(to)).value();
  return core::to_string(fraction.numerator) + "/" + core::to_string(fraction.denominator);
}

TEST(DayCount, ActualDaysCountTheFirstAndNotTheLast) {
  EXPECT_EQ(part(DayCount::Act365, "2026-01-05", "2026-01-06"), "1/365");
  EXPECT_EQ(part(DayCount::Act360, "2026-01-01", "2027-01-01"), "365/360");
  EXPECT_EQ(part(DayCount::Act365, "2028-02-28", "2028-03-01"), "2/365");  // A leap year.
}

// Source: the managed-account rules, ruling 2: Friday to Monday is three days.
TEST(DayCount, FridayToMondayIsThreeDaysOrOneBusinessDay) {
  EXPECT_EQ(part(DayCount::Act365, "2026-01-02", "2026-01-05"), "3/365");
  EXPECT_EQ(part(DayCount::Business252, "2026-01-02", "2026-01-05"), "1/252");
}

TEST(DayCount, BusinessDaysAreMondaysToFridays) {
  EXPECT_EQ(part(DayCount::Business260, "2026-01-05", "2026-01-12"), "5/260");
  EXPECT_EQ(part(DayCount::Business252, "2026-01-10", "2026-01-12"), "0/252");  // A weekend.
  // 2026 begins and ends on a Thursday: 52 weeks and a day.
  EXPECT_EQ(part(DayCount::Business260, "2026-01-01", "2027-01-01"), "261/260");
  // 1900-01-01 was a Monday, 1969-12-29 too.
  EXPECT_EQ(part(DayCount::Business252, "1900-01-01", "1900-01-08"), "5/252");
  EXPECT_EQ(part(DayCount::Business252, "1969-12-29", "1970-01-05"), "5/252");
}

// ISDA 2006, 4.16(g): 360 (Y2 - Y1) + 30 (M2 - M1) + (D2 - D1), each D not above 30.
TEST(DayCount, ThirtyDayMonths) {
  EXPECT_EQ(part(DayCount::Thirty360, "2026-01-15", "2026-02-15"), "30/360");
  EXPECT_EQ(part(DayCount::Thirty360, "2026-01-30", "2026-01-31"), "0/360");
  EXPECT_EQ(part(DayCount::Thirty360, "2026-01-31", "2026-02-01"), "1/360");
  EXPECT_EQ(part(DayCount::Thirty360, "2026-02-28", "2026-03-01"), "3/360");
  EXPECT_EQ(part(DayCount::Thirty360, "2026-02-28", "2026-03-31"), "32/360");
  EXPECT_EQ(part(DayCount::Thirty360, "2025-12-31", "2026-12-31"), "360/360");
}

TEST(DayCount, TwelfthsCountTheFirstsOfMonths) {
  EXPECT_EQ(part(DayCount::Twelfth, "2026-01-30", "2026-01-31"), "0/12");
  EXPECT_EQ(part(DayCount::Twelfth, "2026-01-31", "2026-02-01"), "1/12");
  EXPECT_EQ(part(DayCount::Twelfth, "2025-11-15", "2026-02-14"), "3/12");
  EXPECT_EQ(part(DayCount::Twelfth, "2025-06-30", "2026-06-30"), "12/12");
}

TEST(DayCount, NothingAccruesBackwards) {
  for (const DayCount convention : kAll) {
    const auto none = year_fraction(convention, date("2026-05-05"), date("2026-05-05")).value();
    EXPECT_TRUE(none.numerator == 0);
    const auto back = year_fraction(convention, date("2027-05-05"), date("2026-05-05")).value();
    EXPECT_TRUE(back.numerator == 0);
  }
}

TEST(DayCount, RefusesDatesThatCannotBeWritten) {
  const core::Date early{core::kDateMin.days - 1};
  const core::Date late{core::kDateMax.days + 1};
  EXPECT_EQ(tests::outcome(year_fraction(DayCount::Twelfth, early, date("2026-01-01"))),
            "InvalidInput/date");
  EXPECT_EQ(tests::outcome(year_fraction(DayCount::Act365, date("2026-01-01"), late)),
            "InvalidInput/date");
}

TEST(DayCountProperty, AdjoiningSpansAddUp) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    std::array<core::Date, 3> dates{draw.date(), draw.date(), draw.date()};
    std::sort(dates.begin(), dates.end());
    for (const DayCount convention : kAll) {
      const auto first = year_fraction(convention, dates[0], dates[1]).value();
      const auto second = year_fraction(convention, dates[1], dates[2]).value();
      const auto both = year_fraction(convention, dates[0], dates[2]).value();
      EXPECT_TRUE(first.numerator + second.numerator == both.numerator);
      EXPECT_TRUE(first.denominator == both.denominator);
    }
  }
}

// Business days one by one: 1970-01-01 was a Thursday.
TEST(DayCountProperty, BusinessDaysAreCountedOneByOne) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const core::Date from = draw.date();
    const core::Date to{from.days + static_cast<std::int32_t>(draw.below(400))};
    core::Minor counted = 0;
    for (std::int32_t day = from.days; day < to.days; ++day) counted += (day + 3) % 7 < 5 ? 1 : 0;
    EXPECT_TRUE(year_fraction(DayCount::Business252, from, to).value().numerator == counted);
  }
}

}  // namespace
}  // namespace engine::fees
