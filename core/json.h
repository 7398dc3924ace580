#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"

// JSON as our interfaces speak it: objects keep their order, numbers are whole (amounts, rates and
// prices are decimal strings), a key stands once.
namespace core::json {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
using Object = std::vector<Member>;

class Value {
 public:
  Value() = default;
  Value(std::nullptr_t) {}
  Value(bool value) : data_(value) {}
  Value(std::int64_t value) : data_(value) {}
  Value(int value) : data_(std::int64_t{value}) {}
  Value(std::string value) : data_(std::move(value)) {}
  Value(std::string_view value) : data_(std::string(value)) {}
  Value(const char* value) : data_(std::string(value)) {}
  Value(Array value) : data_(std::move(value)) {}
  Value(Object value) : data_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(data_); }
  const bool* as_bool() const { return std::get_if<bool>(&data_); }
  const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&data_); }
  const std::string* as_string() const { return std::get_if<std::string>(&data_); }
  const Array* as_array() const { return std::get_if<Array>(&data_); }
  const Object* as_object() const { return std::get_if<Object>(&data_); }
  Array* as_array() { return std::get_if<Array>(&data_); }
  Object* as_object() { return std::get_if<Object>(&data_); }

  // The member's value, or nullptr if this is no object or has no such member.
  const Value* find(std::string_view key) const;
  // The member's text, or empty.
  std::string_view text(std::string_view key) const;

  bool operator==(const Value&) const = default;

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, std::string, Array, Object> data_;
};

inline constexpr std::size_t kDepthMax = 32;
// Of one object; finding a key that stands twice takes time by their square.
inline constexpr std::size_t kMembersMax = 1000;

// Errors: InvalidInput/json with the byte offset: not JSON, trailing bytes, nested deeper than
// kDepthMax, an object of more than kMembersMax members, a key twice, a number that is not a whole
// 64-bit number, text that is not UTF-8.
Result<Value> parse(std::string_view text);

// Without spaces; the same value always prints the same bytes.
std::string print(const Value& value);
// Indented by two spaces, for files that people read; ends with a newline.
std::string print_pretty(const Value& value);

}  // namespace core::json
