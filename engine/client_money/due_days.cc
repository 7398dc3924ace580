#include "engine/client_money/due_days.h"

#include <algorithm>

namespace engine::client_money {
namespace {

constexpr std::int64_t kMicrosPerMinute = 60'000'000;

// 1970-01-01 was a Thursday. 0 is Monday.
int weekday(core::Date date) {
  constexpr int kFirstDay = 3;
  const int day = (date.days + kFirstDay) % 7;
  return day < 0 ? day + 7 : day;
}

}  // namespace

bool is_required(const SetSegregationRule& rule, core::Date date) {
  if (date < rule.first_date) return false;
  switch (rule.days) {
    case RequiredDays::EveryDay:
      return true;
    case RequiredDays::MondayToFriday:
      return weekday(date) < 5;
    case RequiredDays::None:
      break;
  }
  return false;
}

core::Instant cut_off_of(const SetSegregationRule& rule, core::Date date) {
  return {core::utc_midnight(date).micros +
          static_cast<std::int64_t>(rule.cut_off_minutes) * kMicrosPerMinute};
}

std::optional<core::Date> next_due(const SegregationStanding& standing) {
  if (!standing.rule || standing.rule->days == RequiredDays::None) return std::nullopt;
  core::Date date = standing.rule->first_date;
  for (const auto& done : {standing.last, standing.missing}) {
    if (done) date = std::max(date, core::Date{done->days + 1});
  }
  while (!is_required(*standing.rule, date)) ++date.days;
  return date;
}

}  // namespace engine::client_money
