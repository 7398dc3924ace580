#pragma once

#include <algorithm>
#include <array>

#include "core/bytes.h"
#include "core/sha256.h"

namespace gateway::vault {

inline constexpr std::size_t kCheckBytes = 8;

// The first bytes of the SHA-256 of what stands before them: shows a flipped bit without any key.
inline std::array<std::uint8_t, kCheckBytes> check_of(core::ByteView bytes) {
  const core::Hash hash = core::sha256(bytes);
  std::array<std::uint8_t, kCheckBytes> check{};
  std::copy_n(hash.bytes.begin(), kCheckBytes, check.begin());
  return check;
}

inline void append_check(core::Bytes& out, std::size_t begin) {
  const auto check = check_of(core::ByteView(out).subspan(begin));
  out.insert(out.end(), check.begin(), check.end());
}

// Whether the last bytes are the check of the others.
inline bool has_check(core::ByteView bytes) {
  if (bytes.size() < kCheckBytes) return false;
  const auto check = check_of(bytes.first(bytes.size() - kCheckBytes));
  return std::equal(check.begin(), check.end(), bytes.end() - kCheckBytes);
}

// What a power cut leaves of an append whose bytes never reached the disk.
inline bool all_zero(core::ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace gateway::vault
