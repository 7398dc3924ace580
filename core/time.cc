#include "core/time.h"

#include <chrono>
#include <optional>

#include "core/check.h"

namespace core {
namespace {

constexpr std::int64_t kSecondMicros = 1'000'000;
constexpr std::int64_t kDayMicros = 86'400 * kSecondMicros;
constexpr int kYearMin = 1900;

// Days since 1970-01-01 as a year, a month and a day of the proleptic Gregorian calendar.
struct Civil {
  std::int64_t year = 0;
  int month = 0;
  int day = 0;
};

// Computed here because std::chrono::year ends at 32767 and every Instant and Date must print.
// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
Civil civil(std::int64_t days) {
  static constexpr std::int64_t kEraDays = 146'097;  // 400 Gregorian years.
  days += 719'468;  // From 0000-03-01, so that leap days come last.
  const std::int64_t era = (days >= 0 ? days : days - (kEraDays - 1)) / kEraDays;
  const std::int64_t day_of_era = days - era * kEraDays;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  const int day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

// A non-negative number with leading zeros.
std::string padded(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

// Days since 1970-01-01, rounded down.
std::int64_t day_of(std::int64_t micros) {
  return micros / kDayMicros - (micros % kDayMicros < 0 ? 1 : 0);
}

// Takes a fixed-width text apart from the left; after the first mismatch every answer is empty.
class Scanner {
 public:
  explicit Scanner(std::string_view rest) : rest_(rest) {}

  // The number that the next `width` digits write.
  std::optional<int> number(std::size_t width) {
    if (rest_.size() < width) return std::nullopt;
    int value = 0;
    for (const char digit : rest_.substr(0, width)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      value = value * 10 + (digit - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }
  bool accept(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  std::size_t digits_ahead() const {
    const std::size_t end = rest_.find_first_not_of("0123456789");
    return end == std::string_view::npos ? rest_.size() : end;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<Date> scan_date(Scanner& scanner) {
  const auto year = scanner.number(4);
  if (!year || !scanner.accept("-")) return std::nullopt;
  const auto month = scanner.number(2);
  if (!month || !scanner.accept("-")) return std::nullopt;
  const auto day = scanner.number(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok() || *year < kYearMin) return std::nullopt;
  return Date{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

// "09:30:00" as seconds since midnight; a leap second is refused, for no instant stands for it.
std::optional<std::int64_t> scan_time_of_day(Scanner& scanner) {
  const auto hour = scanner.number(2);
  if (!hour || *hour > 23 || !scanner.accept(":")) return std::nullopt;
  const auto minute = scanner.number(2);
  if (!minute || *minute > 59 || !scanner.accept(":")) return std::nullopt;
  const auto second = scanner.number(2);
  if (!second || *second > 59) return std::nullopt;
  return (*hour * 60 + *minute) * 60 + *second;
}

// ".25" as microseconds; 0 if there is no point.
std::optional<std::int64_t> scan_fraction(Scanner& scanner) {
  if (!scanner.accept(".")) return 0;
  const std::size_t width = scanner.digits_ahead();
  if (width < 1 || width > 6) return std::nullopt;
  std::int64_t micros = *scanner.number(width);
  for (std::size_t i = width; i < 6; ++i) micros *= 10;
  return micros;
}

}  // namespace

std::string to_string(Instant instant) {
  const std::int64_t days = day_of(instant.micros);
  // The remainder is taken first: for the earliest instants days * kDayMicros would not fit.
  std::int64_t rest = instant.micros % kDayMicros;
  if (rest < 0) rest += kDayMicros;
  const std::int64_t seconds = rest / kSecondMicros;
  return to_string(Date{static_cast<std::int32_t>(days)}) + 'T' + padded(seconds / 3600, 2) + ':' +
         padded(seconds / 60 % 60, 2) + ':' + padded(seconds % 60, 2) + '.' +
         padded(rest % kSecondMicros, 6) + 'Z';
}

std::string to_string(Date date) {
  const Civil day = civil(date.days);
  const std::string sign = day.year < 0 ? "-" : "";
  return sign + padded(day.year < 0 ? -day.year : day.year, 4) + '-' + padded(day.month, 2) + '-' +
         padded(day.day, 2);
}

Result<Instant> parse_instant(std::string_view text) {
  Scanner scanner(text);
  const auto date = scan_date(scanner);
  const bool separated = date && scanner.accept("T");
  const auto seconds = separated ? scan_time_of_day(scanner) : std::nullopt;
  const auto micros = seconds ? scan_fraction(scanner) : std::nullopt;
  if (micros && (scanner.accept("Z") || scanner.accept("+00:00")) && scanner.at_end()) {
    return Instant{date->days * kDayMicros + *seconds * kSecondMicros + *micros};
  }
  return invalid("time", "", "Write a time in UTC as 2026-01-05T09:30:00.000000Z.");
}

Result<Date> parse_date(std::string_view text) {
  Scanner scanner(text);
  const auto date = scan_date(scanner);
  if (date && scanner.at_end()) return *date;
  return invalid("date", "", "Write a date as 2026-01-05.");
}

Date utc_date(Instant instant) { return {static_cast<std::int32_t>(day_of(instant.micros))}; }

Instant utc_midnight(Date date) {
  Instant midnight;
  CHECK(!__builtin_mul_overflow(std::int64_t{date.days}, kDayMicros, &midnight.micros));
  return midnight;
}

Instant SystemClock::now() {
  const auto elapsed = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count()};
}

}  // namespace core
