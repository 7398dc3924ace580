#include "gateway/screening/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "core/time.h"
#include "gateway/screening/entry.h"

namespace gateway::screening {
namespace {

using core::names::BirthDate;

constexpr auto kMonths = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});

core::Error no_date(std::string_view text) {
  return core::invalid("list_date", "", "\"" + std::string(text) + "\" is no date.");
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// -1 if it is no number; 0 for a placeholder such as "dd" or "00".
int number_of(std::string_view text) {
  if (text == "dd" || text == "mm" || text == "yyyy" || text == "xx" || text == "??") return 0;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 0 ? number : -1;
}

int month_of(std::string_view word) {
  const auto month = std::ranges::find(kMonths, word.substr(0, 3));
  return month == kMonths.end() ? -1 : static_cast<int>(month - kMonths.begin()) + 1;
}

struct Parts {
  int year = -1;
  int month = 0;
  int day = 0;
};

// The order of the numbers tells itself: a year has four digits.
Parts in_numbers(const std::vector<std::string>& words) {
  Parts parts;
  std::vector<int> numbers;
  for (const std::string& word : words) numbers.push_back(number_of(word));
  if (std::ranges::find(numbers, -1) != numbers.end()) return {};
  const bool year_first = words.front().size() == 4;
  if (!year_first) std::ranges::reverse(numbers);
  parts.year = numbers[0];
  if (numbers.size() > 1) parts.month = numbers[1];
  if (numbers.size() > 2) parts.day = numbers[2];
  return parts;
}

// "5 jan 1962", "jan 1962".
Parts in_words(const std::vector<std::string>& words) {
  Parts parts;
  const std::size_t count = words.size();
  if (count < 2 || count > 3) return parts;
  parts.year = number_of(words[count - 1]);
  parts.month = month_of(words[count - 2]);
  if (count == 3) parts.day = number_of(words[0]);
  return parts;
}

core::Result<std::optional<BirthDate>> one_date(std::string_view text) {
  const std::vector<std::string> words = parts_of(text, "/-. ");
  if (words.empty() || words.size() > 3) return no_date(text);
  const bool words_of_months =
      std::ranges::any_of(words, [](const std::string& word) { return month_of(word) > 0; });
  const Parts parts = words_of_months ? in_words(words) : in_numbers(words);
  if (parts.year < 0 || parts.month < 0 || parts.day < 0) return no_date(text);
  if (parts.year == 0) return std::optional<BirthDate>();
  auto birth = birth_of(parts.year, parts.month, parts.day);
  if (!birth) return no_date(text);
  return std::optional(birth.value());
}

bool is_year(std::string_view text) { return text.size() == 4 && number_of(text) > 0; }

// "1960 to 1962", "between 1960 and 1962", "1960-1962".
std::optional<BirthDate> span_of(std::string_view text) {
  std::vector<std::string> words = parts_of(text, " -/");
  std::erase_if(words, [](const std::string& word) {
    return word == "to" || word == "and" || word == "between";
  });
  if (words.size() != 2 || !is_year(words[0]) || !is_year(words[1])) return std::nullopt;
  const BirthDate span{number_of(words[0]), number_of(words[1]), 0, 0};
  return span.year_from <= span.year_to ? std::optional(span) : std::nullopt;
}

bool take_circa(std::string_view& text) {
  for (const std::string_view word : {"circa ", "approximately ", "approx. ", "c. "}) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    return true;
  }
  return false;
}

}  // namespace

core::Result<BirthDate> birth_of(int year, int month, int day) {
  const BirthDate birth{year, year, month, month == 0 ? 0 : day};
  const std::chrono::year_month_day whole{
      std::chrono::year(year), std::chrono::month(month == 0 ? 1u : static_cast<unsigned>(month)),
      std::chrono::day(birth.day == 0 ? 1u : static_cast<unsigned>(birth.day))};
  if (year < 1 || year > 9999 || month > 12 || birth.day > 31 || !whole.ok()) {
    return no_date(std::to_string(year) + "-" + std::to_string(month) + "-" + std::to_string(day));
  }
  return birth;
}

core::Result<std::optional<BirthDate>> birth_of(std::string_view text) {
  const std::string plain = lower(trimmed(text));
  std::string_view rest = plain;
  if (rest.empty()) return std::optional<BirthDate>();
  const bool circa = take_circa(rest);
  if (const auto span = span_of(rest)) return span;
  TRY(auto birth, one_date(rest));
  if (circa && birth) {
    *birth = {birth->year_from - kCircaYears, birth->year_to + kCircaYears, 0, 0};
  }
  return birth;
}

core::Result<std::string> day_of(std::string_view text) {
  std::string plain = trimmed(text);
  plain = plain.substr(0, plain.find('T'));
  if (plain.empty()) return plain;
  // "2026-01-28-04:00" or "2026-01-28Z": a zone behind an ISO date.
  if (plain.size() > 10 && plain[4] == '-' && plain[7] == '-') plain.resize(10);
  TRY(const auto day, one_date(lower(plain)));
  if (!day || day->day == 0) return no_date(text);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::string iso =
      std::to_string(day->year_from) + "-" + two(day->month) + "-" + two(day->day);
  if (!core::parse_date(iso)) return no_date(text);
  return iso;
}

}  // namespace gateway::screening
