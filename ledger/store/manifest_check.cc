#include "ledger/store/manifest_check.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>

#include "core/bytes.h"

namespace ledger::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlockBytes = 32 * 1024;
constexpr std::size_t kHeaderBytes = 4 + 2 + 1;  // Checksum, length (little-endian), type.
constexpr std::uint8_t kZeroType = 0;
constexpr std::uint8_t kFullType = 1;
constexpr std::uint8_t kLastType = 4;

// The type of the last record in a block; empty if the records do not fill it as they say.
// Checksums are RocksDB's to check: it reports a wrong one, and does not report a wrong length at
// the end.
std::optional<std::uint8_t> last_type(core::ByteView block, std::uint8_t type_before) {
  std::uint8_t type = type_before;
  std::size_t offset = 0;
  while (offset < block.size()) {
    if (kBlockBytes - offset < kHeaderBytes) return type;  // The block's trailer of zeros.
    if (block.size() - offset < kHeaderBytes) return std::nullopt;
    const std::size_t length = block[offset + 4] | static_cast<std::size_t>(block[offset + 5]) << 8;
    type = block[offset + 6];
    if (type == kZeroType || length > block.size() - offset - kHeaderBytes) return std::nullopt;
    offset += kHeaderBytes + length;
  }
  return type;
}

core::Error damaged(const std::string& file, const std::string& detail) {
  return core::corrupt("store", file, detail);
}

}  // namespace

core::Result<> check_manifest(const std::string& store_path) {
  std::ifstream current(fs::path(store_path) / "CURRENT", std::ios::binary);
  std::string name;
  if (!std::getline(current, name) || name.find('/') != std::string::npos) {
    return damaged("CURRENT", "It does not name a manifest.");
  }
  std::ifstream manifest(fs::path(store_path) / name, std::ios::binary);
  if (!manifest) return damaged(name, "The manifest that CURRENT names cannot be opened.");

  core::Bytes block(kBlockBytes);
  std::uint8_t type = kZeroType;
  while (manifest) {
    manifest.read(reinterpret_cast<char*>(block.data()), static_cast<std::streamsize>(kBlockBytes));
    const auto filled = static_cast<std::size_t>(manifest.gcount());
    const auto block_type = last_type(core::ByteView(block).first(filled), type);
    if (!block_type) return damaged(name, "A record's length is wrong, or its end is missing.");
    type = *block_type;
  }
  if (manifest.bad()) return core::unavailable("io", name, "The manifest cannot be read.");
  if (type != kFullType && type != kLastType) {
    return damaged(name, "The last record is not complete.");
  }
  return core::ok();
}

}  // namespace ledger::store
