#pragma once

#include "core/decimal.h"
#include "core/time.h"

namespace engine::fees {

// How days become a part of a year. ACT/365 and ACT/360 count calendar days; 252 and 260 count
// Mondays to Fridays, holidays included; 30E/360 counts each month as 30 days; Twelfth counts the
// firsts of months in (from, to], a twelfth of a year each.
enum class DayCount { Act365, Act360, Business252, Business260, Thirty360, Twelfth };

// A part of a year. The denominator depends on the convention alone, so numerators of one
// convention add up.
struct Fraction {
  core::Minor numerator = 0;
  core::Minor denominator = 1;
  bool operator==(const Fraction&) const = default;
};

// The part of a year from `from` to `to`, the first day counted and the last not; nothing if `to`
// is not later.
//
// Guarantees: adjoining spans add up to the whole span, exactly, under every convention.
// Errors:     InvalidInput/date if a date is outside kDateMin to kDateMax.
// Source:     the managed-account rules, 3.3 and ruling 2 (days are [from, to)); ISDA 2006, 4.16(g)
// for 30E/360.
core::Result<Fraction> year_fraction(DayCount convention, core::Date from, core::Date to);

}  // namespace engine::fees
