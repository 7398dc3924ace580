#include "gateway/service/tiles.h"

#include "core/check.h"

namespace gateway::service {
namespace {

constexpr std::size_t kTileHeight = 8;

// The number of the tile's first hash among those of its level.
core::Result<std::uint64_t> first_hash(const BookView& view, const ledger::TileAddress& tile) {
  const std::uint64_t size = view.last_published().size;
  const ledger::TileCount there = ledger::tile_count(size, tile.level.value_or(0));
  const bool exists =
      tile.index < there.full || (tile.index == there.full && tile.width <= there.partial_width);
  if (exists) return tile.index * ledger::kTileWidth;
  return core::not_found("unknown_tile", ledger::tile_path(tile),
                         "The last published checkpoint is of " + std::to_string(size) +
                             " records; there is no such tile of them.");
}

}  // namespace

core::Result<core::Bytes> query_hash_tile(const BookView& view, const ledger::TileAddress& tile) {
  CHECK(tile.level.has_value());
  TRY(const std::uint64_t first, first_hash(view, tile));
  TRY(const auto hashes, view.index.subtree_roots(kTileHeight * *tile.level, first, tile.width));
  core::Bytes out;
  out.reserve(hashes.size() * sizeof(core::Hash));
  for (const core::Hash& hash : hashes) out.insert(out.end(), hash.bytes.begin(), hash.bytes.end());
  return out;
}

core::Result<core::Bytes> query_entry_bundle(const BookView& view,
                                             const ledger::TileAddress& tile) {
  CHECK(!tile.level.has_value());
  TRY(const std::uint64_t first, first_hash(view, tile));
  core::Bytes bundle;
  TRY(view.log.read(first, first + tile.width, [&](std::uint64_t, core::ByteView leaf) {
    return ledger::append_entry(bundle, leaf);
  }));
  return bundle;
}

}  // namespace gateway::service
