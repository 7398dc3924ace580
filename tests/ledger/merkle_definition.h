#pragma once

#include <bit>
#include <span>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/sha256.h"
#include "ledger/merkle.h"

// RFC 6962 section 2.1 word for word, recursive and slow: what the tree in ledger/ is held to.
namespace ledger::definition {

using core::Hash;
using core::Sha256;
using Hashes = std::vector<Hash>;

inline std::size_t split(std::size_t n) { return std::bit_floor(n - 1); }

inline Hash naive_root(std::span<const Hash> d) {
  Sha256 sha256;
  if (d.empty()) return sha256(core::ByteView{});
  if (d.size() == 1) return d[0];
  const std::size_t k = split(d.size());
  return node_hash(sha256, naive_root(d.first(k)), naive_root(d.subspan(k)));
}

inline Hashes joined(Hashes proof, const Hash& last) {
  proof.push_back(last);
  return proof;
}

inline Hashes naive_path(std::size_t m, std::span<const Hash> d) {
  if (d.size() == 1) return {};
  const std::size_t k = split(d.size());
  if (m < k) return joined(naive_path(m, d.first(k)), naive_root(d.subspan(k)));
  return joined(naive_path(m - k, d.subspan(k)), naive_root(d.first(k)));
}

inline Hashes naive_subproof(std::size_t m, std::span<const Hash> d, bool is_old_tree) {
  if (m == d.size()) return is_old_tree ? Hashes{} : Hashes{naive_root(d)};
  const std::size_t k = split(d.size());
  if (m <= k) return joined(naive_subproof(m, d.first(k), is_old_tree), naive_root(d.subspan(k)));
  return joined(naive_subproof(m - k, d.subspan(k), false), naive_root(d.first(k)));
}

inline Hashes naive_consistency(std::size_t m, std::span<const Hash> d) {
  return m == 0 ? Hashes{} : naive_subproof(m, d, true);
}

// --- Trees to compare with it. ---

inline Hashes leaves(std::size_t count) {
  Sha256 sha256;
  Hashes result;
  for (std::size_t i = 0; i < count; ++i) {
    result.push_back(leaf_hash(sha256, core::as_bytes("entry " + std::to_string(i))));
  }
  return result;
}

inline MerkleTree tree_of(std::span<const Hash> leaf_hashes) {
  Sha256 sha256;
  MerkleTree tree;
  for (const Hash& leaf : leaf_hashes) tree.append(sha256, leaf);
  return tree;
}

}  // namespace ledger::definition
