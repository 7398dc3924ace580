#include "ledger/store/table_check.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

namespace ledger::store {
namespace {

namespace fs = std::filesystem;

// A table ends in its properties block, its meta index and a footer; together about 1 kB.
constexpr std::uintmax_t kTailBytes = 64 * 1024;
// checksum_type:u8  meta index handle, index handle, zeros: 40  format_version:u32  magic:u64
constexpr std::size_t kFooterBytes = 1 + 40 + 4 + 8;
constexpr std::string_view kPropertiesName = "rocksdb.properties";

struct Handle {
  std::uint64_t offset = 0;  // In the file.
  std::uint64_t size = 0;
};

// 7 bits a byte, lowest first; the highest bit says that more follow.
std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

std::optional<Handle> take_handle(std::string_view& bytes) {
  const auto offset = take_varint(bytes);
  const auto size = take_varint(bytes);
  if (!offset || !size) return std::nullopt;
  return Handle{*offset, *size};
}

// The last bytes of a table, addressed by their place in the file.
struct Tail {
  std::uint64_t begin = 0;
  std::string bytes;

  // Empty if the block does not lie in the tail.
  std::string_view block(const Handle& handle) const {
    if (handle.offset < begin || handle.offset - begin > bytes.size()) return {};
    const std::size_t first = handle.offset - begin;
    if (handle.size > bytes.size() - first) return {};
    return std::string_view(bytes).substr(first, handle.size);
  }
};

Tail read_tail(const fs::path& path) {
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(path, failure);
  std::ifstream file(path, std::ios::binary);
  if (failure || !file) return {};
  Tail tail{size - std::min(size, kTailBytes), {}};
  file.seekg(static_cast<std::streamoff>(tail.begin));
  tail.bytes.resize(std::min(size, kTailBytes));
  file.read(tail.bytes.data(), static_cast<std::streamsize>(tail.bytes.size()));
  tail.bytes.resize(static_cast<std::size_t>(file.gcount()));
  return tail;
}

// A table that cannot be understood so far is left to RocksDB; it may be one that a crash cut
// short.
bool properties_claim_an_index(const Tail& tail) {
  if (tail.bytes.size() < kFooterBytes) return false;
  std::string_view footer =
      std::string_view(tail.bytes).substr(tail.bytes.size() - kFooterBytes + 1);
  const auto meta_index = take_handle(footer);
  if (!meta_index) return false;
  std::string_view entry = tail.block(*meta_index);
  const std::size_t name = entry.find(kPropertiesName);
  if (name == std::string_view::npos) return false;
  entry.remove_prefix(name + kPropertiesName.size());
  const auto properties = take_handle(entry);
  const std::string_view block = properties ? tail.block(*properties) : std::string_view();
  // The block's last word, little-endian, counts its restarts; the highest bit is the claim.
  return !block.empty() && static_cast<std::uint8_t>(block.back()) >= 0x80;
}

}  // namespace

core::Result<> check_tables(const std::string& store_path) {
  std::error_code failure;
  fs::directory_iterator files(store_path, failure);
  for (; !failure && files != fs::directory_iterator(); files.increment(failure)) {
    const fs::path& path = files->path();
    if (path.extension() != ".sst" || !properties_claim_an_index(read_tail(path))) continue;
    return core::corrupt("store", path.filename().string(), "The table's properties are damaged.");
  }
  if (failure) return core::unavailable("io", store_path, failure.message());
  return core::ok();
}

}  // namespace ledger::store
