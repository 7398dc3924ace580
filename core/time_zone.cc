#include "core/time_zone.h"

#include <unicode/timezone.h>

#include <algorithm>
#include <array>

#include "core/check.h"
#include "core/time.h"

namespace core {
namespace {

constexpr std::size_t kNameMax = 64;  // The longest name in the IANA tables has 32 characters.
constexpr std::int64_t kDayMillis = 86'400'000;

// Abbreviations that ICU keeps from Java 1.1 and IANA does not have; SystemV/ is a leftover too.
// Source: ICU 72, source/tools/tzcode/icuzones.
constexpr std::array<std::string_view, 25> kNotIana = {
    "ACT", "AET", "AGT", "ART", "AST", "BET", "BST", "CAT", "CNT", "CST", "CTT", "EAT", "ECT",
    "IET", "IST", "JST", "MIT", "NET", "NST", "PLT", "PNT", "PRT", "PST", "SST", "VST"};

Error unknown_zone() {
  return invalid("time_zone", "", "Name a zone of the IANA tables, such as Europe/Athens.");
}

std::int64_t rounded_down(std::int64_t dividend, std::int64_t divisor) {
  return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}

}  // namespace

Result<std::unique_ptr<icu::BasicTimeZone>> find_zone(std::string_view name) {
  const bool not_iana = name.starts_with("SystemV/") ||
                        std::find(kNotIana.begin(), kNotIana.end(), name) != kNotIana.end();
  if (name.empty() || name.size() > kNameMax || not_iana) return unknown_zone();
  const auto id = icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())});

  UErrorCode status = U_ZERO_ERROR;
  UBool in_tables = false;
  icu::UnicodeString canonical;
  icu::TimeZone::getCanonicalID(id, canonical, in_tables, status);
  if (U_FAILURE(status) || !in_tables) return unknown_zone();

  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  // createTimeZone() never fails: what it does not know becomes Etc/Unknown.
  if (zone == nullptr || *zone == icu::TimeZone::getUnknown()) return unknown_zone();
  auto* const basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
  if (basic == nullptr) return unknown_zone();
  static_cast<void>(zone.release());  // `basic` is the same object.
  return std::unique_ptr<icu::BasicTimeZone>(basic);
}

Result<Instant> local_to_utc(std::string_view zone, Date date, int hour, int minute, int second) {
  TRY(const auto found, find_zone(zone));
  if (date < kDateMin || date > kDateMax) {
    return invalid("date", "", "The date must be in the years 1900 to 9999.");
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return invalid("time", "", "The time of day must be from 00:00:00 to 23:59:59.");
  }
  const std::int64_t seconds = (std::int64_t{hour} * 60 + minute) * 60 + second;
  const std::int64_t local_millis = date.days * kDayMillis + seconds * 1000;

  // The offset before the change answers both questions: a skipped time moves forward by the gap,
  // and of a repeated time it takes the first.
  UErrorCode status = U_ZERO_ERROR;
  int32_t standard_millis = 0;
  int32_t saving_millis = 0;
  found->getOffsetFromLocal(icu_date(local_millis), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER,
                            standard_millis, saving_millis, status);
  CHECK(U_SUCCESS(status));
  return Instant{(local_millis - standard_millis - saving_millis) * 1000};
}

Result<Date> local_date(std::string_view zone, Instant instant) {
  TRY(const auto found, find_zone(zone));
  if (instant < kInstantMin || instant > kInstantMax) {
    return invalid("time", "", "The time must be in the years 1900 to 9999.");
  }
  const std::int64_t millis = rounded_down(instant.micros, 1000);
  UErrorCode status = U_ZERO_ERROR;
  int32_t standard_millis = 0;
  int32_t saving_millis = 0;
  found->getOffset(icu_date(millis), false, standard_millis, saving_millis, status);
  CHECK(U_SUCCESS(status));
  const std::int64_t local_millis = millis + standard_millis + saving_millis;
  return Date{static_cast<std::int32_t>(rounded_down(local_millis, kDayMillis))};
}

}  // namespace core
