#include "engine/charging/periods.h"

#include <algorithm>
#include <chrono>

namespace engine::charging {
namespace {

std::chrono::year_month_day calendar_day(core::Date date) {
  return std::chrono::sys_days{std::chrono::days{date.days}};
}

std::int64_t months_of(core::Date date) {
  const auto day = calendar_day(date);
  return std::int64_t{12} * static_cast<int>(day.year()) + static_cast<unsigned>(day.month()) - 1;
}

// 1970-01-01 was a Thursday.
constexpr std::int64_t kMondayBeforeEpoch = 3;

}  // namespace

std::int64_t period_of(Frequency frequency, core::Date date) {
  switch (frequency) {
    case Frequency::Weekly: {
      const std::int64_t days = date.days + kMondayBeforeEpoch;
      return days >= 0 ? days / 7 : -((6 - days) / 7);
    }
    case Frequency::Monthly:
      return months_of(date);
    case Frequency::Quarterly:
      return months_of(date) / 3;
    case Frequency::HalfYearly:
      return months_of(date) / 6;
    case Frequency::Yearly:
      return months_of(date) / 12;
    case Frequency::EachRollover:
    case Frequency::Anniversary:
      break;
  }
  return date.days;
}

std::int64_t years_between(core::Date from, core::Date to) {
  const auto begin = calendar_day(from);
  const auto end = calendar_day(to);
  const std::int64_t years = static_cast<int>(end.year()) - static_cast<int>(begin.year());
  const bool day_reached =
      end.month() > begin.month() || (end.month() == begin.month() && end.day() >= begin.day());
  return day_reached ? years : years - 1;
}

core::Date months_before(core::Date date, std::uint64_t months) {
  const auto day = calendar_day(date);
  const auto earlier =
      std::chrono::year_month{day.year(), day.month()} -
      std::chrono::months{static_cast<int>(std::min<std::uint64_t>(months, 12'000))};
  const std::chrono::year_month_day last{earlier / std::chrono::last};
  const auto result = std::chrono::year_month_day{earlier / std::min(day.day(), last.day())};
  return {static_cast<std::int32_t>(std::chrono::sys_days{result}.time_since_epoch().count())};
}

std::uint64_t year_of(core::Date date) {
  return static_cast<std::uint64_t>(static_cast<int>(calendar_day(date).year()));
}

bool period_ends(Frequency frequency, const Investor& investor, core::Date date, core::Date next) {
  if (frequency == Frequency::EachRollover) return true;
  if (frequency != Frequency::Anniversary) {
    return period_of(frequency, date) != period_of(frequency, next);
  }
  if (!investor.joined) return false;
  const core::Date since = investor.period_ended.value_or(*investor.joined);
  return years_between(*investor.joined, date) > years_between(*investor.joined, since);
}

}  // namespace engine::charging
