#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

// How a log is cut into files that anyone may serve. Source: C2SP tlog-tiles v0.1.0.
namespace ledger {

inline constexpr std::uint16_t kTileWidth = 256;
inline constexpr std::uint8_t kTileLevelMax = 63;
inline constexpr std::size_t kEntryBytesMax = 65535;

// Appends one entry to a bundle: its length as 16 bits, big-endian, then its bytes.
// Errors: InvalidInput/bundle if the entry is over kEntryBytesMax; the bundle is then as before.
core::Result<> append_entry(core::Bytes& bundle, core::ByteView entry);

// Errors: InvalidInput/bundle if there are more than kTileWidth entries or one is over
//         kEntryBytesMax.
core::Result<core::Bytes> encode_bundle(std::span<const core::Bytes> entries);

// Walks a bundle's entries in order, without copies.
class BundleReader {
 public:
  // `bundle` must outlive the reader and the views it gives.
  explicit BundleReader(core::ByteView bundle) : rest_(bundle) {}

  // The next entry; empty after the last one. A bundle cut between two entries cannot be told from
  // a shorter one: the caller knows how many it expects. Errors: Corrupt/bundle if the bundle ends
  // inside an entry or has more than kTileWidth.
  core::Result<std::optional<core::ByteView>> next();

 private:
  core::ByteView rest_;
  std::size_t count_ = 0;
};

// All entries of a bundle, as views into it. Errors: Corrupt/bundle as in BundleReader::next.
core::Result<std::vector<core::ByteView>> decode_bundle(core::ByteView bundle);

// Names one tile of hashes, or one bundle of entries.
struct TileAddress {
  std::optional<std::uint8_t> level;  // Empty for entries.
  std::uint64_t index = 0;
  std::uint16_t width = kTileWidth;  // 1 to 256 hashes or entries; partial if below 256.
  bool operator==(const TileAddress&) const = default;
};

// "tile/0/x001/x234/067", "tile/entries/000.p/112", below the log's prefix.
std::string tile_path(const TileAddress& address);
// Errors: InvalidInput/tile_path for anything that tile_path would not print.
core::Result<TileAddress> parse_tile_path(std::string_view path);

// How many tiles a level has: `full` ones, then one of `partial_width` hashes unless that is 0.
struct TileCount {
  std::uint64_t full = 0;
  std::uint16_t partial_width = 0;
  bool operator==(const TileCount&) const = default;
};

// The tiles at a level of a tree of `size` leaves; the entry bundles are cut like level 0.
TileCount tile_count(std::uint64_t size, std::uint8_t level);

}  // namespace ledger
