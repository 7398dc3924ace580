#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace core {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Lower-case hexadecimal.
std::string to_hex(ByteView bytes);

// Errors: InvalidInput/hex if the length is odd or a character is not 0-9 a-f (upper case refused).
Result<Bytes> from_hex(std::string_view text);

// RFC 4648 section 4, padded.
std::string to_base64(ByteView bytes);

// Errors: InvalidInput/base64 for anything but the one canonical padded form.
Result<Bytes> from_base64(std::string_view text);

}  // namespace core
