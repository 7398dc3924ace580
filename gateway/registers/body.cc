#include "gateway/registers/body.h"

#include "core/byte_order_mark.h"
#include "core/utf8.h"
#include "gateway/registers/words.h"

namespace gateway::registers {
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
