#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"

namespace gateway::service {

// Where a history goes on. As text it is readable and stable: the page that it asks for is the same
// whenever it is asked for, because the size of the book for which the history is true stands in
// it.
//
//   120~of~500~0f3a77c2b1d4e690                       the record 120 comes next, in a book of 500
//   120~of~500~0f3a77c2b1d4e690~EUR                   of an account: its line in EUR
//   120~of~500~0f3a77c2b1d4e690~EUR~2026-01-05T08:00:00.000000Z   by effect: its line of that time
struct HistoryCursor {
  std::uint64_t seq = 0;
  std::uint64_t size = 0;
  std::string query;  // What the history is of, as 16 hexadecimal digits.
  std::string commodity;
  std::optional<core::Instant> effective_at;
  bool operator==(const HistoryCursor&) const = default;
};

std::string to_string(const HistoryCursor& cursor);
// Errors: InvalidInput/cursor unless it is exactly what to_string() gives.
core::Result<HistoryCursor> parse_cursor(std::string_view text);

// Always InvalidInput/cursor at "cursor".
core::Error bad_cursor(std::string detail);

}  // namespace gateway::service
