#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/sha256.h"
#include "ledger/record.h"

// The keys within a run: one byte for the type, what it is about, and the block's number in two bytes,
// so that a list's blocks follow each other. Format: docs/formats/index.md.
namespace ledger::index {

namespace key_type {
inline constexpr char kBatches = 'b';
inline constexpr char kHolding = 'h';
inline constexpr char kKind = 'k';
inline constexpr char kRequests = 'r';
inline constexpr char kSubject = 's';
inline constexpr char kTile = 't';
inline constexpr char kSummary = 'z';
}  // namespace key_type

inline void put_big_endian(std::string& out, std::uint64_t value, std::size_t bytes) {
  while (bytes-- > 0) out.push_back(static_cast<char>(value >> (8 * bytes) & 0xff));
}

inline std::string holding_key(std::uint32_t account, std::uint32_t commodity) {
  std::string key(1, key_type::kHolding);
  put_big_endian(key, account, 4);
  put_big_endian(key, commodity, 4);
  return key;
}
inline std::string subject_key(const SubjectId& id) {
  return std::string(1, key_type::kSubject).append(core::as_text(core::ByteView(id)));
}
inline std::string kind_key(std::uint64_t kind) {
  std::string key(1, key_type::kKind);
  put_big_endian(key, kind, 8);
  return key;
}
inline std::string batches_key() { return std::string(1, key_type::kBatches); }
// Request keys are spread over 256 lists by their first byte.
inline std::string requests_key(std::uint8_t first) {
  std::string key(1, key_type::kRequests);
  put_big_endian(key, first, 1);
  return key;
}
// Level 0: 256 tiles of leaf hashes a segment; level 1: one tile of their roots.
inline std::string tile_key(std::uint8_t level, std::uint8_t index) {
  std::string key(1, key_type::kTile);
  put_big_endian(key, level, 1);
  put_big_endian(key, index, 1);
  return key;
}
inline std::string summary_key() { return std::string(1, key_type::kSummary); }

inline std::string block_key(const std::string& list, std::size_t number) {
  std::string key = list;
  put_big_endian(key, number, 2);
  return key;
}

}  // namespace ledger::index
