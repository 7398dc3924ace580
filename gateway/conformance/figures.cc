#include <algorithm>
#include <limits>

#include "core/allocate.h"
#include "core/text.h"
#include "core/time.h"
#include "core/written_decimal.h"
#include "gateway/conformance/families.h"
#include "gateway/conformance/members.h"

namespace gateway::conformance {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

// The value, or its error at the member that it was read from.
template <class T>
core::Result<T> at(std::string_view name, core::Result<T> read) {
  if (!read) return std::move(read.error()).within(name);
  return read;
}

// An int without a change of value, or beyond every scale there is.
int to_scale(std::int64_t value) {
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  return static_cast<int>(std::clamp(value, -kMost, kMost));
}

core::Result<core::Decimal> read_weight(const Value& value) {
  if (value.as_integer() != nullptr) return core::to_decimal(*value.as_integer(), 0);
  if (value.as_string() != nullptr) return core::parse_decimal(*value.as_string());
  return core::invalid("wrong_type", "", "Expected a decimal number as text, or a whole number.");
}

// Weights as whole numbers in the same proportions.
core::Result<std::vector<core::Minor>> read_weights(const Value& line) {
  TRY(const auto items, list(line, "weights"));
  std::vector<core::Decimal> decimals;
  unsigned scale = 0;
  for (const Value& value : items) {
    const std::string name = "weights[" + std::to_string(decimals.size()) + "]";
    TRY(const core::Decimal weight, at(name, read_weight(value)));
    decimals.push_back(weight);
    scale = std::max<unsigned>(scale, weight.scale);
  }
  std::vector<core::Minor> weights;
  for (const core::Decimal& weight : decimals) {
    TRY(const core::Minor minor, at("weights", core::to_minor(weight, scale)));
    weights.push_back(minor);
  }
  return weights;
}

struct StyleName {
  std::string_view name;
  core::DateStyle style;
};
constexpr StyleName kStyles[] = {{"short", core::DateStyle::Short},
                                 {"medium", core::DateStyle::Medium},
                                 {"long", core::DateStyle::Long},
                                 {"full", core::DateStyle::Full}};
constexpr std::string_view kDateAndTime = "date_time";

core::Result<std::string> print_time(core::Instant instant, std::string_view zone,
                                     std::string_view locale, std::string_view style) {
  if (style == kDateAndTime) return core::format_instant(instant, zone, locale);
  const auto* const found = std::ranges::find(kStyles, style, &StyleName::name);
  if (found == std::end(kStyles)) {
    return core::invalid("unknown_choice", "style",
                         "Choose short, medium, long, full or date_time.");
  }
  TRY(const core::Date date, core::local_date(zone, instant));
  return core::format_date(date, locale, found->style);
}

}  // namespace

core::Result<Value> round(const Value& line) {
  TRY(const std::string_view value, text(line, "value"));
  TRY(const std::int64_t scale, integer(line, "scale"));
  TRY(const std::string_view mode, text(line, "mode"));
  TRY(const core::Rounding rounding, at("mode", core::parse_rounding(mode)));
  TRY(auto rounded, at("value", core::round_written(value, to_scale(scale), rounding)));
  return Object{{"value", std::move(rounded)}};
}

core::Result<Value> allocate(const Value& line) {
  TRY(const std::string_view written, text(line, "total"));
  TRY(const std::uint64_t scale, count(line, "scale"));
  if (scale > core::kScaleMax) {
    return core::invalid("scale_range", "scale", "The scale is from 0 to 18.");
  }
  const auto decimals = static_cast<unsigned>(scale);
  TRY(const core::Decimal decimal, at("total", core::parse_decimal(written)));
  TRY(const core::Minor total, at("total", core::to_minor(decimal, decimals)));
  TRY(const auto weights, read_weights(line));
  TRY(const auto parts, core::allocate(total, weights));
  Array printed;
  for (const core::Minor part : parts) printed.emplace_back(core::print_fixed(part, decimals));
  return Object{{"parts", std::move(printed)}};
}

core::Result<Value> format_money(const Value& line) {
  TRY(const std::string_view written, text(line, "amount"));
  TRY(const std::string_view currency, text(line, "currency"));
  TRY(const std::string_view locale, text(line, "locale"));
  TRY(const auto commodity, at("currency", core::commodity(currency)));
  TRY(const auto amount, at("amount", core::parse_amount(written, commodity)));
  TRY(auto printed, at("locale", core::format_money(amount, locale)));
  return Object{{"text", std::move(printed)}};
}

core::Result<Value> format_date(const Value& line) {
  TRY(const std::string_view written, text(line, "time"));
  TRY(const std::string_view zone, text(line, "zone"));
  TRY(const std::string_view locale, text(line, "locale"));
  TRY(const std::string_view style, text(line, "style"));
  TRY(const core::Instant instant, at("time", core::parse_instant(written)));
  TRY(auto printed, print_time(instant, zone, locale, style));
  return Object{{"text", std::move(printed)}};
}

}  // namespace gateway::conformance
