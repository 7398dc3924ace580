#include "ledger/tlog_text.h"

#include <algorithm>
#include <charconv>

#include "core/bytes.h"

namespace ledger {

std::optional<std::uint64_t> parse_count(std::string_view text) {
  if (text.empty() || text.front() < '0' || text.front() > '9') return {};
  if (text.front() == '0' && text.size() > 1) return {};
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return {};
  return value;
}

std::optional<core::Hash> parse_base64_hash(std::string_view text) {
  const auto bytes = core::from_base64(text);
  core::Hash hash;
  if (!bytes || bytes.value().size() != hash.bytes.size()) return {};
  std::ranges::copy(bytes.value(), hash.bytes.begin());
  return hash;
}

std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return {};
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace ledger
