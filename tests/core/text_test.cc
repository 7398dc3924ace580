#include "core/text.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

// The expected texts are those of ICU 72 (docs/formats name it); another ICU may write others.
namespace core {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00A0";

std::string text(const Result<std::string>& result) {
  return result.has_value() ? result.value() : tests::outcome(result);
}

// Money in a locale, its no-break space shown as an underscore.
std::string money(std::string_view code, Minor minor, std::string_view locale) {
  std::string written = text(format_money({commodity(code).value(), minor}, locale));
  const std::size_t space = written.rfind(kNoBreakSpace);
  if (space != std::string::npos) written.replace(space, kNoBreakSpace.size(), "_");
  return written;
}

constexpr Instant kWinter{1'767'605'400'999'999};  // 2026-01-05T09:30:00.999999Z
constexpr Instant kSummer{1'783'243'800'000'000};  // 2026-07-05T09:30:00Z

TEST(FormatMoney, UsesTheMarksOfTheLocale) {
  EXPECT_EQ(money("EUR", 123'456'789, "en"), "1,234,567.89_EUR");
  EXPECT_EQ(money("EUR", 123'456'789, "el"), "1.234.567,89_EUR");
  EXPECT_EQ(money("EUR", -123'456, "en"), "-1,234.56_EUR");
  EXPECT_EQ(money("EUR", -123'456, "el"), "-1.234,56_EUR");
}

TEST(FormatMoney, GroupsFourDigitsToo) {
  // Spanish and Polish would not; a column of figures must be even.
  EXPECT_EQ(money("EUR", 123'456, "es"), "1.234,56_EUR");
}

TEST(FormatMoney, TakesDecimalsFromOurTable) {
  // ICU gives the dinar of Iraq no decimals.
  EXPECT_EQ(money("IQD", 1'234'567, "en"), "1,234.567_IQD");
  EXPECT_EQ(money("IQD", 1'234'567, "el"), "1.234,567_IQD");
  EXPECT_EQ(money("JPY", 1'234'567, "el"), "1.234.567_JPY");
  EXPECT_EQ(money("UNIT.P1E1", 1, "en"), "0.00000001_UNIT.P1E1");
}

TEST(FormatMoney, ZeroHasNoMinusAndASmallLossHas) {
  EXPECT_EQ(money("EUR", 0, "en"), "0.00_EUR");
  EXPECT_EQ(money("EUR", -1, "en"), "-0.01_EUR");
  EXPECT_EQ(money("EUR", -1, "el"), "-0,01_EUR");
}

TEST(FormatMoney, LosesNoDigitOfTheLargestAmount) {
  const Minor max = static_cast<Minor>(~__extension__ static_cast<unsigned __int128>(0) >> 1);
  EXPECT_EQ(money("EUR", max, "en"), "1,701,411,834,604,692,317,316,873,037,158,841,057.27_EUR");
  EXPECT_EQ(money("UNIT.P1", -max - 1, "el"),
            "-1.701.411.834.604.692.317.316.873.037.158,84105728_UNIT.P1");
}

TEST(FormatDate, WritesTheDayFirst) {
  EXPECT_EQ(text(format_date(Date{20'458}, "en")), "5 January 2026");
  EXPECT_EQ(text(format_date(Date{20'458}, "el")), "5 Ιανουαρίου 2026");
  EXPECT_EQ(text(format_date(Date{20'458}, "en-GB")), "5 January 2026");
  EXPECT_EQ(text(format_date(Date{20'458}, "en-US")), "January 5, 2026");
}

TEST(FormatDate, HasTheFourLengthsOfCldr) {
  const auto all = [](std::string_view locale) {
    std::string texts;
    for (const DateStyle style :
         {DateStyle::Short, DateStyle::Medium, DateStyle::Long, DateStyle::Full}) {
      texts += text(format_date(Date{20'458}, locale, style)) + "|";
    }
    return texts;
  };
  EXPECT_EQ(all("en-GB"), "05/01/2026|5 Jan 2026|5 January 2026|Monday, 5 January 2026|");
  EXPECT_EQ(all("en-US"), "1/5/26|Jan 5, 2026|January 5, 2026|Monday, January 5, 2026|");
  EXPECT_EQ(all("de"), "05.01.26|05.01.2026|5. Januar 2026|Montag, 5. Januar 2026|");
  EXPECT_EQ(all("el"), "5/1/26|5 Ιαν 2026|5 Ιανουαρίου 2026|Δευτέρα 5 Ιανουαρίου 2026|");
}

TEST(FormatDate, TheFirstAndLastDaysAreRight) {
  EXPECT_EQ(text(format_date(kDateMin, "en")), "1 January 1900");
  EXPECT_EQ(text(format_date(kDateMax, "en")), "31 December 9999");
}

TEST(FormatDate, CountsYearsAsEveryBookDoes) {
  // The Thai calendar would say 2569.
  EXPECT_NE(text(format_date(Date{20'458}, "th")).find("2026"), std::string::npos);
}

TEST(FormatDate, RefusesOtherYears) {
  EXPECT_EQ(text(format_date(Date{kDateMin.days - 1}, "en")), "InvalidInput/date");
  EXPECT_EQ(text(format_date(Date{kDateMax.days + 1}, "en")), "InvalidInput/date");
}

TEST(FormatInstant, WritesTheTimeOnTheWallAndItsZone) {
  EXPECT_EQ(text(format_instant(kWinter, "Europe/Athens", "en")),
            "5 January 2026 at 11:30:00 GMT+2");
  EXPECT_EQ(text(format_instant(kSummer, "Europe/Athens", "en")), "5 July 2026 at 12:30:00 GMT+3");
  EXPECT_EQ(text(format_instant(kWinter, "Europe/Athens", "el")),
            "5 Ιανουαρίου 2026 στις 11:30:00 EET");
  EXPECT_EQ(text(format_instant(kWinter, "UTC", "en")), "5 January 2026 at 09:30:00 UTC");
}

TEST(FormatInstant, UsesTheTwentyFourHourClockEverywhere) {
  const Instant evening{kWinter.micros + 10LL * 3'600'000'000};
  EXPECT_EQ(text(format_instant(evening, "UTC", "en-US")), "January 5, 2026 at 19:30:00 UTC");
}

TEST(FormatInstant, RoundsDownToTheSecondBefore1970Too) {
  EXPECT_EQ(text(format_instant(Instant{-1}, "UTC", "en")), "31 December 1969 at 23:59:59 UTC");
}

TEST(InstantFormat, PrintsManyInstantsAsEachByItself) {
  for (const std::string_view locale : {"en", "el"}) {
    const auto format = InstantFormat::create("Europe/Athens", locale).value();
    for (const Instant instant : {kWinter, kSummer, Instant{-1}, kWinter}) {
      EXPECT_EQ(text(format.print(instant)),
                text(format_instant(instant, "Europe/Athens", locale)));
    }
  }
}

TEST(InstantFormat, RefusesWhatCannotBePrinted) {
  EXPECT_EQ(tests::outcome(InstantFormat::create("Europe/Atlantis", "en")),
            "InvalidInput/time_zone");
  EXPECT_EQ(tests::outcome(InstantFormat::create("UTC", "xx")), "InvalidInput/locale");
  const auto format = InstantFormat::create("UTC", "en").value();
  EXPECT_EQ(text(format.print(Instant{kInstantMax.micros + 1})), "InvalidInput/time");
}

TEST(FormatInstant, RefusesAnUnknownZone) {
  EXPECT_EQ(text(format_instant(kWinter, "Europe/Atlantis", "en")), "InvalidInput/time_zone");
  EXPECT_EQ(text(format_instant(kWinter, "", "en")), "InvalidInput/time_zone");
}

TEST(FormatInstant, RefusesOtherYears) {
  EXPECT_EQ(text(format_instant(Instant{INT64_MAX}, "UTC", "en")), "InvalidInput/time");
  EXPECT_EQ(text(format_instant(Instant{INT64_MIN}, "UTC", "en")), "InvalidInput/time");
}

TEST(FormatPercent, HasTwoDecimals) {
  EXPECT_EQ(text(format_percent(-1'234, 10'000, "en")), "-12.34%");
  EXPECT_EQ(text(format_percent(-1'234, 10'000, "el")), "-12,34%");
  EXPECT_EQ(text(format_percent(1, 3, "en")), "33.33%");
  EXPECT_EQ(text(format_percent(25, 1, "en")), "2,500.00%");
}

TEST(FormatPercent, RoundsHalfToEven) {
  EXPECT_EQ(text(format_percent(5, 100'000, "en")), "0.00%");
  EXPECT_EQ(text(format_percent(15, 100'000, "en")), "0.02%");
  EXPECT_EQ(text(format_percent(-15, 100'000, "en")), "-0.02%");
}

TEST(FormatPercent, NeverWritesMinusZero) {
  EXPECT_EQ(text(format_percent(-5, 100'000, "en")), "0.00%");
  EXPECT_EQ(text(format_percent(0, -1, "en")), "0.00%");
}

TEST(FormatPercent, RefusesAZeroDenominator) {
  EXPECT_EQ(text(format_percent(1, 0, "en")), "InvalidInput/division_by_zero");
}

TEST(FormatPercent, RefusesWhatDoesNotFit) {
  EXPECT_EQ(text(format_percent(Minor{1} << 126, 1, "en")), "Overflow/overflow");
}

TEST(Locale, RefusesWhatIcuDoesNotKnow) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view locale :
       {""sv, "xx"sv, "klingon"sv, "und"sv, "en_GB"sv, "en-XX"sv, "en-u-nu-arab"sv, "en-"sv, "C"sv,
        "el\0"sv, "\xff"sv, "en-GB-oed-and-more-and-more-and-more"sv}) {
    SCOPED_TRACE(locale);
    EXPECT_EQ(money("EUR", 1, locale), "InvalidInput/locale");
    EXPECT_EQ(text(format_date(Date{0}, locale)), "InvalidInput/locale");
    EXPECT_EQ(text(format_instant(kWinter, "UTC", locale)), "InvalidInput/locale");
    EXPECT_EQ(text(format_percent(1, 2, locale)), "InvalidInput/locale");
  }
}

TEST(Locale, TakesATagWithoutItsScript) {
  EXPECT_EQ(money("EUR", 123'456, "zh-TW"), "1,234.56_EUR");
  EXPECT_EQ(money("EUR", 123'456, "sr-RS"), "1.234,56_EUR");
}

}  // namespace
}  // namespace core
