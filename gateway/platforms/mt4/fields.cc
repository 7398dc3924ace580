#include "gateway/platforms/mt4/fields.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/iso4217.h"

namespace gateway::mt4 {
namespace {

// Keeps every sum over kStatementRowsMax rows within 127 bits.
constexpr unsigned kAmountDigitsMax = 24;

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The number without its thousands marks, or empty if they are not at the thousands.
std::string without_grouping(std::string_view text) {
  if (text.find(' ') == text.npos) return std::string(text);
  std::string out;
  if (text.starts_with('-')) {
    out += '-';
    text.remove_prefix(1);
  }
  const std::string_view fraction = text.substr(std::min(text.find('.'), text.size()));
  std::string_view whole = text.substr(0, text.size() - fraction.size());
  for (bool first = true; !whole.empty(); first = false) {
    const std::string_view group = whole.substr(0, whole.find(' '));
    const bool fits = first ? !group.empty() && group.size() <= 3 : group.size() == 3;
    if (!fits || !std::ranges::all_of(group, is_digit) || group.size() + 1 == whole.size()) {
      return "";
    }
    out += group;
    whole.remove_prefix(std::min(group.size() + 1, whole.size()));
  }
  return out.append(fraction);
}

bool is_negative_zero(std::string_view text) {
  return text.size() > 1 && text.front() == '-' &&
         text.find_first_not_of("0.", 1) == std::string_view::npos;
}

// Reads a fixed-width or free run of digits off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int number(std::size_t digits_min, std::size_t digits_max) {
    std::size_t count = 0;
    while (count < rest_.size() && count < digits_max && is_digit(rest_[count])) ++count;
    int value = 0;
    good_ = good_ && count >= digits_min;
    std::from_chars(rest_.data(), rest_.data() + count, value);
    rest_.remove_prefix(count);
    return value;
  }

  void literal(std::string_view text) {
    good_ = good_ && rest_.starts_with(text);
    if (good_) rest_.remove_prefix(text.size());
  }

  std::string_view word() {
    const std::string_view word = rest_.substr(0, rest_.find(' '));
    rest_.remove_prefix(word.size());
    return word;
  }

  bool finished() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

struct Written {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

std::string two_digits(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

core::Result<core::Instant> to_utc(const Written& time, std::string_view time_zone) {
  TRY(const auto date, core::parse_date(std::to_string(time.year) + "-" + two_digits(time.month) +
                                        "-" + two_digits(time.day)));
  return core::local_to_utc(time_zone, date, time.hour, time.minute, time.second);
}

core::Error not_a_time(std::string_view text, std::string_view field, const char* example) {
  return core::invalid(
      "mt4_time", std::string(field),
      std::string("Expected a time such as ") + example + ", found " + quoted(text) + ".");
}

}  // namespace

core::Result<core::Decimal> read_number(std::string_view text, std::string_view field) {
  const std::string plain = without_grouping(text);
  const bool negative_zero = is_negative_zero(plain);
  auto number = core::parse_decimal(std::string_view(plain).substr(negative_zero ? 1 : 0));
  if (number) return number.value();
  return core::invalid("mt4_number", std::string(field),
                       "Expected a number such as -4 401.60, found " + quoted(text) + ".");
}

core::Result<core::Decimal> read_amount(std::string_view text, std::string_view field,
                                        const core::Commodity& currency) {
  TRY(const auto amount, read_number(text, field));
  const auto minor = core::to_minor(amount, currency.scale);
  const auto limit = core::power_of_ten(kAmountDigitsMax);
  if (!minor || minor.value() > limit.value() || minor.value() < -limit.value()) {
    return core::invalid("mt4_number", std::string(field),
                         "Expected an amount of " + currency.code + " with at most " +
                             std::to_string(currency.scale) + " decimals, found " + quoted(text) +
                             ".");
  }
  return amount;
}

core::Result<ServerTime> read_time(std::string_view text, std::string_view field,
                                   std::string_view time_zone) {
  Scanner scanner(text);
  Written time;
  time.year = scanner.number(4, 4);
  scanner.literal(".");
  time.month = scanner.number(2, 2);
  scanner.literal(".");
  time.day = scanner.number(2, 2);
  scanner.literal(" ");
  time.hour = scanner.number(2, 2);
  scanner.literal(":");
  time.minute = scanner.number(2, 2);
  scanner.literal(":");
  time.second = scanner.number(2, 2);
  if (scanner.finished()) {
    if (const auto utc = to_utc(time, time_zone)) return ServerTime{std::string(text), utc.value()};
  }
  return not_a_time(text, field, "2020.02.12 00:06:39");
}

core::Result<ServerTime> read_printed_time(std::string_view text, std::string_view time_zone) {
  Scanner scanner(text);
  Written time;
  time.year = scanner.number(4, 4);
  scanner.literal(" ");
  const auto month = std::ranges::find(kMonths, scanner.word());
  time.month = static_cast<int>(month - kMonths.begin()) + 1;  // 13, if it is none, is no date.
  scanner.literal(" ");
  time.day = scanner.number(1, 2);
  scanner.literal(", ");
  time.hour = scanner.number(2, 2);
  scanner.literal(":");
  time.minute = scanner.number(2, 2);
  if (scanner.finished()) {
    if (const auto utc = to_utc(time, time_zone)) return ServerTime{std::string(text), utc.value()};
  }
  return not_a_time(text, "statement time", "2020 March 2, 07:57");
}

core::Result<core::Commodity> choose_currency(std::string_view stated, std::string_view given) {
  if (stated.empty() && given.empty()) {
    return core::invalid("mt4_currency", "currency",
                         "The statement does not name the account's currency; give it.");
  }
  if (!stated.empty() && !given.empty() && stated != given) {
    return core::invalid(
        "mt4_currency", "currency",
        "The statement is in " + quoted(stated) + ", not in " + quoted(given) + ".");
  }
  const std::string_view code = stated.empty() ? given : stated;
  const auto scale = core::currency_scale(code);
  if (!scale) {
    return core::invalid("mt4_currency", "currency",
                         "Expected a currency of ISO 4217, found " + quoted(code) + ".");
  }
  return core::Commodity{std::string(code), *scale};
}

std::string line_name(std::int64_t row) { return "line " + std::to_string(row); }

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 32;
  std::string out = "\"";
  for (const char c : text.substr(0, kShown)) out += c >= 0x20 && c < 0x7f ? c : '?';
  return out + (text.size() > kShown ? "...\"" : "\"");
}

}  // namespace gateway::mt4
