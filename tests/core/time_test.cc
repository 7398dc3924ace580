#include "core/time.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/numbers.h"
#include "tests/support/outcome.h"

namespace core {
namespace {

constexpr std::int64_t kDayMicros = 86'400'000'000;

std::string text(const Result<Instant>& result) {
  return result.has_value() ? to_string(result.value()) : tests::outcome(result);
}
std::string text(const Result<Date>& result) {
  return result.has_value() ? to_string(result.value()) : tests::outcome(result);
}

TEST(Instant, PrintsSixDecimalsAlways) {
  EXPECT_EQ(to_string(Instant{0}), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(to_string(Instant{1'767'605'400'000'001}), "2026-01-05T09:30:00.000001Z");
  EXPECT_EQ(to_string(Instant{-1}), "1969-12-31T23:59:59.999999Z");
}

TEST(Instant, PrintsTheWholeRange) {
  EXPECT_EQ(to_string(Instant{std::numeric_limits<std::int64_t>::max()}),
            "294247-01-10T04:00:54.775807Z");
  EXPECT_EQ(to_string(Instant{std::numeric_limits<std::int64_t>::min()}),
            "-290308-12-21T19:59:05.224192Z");
}

TEST(Date, PrintsTheWholeRange) {
  EXPECT_EQ(to_string(Date{0}), "1970-01-01");
  EXPECT_EQ(to_string(Date{-719'528}), "0000-01-01");
  EXPECT_EQ(to_string(Date{-719'529}), "-0001-12-31");
  EXPECT_EQ(to_string(Date{std::numeric_limits<std::int32_t>::max()}), "5881580-07-11");
  EXPECT_EQ(to_string(Date{std::numeric_limits<std::int32_t>::min()}), "-5877641-06-23");
}

TEST(Time, BoundsAreTheYears1900To9999) {
  EXPECT_EQ(to_string(kDateMin), "1900-01-01");
  EXPECT_EQ(to_string(kDateMax), "9999-12-31");
  EXPECT_EQ(to_string(kInstantMin), "1900-01-01T00:00:00.000000Z");
  EXPECT_EQ(to_string(kInstantMax), "9999-12-31T23:59:59.999999Z");
}

TEST(ParseInstant, ReadsZeroToSixDecimals) {
  EXPECT_EQ(text(parse_instant("2026-01-05T09:30:00Z")), "2026-01-05T09:30:00.000000Z");
  EXPECT_EQ(text(parse_instant("2026-01-05T09:30:00.5Z")), "2026-01-05T09:30:00.500000Z");
  EXPECT_EQ(text(parse_instant("2026-01-05T09:30:00.000001Z")), "2026-01-05T09:30:00.000001Z");
  EXPECT_EQ(text(parse_instant("2026-01-05T23:59:59.123+00:00")), "2026-01-05T23:59:59.123000Z");
  EXPECT_EQ(text(parse_instant("1900-01-01T00:00:00Z")), to_string(kInstantMin));
  EXPECT_EQ(text(parse_instant("9999-12-31T23:59:59.999999Z")), to_string(kInstantMax));
}

TEST(ParseInstant, RefusesAnythingElse) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view written : {""sv,
                                         "2026-01-05"sv,
                                         "2026-01-05T09:30Z"sv,
                                         "2026-01-05T09:30:00"sv,
                                         "2026-01-05 09:30:00Z"sv,
                                         "2026-01-05t09:30:00Z"sv,
                                         "2026-01-05T09:30:00z"sv,
                                         "2026-01-05T09:30:00.Z"sv,
                                         "2026-01-05T09:30:00.0000000Z"sv,
                                         "2026-01-05T09:30:00,5Z"sv,
                                         "2026-01-05T09:30:00+02:00"sv,
                                         "2026-01-05T09:30:00-00:00"sv,
                                         "2026-01-05T09:30:00+0000"sv,
                                         "2026-01-05T24:00:00Z"sv,
                                         "2026-01-05T09:60:00Z"sv,
                                         "2026-01-05T9:30:00Z"sv,
                                         "2026-02-29T00:00:00Z"sv,
                                         "1899-12-31T23:59:59Z"sv,
                                         "10000-01-01T00:00:00Z"sv,
                                         "2026-01-05T09:30:00Z "sv,
                                         " 2026-01-05T09:30:00Z"sv,
                                         "2026-01-05T09:30:00Z\0"sv,
                                         "2026-01-05T09:30:-1Z"sv,
                                         "+026-01-05T09:30:00Z"sv}) {
    SCOPED_TRACE(written);
    EXPECT_EQ(text(parse_instant(written)), "InvalidInput/time");
  }
}

TEST(ParseInstant, RefusesALeapSecond) {
  EXPECT_EQ(text(parse_instant("2016-12-31T23:59:60Z")), "InvalidInput/time");
}

TEST(ParseInstant, ReadsWhatIsPrinted) {
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const auto range = static_cast<std::uint64_t>(kInstantMax.micros - kInstantMin.micros + 1);
    const Instant instant{kInstantMin.micros + static_cast<std::int64_t>(numbers.below(range))};
    EXPECT_EQ(parse_instant(to_string(instant)).value(), instant);
  }
}

TEST(ParseDate, ReadsEveryDayOfTheRangeInOrder) {
  std::string before;
  for (Date date = kDateMin; date <= kDateMax; date.days += 7) {
    const std::string printed = to_string(date);
    ASSERT_LT(before, printed);
    ASSERT_EQ(parse_date(printed).value(), date);
    before = printed;
  }
}

TEST(ParseDate, KnowsLeapYears) {
  EXPECT_EQ(text(parse_date("2024-02-29")), "2024-02-29");
  EXPECT_EQ(text(parse_date("2000-02-29")), "2000-02-29");
  EXPECT_EQ(text(parse_date("1900-02-29")), "InvalidInput/date");
  EXPECT_EQ(text(parse_date("2026-02-29")), "InvalidInput/date");
}

TEST(ParseDate, RefusesAnythingElse) {
  for (const std::string_view written :
       {"", "2026", "2026-1-5", "20260105", "2026-01-00", "2026-00-05", "2026-13-01", "2026-04-31",
        "1899-12-31", "10000-01-01", "2026-01-05T", "2026-01-05 ", "05-01-2026", "-026-01-05"}) {
    SCOPED_TRACE(written);
    EXPECT_EQ(text(parse_date(written)), "InvalidInput/date");
  }
}

TEST(UtcDate, IsTheDayThatContainsTheInstant) {
  EXPECT_EQ(utc_date(Instant{0}), Date{0});
  EXPECT_EQ(utc_date(Instant{-1}), Date{-1});
  EXPECT_EQ(utc_date(Instant{kDayMicros - 1}), Date{0});
  EXPECT_EQ(utc_date(Instant{kDayMicros}), Date{1});
  EXPECT_EQ(utc_date(Instant{-kDayMicros}), Date{-1});
  EXPECT_EQ(utc_date(Instant{-kDayMicros - 1}), Date{-2});
}

TEST(UtcMidnight, StartsTheDay) {
  EXPECT_EQ(to_string(utc_midnight(Date{20'458})), "2026-01-05T00:00:00.000000Z");
  EXPECT_EQ(utc_date(utc_midnight(kDateMin)), kDateMin);
}

TEST(UtcMidnightDeathTest, OfADayBeyondAllInstantsEndsTheProcess) {
  EXPECT_DEATH(static_cast<void>(utc_midnight(Date{200'000'000})), "CHECK failed");
}

TEST(SystemClock, TellsATimeOfOurDays) {
  SystemClock clock;
  const Instant first = clock.now();
  EXPECT_GT(first, parse_instant("2020-01-01T00:00:00Z").value());
  EXPECT_LT(first, kInstantMax);
}

}  // namespace
}  // namespace core
