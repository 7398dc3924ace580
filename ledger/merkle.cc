#include "ledger/merkle.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>

#include "core/check.h"

namespace ledger {
namespace {

using core::Hash;
using core::Sha256;

// Leaves and nodes are hashed under different first bytes, so neither can pass for the other.
constexpr std::uint8_t kLeafPrefix = 0x00;
constexpr std::uint8_t kNodePrefix = 0x01;

core::Error out_of_range(std::uint64_t first, std::uint64_t second, std::uint64_t size) {
  return core::invalid("proof_range", std::to_string(first) + ", " + std::to_string(second),
                       "The tree has " + std::to_string(size) +
                           " leaves; ask for an index below a size it has had.");
}

core::Error mismatch(const char* what) {
  return core::corrupt("proof_mismatch", "",
                       std::string("The proof does not show the ") + what +
                           ": the proof, the root or the leaf was altered.");
}

// A node's place on its level and that of the level's last node, on the way to the root.
struct PathPlace {
  std::uint64_t node;
  std::uint64_t last;

  void up() {
    node >>= 1;
    last >>= 1;
  }
  bool is_right_or_last() const { return node % 2 == 1 || node == last; }
  // A last node that is a left child has no sibling: it rises until it is a right child.
  void skip_levels_without_sibling() {
    while (node % 2 == 0 && node != 0) up();
  }
};

}  // namespace

Hash leaf_hash(Sha256& sha256, core::ByteView entry) {
  return sha256(core::ByteView(&kLeafPrefix, 1), entry);
}

Hash node_hash(Sha256& sha256, const Hash& left, const Hash& right) {
  std::array<std::uint8_t, 1 + 32 + 32> node;  // One buffer: a tenth faster than three parts.
  node[0] = kNodePrefix;
  std::ranges::copy(left.bytes, node.begin() + 1);
  std::ranges::copy(right.bytes, node.begin() + 33);
  return sha256(core::ByteView(node));
}

Hash empty_root() { return core::sha256({}); }

void Frontier::append(Sha256& sha256, const Hash& leaf) { append_subtree(sha256, leaf, 0); }

void Frontier::append_subtree(Sha256& sha256, const Hash& root, unsigned height) {
  CHECK(edge_.size() == static_cast<std::size_t>(std::popcount(size_)));
  CHECK(size_ % (std::uint64_t{1} << height) == 0);
  edge_.push_back(root);
  // Each trailing one bit of the old size is a subtree as large as the one that just grew beside
  // it.
  for (std::uint64_t bits = size_ >> height; bits % 2 == 1; bits >>= 1) {
    const Hash right = edge_.back();
    edge_.pop_back();
    edge_.back() = node_hash(sha256, edge_.back(), right);
  }
  size_ += std::uint64_t{1} << height;
}

Hash Frontier::root(Sha256& sha256) const {
  if (edge_.empty()) return empty_root();
  Hash root = edge_.back();
  for (std::size_t i = edge_.size() - 1; i > 0; --i) root = node_hash(sha256, edge_[i - 1], root);
  return root;
}

void MerkleTree::append(Sha256& sha256, const Hash& leaf) {
  if (levels_.empty()) levels_.emplace_back();
  levels_[0].push_back(leaf);
  for (std::size_t height = 0; levels_[height].size() % 2 == 0; ++height) {
    if (height + 1 == levels_.size()) levels_.emplace_back();
    const std::vector<Hash>& row = levels_[height];
    levels_[height + 1].push_back(node_hash(sha256, row[row.size() - 2], row.back()));
  }
}

Hash MerkleTree::root(Sha256& sha256) const {
  return levels_.empty() ? empty_root() : edge_root(sha256, size(), levels_.size());
}

core::Result<Hash> MerkleTree::root_at(Sha256& sha256, std::uint64_t size) const {
  if (size > this->size()) return out_of_range(size, size, this->size());
  if (size == 0) return empty_root();
  return edge_root(sha256, size, levels_.size());
}

core::Result<std::vector<Hash>> MerkleTree::inclusion_proof(Sha256& sha256, std::uint64_t index,
                                                            std::uint64_t size) const {
  if (index >= size || size > this->size()) return out_of_range(index, size, this->size());
  std::vector<Hash> proof;
  append_path(sha256, 0, index, size, proof);
  return proof;
}

core::Result<std::vector<Hash>> MerkleTree::consistency_proof(Sha256& sha256,
                                                              std::uint64_t old_size,
                                                              std::uint64_t new_size) const {
  if (old_size > new_size || new_size > size()) return out_of_range(old_size, new_size, size());
  std::vector<Hash> proof;
  if (old_size == 0 || old_size == new_size) return proof;
  // The last complete subtree of the old tree is a node of the new one too. Its path shows both
  // roots; its own hash is needed unless it is the whole old tree, whose root the verifier has.
  const auto height = static_cast<std::size_t>(std::countr_zero(old_size));
  const std::uint64_t index = (old_size >> height) - 1;
  if (!std::has_single_bit(old_size)) proof.push_back(levels_[height][index]);
  append_path(sha256, height, index, new_size, proof);
  return proof;
}

std::span<const Hash> MerkleTree::level(std::size_t height) const {
  if (height >= levels_.size()) return {};
  return levels_[height];
}

// The root of the last (size mod 2^height) of the first `size` leaves; there is at least one.
Hash MerkleTree::edge_root(Sha256& sha256, std::uint64_t size, std::size_t height) const {
  std::optional<Hash> root;
  for (std::size_t h = 0; h < height; ++h) {
    const std::uint64_t count = size >> h;
    if (count % 2 == 0) continue;
    const Hash& left = levels_[h][count - 1];
    root = root ? node_hash(sha256, left, *root) : left;
  }
  CHECK(root.has_value());
  return *root;
}

// Appends the siblings of node `index` at `height` and of its ancestors, among the first `size`
// leaves.
void MerkleTree::append_path(Sha256& sha256, std::size_t height, std::uint64_t index,
                             std::uint64_t size, std::vector<Hash>& proof) const {
  for (; (size - 1) >> height != 0; ++height, index >>= 1) {
    const std::uint64_t sibling = index ^ 1;
    const std::uint64_t last = (size - 1) >> height;
    if (sibling > last) continue;
    const bool is_complete = sibling < last || size % (std::uint64_t{1} << height) == 0;
    proof.push_back(is_complete ? levels_[height][sibling] : edge_root(sha256, size, height));
  }
  CHECK(proof.size() <= kProofHashesMax);
}

core::Result<> verify_inclusion(Sha256& sha256, const InclusionClaim& claim,
                                std::span<const Hash> proof) {
  if (claim.index >= claim.size) return mismatch("inclusion");
  PathPlace place{claim.index, claim.size - 1};
  Hash root = claim.leaf;
  for (const Hash& sibling : proof) {
    if (place.last == 0) return mismatch("inclusion");
    if (place.is_right_or_last()) {
      root = node_hash(sha256, sibling, root);
      place.skip_levels_without_sibling();
    } else {
      root = node_hash(sha256, root, sibling);
    }
    place.up();
  }
  if (place.last != 0 || root != claim.root) return mismatch("inclusion");
  return core::ok();
}

core::Result<> verify_consistency(Sha256& sha256, const ConsistencyClaim& claim,
                                  std::span<const Hash> proof) {
  if (claim.old_size > claim.new_size) return mismatch("consistency");
  if (claim.old_size == claim.new_size || claim.old_size == 0) {
    const bool same_tree = claim.old_size != claim.new_size || claim.old_root == claim.new_root;
    if (!proof.empty() || !same_tree) return mismatch("consistency");
    return core::ok();
  }
  PathPlace place{claim.old_size - 1, claim.new_size - 1};
  while (place.node % 2 == 1) place.up();

  Hash old_root = claim.old_root;
  if (!std::has_single_bit(claim.old_size)) {
    if (proof.empty()) return mismatch("consistency");
    old_root = proof.front();
    proof = proof.subspan(1);
  }
  Hash new_root = old_root;
  for (const Hash& sibling : proof) {
    if (place.last == 0) return mismatch("consistency");
    if (place.is_right_or_last()) {
      old_root = node_hash(sha256, sibling, old_root);
      new_root = node_hash(sha256, sibling, new_root);
      place.skip_levels_without_sibling();
    } else {
      new_root = node_hash(sha256, new_root, sibling);
    }
    place.up();
  }
  const bool shown = place.last == 0 && old_root == claim.old_root && new_root == claim.new_root;
  if (!shown) return mismatch("consistency");
  return core::ok();
}

}  // namespace ledger
