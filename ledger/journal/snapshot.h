#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/sha256.h"
#include "core/time.h"

namespace ledger::journal {

// All that has to be in memory to go on from a size, as bytes: what a replay of the records before it
// would give. Only a cache: without it, or when it does not fit, a book opens as well, and slower.
struct Snapshot {
  std::string maker;  // What wrote it; another version's is not read.
  std::string origin;
  std::uint64_t size = 0;
  core::Hash last_leaf;  // Of record size - 1.
  core::Instant recorded_at;
  std::string index;     // Index::save()
  std::string books;     // Books::save()
  std::string state;     // The application's.
  bool operator==(const Snapshot&) const = default;
};

// The file's bytes, with a checksum.
std::string encode_snapshot(const Snapshot& snapshot);
// Empty if it is damaged, or if another maker wrote it: then it does not count.
std::optional<Snapshot> decode_snapshot(std::string_view file, std::string_view maker);

// Replaces the file as a whole. Errors: Unavailable/io.
core::Result<> write_snapshot(const std::string& path, const Snapshot& snapshot);

// Empty if there is none, and as decode_snapshot().
std::optional<Snapshot> read_snapshot(const std::string& path, std::string_view maker);

}  // namespace ledger::journal
