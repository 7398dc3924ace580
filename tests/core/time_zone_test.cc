#include "core/time_zone.h"

#include <gtest/gtest.h>

#include "core/time.h"
#include "tests/support/outcome.h"

namespace core {
namespace {

constexpr std::string_view kAthens = "Europe/Athens";
constexpr std::string_view kNewYork = "America/New_York";

std::string utc(std::string_view zone, std::string_view date, int hour, int minute, int second) {
  const auto instant = local_to_utc(zone, parse_date(date).value(), hour, minute, second);
  return instant.has_value() ? to_string(instant.value()) : tests::outcome(instant);
}

std::string day(std::string_view zone, std::string_view instant) {
  const auto date = local_date(zone, parse_instant(instant).value());
  return date.has_value() ? to_string(date.value()) : tests::outcome(date);
}

TEST(LocalToUtc, UsesTheOffsetOfTheDay) {
  EXPECT_EQ(utc(kAthens, "2026-01-05", 11, 30, 15), "2026-01-05T09:30:15.000000Z");
  EXPECT_EQ(utc(kAthens, "2026-07-05", 11, 30, 0), "2026-07-05T08:30:00.000000Z");
  EXPECT_EQ(utc(kNewYork, "2026-01-05", 17, 0, 0), "2026-01-05T22:00:00.000000Z");
  EXPECT_EQ(utc(kNewYork, "2026-07-05", 17, 0, 0), "2026-07-05T21:00:00.000000Z");
  EXPECT_EQ(utc("UTC", "2026-07-05", 23, 59, 59), "2026-07-05T23:59:59.000000Z");
  EXPECT_EQ(utc("Asia/Kathmandu", "2026-07-05", 0, 0, 0), "2026-07-04T18:15:00.000000Z");
}

TEST(LocalToUtc, ATimeSkippedInSpringMovesForwardByTheGap) {
  // Athens goes from 03:00 to 04:00, so 03:30 is read as 04:30.
  EXPECT_EQ(utc(kAthens, "2026-03-29", 2, 59, 59), "2026-03-29T00:59:59.000000Z");
  EXPECT_EQ(utc(kAthens, "2026-03-29", 3, 30, 0), "2026-03-29T01:30:00.000000Z");
  EXPECT_EQ(utc(kAthens, "2026-03-29", 4, 30, 0), "2026-03-29T01:30:00.000000Z");
  // New York goes from 02:00 to 03:00.
  EXPECT_EQ(utc(kNewYork, "2026-03-08", 2, 30, 0), "2026-03-08T07:30:00.000000Z");
  EXPECT_EQ(utc(kNewYork, "2026-03-08", 3, 30, 0), "2026-03-08T07:30:00.000000Z");
}

TEST(LocalToUtc, ATimeRepeatedInAutumnIsTheEarlier) {
  EXPECT_EQ(utc(kAthens, "2026-10-25", 3, 30, 0), "2026-10-25T00:30:00.000000Z");
  EXPECT_EQ(utc(kAthens, "2026-10-25", 4, 0, 0), "2026-10-25T02:00:00.000000Z");
  EXPECT_EQ(utc(kNewYork, "2026-11-01", 1, 30, 0), "2026-11-01T05:30:00.000000Z");
  EXPECT_EQ(utc(kNewYork, "2026-11-01", 2, 0, 0), "2026-11-01T07:00:00.000000Z");
}

TEST(LocalToUtc, RefusesWhatIsNoTimeOfDay) {
  for (const auto& [hour, minute, second] :
       {std::array{24, 0, 0}, {-1, 0, 0}, {0, 60, 0}, {0, -1, 0}, {23, 59, 60}, {0, 0, -1}}) {
    EXPECT_EQ(utc(kAthens, "2026-01-05", hour, minute, second), "InvalidInput/time");
  }
}

TEST(LocalToUtc, RefusesDatesOutsideTheYears1900To9999) {
  for (const Date date : {Date{kDateMin.days - 1}, Date{kDateMax.days + 1}, Date{INT32_MAX}}) {
    EXPECT_EQ(tests::outcome(local_to_utc(kAthens, date, 0, 0, 0)), "InvalidInput/date");
  }
}

TEST(LocalDate, IsTheDayOnTheWall) {
  EXPECT_EQ(day(kAthens, "2026-01-04T21:59:59.999999Z"), "2026-01-04");
  EXPECT_EQ(day(kAthens, "2026-01-04T22:00:00Z"), "2026-01-05");
  EXPECT_EQ(day(kAthens, "2026-07-04T21:00:00Z"), "2026-07-05");
  EXPECT_EQ(day(kNewYork, "2026-01-05T04:59:59.999999Z"), "2026-01-04");
  EXPECT_EQ(day(kNewYork, "2026-01-05T05:00:00Z"), "2026-01-05");
  EXPECT_EQ(day("UTC", "1969-12-31T23:59:59.999999Z"), "1969-12-31");
}

TEST(LocalDate, MidnightOfADayIsInIt) {
  for (const std::string_view zone : {kAthens, kNewYork, std::string_view("Pacific/Auckland")}) {
    SCOPED_TRACE(zone);
    for (Date date{20'000}; date < Date{20'800}; ++date.days) {
      const Instant start = local_to_utc(zone, date, 0, 0, 0).value();
      EXPECT_EQ(local_date(zone, start).value(), date);
      EXPECT_EQ(local_date(zone, Instant{start.micros - 1}).value(), Date{date.days - 1});
    }
  }
}

TEST(LocalDate, RefusesInstantsOutsideTheYears1900To9999) {
  for (const Instant instant : {Instant{kInstantMin.micros - 1}, Instant{kInstantMax.micros + 1},
                                Instant{INT64_MIN}, Instant{INT64_MAX}}) {
    EXPECT_EQ(tests::outcome(local_date(kAthens, instant)), "InvalidInput/time");
  }
}

TEST(Zone, RefusesWhatIanaDoesNotName) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view zone :
       {""sv, "Europe"sv, "Europe/Atlantis"sv, "europe/athens"sv, "Etc/Unknown"sv, "GMT+3"sv,
        "UTC+3"sv, "+03:00"sv, "BST"sv, "IST"sv, "SystemV/PST8"sv, "Europe/Athens "sv,
        "Europe/Athens\0"sv, "Europe/\xff"sv}) {
    SCOPED_TRACE(zone);
    EXPECT_EQ(utc(zone, "2026-01-05", 0, 0, 0), "InvalidInput/time_zone");
    EXPECT_EQ(day(zone, "2026-01-05T00:00:00Z"), "InvalidInput/time_zone");
  }
  EXPECT_EQ(utc(std::string(1'000'000, 'A'), "2026-01-05", 0, 0, 0), "InvalidInput/time_zone");
}

TEST(Zone, TakesOldNamesThatIanaKeeps) {
  for (const std::string_view zone :
       {"EET", "GMT", "Etc/GMT+3", "Europe/Nicosia", "Asia/Calcutta"}) {
    SCOPED_TRACE(zone);
    EXPECT_TRUE(find_zone(zone).has_value());
  }
}

}  // namespace
}  // namespace core
