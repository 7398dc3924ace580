#include "gateway/service/history_cursor.h"

#include <vector>

#include "core/amount.h"
#include "gateway/service/queries.h"

namespace gateway::service {
namespace {

constexpr char kSeparator = '~';
constexpr std::size_t kCursorBytesMax = 200;
constexpr std::size_t kQueryDigits = 16;

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(kSeparator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

core::Error malformed() {
  return bad_cursor("This is not a cursor that a page of a history ended with.");
}

}  // namespace

core::Error bad_cursor(std::string detail) {
  return core::invalid("cursor", "cursor", std::move(detail));
}

std::string to_string(const HistoryCursor& cursor) {
  std::string text =
      std::to_string(cursor.seq) + "~of~" + std::to_string(cursor.size) + "~" + cursor.query;
  if (!cursor.commodity.empty()) text += kSeparator + cursor.commodity;
  if (cursor.effective_at) text += kSeparator + core::to_string(*cursor.effective_at);
  return text;
}

core::Result<HistoryCursor> parse_cursor(std::string_view text) {
  if (text.size() > kCursorBytesMax) return malformed();
  const auto parts = split(text);
  if (parts.size() < 4 || parts.size() > 6 || parts[1] != "of") return malformed();
  const auto seq = parse_number(parts[0], "cursor");
  const auto size = parse_number(parts[2], "cursor");
  if (!seq || !size || parts[3].size() != kQueryDigits) return malformed();
  HistoryCursor cursor{seq.value(), size.value(), std::string(parts[3]), {}, {}};
  if (parts.size() > 4) cursor.commodity = parts[4];
  if (parts.size() > 5) {
    const auto time = core::parse_instant(parts[5]);
    if (!time) return malformed();
    cursor.effective_at = time.value();
  }
  // One spelling only, and a position within what it is true for.
  if (to_string(cursor) != text || cursor.seq >= cursor.size) return malformed();
  return cursor;
}

}  // namespace gateway::service
