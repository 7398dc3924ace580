#include "gateway/conformance/families.h"
#include "gateway/conformance/members.h"
#include "gateway/conformance/verdict.h"
#include "ledger/merkle.h"

namespace gateway::conformance {
namespace {

using core::json::Object;
using core::json::Value;

std::string hex(const core::Hash& hash) { return core::to_hex(hash.view()); }

core::Result<ledger::MerkleTree> tree_of(core::Sha256& sha256, const Value& line) {
  TRY(const auto leaves, byte_strings(line, "leaves"));
  ledger::MerkleTree tree;
  for (const core::Bytes& leaf : leaves) tree.append(sha256, ledger::leaf_hash(sha256, leaf));
  return tree;
}

// The leaf hash that is given, or that of the leaf that is.
core::Result<core::Bytes> given_leaf_hash(core::Sha256& sha256, const Value& line) {
  if (line.find("leaf") == nullptr) return bytes(line, "leaf_hash");
  if (line.find("leaf_hash") != nullptr) {
    return core::invalid("unknown_field", "leaf_hash", "Give leaf or leaf_hash, not both.");
  }
  TRY(const auto leaf, bytes(line, "leaf"));
  const core::Hash hash = ledger::leaf_hash(sha256, leaf);
  return core::Bytes(hash.bytes.begin(), hash.bytes.end());
}

}  // namespace

core::Result<Value> leaf_hash(const Value& line) {
  TRY(const auto data, bytes(line, "data"));
  core::Sha256 sha256;
  return Object{{"hash", hex(ledger::leaf_hash(sha256, data))}};
}

core::Result<Value> tree_root(const Value& line) {
  core::Sha256 sha256;
  TRY(const auto tree, tree_of(sha256, line));
  return Object{{"root", hex(tree.root(sha256))}};
}

core::Result<Value> prove_inclusion(const Value& line) {
  core::Sha256 sha256;
  TRY(const auto tree, tree_of(sha256, line));
  TRY(const std::uint64_t index, count(line, "index"));
  TRY(const std::uint64_t size, count(line, "size"));
  TRY(const auto proof, tree.inclusion_proof(sha256, index, size));
  TRY(const auto root, tree.root_at(sha256, size));
  return Object{{"proof", to_json(proof)}, {"root", hex(root)}};
}

core::Result<Value> prove_consistency(const Value& line) {
  core::Sha256 sha256;
  TRY(const auto tree, tree_of(sha256, line));
  TRY(const std::uint64_t size1, count(line, "size1"));
  TRY(const std::uint64_t size2, count(line, "size2"));
  TRY(const auto proof, tree.consistency_proof(sha256, size1, size2));
  TRY(const auto root1, tree.root_at(sha256, size1));
  TRY(const auto root2, tree.root_at(sha256, size2));
  return Object{{"proof", to_json(proof)}, {"root1", hex(root1)}, {"root2", hex(root2)}};
}

core::Result<Value> verify_inclusion(const Value& line) {
  core::Sha256 sha256;
  TRY(const auto leaf, given_leaf_hash(sha256, line));
  TRY(const std::uint64_t index, count(line, "index"));
  TRY(const std::uint64_t size, count(line, "size"));
  TRY(const auto root, bytes(line, "root"));
  TRY(const auto proof, byte_strings(line, "proof"));
  const auto judge = [&]() -> core::Result<> {
    ledger::InclusionClaim claim{.index = index, .size = size, .leaf = {}, .root = {}};
    TRY(claim.leaf, to_hash(leaf, "leaf_hash"));
    TRY(claim.root, to_hash(root, "root"));
    TRY(const auto hashes, to_hashes(proof, "proof"));
    return ledger::verify_inclusion(sha256, claim, hashes);
  };
  return verdict(judge());
}

// Where one root is only compared with the other, or not looked at, its length does not matter.
core::Result<core::Hash> to_compared_root(const core::Bytes& root, bool only_compared,
                                          std::string_view field) {
  constexpr std::size_t kHashBytes = 32;
  if (only_compared && root.size() != kHashBytes) return core::sha256(root);
  return to_hash(root, field);
}

core::Result<Value> verify_consistency(const Value& line) {
  TRY(const std::uint64_t size1, count(line, "size1"));
  TRY(const std::uint64_t size2, count(line, "size2"));
  TRY(const auto root1, bytes(line, "root1"));
  TRY(const auto root2, bytes(line, "root2"));
  TRY(const auto proof, byte_strings(line, "proof"));
  const auto judge = [&]() -> core::Result<> {
    ledger::ConsistencyClaim claim{
        .old_size = size1, .new_size = size2, .old_root = {}, .new_root = {}};
    const bool only_compared = size1 == size2 || size1 == 0;
    TRY(claim.old_root, to_compared_root(root1, only_compared, "root1"));
    TRY(claim.new_root, to_compared_root(root2, only_compared, "root2"));
    TRY(const auto hashes, to_hashes(proof, "proof"));
    core::Sha256 sha256;
    return ledger::verify_consistency(sha256, claim, hashes);
  };
  return verdict(judge());
}

}  // namespace gateway::conformance
