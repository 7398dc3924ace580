#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace core {

// When something happened: UTC microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t micros = 0;
  auto operator<=>(const Instant&) const = default;
};

// An accounting day: days since 1970-01-01, without a zone.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

// The days and instants that can be written and read: years 1900 to 9999.
inline constexpr Date kDateMin{-25'567};
inline constexpr Date kDateMax{2'932'896};
inline constexpr Instant kInstantMin{-25'567 * 86'400'000'000};
inline constexpr Instant kInstantMax{2'932'897 * 86'400'000'000 - 1};

// "2026-01-05T09:30:00.000000Z": always six decimals, so that equal instants print alike.
std::string to_string(Instant instant);
// "2026-01-05"
std::string to_string(Date date);

// RFC 3339 in UTC ("Z" or "+00:00"), 0 to 6 decimals, years 1900 to 9999.
// Errors: InvalidInput/time.
Result<Instant> parse_instant(std::string_view text);
// Errors: InvalidInput/date.
Result<Date> parse_date(std::string_view text);

// The UTC calendar day of an instant.
Date utc_date(Instant instant);
// Midnight UTC at the start of a day, which must not be 290,000 years away.
Instant utc_midnight(Date date);

// The UTC instant of a local wall-clock time in an IANA zone, by ICU's tables. A time that does not
// exist (spring) moves forward by the gap; an ambiguous one (autumn) is the earlier.
// Errors: InvalidInput/time_zone if ICU does not know the zone; InvalidInput/date outside
//         kDateMin to kDateMax; InvalidInput/time if it is no time of day (23:59:60 is not).
Result<Instant> local_to_utc(std::string_view zone, Date date, int hour, int minute, int second);
// The local calendar day of an instant.
// Errors: InvalidInput/time_zone; InvalidInput/time outside kInstantMin to kInstantMax.
Result<Date> local_date(std::string_view zone, Instant instant);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() override;
};

}  // namespace core
