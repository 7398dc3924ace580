#include "gateway/registers/body.h"

#include <algorithm>

#include "core/byte_order_mark.h"
#include "core/utf8.h"
#include "gateway/registers/words.h"

namespace gateway::registers {
namespace {

constexpr std::string_view kOfNumbers = "0123456789+-.eE";

// Takes the digits off that the text begins with; says whether there were any.
bool take_digits(std::string_view& text) {
  const std::size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(size);
  return size != 0;
}

// Whether it is a number of JSON's with a point or an exponent. Source: RFC 8259, section 6.
bool is_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::string_view whole = text;
  if (!take_digits(text) || text.empty()) return false;
  if (whole.starts_with('0') && whole.size() - text.size() > 1) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!take_digits(text)) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!take_digits(text)) return false;
  }
  return text.empty();
}

// How long the text is that begins with a quotation mark; it may have no end.
std::size_t quoted_size(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return text.size();
}

}  // namespace

std::string with_decimals_as_texts(std::string_view body) {
  std::string out;
  out.reserve(body.size());
  while (!body.empty()) {
    std::size_t size = 1;
    bool quote = false;
    if (body.front() == '"') {
      size = quoted_size(body);
    } else if (body.front() == '-' || (body.front() >= '0' && body.front() <= '9')) {
      size = std::min(body.find_first_not_of(kOfNumbers), body.size());
      quote = is_decimal(body.substr(0, size));
    }
    if (quote) out += '"';
    out += body.substr(0, size);
    if (quote) out += '"';
    body.remove_prefix(size);
  }
  return out;
}

std::string within(std::string_view outer, std::string_view inner) {
  if (outer.empty() || inner.empty()) return std::string(outer.empty() ? inner : outer);
  return std::string(outer) + ": " + std::string(inner);
}

core::Error bad_body(std::string at, std::string detail) {
  return core::invalid("register_body", std::move(at), std::move(detail));
}

core::Result<core::json::Value> parse_body(std::string_view body, std::string_view at) {
  body = core::without_byte_order_mark(body);
  if (!core::is_utf8(body)) {
    return bad_body(std::string(at), "The body is not UTF-8; take it as the register sent it.");
  }
  auto value = core::json::parse(body);
  if (!value) return std::move(value.error()).within(at);
  return value;
}

core::Result<std::string> text_of(const core::json::Value& row, std::string_view member,
                                  std::string_view at) {
  const core::json::Value* value = row.find(member);
  if (value == nullptr || value->is_null()) return std::string{};
  if (const std::string* text = value->as_string()) return plain(*text);
  if (value->as_array() != nullptr || value->as_object() != nullptr) {
    return bad_body(within(at, member), "A text is expected here.");
  }
  return core::json::print(*value);
}

core::Result<engine::Fact> read_row(const core::json::Value& row, std::string_view name,
                                    std::span<const Column> columns, DayColumns days,
                                    std::string_view at) {
  if (row.as_object() == nullptr) return bad_body(std::string(at), "An object is expected here.");
  engine::Fact fact;
  fact.name = name;
  for (const Column& column : columns) {
    TRY(const std::string text, text_of(row, column.member, at));
    // No '/' at all leaves the whole text: npos + 1 is 0.
    put(fact, column.key, column.last_of_path ? text.substr(text.rfind('/') + 1) : text);
  }
  if (!days.from.empty()) {
    TRY(const std::string text, text_of(row, days.from, at));
    TRY(fact.from, day_first(text, within(at, days.from)));
  }
  if (!days.to.empty()) {
    TRY(const std::string text, text_of(row, days.to, at));
    TRY(fact.to, day_first(text, within(at, days.to)));
  }
  arrange(fact);
  return fact;
}

}  // namespace gateway::registers
