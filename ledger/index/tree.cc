#include <array>
#include <bit>
#include <mutex>

#include "core/check.h"
#include "ledger/index/index.h"
#include "ledger/index/keys.h"

// Roots and proofs, from the tree of the open segment, the tiles of finished ones, and the tree of
// their roots. The same algorithms as MerkleTree's, whose nodes are all in memory.
namespace ledger::index {
namespace {

using core::Hash;
using core::Sha256;

constexpr std::size_t kSegmentHeight = 16;  // A segment's 65,536 leaves.
constexpr std::size_t kLevelsOfTile = 8;

core::Error out_of_range(std::uint64_t first, std::uint64_t second, std::uint64_t size) {
  return core::invalid("proof_range", std::to_string(first) + ", " + std::to_string(second),
                       "The tree has " + std::to_string(size) +
                           " leaves; ask for an index below a size it has had.");
}

std::size_t height_of(std::uint64_t size) { return static_cast<std::size_t>(std::bit_width(size)); }

}  // namespace

// Nodes beside each other are in the same tile, which is read once a call.
struct Index::Tiles {
  core::Sha256 sha256;
  std::uint32_t segment = UINT32_MAX;
  std::array<std::string, 2> keys;  // By level.
  std::array<std::string, 2> values;
};

core::Result<std::string_view> Index::tile(Tiles& tiles, std::uint32_t segment, std::uint8_t level,
                                           std::uint8_t index) const {
  if (tiles.segment != segment) tiles.keys = {};
  tiles.segment = segment;
  const std::string key = tile_key(level, index);
  if (tiles.keys[level] != key) {
    TRY(auto value, store_->get(segment, key));
    if (!value) return index_damage(segment, "A tile is missing.");
    tiles.keys[level] = key;
    tiles.values[level] = std::move(*value);
  }
  return std::string_view(tiles.values[level]);
}

// The root of leaves [index * 2^height, (index + 1) * 2^height), all of which there are.
core::Result<Hash> Index::node(Tiles& tiles, std::size_t height, std::uint64_t index) const {
  {
    const std::shared_lock lock(mutex_);
    if (height >= kSegmentHeight) return roots_.level(height - kSegmentHeight)[index];
    const std::uint64_t segment = index >> (kSegmentHeight - height);
    const std::uint64_t within = index & ((std::uint64_t{1} << (kSegmentHeight - height)) - 1);
    if (segment == open_->number) return open_->tree.level(height)[within];
    if (sealed_ && segment == sealed_->number) return sealed_->tree.level(height)[within];
  }
  const auto segment = static_cast<std::uint32_t>(index >> (kSegmentHeight - height));
  const auto within =
      static_cast<std::size_t>(index & ((std::uint64_t{1} << (kSegmentHeight - height)) - 1));
  if (height >= kLevelsOfTile) {
    TRY(const auto upper, tile(tiles, segment, 1, 0));
    return node_in_tile(tiles.sha256, segment, upper, height - kLevelsOfTile, within);
  }
  const std::size_t in_level = within >> (kLevelsOfTile - height);
  TRY(const auto lower, tile(tiles, segment, 0, static_cast<std::uint8_t>(in_level)));
  return node_in_tile(tiles.sha256, segment, lower, height,
                      within & ((std::size_t{1} << (kLevelsOfTile - height)) - 1));
}

// The root of the last (size mod 2^height) of the first `size` leaves; there is at least one.
core::Result<Hash> Index::edge_root(Tiles& tiles, std::uint64_t size, std::size_t height) const {
  std::optional<Hash> root;
  for (std::size_t h = 0; h < height; ++h) {
    const std::uint64_t count = size >> h;
    if (count % 2 == 0) continue;
    TRY(const Hash left, node(tiles, h, count - 1));
    root = root ? node_hash(tiles.sha256, left, *root) : left;
  }
  CHECK(root.has_value());
  return *root;
}

core::Hash Index::root() const {
  const std::shared_lock lock(mutex_);
  // Nodes of finished segments are in memory as far as the right edge needs them.
  Sha256 sha256;
  std::optional<Hash> root;
  if (open_->tree.size() > 0) root = open_->tree.root(sha256);
  for (std::size_t h = 0; h < height_of(roots_.size()); ++h) {
    const std::uint64_t count = roots_.size() >> h;
    if (count % 2 == 0) continue;
    const Hash& left = roots_.level(h)[count - 1];
    root = root ? node_hash(sha256, left, *root) : left;
  }
  return root.value_or(empty_root());
}

core::Result<Hash> Index::root_at(std::uint64_t size) const {
  if (size > this->size()) return out_of_range(size, size, this->size());
  if (size == 0) return empty_root();
  Tiles tiles;
  return edge_root(tiles, size, height_of(size));
}

// Adds the siblings of node `index` at `height` and of its ancestors, among the first `size`
// leaves.
core::Result<> Index::append_path(Tiles& tiles, std::size_t height, std::uint64_t index,
                                  std::uint64_t size, std::vector<Hash>& proof) const {
  for (; (size - 1) >> height != 0; ++height, index >>= 1) {
    const std::uint64_t sibling = index ^ 1;
    const std::uint64_t last = (size - 1) >> height;
    if (sibling > last) continue;
    const bool is_complete = sibling < last || size % (std::uint64_t{1} << height) == 0;
    TRY(const Hash hash,
        is_complete ? node(tiles, height, sibling) : edge_root(tiles, size, height));
    proof.push_back(hash);
  }
  CHECK(proof.size() <= kProofHashesMax);
  return core::ok();
}

core::Result<std::vector<Hash>> Index::inclusion_proof(std::uint64_t index,
                                                       std::uint64_t size) const {
  if (index >= size || size > this->size()) return out_of_range(index, size, this->size());
  Tiles tiles;
  std::vector<Hash> proof;
  TRY(append_path(tiles, 0, index, size, proof));
  return proof;
}

core::Result<std::vector<Hash>> Index::consistency_proof(std::uint64_t old_size,
                                                         std::uint64_t new_size) const {
  if (old_size > new_size || new_size > size()) return out_of_range(old_size, new_size, size());
  std::vector<Hash> proof;
  if (old_size == 0 || old_size == new_size) return proof;
  Tiles tiles;
  // As in MerkleTree: the last complete subtree of the old tree is a node of the new one too.
  const auto height = static_cast<std::size_t>(std::countr_zero(old_size));
  const std::uint64_t index = (old_size >> height) - 1;
  if (!std::has_single_bit(old_size)) {
    TRY(const Hash hash, node(tiles, height, index));
    proof.push_back(hash);
  }
  TRY(append_path(tiles, height, index, new_size, proof));
  return proof;
}

core::Result<std::vector<Hash>> Index::subtree_roots(std::size_t height, std::uint64_t first,
                                                     std::uint64_t count) const {
  const std::uint64_t there = height < 64 ? size() >> height : 0;
  if (first > there || count > there - first) return out_of_range(first, count, size());
  Tiles tiles;
  std::vector<Hash> roots;
  roots.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    TRY(const Hash hash, node(tiles, height, first + i));
    roots.push_back(hash);
  }
  return roots;
}

core::Result<std::vector<Hash>> Index::leaf_hashes(std::uint64_t first, std::uint64_t count) const {
  std::vector<Hash> hashes;
  hashes.reserve(count);
  {
    // As a rule they are recent.
    const std::shared_lock lock(mutex_);
    if (first >= open_->first_seq() && first + count <= open_->end_seq()) {
      const auto leaves = open_->tree.level(0).subspan(first - open_->first_seq(), count);
      hashes.assign(leaves.begin(), leaves.end());
      return hashes;
    }
  }
  Tiles tiles;
  for (std::uint64_t seq = first; seq < first + count; ++seq) {
    TRY(const Hash hash, node(tiles, 0, seq));
    hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace ledger::index
