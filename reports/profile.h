#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "reports/language.h"

namespace reports {

enum class Frequency { Monthly, Quarterly };

// A calendar day in the words of <chrono>: 2018y / January / 3.
constexpr core::Date day(std::chrono::year_month_day date) {
  return {static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

// A rule that a report rests on: a law is data with a date and a source.
struct Citation {
  Text text;
  std::string_view source;  // Where it can be read.
  core::Date in_force;      // The first day it applies.
  core::Date checked;       // When we last looked.
  bool uncertain = false;   // Not read in the authority's own words: compliance must confirm it.
};

struct Note {
  Text text;
  bool uncertain = false;
};

// What a jurisdiction asks of a periodic statement. Its texts are printed on the statement, so a
// change of them is a change of the statement's version. Views are to constants.
struct Profile {
  std::string_view id;
  Text title;
  std::vector<Citation> citations;
  Frequency frequency = Frequency::Monthly;
  Text frequency_reason;
  std::string_view language;   // If the client chose none.
  std::string_view time_zone;  // IANA name, for the days that people read.
  std::vector<Note> notes;
};

}  // namespace reports
