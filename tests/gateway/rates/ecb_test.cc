#include "gateway/rates/ecb.h"

#include <gtest/gtest.h>

#include "core/json.h"

namespace gateway::ecb {
namespace {

// "2026-04-13: USD 1.1684, JPY 186.75; ..." or the refusal.
std::string days_of(const core::Result<std::vector<Day>>& read) {
  if (!read) return read.error().reason + " at " + read.error().at;
  std::string out;
  for (const Day& day : read.value()) {
    out += (out.empty() ? "" : "; ") + core::to_string(day.date) + ":";
    for (const DayRate& rate : day.rates) {
      out += " " + rate.currency + " " + core::to_string(rate.rate);
    }
  }
  return out;
}

constexpr std::string_view kXml =
    "<gesmes:Envelope xmlns:gesmes='http://www.gesmes.org/xml/2002-08-01' "
    "xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'>\n"
    "<gesmes:subject>Reference rates</gesmes:subject>\n"
    "<Cube>\n<Cube time='2026-04-13'>\n<Cube currency='USD' rate='1.1684'/>"
    "<Cube currency='JPY' rate='186.75'/></Cube></Cube></gesmes:Envelope>";

TEST(Ecb, TheHistoryIsReadWithItsGaps) {
  EXPECT_EQ(days_of(read_csv("Date,USD,BGN,\n2026-04-13,1.1684,N/A,\n2025-12-31,1.1750,1.9558,\n")),
            "2026-04-13: USD 1.1684; 2025-12-31: USD 1.175 BGN 1.9558");
  EXPECT_EQ(days_of(read_csv("\xef\xbb\xbf"
                             "Date,USD\r\n2026-04-13,1.1684\r\n")),
            "2026-04-13: USD 1.1684");
}

TEST(Ecb, TheOneDayFileHasTheDateInWords) {
  EXPECT_EQ(days_of(read_csv("Date, USD, JPY, \n13 April 2026, 1.1684, 186.75, \n")),
            "2026-04-13: USD 1.1684 JPY 186.75");
  EXPECT_EQ(days_of(read_csv("Date, USD, \n3 January 2025, 1.0299, \n")), "2025-01-03: USD 1.0299");
}

TEST(Ecb, TheXmlFormSaysTheSame) {
  EXPECT_EQ(days_of(read_xml(kXml)), "2026-04-13: USD 1.1684 JPY 186.75");
}

TEST(Ecb, WhatIsWrongIsNamedByItsLine) {
  EXPECT_EQ(days_of(read_csv("")), "ecb_file at line 1");
  EXPECT_EQ(days_of(read_csv("Day,USD\n")), "ecb_file at line 1");
  EXPECT_EQ(days_of(read_csv("Date,USD,USD\n")), "ecb_file at line 1");
  EXPECT_EQ(days_of(read_csv("Date,USD\n2026-04-13,1.1,2\n")), "ecb_file at line 2");
  EXPECT_EQ(days_of(read_csv("Date,USD\n2026-02-31,1.1\n")), "ecb_file at line 2");
  EXPECT_EQ(days_of(read_csv("Date,USD\n2026-04-13,-1.1\n")), "ecb_file at line 2");
  EXPECT_EQ(days_of(read_csv("Date,USD\n2026-04-13,1.1\n2026-04-13,1.1\n")), "ecb_file at line 3");
  EXPECT_EQ(days_of(read_xml("<Cube><Cube currency='USD' rate='1'/></Cube>")),
            "ecb_file at line 1");
  EXPECT_EQ(days_of(read_xml("<Cube><Cube time='2026-04-13'>")), "xml at line 1");
}

TEST(Ecb, DaysBecomeCommandsOldestFirst) {
  auto days = read_csv("Date,USD\n2026-04-13,1.1684\n2026-04-10,1.1711\n").value();
  const auto made = commands(std::move(days), core::Hash{}, "@ops");
  ASSERT_EQ(made.size(), 2u);
  EXPECT_EQ(core::json::print(made[0]),
            R"({"command":"record_reference_rates","actor":"@ops","date":"2026-04-10","rates":)"
            R"([{"currency":"USD","rate":"1.1711"}],"source":{"document":")" +
                std::string(64, '0') + R"(","row":3}})");
}

}  // namespace
}  // namespace gateway::ecb
