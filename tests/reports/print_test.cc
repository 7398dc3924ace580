#include <gtest/gtest.h>

#include "core/text.h"
#include "reports/statement_print.h"
#include "tests/reports/books.h"
#include "tests/support/numbers.h"

namespace reports {
namespace {

Statement statement_in(Language language) {
  Statement statement;
  statement.language = language;
  statement.currency = core::commodity("EUR").value();
  statement.profile = tests::test_profile();
  return statement;
}

TEST(Print, WritesNumbersAsTheLocaleDoes) {
  tests::Numbers numbers(1);
  for (const Language language : {Language::English, Language::Greek}) {
    const Statement statement = statement_in(language);
    const Print print = Print::create(statement).value();
    for (int i = 0; i < 200; ++i) {
      const Minor minor = numbers.any();
      const unsigned scale = static_cast<unsigned>(numbers.below(9));
      const core::Amount amount{{"", static_cast<std::uint8_t>(scale)}, minor};
      EXPECT_EQ(print.number(minor, scale) + "\u00A0",
                core::format_money(amount, locale_of(language)).value());
    }
  }
}

TEST(Print, GroupsThousandsAndKeepsTheSign) {
  const Statement statement = statement_in(Language::Greek);
  const Print print = Print::create(statement).value();
  EXPECT_EQ(print.money(-123'456'789), "-1.234.567,89");
  EXPECT_EQ(print.money(-100'000), "-1.000,00");
  EXPECT_EQ(print.money(99'999), "999,99");
  EXPECT_EQ(print.money(0), "0,00");
  EXPECT_EQ(print.number(core::Decimal{5, 0}), "5");
}

TEST(Print, ShowsTheLastDayOfAPeriodThatEndsAtMidnight) {
  Statement statement = statement_in(Language::English);
  statement.profile.time_zone = "Asia/Nicosia";
  statement.to =
      core::local_to_utc("Asia/Nicosia", core::parse_date("2026-03-01").value(), 0, 0, 0).value();
  EXPECT_EQ(Print::create(statement).value().last_date(), "28 February 2026");
}

TEST(Print, PrintsAnInstantThatNoCalendarHoldsAsItIsStored) {
  const Statement statement = statement_in(Language::English);
  const Print print = Print::create(statement).value();
  const core::Instant never{INT64_MIN};
  EXPECT_EQ(print.time(never), core::to_string(never));
  EXPECT_EQ(print.date(never), core::to_string(never));
}

TEST(Print, SaysWhyThereIsNoReturn) {
  const Statement statement = statement_in(Language::English);
  const Print print = Print::create(statement).value();
  EXPECT_EQ(print.percent(Return{kTimeWeighted, {}, {}, "no_capital"}),
            "none: nothing was invested");
  EXPECT_EQ(print.percent(Return{kTimeWeighted, 1'050'000, 105, {}}), "1.05%");
  EXPECT_EQ(print.percent(core::parse_decimal("0.025").value()), "2.50%");
}

}  // namespace
}  // namespace reports
