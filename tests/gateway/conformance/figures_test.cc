#include <gtest/gtest.h>

#include "tests/gateway/conformance/answers.h"

namespace gateway::conformance::tests {
namespace {

TEST(ConformanceRound, RoundsAsNamed) {
  EXPECT_EQ(answer("round", R"({"value":"2.345","scale":2,"mode":"half_even"})"),
            R"({"value":"2.34"})");
  EXPECT_EQ(answer("round", R"({"value":"-2.345","scale":2,"mode":"half_up"})"),
            R"({"value":"-2.35"})");
  EXPECT_EQ(answer("round", R"({"value":"1250","scale":-2,"mode":"half_down"})"),
            R"({"value":"1200"})");
}

TEST(ConformanceRound, RefusesWhatItCannotRound) {
  EXPECT_EQ(outcome("round", R"({"value":"1","scale":2,"mode":"nearest"})"),
            "error: unknown_choice at mode");
  EXPECT_EQ(outcome("round", R"({"value":"1e3","scale":2,"mode":"up"})"),
            "error: decimal at value");
  EXPECT_EQ(outcome("round", R"({"value":1,"scale":2,"mode":"up"})"), "error: wrong_type at value");
  for (const char* scale : {"1001", "-1001", "4294967298", "-9223372036854775808"}) {
    EXPECT_EQ(outcome("round", R"({"value":"1","mode":"up","scale":)" + std::string(scale) + "}"),
              "error: scale_range at value");
  }
}

TEST(ConformanceAllocate, GivesTheOddCentToTheLargestRemainderAndThenTheLowestIndex) {
  EXPECT_EQ(answer("allocate", R"({"total":"100.00","scale":2,"weights":["1","1","1"]})"),
            R"({"parts":["33.34","33.33","33.33"]})");
  EXPECT_EQ(answer("allocate", R"({"total":"1.00","scale":2,"weights":["0.2","0.35","0.55"]})"),
            R"({"parts":["0.18","0.32","0.50"]})");
  EXPECT_EQ(answer("allocate", R"({"total":"-100.00","scale":2,"weights":[1,1,1]})"),
            R"({"parts":["-33.34","-33.33","-33.33"]})");
  EXPECT_EQ(answer("allocate", R"({"total":"0.02","scale":2,"weights":[0,1,"0.0",1,1]})"),
            R"({"parts":["0.00","0.01","0.00","0.01","0.00"]})");
  EXPECT_EQ(answer("allocate", R"({"total":"0","scale":2,"weights":[1,2]})"),
            R"({"parts":["0.00","0.00"]})");
}

TEST(ConformanceAllocate, TakesWeightsAsLargeAsFiguresAre) {
  EXPECT_EQ(
      answer("allocate",
             R"({"total":"0.10","scale":2,"weights":)"
             R"(["30000000000000000000000000000000000","70000000000000000000000000000000000"]})"),
      R"({"parts":["0.03","0.07"]})");
}

TEST(ConformanceAllocate, RefusesWhatCannotBeSplit) {
  EXPECT_EQ(outcome("allocate", R"({"total":"1","scale":2,"weights":[]})"), "error: weights_empty");
  EXPECT_EQ(outcome("allocate", R"({"total":"1","scale":2,"weights":[0,"0.00"]})"),
            "error: weights_zero");
  EXPECT_EQ(outcome("allocate", R"({"total":"1","scale":2,"weights":[1,-1]})"),
            "error: weights_negative");
  EXPECT_EQ(outcome("allocate", R"({"total":"1.005","scale":2,"weights":[1]})"),
            "error: precision at total");
  EXPECT_EQ(outcome("allocate", R"({"total":"1","scale":19,"weights":[1]})"),
            "error: scale_range at scale");
  EXPECT_EQ(outcome("allocate", R"({"total":"1","scale":-1,"weights":[1]})"),
            "error: number at scale");
  EXPECT_EQ(outcome("allocate", R"({"total":"1","scale":2,"weights":[1,"x"]})"),
            "error: decimal at weights[1]");
  EXPECT_EQ(outcome("allocate", R"({"total":"1","scale":2,"weights":[true]})"),
            "error: wrong_type at weights[0]");
  EXPECT_EQ(outcome("allocate", R"({"total":"99999999999999999999999999999999999999","scale":2,)"
                                R"("weights":[1]})"),
            "error: overflow at total");
}

// The no-break space before the code is shown as it is printed, in UTF-8.
TEST(ConformanceFormat, MoneyIsAsStatementsPrintIt) {
  EXPECT_EQ(answer("format-money", R"({"amount":"-1234567.89","currency":"EUR","locale":"el"})"),
            "{\"text\":\"-1.234.567,89\u00A0EUR\"}");
  EXPECT_EQ(answer("format-money", R"({"amount":"1234567","currency":"JPY","locale":"en"})"),
            "{\"text\":\"1,234,567\u00A0JPY\"}");
  EXPECT_EQ(outcome("format-money", R"({"amount":"1.5","currency":"JPY","locale":"en"})"),
            "error: precision at amount");
  EXPECT_EQ(outcome("format-money", R"({"amount":"1","currency":"ABC","locale":"en"})"),
            "error: commodity at currency");
  EXPECT_EQ(outcome("format-money", R"({"amount":"1","currency":"EUR","locale":"xx"})"),
            "error: locale at locale");
}

TEST(ConformanceFormat, DatesAreThoseOfTheZone) {
  const auto date = [](std::string_view style) {
    return answer(
        "format-date",
        R"({"time":"2026-01-05T22:30:00Z","zone":"Asia/Nicosia","locale":"en-GB","style":")" +
            std::string(style) + "\"}");
  };
  EXPECT_EQ(date("short"), R"({"text":"06/01/2026"})");
  EXPECT_EQ(date("medium"), R"({"text":"6 Jan 2026"})");
  EXPECT_EQ(date("long"), R"({"text":"6 January 2026"})");
  EXPECT_EQ(date("full"), R"({"text":"Tuesday, 6 January 2026"})");
  EXPECT_EQ(date("date_time").substr(0, 36), R"({"text":"6 January 2026 at 00:30:00 )");
}

TEST(ConformanceFormat, RefusesWhatItCannotPrint) {
  const auto date = [](std::string_view time, std::string_view zone, std::string_view locale,
                       std::string_view style) {
    return outcome("format-date",
                   core::json::print(core::json::Object{
                       {"time", time}, {"zone", zone}, {"locale", locale}, {"style", style}}));
  };
  EXPECT_EQ(date("2026-01-05", "UTC", "en", "long"), "error: time at time");
  EXPECT_EQ(date("2026-01-05T00:00:00Z", "Mars", "en", "long"), "error: time_zone");
  EXPECT_EQ(date("2026-01-05T00:00:00Z", "UTC", "xx", "long"), "error: locale");
  EXPECT_EQ(date("2026-01-05T00:00:00Z", "UTC", "en", "tiny"), "error: unknown_choice at style");
}

}  // namespace
}  // namespace gateway::conformance::tests
