#pragma once

#include <string>
#include <string_view>

#include "core/check.h"
#include "gateway/platforms/mt4/statement.h"
#include "tests/support/files.h"
#include "tests/support/outcome.h"

// The invented account of tests/fixtures/mt4, in both forms, and ways to spoil it.
namespace tests::mt4 {

inline std::string html_file() { return read_file("tests/fixtures/mt4/statement.htm"); }
inline std::string csv_file() { return read_file("tests/fixtures/mt4/statement.csv"); }

// The text with its one place of `from` changed.
inline std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  CHECK(place != text.npos);
  CHECK(text.find(from, place + 1) == text.npos);
  return text.replace(place, from.size(), to);
}

inline core::Result<gateway::mt4::Statement> read(std::string_view file,
                                                  const std::string& currency = "EUR",
                                                  const std::string& time_zone = "Europe/Athens") {
  return gateway::mt4::read_statement(core::as_bytes(file), {time_zone, currency});
}

// "mt4_row at line 3: type", or "a value".
inline std::string refusal(std::string_view file, const std::string& currency = "EUR",
                           const std::string& time_zone = "Europe/Athens") {
  const auto statement = read(file, currency, time_zone);
  if (statement) return "a value";
  CHECK(statement.error().code == core::Code::InvalidInput);
  CHECK(!statement.error().detail.empty());
  return statement.error().reason + " at " + statement.error().at;
}

inline gateway::mt4::Statement valid(std::string_view file,
                                     const std::string& time_zone = "Europe/Athens") {
  auto statement = read(file, "EUR", time_zone);
  if (!statement) std::fprintf(stderr, "%s\n", to_string(statement.error()).c_str());
  CHECK(statement.has_value());
  return std::move(statement.value());
}

}  // namespace tests::mt4
