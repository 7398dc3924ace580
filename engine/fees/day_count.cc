#include "engine/fees/day_count.h"

#include <algorithm>
#include <chrono>

#include "core/check.h"

namespace engine::fees {
namespace {

struct Calendar {
  core::Minor months;  // Since January of year 0.
  unsigned day;
};

Calendar calendar_of(core::Date date) {
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{date.days}}};
  return {core::Minor{12} * static_cast<int>(day.year()) + static_cast<unsigned>(day.month()) - 1,
          static_cast<unsigned>(day.day())};
}

// Mondays to Fridays before the date, counted from the first of all dates, which is a Monday.
core::Minor weekdays_before(core::Date date) {
  constexpr core::Minor kMonday = core::kDateMin.days;  // 1900-01-01.
  const core::Minor days = date.days - kMonday;
  return days / 7 * 5 + std::min<core::Minor>(days % 7, 5);
}

core::Minor thirty_day_months(core::Date date) {
  const Calendar day = calendar_of(date);
  return 30 * day.months + std::min(day.day, 30U);
}

// A count whose difference between two dates is the convention's numerator.
core::Minor number_of(DayCount convention, core::Date date) {
  switch (convention) {
    case DayCount::Act365:
    case DayCount::Act360:
      return date.days;
    case DayCount::Business252:
    case DayCount::Business260:
      return weekdays_before(date);
    case DayCount::Thirty360:
      return thirty_day_months(date);
    case DayCount::Twelfth:
      return calendar_of(date).months;
  }
  CHECK(false);
}

core::Minor year_of(DayCount convention) {
  switch (convention) {
    case DayCount::Act365:
      return 365;
    case DayCount::Act360:
    case DayCount::Thirty360:
      return 360;
    case DayCount::Business252:
      return 252;
    case DayCount::Business260:
      return 260;
    case DayCount::Twelfth:
      return 12;
  }
  CHECK(false);
}

}  // namespace

core::Result<Fraction> year_fraction(DayCount convention, core::Date from, core::Date to) {
  for (const core::Date date : {from, to}) {
    if (date < core::kDateMin || date > core::kDateMax) {
      return core::invalid("date", "", "A fee is accrued between dates from 1900 to 9999.");
    }
  }
  const core::Minor days = number_of(convention, to) - number_of(convention, from);
  return Fraction{std::max<core::Minor>(days, 0), year_of(convention)};
}

}  // namespace engine::fees
