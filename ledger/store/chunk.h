#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "ledger/leaf_group.h"
#include "ledger/tile.h"

// How a log's records lie in the store (docs/formats/store.md):
//   key   := 'c' first_seq:u64, big-endian
//   value := entry bundle (ledger/tile.h) of records first_seq, first_seq + 1, ...
// A chunk holds records of one group, and of one span of kTileWidth sequences that begins at a
// multiple of kTileWidth. So a full bundle is the concatenation of its chunks.
namespace ledger::store {

struct ChunkSlice {
  std::string key;
  core::ByteView value;  // Into the group that was cut.
};

// The chunks of a group that begins at `first`.
std::vector<ChunkSlice> cut_into_chunks(std::uint64_t first, const LeafGroup& leaves);

std::string chunk_key(std::uint64_t first);
// The key that is above every chunk's and no chunk's.
std::string chunk_key_limit();
// Empty if the key is not a chunk's.
std::optional<std::uint64_t> parse_chunk_key(std::string_view key);

// The first sequence that a chunk with this record in it may begin at, and the one it must end
// before.
constexpr std::uint64_t span_begin(std::uint64_t seq) { return seq / kTileWidth * kTileWidth; }
constexpr std::uint64_t span_end(std::uint64_t seq) { return span_begin(seq) + kTileWidth; }

// The records of the chunk at `first`, as views into `value`.
// Errors: Corrupt/chunk at "seq N" if it is no bundle, is empty or reaches beyond its span.
core::Result<std::vector<core::ByteView>> parse_chunk(std::uint64_t first, core::ByteView value);

// The error of every record that cannot be read. Always Corrupt/chunk at "seq N".
core::Error chunk_damage(std::uint64_t seq, std::string detail);

}  // namespace ledger::store
