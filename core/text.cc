#include "core/text.h"

#include <unicode/datefmt.h>
#include <unicode/dtptngen.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

#include <algorithm>
#include <memory>
#include <span>

#include "core/check.h"
#include "core/time_zone.h"

namespace core {
namespace {

constexpr std::size_t kTagMax = 32;  // Language, script, region and variant need no more.
constexpr unsigned kPercentDecimals = 2;
constexpr Minor kBasisPoints = 10'000;  // Units of 0.01 % in one.
constexpr std::string_view kGroupSeparator = "\u00A0";

// Finished formatting cannot fail on values we have checked, unless ICU's data are missing.
void check_icu(UErrorCode status) { CHECK(U_SUCCESS(status)); }

std::string utf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

bool listed(const icu::Locale& locale) {
  int32_t count = 0;
  const icu::Locale* const first = icu::Locale::getAvailableLocales(count);
  const std::span known(first, static_cast<std::size_t>(count));
  return std::find(known.begin(), known.end(), locale) != known.end();
}

Result<icu::Locale> find_locale(std::string_view tag) {
  UErrorCode status = U_ZERO_ERROR;
  if (!tag.empty() && tag.size() <= kTagMax) {
    const icu::StringPiece piece(tag.data(), static_cast<int32_t>(tag.size()));
    const icu::Locale locale = icu::Locale::forLanguageTag(piece, status);
    // zh-TW and sr-RS are listed only with their script.
    icu::Locale complete = locale;
    if (U_SUCCESS(status)) complete.addLikelySubtags(status);
    if (U_SUCCESS(status) && (listed(locale) || listed(complete))) return locale;
  }
  return invalid("locale", "", "Name a locale that ICU knows, such as en or el.");
}

// For dates, plain "en" is the world's English, which writes the day first.
Result<icu::Locale> find_date_locale(std::string_view tag) {
  TRY(icu::Locale locale, find_locale(tag));
  if (tag == "en") locale = icu::Locale("en", "001");
  // Thai and Persian locales would use calendars with other years.
  UErrorCode status = U_ZERO_ERROR;
  locale.setKeywordValue("calendar", "gregorian", status);
  check_icu(status);
  return locale;
}

// The decimals reach ICU as text, so no binary fraction comes between.
std::string format_number(const icu::number::UnlocalizedNumberFormatter& style,
                          const icu::Locale& locale, Minor minor, unsigned scale) {
  const std::string decimal = print_fixed(minor, scale);
  UErrorCode status = U_ZERO_ERROR;
  const auto formatted =
      style.grouping(UNUM_GROUPING_ON_ALIGNED)
          .precision(icu::number::Precision::fixedFraction(static_cast<int32_t>(scale)))
          .locale(locale)
          .formatDecimal({decimal.data(), static_cast<int32_t>(decimal.size())}, status);
  const icu::UnicodeString text = formatted.toString(status);
  check_icu(status);
  return utf8(text);
}

icu::DateFormat::EStyle icu_style(DateStyle style) {
  switch (style) {
    case DateStyle::Short:
      return icu::DateFormat::kShort;
    case DateStyle::Medium:
      return icu::DateFormat::kMedium;
    case DateStyle::Long:
      return icu::DateFormat::kLong;
    case DateStyle::Full:
      return icu::DateFormat::kFull;
  }
  check_failed("style is one of the four", __FILE__, __LINE__);
}

std::string format_millis(const icu::DateFormat& format, std::int64_t millis) {
  icu::UnicodeString text;
  format.format(icu_date(millis), text);
  return utf8(text);
}

}  // namespace

Result<std::string> format_money(const Amount& amount, std::string_view locale) {
  TRY(const icu::Locale found, find_locale(locale));
  std::string text = format_number(icu::number::NumberFormatter::with(), found, amount.minor,
                                   amount.commodity.scale);
  text += kGroupSeparator;
  text += amount.commodity.code;
  return text;
}

Result<std::string> format_date(Date date, std::string_view locale, DateStyle style) {
  TRY(const icu::Locale found, find_date_locale(locale));
  if (date < kDateMin || date > kDateMax) {
    return invalid("date", "", "The date must be in the years 1900 to 9999.");
  }
  const std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createDateInstance(icu_style(style), found));
  CHECK(format != nullptr);
  format->setTimeZone(*icu::TimeZone::getGMT());
  return format_millis(*format, utc_midnight(date).micros / 1000);
}

Result<std::string> format_instant(Instant instant, std::string_view zone,
                                   std::string_view locale) {
  TRY(const InstantFormat format, InstantFormat::create(zone, locale));
  return format.print(instant);
}

struct InstantFormat::Style {
  icu::SimpleDateFormat format;
};

InstantFormat::InstantFormat(std::unique_ptr<Style> style) : style_(std::move(style)) {}
InstantFormat::~InstantFormat() = default;
InstantFormat::InstantFormat(InstantFormat&&) noexcept = default;
InstantFormat& InstantFormat::operator=(InstantFormat&&) noexcept = default;

Result<InstantFormat> InstantFormat::create(std::string_view zone, std::string_view locale) {
  TRY(const icu::Locale found, find_date_locale(locale));
  TRY(const auto found_zone, find_zone(zone));
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
      icu::DateTimePatternGenerator::createInstance(found, status));
  check_icu(status);
  // H asks for the 24-hour clock where the locale would use another.
  const icu::UnicodeString pattern = patterns->getBestPattern(u"yMMMMdHHmmssz", status);
  check_icu(status);
  icu::SimpleDateFormat format(pattern, found, status);
  check_icu(status);
  format.setTimeZone(*found_zone);
  return InstantFormat(std::make_unique<Style>(Style{format}));
}

Result<std::string> InstantFormat::print(Instant instant) const {
  if (instant < kInstantMin || instant > kInstantMax) {
    return invalid("time", "", "The time must be in the years 1900 to 9999.");
  }
  // Rounded down, so that the second shown has begun.
  const std::int64_t remainder = instant.micros % 1'000'000;
  const std::int64_t second = instant.micros - remainder - (remainder < 0 ? 1'000'000 : 0);
  return format_millis(style_->format, second / 1000);
}

Result<std::string> format_percent(Minor numerator, Minor denominator, std::string_view locale) {
  TRY(const icu::Locale found, find_locale(locale));
  TRY(const Minor basis_points,
      multiply_divide(numerator, kBasisPoints, denominator, Rounding::HalfEven));
  const auto style = icu::number::NumberFormatter::with().unit(icu::NoUnit::percent());
  return format_number(style, found, basis_points, kPercentDecimals);
}

}  // namespace core
