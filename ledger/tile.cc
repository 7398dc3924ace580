#include "ledger/tile.h"

#include <utility>

#include "core/check.h"
#include "ledger/tlog_text.h"

namespace ledger {
namespace {

constexpr std::size_t kLengthBytes = 2;
constexpr unsigned kTileHeight = 8;  // A tile's 256 hashes are 2^8.
constexpr std::string_view kTilePrefix = "tile/";
constexpr std::string_view kEntries = "entries";
constexpr std::string_view kPartial = ".p/";

core::Error bad_bundle(std::string detail) {
  return core::corrupt("bundle", "", std::move(detail));
}

core::Error bad_path() {
  return core::invalid(
      "tile_path", "",
      "A tile path is tile/<level or entries>/<index>, then .p/<width> if partial.");
}

std::string three_digits(std::uint64_t group) {
  std::string digits = std::to_string(group);
  return digits.insert(0, 3 - digits.size(), '0');
}

// 1234067 as "x001/x234/067": no folder gets more than a thousand names.
std::string index_text(std::uint64_t index) {
  std::string text = three_digits(index % 1000);
  for (index /= 1000; index > 0; index /= 1000) {
    text.insert(0, "x" + three_digits(index % 1000) + "/");
  }
  return text;
}

// The reverse of index_text; accepts other spellings too, which the caller refuses.
std::optional<std::uint64_t> parse_index(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != 'x' && c != '/') digits.push_back(c);
  }
  const std::size_t first = digits.find_first_not_of('0');
  return parse_count(first == digits.npos ? "0" : std::string_view(digits).substr(first));
}

// Takes "<level>/" or "entries/" off the front of `rest` into `address`.
bool take_level(std::string_view& rest, TileAddress& address) {
  const std::size_t slash = rest.find('/');
  if (slash == rest.npos) return false;
  const std::string_view text = rest.substr(0, slash);
  rest.remove_prefix(slash + 1);
  if (text == kEntries) return true;
  const auto level = parse_count(text);
  if (!level || *level > kTileLevelMax) return false;
  address.level = static_cast<std::uint8_t>(*level);
  return true;
}

// Takes ".p/<width>" off the end of `rest` into `address`, if it is there.
bool take_width(std::string_view& rest, TileAddress& address) {
  const std::size_t partial = rest.find(kPartial);
  if (partial == rest.npos) return true;
  const auto width = parse_count(rest.substr(partial + kPartial.size()));
  rest = rest.substr(0, partial);
  if (!width || *width == 0 || *width >= kTileWidth) return false;
  address.width = static_cast<std::uint16_t>(*width);
  return true;
}

}  // namespace

core::Result<> append_entry(core::Bytes& bundle, core::ByteView entry) {
  if (entry.size() > kEntryBytesMax) {
    return core::invalid("bundle", "", "An entry is at most 65,535 bytes.");
  }
  bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
  bundle.push_back(static_cast<std::uint8_t>(entry.size()));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
  return core::ok();
}

core::Result<core::Bytes> encode_bundle(std::span<const core::Bytes> entries) {
  if (entries.size() > kTileWidth) {
    return core::invalid("bundle", "", "A bundle has at most 256 entries.");
  }
  std::size_t size = 0;
  for (const core::Bytes& entry : entries) size += kLengthBytes + entry.size();
  core::Bytes bundle;
  bundle.reserve(size);
  for (const core::Bytes& entry : entries) {
    TRY(append_entry(bundle, entry));
  }
  return bundle;
}

core::Result<std::optional<core::ByteView>> BundleReader::next() {
  if (rest_.empty()) return std::optional<core::ByteView>();
  if (count_ == kTileWidth) return bad_bundle("The bundle has more than 256 entries.");
  if (rest_.size() < kLengthBytes) return bad_bundle("The bundle ends inside a length.");
  const std::size_t length = static_cast<std::size_t>(rest_[0]) << 8 | rest_[1];
  if (rest_.size() - kLengthBytes < length) return bad_bundle("The bundle ends inside an entry.");
  const core::ByteView entry = rest_.subspan(kLengthBytes, length);
  rest_ = rest_.subspan(kLengthBytes + length);
  ++count_;
  return std::optional(entry);
}

core::Result<std::vector<core::ByteView>> decode_bundle(core::ByteView bundle) {
  std::vector<core::ByteView> entries;
  BundleReader reader(bundle);
  while (true) {
    TRY(auto entry, reader.next());
    if (!entry) return entries;
    entries.push_back(*entry);
  }
}

std::string tile_path(const TileAddress& address) {
  CHECK(address.width >= 1 && address.width <= kTileWidth);
  CHECK(address.level.value_or(0) <= kTileLevelMax);
  std::string path(kTilePrefix);
  path.append(address.level ? std::to_string(*address.level) : std::string(kEntries));
  path.append("/").append(index_text(address.index));
  if (address.width < kTileWidth) path.append(kPartial).append(std::to_string(address.width));
  return path;
}

core::Result<TileAddress> parse_tile_path(std::string_view path) {
  std::string_view rest = path;
  if (!rest.starts_with(kTilePrefix)) return bad_path();
  rest.remove_prefix(kTilePrefix.size());
  TileAddress address;
  if (!take_level(rest, address) || !take_width(rest, address)) return bad_path();
  const auto index = parse_index(rest);
  if (!index) return bad_path();
  address.index = *index;
  // One tile, one path: whatever would print otherwise is another spelling, and refused.
  if (tile_path(address) != path) return bad_path();
  return address;
}

TileCount tile_count(std::uint64_t size, std::uint8_t level) {
  const unsigned shift = kTileHeight * level;
  const std::uint64_t hashes = shift < 64 ? size >> shift : 0;
  return {hashes / kTileWidth, static_cast<std::uint16_t>(hashes % kTileWidth)};
}

}  // namespace ledger
