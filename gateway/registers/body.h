#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/json.h"
#include "engine/gate_values.h"

// Bodies in JSON, and rows in them that become facts.
namespace gateway::registers {

// Errors: InvalidInput/register_body in another encoding; InvalidInput/json. Both name `at`.
core::Result<core::json::Value> parse_body(std::string_view body, std::string_view at);

// The body with quotation marks around each number that is not whole, so that it is a text as it
// was printed: our JSON knows whole numbers alone. What is no number of JSON's stays and is
// refused.
std::string with_decimals_as_texts(std::string_view body);

// A place in a body: "body 2: Data".
std::string within(std::string_view outer, std::string_view inner);

core::Error bad_body(std::string at, std::string detail);

// The member as a text: none and null are empty, numbers and truth values are printed.
// Errors: InvalidInput/register_body if it is a list or an object.
core::Result<std::string> text_of(const core::json::Value& row, std::string_view member,
                                  std::string_view at);

// Which member becomes which value of a fact.
struct Column {
  std::string_view member;
  std::string_view key;
  bool last_of_path = false;  // Of a URL, what follows the last '/' is the value.
};

// Day-first members with the days of a fact; empty where there is none.
struct DayColumns {
  std::string_view from;
  std::string_view to;
};

// Errors: InvalidInput/register_body if the row is no object or a member is no text;
//         InvalidInput/register_date. They name the member.
core::Result<engine::Fact> read_row(const core::json::Value& row, std::string_view fact,
                                    std::span<const Column> columns, DayColumns days,
                                    std::string_view at);

}  // namespace gateway::registers
