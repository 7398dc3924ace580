#include "gateway/service/proofs.h"

#include "gateway/service/json_number.h"
#include "ledger/proof_file.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

std::string base64(const core::Hash& hash) { return core::to_base64(hash.view()); }

Array base64(const std::vector<core::Hash>& hashes) {
  Array out;
  for (const core::Hash& hash : hashes) out.emplace_back(base64(hash));
  return out;
}

// What is durable and not signed yet is not shown, so the index's own size does not count.
core::Result<> check_size(const BookView& view, std::uint64_t size, const char* at) {
  if (size <= view.size) return core::ok();
  return core::invalid(
      "proof_range", at,
      "The book has " + std::to_string(view.size) + " records; ask for a size that it has had.");
}

}  // namespace

core::Result<std::string> find_checkpoint(const BookView& view, std::uint64_t size) {
  TRY(auto found, view.published.find(size));
  if (found) return std::move(found->note);
  return core::not_found(
      "unknown_checkpoint", "size",
      "No checkpoint of exactly " + std::to_string(size) +
          " records was published. Proofs for any size: inclusion, consistency.");
}

core::Result<std::string> prove_record(const BookView& view, std::uint64_t seq,
                                       std::optional<std::uint64_t> size) {
  if (seq >= view.size) {
    return core::not_found(
        "unknown_record", "seq",
        "The book ends before this sequence; its size is " + std::to_string(view.size) + ".");
  }
  ledger::PublishedNote under = view.last_published();
  if (size) {
    TRY(under.note, find_checkpoint(view, *size));
    under.size = *size;
  } else if (seq >= under.size) {
    under = {view.size, view.checkpoint};
  }
  ledger::ProofFile proof;
  proof.index = seq;
  TRY(proof.hashes, view.index.inclusion_proof(seq, under.size));
  proof.checkpoint = std::move(under.note);
  return to_string(proof);
}

core::Result<std::string> prove_consistency(const BookView& view, std::string_view old_note) {
  // The text is what counts here; whose signatures it carries is for whoever trusts it to check.
  const std::string_view text = ledger::text_of_note(old_note);
  TRY(const auto old_checkpoint, ledger::parse_checkpoint(text.empty() ? old_note : text));
  if (old_checkpoint.origin != view.genesis.origin) {
    return core::conflict("other_book", "origin", "The note is of another book.");
  }
  TRY(check_size(view, old_checkpoint.size, "size"));
  TRY(const auto hashes, view.index.consistency_proof(old_checkpoint.size, view.size));
  std::string out = "old " + std::to_string(old_checkpoint.size) + "\n";
  for (const core::Hash& hash : hashes) out += base64(hash) + "\n";
  return out + "\n" + view.checkpoint;
}

core::Result<Value> prove_inclusion(const BookView& view, std::uint64_t index, std::uint64_t size) {
  TRY(check_size(view, size, "size"));
  TRY(const auto hashes, view.index.inclusion_proof(index, size));
  TRY(const auto leaf, view.index.subtree_roots(0, index, 1));
  TRY(const core::Hash root, view.index.root_at(size));
  return Value(Object{{"index", number(index)},
                      {"size", number(size)},
                      {"leaf_hash", base64(leaf.front())},
                      {"root", base64(root)},
                      {"hashes", base64(hashes)}});
}

core::Result<Value> prove_consistency(const BookView& view, std::uint64_t old_size,
                                      std::uint64_t new_size) {
  TRY(check_size(view, new_size, "new"));
  TRY(const auto hashes, view.index.consistency_proof(old_size, new_size));
  TRY(const core::Hash old_root, view.index.root_at(old_size));
  TRY(const core::Hash new_root, view.index.root_at(new_size));
  return Value(Object{{"old_size", number(old_size)},
                      {"new_size", number(new_size)},
                      {"old_root", base64(old_root)},
                      {"new_root", base64(new_root)},
                      {"hashes", base64(hashes)}});
}

}  // namespace gateway::service
