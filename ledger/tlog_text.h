#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/sha256.h"

// The words that checkpoints, proof files and tile paths are written in. Each has one spelling, so
// what parses also prints back to the same bytes.
namespace ledger {

// "0", or digits without a leading zero, below 2^64. Empty for anything else.
std::optional<std::uint64_t> parse_count(std::string_view text);

// 32 bytes in canonical base64. Empty for anything else.
std::optional<core::Hash> parse_base64_hash(std::string_view text);

// Removes the first line of `rest` and gives it without its LF. Empty if there is no LF.
std::optional<std::string_view> take_line(std::string_view& rest);

}  // namespace ledger
