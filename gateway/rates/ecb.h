#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/decimal.h"
#include "core/json.h"
#include "core/sha256.h"
#include "core/time.h"

// The European Central Bank's euro foreign exchange reference rates, in the three forms in which it
// publishes them. Source: https://www.ecb.europa.eu/stats/policy_and_exchange_rates/
// euro_reference_exchange_rates, files eurofxref-hist.csv, eurofxref.csv and eurofxref-daily.xml.
namespace gateway::ecb {

struct DayRate {
  std::string currency;
  core::Decimal rate;  // Units for one euro, as printed.
};

struct Day {
  core::Date date;
  std::uint64_t row = 0;       // Line in the file; the first is 1.
  std::vector<DayRate> rates;  // Without those that the file says are not available.
};

// The history ("Date,USD,..." with ISO dates, N/A for no rate) or the one-day file ("Date, USD,
// ..." and "13 April 2026"); the first line and the date tell which. A trailing comma adds no
// column.
//
// Errors: InvalidInput/ecb_file at the line: another header, a column twice, a row of another
//         length, a date that is none or stands twice, a rate that is none or not above zero.
core::Result<std::vector<Day>> read_csv(std::string_view text);

// The XML form, daily or historical: Cube elements with `time`, in them Cube elements with
// `currency` and `rate`. Errors: InvalidInput/xml; InvalidInput/ecb_file as above.
core::Result<std::vector<Day>> read_xml(std::string_view text);

// One record_reference_rates a day, oldest first, each with the file's digest and its row.
core::json::Array commands(std::vector<Day> days, const core::Hash& document,
                           const std::string& actor);

}  // namespace gateway::ecb
