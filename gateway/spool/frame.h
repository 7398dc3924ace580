#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.h"
#include "core/sha256.h"

// The bytes of a spool. All integers are big-endian.
//
//   head  := "TALLYSP1" first_number:u64 sha256(...)                      48 bytes
//   frame := "TSPE" number:u64 length:u32 check[8] payload sha256(...)    check = of what stands
//   before
namespace gateway::spool {

inline constexpr std::size_t kHeadBytes = 48;
inline constexpr std::size_t kFrameHeadBytes = 24;
inline constexpr std::size_t kDigestBytes = 32;

core::Bytes encode_head(std::uint64_t first_number);
// Empty if it is none.
std::optional<std::uint64_t> decode_head(core::ByteView bytes);

void append_frame(std::uint64_t number, core::ByteView payload, core::Bytes& out);

struct FrameHead {
  std::uint64_t number = 0;
  std::uint32_t length = 0;
};
// Empty if it is none, or longer than an entry may be.
std::optional<FrameHead> decode_frame_head(core::ByteView bytes);
// Whether the digest behind head and payload is theirs.
bool is_whole(core::ByteView frame);

}  // namespace gateway::spool
