#pragma once

#include <cstdint>

#include "core/bytes.h"
#include "tests/support/numbers.h"

namespace tests {

// The bytes after one to three small accidents: a bit turned over, a byte put in or left out, or
// one overwritten.
inline core::Bytes mutated(core::Bytes bytes, Numbers& numbers) {
  const std::uint64_t accidents = 1 + numbers.below(3);
  for (std::uint64_t i = 0; i < accidents; ++i) {
    const auto any_byte = static_cast<std::uint8_t>(numbers.below(256));
    const auto place = static_cast<std::ptrdiff_t>(numbers.below(bytes.size() + 1));
    const auto at = bytes.begin() + place;
    if (at == bytes.end()) {
      bytes.push_back(any_byte);
      continue;
    }
    switch (numbers.below(4)) {
      case 0:
        *at ^= static_cast<std::uint8_t>(1u << numbers.below(8));
        break;
      case 1:
        bytes.insert(at, any_byte);
        break;
      case 2:
        bytes.erase(at);
        break;
      default:
        *at = any_byte;
    }
  }
  return bytes;
}

}  // namespace tests
