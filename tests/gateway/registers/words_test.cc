#include "gateway/registers/words.h"

#include <gtest/gtest.h>

#include "core/utf8.h"
#include "gateway/registers/answer.h"
#include "gateway/registers/member_states.h"

namespace gateway::registers {
namespace {

TEST(Words, WhiteSpaceIsMadeSingle) {
  EXPECT_EQ(plain("  a \n\t b\u00A0\u00A0c "), "a b c");
  EXPECT_EQ(plain(" \u00A0 "), "");
}

TEST(Words, DaysAreDayFirstAndExist) {
  EXPECT_EQ(core::to_string(*day_first("29/02/2024", "x").value()), "2024-02-29");
  EXPECT_FALSE(day_first(" ", "x").value().has_value());
  for (const char* bad : {"31/02/2024", "29/02/2023", "2024-02-01", "1/2/2024", "00/01/2024",
                          "01/13/2024", "x", "01-02-2024", "01/02/24"}) {
    const auto day = day_first(bad, "line 3: FROM");
    ASSERT_FALSE(day.has_value()) << bad;
    EXPECT_EQ(day.error().reason, "register_date");
    EXPECT_EQ(day.error().at, "line 3: FROM");
  }
}

TEST(Words, ALongValueIsCutBetweenCharacters) {
  for (std::size_t shift = 0; shift < 3; ++shift) {
    engine::Fact fact;
    std::string text(shift, 'x');
    while (text.size() < 2 * kValueBytesMax) text += "\u20AC";
    put(fact, "text", text);
    EXPECT_LE(fact.values.front().value.size(), kValueBytesMax);
    EXPECT_TRUE(core::is_utf8(fact.values.front().value));
  }
}

TEST(Words, ValuesStandInTheOrderOfTheirKeys) {
  engine::Fact fact;
  for (const char* key : {"b", "a", "b", "a"}) put(fact, key, std::to_string(fact.values.size()));
  arrange(fact);
  std::string order;
  for (const auto& value : fact.values) order += value.key + value.value;
  EXPECT_EQ(order, "a1a3b0b2");
}

TEST(Words, RemarksAreKeptOnceAndNotWithoutEnd) {
  engine::Evidence evidence;
  for (int i = 0; i < 200; ++i) remark(evidence, std::to_string(i / 2));
  EXPECT_EQ(evidence.remarks.size(), kRemarksMax + 1);
  EXPECT_EQ(evidence.remarks[1], "1");
  EXPECT_EQ(evidence.coverage, engine::Coverage::Complete);
  doubt(evidence, "x");
  EXPECT_EQ(evidence.coverage, engine::Coverage::Partial);
}

TEST(MemberStates, WordsAndCodesGiveTheCode) {
  EXPECT_EQ(member_state_code("LIECHTENSTEIN"), "LI");
  EXPECT_EQ(member_state_code("Czechia"), "CZ");
  EXPECT_EQ(member_state_code("de"), "DE");
  EXPECT_EQ(member_state_code("UNITED KINGDOM"), "");
  EXPECT_EQ(member_state_code(""), "");
}

}  // namespace
}  // namespace gateway::registers
