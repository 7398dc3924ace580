#pragma once

#include "core/time.h"
#include "engine/investor.h"
#include "engine/offer_choices.h"

namespace engine::charging {

// The calendar period of a trade date: the same number for all dates of a week (from Monday),
// month, quarter, half-year or year. For the others each date is a period of its own.
std::int64_t period_of(Frequency frequency, core::Date date);

// Whole years from one date to another; the 29th of February has its day on the 1st of March.
std::int64_t years_between(core::Date from, core::Date to);

// The date so many months earlier, on the last day of that month if it has no such day.
core::Date months_before(core::Date date, std::uint64_t months);

std::uint64_t year_of(core::Date date);

// Whether an investor's crystallisation period ends at a rollover on `date`, when the next one is
// on `next`. An anniversary needs no next one: it is the first rollover on or after the day.
bool period_ends(Frequency frequency, const Investor& investor, core::Date date, core::Date next);

}  // namespace engine::charging
