#include "ledger/store/chunk.h"

#include <algorithm>
#include <utility>

#include "ledger/big_endian.h"

namespace ledger::store {
namespace {

constexpr char kChunkPrefix = 'c';

}  // namespace

std::vector<ChunkSlice> cut_into_chunks(std::uint64_t first, const LeafGroup& leaves) {
  std::vector<ChunkSlice> chunks;
  for (std::size_t begin = 0; begin < leaves.count();) {
    const std::uint64_t seq = first + begin;
    const std::size_t count =
        std::min<std::size_t>(span_end(seq) - seq, leaves.count() - begin);
    chunks.push_back({chunk_key(seq), leaves.entries(begin, count)});
    begin += count;
  }
  return chunks;
}

std::string chunk_key(std::uint64_t first) {
  core::Bytes key{static_cast<std::uint8_t>(kChunkPrefix)};
  append_big_endian(key, first);
  return std::string(core::as_text(key));
}

std::string chunk_key_limit() { return std::string(1, kChunkPrefix + 1); }

std::optional<std::uint64_t> parse_chunk_key(std::string_view key) {
  if (key.size() != 1 + sizeof(std::uint64_t) || key.front() != kChunkPrefix) return std::nullopt;
  return read_big_endian<std::uint64_t>(core::as_bytes(key.substr(1)));
}

core::Result<std::vector<core::ByteView>> parse_chunk(std::uint64_t first, core::ByteView value) {
  core::Result<std::vector<core::ByteView>> records = decode_bundle(value);
  if (!records) return chunk_damage(first, records.error().detail);
  if (records.value().empty()) return chunk_damage(first, "The chunk is empty.");
  if (records.value().size() > span_end(first) - first) {
    return chunk_damage(first, "The chunk reaches beyond its span of 256 records.");
  }
  return records;
}

core::Error chunk_damage(std::uint64_t seq, std::string detail) {
  return core::corrupt("chunk", "seq " + std::to_string(seq), std::move(detail));
}

}  // namespace ledger::store
