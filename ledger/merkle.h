#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/bytes.h"
#include "core/sha256.h"

// The RFC 6962 Merkle tree over SHA-256. Whatever hashes takes the caller's hasher, so that a const
// tree may be read by several threads, each with its own.
namespace ledger {

// No tree that a 64-bit size can count needs a longer proof.
inline constexpr std::size_t kProofHashesMax = 64;

// SHA-256(0x00 || entry). Source: RFC 6962 section 2.1.
core::Hash leaf_hash(core::Sha256& sha256, core::ByteView entry);
// SHA-256(0x01 || left || right). Source: RFC 6962 section 2.1.
core::Hash node_hash(core::Sha256& sha256, const core::Hash& left, const core::Hash& right);
// The root of no leaves: SHA-256 of zero bytes.
core::Hash empty_root();

// The right edge of a growing tree: the roots of its complete subtrees, largest first. Enough to go
// on appending, in O(log n) memory; for verification in one pass.
class Frontier {
 public:
  void append(core::Sha256& sha256, const core::Hash& leaf);
  // Appends the root of 2^height leaves; the size so far is a multiple of that (CHECK).
  void append_subtree(core::Sha256& sha256, const core::Hash& root, unsigned height);
  std::uint64_t size() const { return size_; }
  core::Hash root(core::Sha256& sha256) const;

 private:
  std::vector<core::Hash> edge_;
  std::uint64_t size_ = 0;
};

// A whole tree in memory, 64 bytes a leaf; it proves what it contains, for every size it ever had.
class MerkleTree {
 public:
  void append(core::Sha256& sha256, const core::Hash& leaf);
  std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
  core::Hash root(core::Sha256& sha256) const;

  // The root when the tree had `size` leaves, in O(log n).
  // Errors: InvalidInput/proof_range if size > size().
  core::Result<core::Hash> root_at(core::Sha256& sha256, std::uint64_t size) const;

  // The sibling hashes from the leaf at `index` up to the root of the first `size` leaves.
  // Errors: InvalidInput/proof_range unless index < size <= size().
  // Source: RFC 6962 section 2.1.1.
  core::Result<std::vector<core::Hash>> inclusion_proof(core::Sha256& sha256, std::uint64_t index,
                                                        std::uint64_t size) const;

  // What shows that the first `old_size` of the first `new_size` leaves are as they were.
  //
  // Guarantees: empty if old_size is 0 or new_size.
  // Errors:     InvalidInput/proof_range unless old_size <= new_size <= size().
  // Source:     RFC 6962 section 2.1.2.
  core::Result<std::vector<core::Hash>> consistency_proof(core::Sha256& sha256,
                                                          std::uint64_t old_size,
                                                          std::uint64_t new_size) const;

  // The roots of all complete subtrees of 2^height leaves, left to right; tiles are cut from these.
  std::span<const core::Hash> level(std::size_t height) const;

 private:
  core::Hash edge_root(core::Sha256& sha256, std::uint64_t size, std::size_t height) const;
  void append_path(core::Sha256& sha256, std::size_t height, std::uint64_t index,
                   std::uint64_t size, std::vector<core::Hash>& proof) const;

  std::vector<std::vector<core::Hash>> levels_;  // levels_[h] is level(h).
};

// What an inclusion proof is to show: `leaf` (a leaf hash) is number `index` under `root`.
struct InclusionClaim {
  std::uint64_t index = 0;
  std::uint64_t size = 0;
  core::Hash leaf;
  core::Hash root;
};

// Errors: Corrupt/proof_mismatch if the proof does not show the claim.
// Source: RFC 9162 section 2.1.3.2.
core::Result<> verify_inclusion(core::Sha256& sha256, const InclusionClaim& claim,
                                std::span<const core::Hash> proof);

// What a consistency proof is to show: the tree under `new_root` begins with the one under
// `old_root`.
struct ConsistencyClaim {
  std::uint64_t old_size = 0;
  std::uint64_t new_size = 0;
  core::Hash old_root;
  core::Hash new_root;
};

// A tree of no leaves is the beginning of every tree, with an empty proof; its root is known.
// Errors: Corrupt/proof_mismatch if the proof does not show the claim.
// Source: RFC 9162 section 2.1.4.2.
core::Result<> verify_consistency(core::Sha256& sha256, const ConsistencyClaim& claim,
                                  std::span<const core::Hash> proof);

}  // namespace ledger
