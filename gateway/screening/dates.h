#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/names/particulars.h"
#include "core/result.h"

namespace gateway::screening {

// A birth date as the lists write it: "05/01/1962", "dd/mm/1962" or "00/00/1962" (only the year),
// "dd/05/1962", "1962-01-05", "1962-05", "1962", "5 Jan 1962", "Jan 1962", "circa 1962" (a year
// more or less), "1960 to 1962", "1960-1962". Nothing if the text is empty or only placeholders.
//
// Errors: InvalidInput/list_date: none of these, or a day that there is not, such as 31/02/1970.
core::Result<std::optional<core::names::BirthDate>> birth_of(std::string_view text);

// A whole day in one of the forms above, as an ISO date; empty if the text is empty. What follows a
// "T", a time or a zone, is left out.
// Errors: InvalidInput/list_date.
core::Result<std::string> day_of(std::string_view text);

// Year, month and day, 0 for what is not known.
// Errors: InvalidInput/list_date if there is no such day.
core::Result<core::names::BirthDate> birth_of(int year, int month, int day);

// How many years "circa" leaves open on either side.
inline constexpr int kCircaYears = 1;

}  // namespace gateway::screening
