#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "core/time.h"

namespace core {

// A locale is a BCP 47 tag that ICU knows ("en", "el", "en-GB", "de-CH"); extensions ("-u-...") are
// refused, because they would change digits and calendars.

// Money for people in a locale ("en", "el"): grouping and decimal marks by ICU 72, digits by our
// ISO 4217 table, the code after the number with a no-break space. Never "-0.00".
// Errors: InvalidInput/locale.
Result<std::string> format_money(const Amount& amount, std::string_view locale);

// The lengths in which CLDR writes dates: "05/01/2026", "5 Jan 2026", "5 January 2026", "Monday, 5
// January 2026".
enum class DateStyle { Short, Medium, Long, Full };

// A calendar date ("5 January 2026", "5 Ιανουαρίου 2026"), always Gregorian. Plain "en" writes the
// day first; "en-US" does not.
// Errors: InvalidInput/locale; InvalidInput/date outside kDateMin to kDateMax.
Result<std::string> format_date(Date date, std::string_view locale,
                                DateStyle style = DateStyle::Long);

// Date and time of day with the zone's abbreviation or offset, 24-hour clock, whole seconds.
// Errors: InvalidInput/locale; InvalidInput/time_zone; InvalidInput/time outside kInstantMin to
//         kInstantMax.
Result<std::string> format_instant(Instant instant, std::string_view zone, std::string_view locale);

// The same for many instants: what ICU looks up for a zone and locale is looked up once, which
// takes a hundred times as long as to print one instant.
class InstantFormat {
 public:
  // Errors: InvalidInput/locale; InvalidInput/time_zone.
  static Result<InstantFormat> create(std::string_view zone, std::string_view locale);
  ~InstantFormat();
  InstantFormat(InstantFormat&&) noexcept;
  InstantFormat& operator=(InstantFormat&&) noexcept;

  // Errors: InvalidInput/time outside kInstantMin to kInstantMax.
  Result<std::string> print(Instant instant) const;

 private:
  struct Style;
  explicit InstantFormat(std::unique_ptr<Style> style);
  std::unique_ptr<Style> style_;
};

// A ratio num/den as a percentage with two decimals, half even ("-12.34%" in the locale's marks).
// Errors: InvalidInput/locale; InvalidInput/division_by_zero; Overflow.
Result<std::string> format_percent(Minor numerator, Minor denominator, std::string_view locale);

}  // namespace core
