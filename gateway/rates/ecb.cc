#include "gateway/rates/ecb.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "core/byte_order_mark.h"
#include "core/xml.h"

namespace gateway::ecb {
namespace {

using core::json::Array;
using core::json::Object;

constexpr std::string_view kNotAvailable = "N/A";
constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

core::Error bad_file(std::uint64_t line, std::string detail) {
  return core::invalid("ecb_file", "line " + std::to_string(line), std::move(detail));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  return text;
}

std::string_view take(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view piece = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return trimmed(piece);
}

// The fields of a line; what follows a last comma is no field unless something stands there.
std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (line = trimmed(line); !line.empty();) fields.push_back(take(line, ','));
  return fields;
}

bool is_code(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "2026-04-13" or "13 April 2026".
core::Result<core::Date> date_of(std::string_view text, std::uint64_t line) {
  std::string_view rest = text;
  std::string day(take(rest, ' '));
  const auto month = std::ranges::find(kMonths, take(rest, ' '));
  std::string iso(text);
  if (month != kMonths.end()) {
    const std::string number = std::to_string(month - kMonths.begin() + 1);
    if (day.size() == 1) day.insert(0, "0");
    iso = std::string(rest) + (number.size() == 1 ? "-0" : "-") + number + "-" + day;
  }
  if (auto date = core::parse_date(iso)) return date;
  return bad_file(line, "\"" + std::string(text) + "\" is no date.");
}

core::Result<core::Decimal> rate_of(std::string_view text, std::uint64_t line) {
  const auto rate = core::parse_decimal(text);
  if (rate && rate.value().digits > 0) return rate;
  return bad_file(line, "\"" + std::string(text) + "\" is no rate above zero.");
}

// Takes in days one by one, no date twice.
class Days {
 public:
  core::Result<> add(Day day) {
    if (!dates_.insert(day.date).second) {
      return bad_file(day.row, core::to_string(day.date) + " stands twice.");
    }
    if (!day.rates.empty()) days_.push_back(std::move(day));
    return core::ok();
  }
  std::vector<Day> take() { return std::move(days_); }

 private:
  std::set<core::Date> dates_;
  std::vector<Day> days_;
};

core::Result<std::vector<std::string>> currencies_of(std::string_view header) {
  const auto fields = fields_of(header);
  if (fields.size() < 2 || fields.front() != "Date") {
    return bad_file(1, "The first line must be the header: Date and currencies.");
  }
  std::vector<std::string> currencies;
  for (const std::string_view field : std::span(fields).subspan(1)) {
    if (!is_code(field) || std::ranges::find(currencies, field) != currencies.end()) {
      return bad_file(1, "\"" + std::string(field) + "\" is no currency, or stands twice.");
    }
    currencies.emplace_back(field);
  }
  return currencies;
}

core::Result<Day> day_of(const std::vector<std::string_view>& fields,
                         const std::vector<std::string>& currencies, std::uint64_t line) {
  if (fields.size() != currencies.size() + 1) {
    return bad_file(line, "The row has another number of fields than the header.");
  }
  Day day;
  day.row = line;
  TRY(day.date, date_of(fields.front(), line));
  for (std::size_t i = 0; i < currencies.size(); ++i) {
    if (fields[i + 1] == kNotAvailable) continue;
    TRY(const auto rate, rate_of(fields[i + 1], line));
    day.rates.push_back({currencies[i], rate});
  }
  return day;
}

// The rate of a Cube element, added to the day in which it stands.
core::Result<> add_rate(const core::XmlEvent& cube, std::optional<Day>& day) {
  const auto line = static_cast<std::uint64_t>(cube.line);
  const std::string_view currency = cube.attribute("currency");
  if (!day) return bad_file(line, "A rate stands in no day.");
  if (!is_code(currency) ||
      std::ranges::find(day->rates, currency, &DayRate::currency) != day->rates.end()) {
    return bad_file(line, "\"" + std::string(currency) + "\" is no currency, or stands twice.");
  }
  TRY(const auto rate, rate_of(cube.attribute("rate"), line));
  day->rates.push_back({std::string(currency), rate});
  return core::ok();
}

}  // namespace

core::Result<std::vector<Day>> read_csv(std::string_view text) {
  text = core::without_byte_order_mark(text);
  TRY(const auto currencies, currencies_of(take(text, '\n')));
  Days days;
  for (std::uint64_t line = 2; !text.empty(); ++line) {
    const auto fields = fields_of(take(text, '\n'));
    if (fields.empty()) continue;
    TRY(auto day, day_of(fields, currencies, line));
    TRY(days.add(std::move(day)));
  }
  return days.take();
}

core::Result<std::vector<Day>> read_xml(std::string_view text) {
  core::XmlReader reader(core::as_bytes(text));
  Days days;
  std::optional<Day> day;
  std::size_t day_depth = 0;
  while (true) {
    TRY(const auto event, reader.next());
    if (event.kind == core::XmlEvent::Kind::Finished) return days.take();
    if (event.name != "Cube") continue;
    if (event.kind == core::XmlEvent::Kind::End) {
      if (!day || event.depth != day_depth) continue;
      TRY(days.add(*std::exchange(day, std::nullopt)));
    } else if (!event.attribute("time").empty()) {
      day.emplace();
      day->row = static_cast<std::uint64_t>(event.line);
      day_depth = event.depth;
      TRY(day->date, date_of(event.attribute("time"), day->row));
    } else if (!event.attribute("currency").empty()) {
      TRY(add_rate(event, day));
    }
  }
}

core::json::Array commands(std::vector<Day> days, const core::Hash& document,
                           const std::string& actor) {
  std::ranges::sort(days, {}, &Day::date);
  const std::string document_hex = core::to_hex(document.bytes);
  Array out;
  for (const Day& day : days) {
    Array rates;
    for (const DayRate& rate : day.rates) {
      rates.emplace_back(Object{{"currency", rate.currency}, {"rate", core::to_string(rate.rate)}});
    }
    out.emplace_back(Object{{"command", "record_reference_rates"},
                            {"actor", actor},
                            {"date", core::to_string(day.date)},
                            {"rates", std::move(rates)},
                            {"source", Object{{"document", document_hex},
                                              {"row", static_cast<std::int64_t>(day.row)}}}});
  }
  return out;
}

}  // namespace gateway::ecb
