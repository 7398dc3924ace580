#include "ledger/merkle.h"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "tests/ledger/merkle_definition.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

using namespace definition;
using vectors::hashes;

constexpr std::size_t kSizeMax = 69;  // Past 64, so that every shape of a right edge occurs.

Hash altered(Hash hash) {
  hash.bytes[31] ^= 1;
  return hash;
}

// Every way of spoiling a proof that a verifier must notice.
std::vector<Hashes> spoiled(const Hashes& proof) {
  std::vector<Hashes> result;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    result.push_back(proof);
    result.back()[i] = altered(proof[i]);
    result.push_back(proof);
    result.back().erase(result.back().begin() + static_cast<std::ptrdiff_t>(i));
  }
  result.push_back(joined(proof, Hash{}));
  result.push_back(proof);
  result.back().insert(result.back().begin(), Hash{});
  return result;
}

void expect_mismatch(const core::Result<>& result) {
  EXPECT_EQ(tests::outcome(result), "Corrupt/proof_mismatch");
}

template <class T>
void expect_out_of_range(const core::Result<T>& result) {
  EXPECT_EQ(tests::outcome(result), "InvalidInput/proof_range");
}

// --- Vectors ---

TEST(Merkle, EmptyRootMatchesVector) {
  Sha256 sha256;
  const Hash expected =
      vectors::hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(empty_root(), expected);
  EXPECT_EQ(MerkleTree().root(sha256), expected);
  EXPECT_EQ(Frontier().root(sha256), expected);
}

TEST(Merkle, LeafHashesMatchVectors) {
  Sha256 sha256;
  const auto entries = vectors::entries();
  EXPECT_EQ(leaf_hash(sha256, entries[0]),
            vectors::hash("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"));
  EXPECT_EQ(leaf_hash(sha256, entries[5]),
            vectors::hash("4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658"));
}

TEST(Merkle, RootsOfTwoToEightLeavesMatchVectors) {
  Sha256 sha256;
  const MerkleTree tree = vectors::tree();
  const Hashes expected =
      hashes({"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
              "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
              "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
              "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
              "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", vectors::kRoot8});
  for (std::uint64_t size = 2; size <= 8; ++size) {
    EXPECT_EQ(tree.root_at(sha256, size).value(), expected[size - 2]) << size;
  }
  EXPECT_EQ(tree.root(sha256), expected.back());
}

TEST(Merkle, InclusionProofOfEntryFiveInEightMatchesVector) {
  Sha256 sha256;
  EXPECT_EQ(vectors::tree().inclusion_proof(sha256, 5, 8).value(),
            hashes({"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
}

TEST(Merkle, ConsistencyProofFromSixToEightMatchesVector) {
  Sha256 sha256;
  EXPECT_EQ(vectors::tree().consistency_proof(sha256, 6, 8).value(),
            hashes({"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
}

TEST(Merkle, ConsistencyProofFromTwoToFiveMatchesVector) {
  Sha256 sha256;
  EXPECT_EQ(vectors::tree().consistency_proof(sha256, 2, 5).value(),
            hashes({"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
}

// --- Against the definitions ---

TEST(Merkle, RootsEqualTheDefinition) {
  Sha256 sha256;
  const Hashes all = leaves(kSizeMax);
  const MerkleTree tree = tree_of(all);
  MerkleTree growing;
  for (std::size_t size = 0; size <= kSizeMax; ++size) {
    const Hash expected = naive_root(std::span(all).first(size));
    EXPECT_EQ(tree.root_at(sha256, size).value(), expected) << size;
    EXPECT_EQ(growing.root(sha256), expected) << size;
    EXPECT_EQ(growing.size(), size);
    if (size < kSizeMax) growing.append(sha256, all[size]);
  }
}

TEST(Merkle, FrontierRootEqualsTreeRootAtEverySize) {
  Sha256 sha256;
  const Hashes all = leaves(1100);
  const MerkleTree tree = tree_of(all);
  Frontier frontier;
  for (std::size_t size = 0; size <= all.size(); ++size) {
    ASSERT_EQ(frontier.size(), size);
    ASSERT_EQ(frontier.root(sha256), tree.root_at(sha256, size).value()) << size;
    if (size < all.size()) frontier.append(sha256, all[size]);
  }
}

TEST(Merkle, LevelHoldsRootsOfCompleteSubtrees) {
  const Hashes all = leaves(kSizeMax);
  const MerkleTree tree = tree_of(all);
  for (std::size_t height = 0; height < 8; ++height) {
    const std::size_t width = std::size_t{1} << height;
    ASSERT_EQ(tree.level(height).size(), kSizeMax / width) << height;
    for (std::size_t i = 0; i < kSizeMax / width; ++i) {
      EXPECT_EQ(tree.level(height)[i], naive_root(std::span(all).subspan(i * width, width)));
    }
  }
}

// --- Inclusion ---

TEST(Merkle, EveryInclusionProofUpTo69EqualsTheDefinitionAndVerifies) {
  Sha256 sha256;
  const Hashes all = leaves(kSizeMax);
  const MerkleTree tree = tree_of(all);
  for (std::size_t size = 1; size <= kSizeMax; ++size) {
    const Hash root = tree.root_at(sha256, size).value();
    for (std::size_t index = 0; index < size; ++index) {
      SCOPED_TRACE(std::to_string(index) + " of " + std::to_string(size));
      const Hashes proof = tree.inclusion_proof(sha256, index, size).value();
      ASSERT_EQ(proof, naive_path(index, std::span(all).first(size)));
      ASSERT_TRUE(verify_inclusion(
          sha256, {.index = index, .size = size, .leaf = all[index], .root = root}, proof));
    }
  }
}

TEST(Merkle, EverySpoiledInclusionProofUpTo69IsRefused) {
  Sha256 sha256;
  const Hashes all = leaves(kSizeMax);
  const MerkleTree tree = tree_of(all);
  for (std::size_t size = 1; size <= kSizeMax; ++size) {
    const Hash root = tree.root_at(sha256, size).value();
    for (std::size_t index = 0; index < size; ++index) {
      SCOPED_TRACE(std::to_string(index) + " of " + std::to_string(size));
      const Hashes proof = tree.inclusion_proof(sha256, index, size).value();
      const InclusionClaim claim{.index = index, .size = size, .leaf = all[index], .root = root};
      for (const Hashes& bad : spoiled(proof))
        expect_mismatch(verify_inclusion(sha256, claim, bad));

      InclusionClaim wrong = claim;
      wrong.root = altered(root);
      expect_mismatch(verify_inclusion(sha256, wrong, proof));
      wrong = claim;
      wrong.leaf = altered(claim.leaf);
      expect_mismatch(verify_inclusion(sha256, wrong, proof));
      wrong = claim;
      wrong.index = index + 1;
      expect_mismatch(verify_inclusion(sha256, wrong, proof));
      wrong.index = index - 1;  // Below zero it is beyond every size.
      expect_mismatch(verify_inclusion(sha256, wrong, proof));
    }
  }
}

TEST(Merkle, InclusionInAnEmptyTreeIsRefused) {
  Sha256 sha256;
  expect_mismatch(
      verify_inclusion(sha256, {.index = 0, .size = 0, .leaf = {}, .root = empty_root()}, {}));
}

TEST(Merkle, ProofForTheLargestSizeEndsAndIsRefused) {
  Sha256 sha256;
  const Hashes proof(kProofHashesMax + 1);
  const std::uint64_t most = ~std::uint64_t{0};
  expect_mismatch(
      verify_inclusion(sha256, {.index = most - 1, .size = most, .leaf = {}, .root = {}}, proof));
  expect_mismatch(verify_consistency(
      sha256, {.old_size = most - 1, .new_size = most, .old_root = {}, .new_root = {}}, proof));
}

// --- Consistency ---

TEST(Merkle, EveryConsistencyProofUpTo69EqualsTheDefinitionAndVerifies) {
  Sha256 sha256;
  const Hashes all = leaves(kSizeMax);
  const MerkleTree tree = tree_of(all);
  for (std::size_t size = 0; size <= kSizeMax; ++size) {
    const Hash root = tree.root_at(sha256, size).value();
    for (std::size_t old_size = 0; old_size <= size; ++old_size) {
      SCOPED_TRACE(std::to_string(old_size) + " to " + std::to_string(size));
      const Hashes proof = tree.consistency_proof(sha256, old_size, size).value();
      ASSERT_EQ(proof, naive_consistency(old_size, std::span(all).first(size)));
      const ConsistencyClaim claim{.old_size = old_size,
                                   .new_size = size,
                                   .old_root = tree.root_at(sha256, old_size).value(),
                                   .new_root = root};
      ASSERT_TRUE(verify_consistency(sha256, claim, proof));
    }
  }
}

TEST(Merkle, EverySpoiledConsistencyProofUpTo69IsRefused) {
  Sha256 sha256;
  const MerkleTree tree = tree_of(leaves(kSizeMax));
  for (std::size_t size = 0; size <= kSizeMax; ++size) {
    for (std::size_t old_size = 0; old_size <= size; ++old_size) {
      SCOPED_TRACE(std::to_string(old_size) + " to " + std::to_string(size));
      const Hashes proof = tree.consistency_proof(sha256, old_size, size).value();
      const ConsistencyClaim claim{.old_size = old_size,
                                   .new_size = size,
                                   .old_root = tree.root_at(sha256, old_size).value(),
                                   .new_root = tree.root_at(sha256, size).value()};
      for (const Hashes& bad : spoiled(proof)) {
        expect_mismatch(verify_consistency(sha256, claim, bad));
      }
      if (old_size == 0 && size > 0) continue;  // Any tree may follow.
      ConsistencyClaim wrong = claim;
      wrong.old_root = altered(claim.old_root);
      expect_mismatch(verify_consistency(sha256, wrong, proof));
      wrong = claim;
      wrong.new_root = altered(claim.new_root);
      expect_mismatch(verify_consistency(sha256, wrong, proof));
    }
  }
}

// As transparency-dev/merkle and RFC 9162 have it: an old size of 0 proves nothing and needs nothing.
TEST(Merkle, EverythingIsConsistentWithATreeOfNoLeaves) {
  Sha256 sha256;
  const Hash root = vectors::tree().root(sha256);
  EXPECT_TRUE(verify_consistency(
      sha256, {.old_size = 0, .new_size = 0, .old_root = empty_root(), .new_root = empty_root()},
      {}));
  EXPECT_TRUE(verify_consistency(
      sha256, {.old_size = 0, .new_size = 8, .old_root = empty_root(), .new_root = root}, {}));
  expect_mismatch(verify_consistency(
      sha256, {.old_size = 0, .new_size = 0, .old_root = empty_root(), .new_root = root}, {}));
  EXPECT_TRUE(verify_consistency(
      sha256, {.old_size = 0, .new_size = 0, .old_root = root, .new_root = root}, {}));
  EXPECT_TRUE(verify_consistency(
      sha256, {.old_size = 0, .new_size = 8, .old_root = root, .new_root = root}, {}));
  expect_mismatch(verify_consistency(
      sha256, {.old_size = 0, .new_size = 8, .old_root = empty_root(), .new_root = root},
      std::vector{empty_root()}));
}

TEST(Merkle, ConsistencyWithALargerOldTreeIsRefused) {
  Sha256 sha256;
  const MerkleTree tree = vectors::tree();
  const ConsistencyClaim claim{.old_size = 8,
                               .new_size = 6,
                               .old_root = tree.root(sha256),
                               .new_root = tree.root_at(sha256, 6).value()};
  expect_mismatch(verify_consistency(sha256, claim, tree.consistency_proof(sha256, 6, 8).value()));
}

TEST(Merkle, RewrittenHistoryIsRefused) {
  Sha256 sha256;
  const Hashes all = leaves(20);
  const Hash signed_root = tree_of(all).root_at(sha256, 13).value();
  Hashes rewritten = all;
  rewritten[7] = altered(all[7]);
  const MerkleTree forged = tree_of(rewritten);
  const ConsistencyClaim claim{
      .old_size = 13, .new_size = 20, .old_root = signed_root, .new_root = forged.root(sha256)};
  expect_mismatch(
      verify_consistency(sha256, claim, forged.consistency_proof(sha256, 13, 20).value()));
}

// --- Ranges ---

TEST(Merkle, QuestionsBeyondTheTreeAreRefused) {
  Sha256 sha256;
  const MerkleTree tree = vectors::tree();
  expect_out_of_range(tree.root_at(sha256, 9));
  expect_out_of_range(tree.inclusion_proof(sha256, 0, 9));
  expect_out_of_range(tree.inclusion_proof(sha256, 5, 5));
  expect_out_of_range(tree.inclusion_proof(sha256, 0, 0));
  expect_out_of_range(tree.consistency_proof(sha256, 3, 9));
  expect_out_of_range(tree.consistency_proof(sha256, 4, 3));
  expect_out_of_range(MerkleTree().inclusion_proof(sha256, 0, 1));
}

}  // namespace
}  // namespace ledger
