#include "ledger/proof_file.h"

#include <span>
#include <utility>

#include "ledger/merkle.h"
#include "ledger/tlog_text.h"

namespace ledger {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

core::Error malformed(std::string at, std::string detail) {
  return core::invalid("proof_file", std::move(at), std::move(detail));
}

// The lines up to the empty one, which is taken too.
core::Result<std::vector<core::Hash>> take_hashes(std::string_view& rest) {
  std::vector<core::Hash> hashes;
  while (true) {
    const auto line = take_line(rest);
    if (!line) return malformed("hashes", "An empty line ends the proof's hashes.");
    if (line->empty()) return hashes;
    const std::string at = "hash " + std::to_string(hashes.size() + 1);
    if (hashes.size() == kProofHashesMax) return malformed(at, "The proof has too many hashes.");
    const auto hash = parse_base64_hash(*line);
    if (!hash) return malformed(at, "A hash is 32 bytes in base64.");
    hashes.push_back(*hash);
  }
}

core::Result<> verify_entry(const ProofFile& proof, core::ByteView entry,
                            const Checkpoint& checkpoint) {
  core::Sha256 sha256;
  const InclusionClaim claim{.index = proof.index,
                             .size = checkpoint.size,
                             .leaf = leaf_hash(sha256, entry),
                             .root = checkpoint.root};
  return verify_inclusion(sha256, claim, proof.hashes);
}

}  // namespace

std::string to_string(const ProofFile& proof) {
  std::string text(kFirstLine);
  text.append("\n");
  if (!proof.extra.empty()) {
    text.append(kExtra).append(core::to_base64(proof.extra)).append("\n");
  }
  text.append(kIndex).append(std::to_string(proof.index)).append("\n");
  for (const core::Hash& hash : proof.hashes) {
    text.append(core::to_base64(hash.view())).append("\n");
  }
  return text.append("\n").append(proof.checkpoint);
}

core::Result<ProofFile> parse_proof_file(std::string_view text) {
  if (text.size() > kProofFileBytesMax) return malformed("", "The proof file is too long.");
  if (take_line(text) != kFirstLine) {
    return malformed("line 1", "A proof file starts with c2sp.org/tlog-proof@v1.");
  }
  ProofFile proof;
  auto line = take_line(text);
  if (line && line->starts_with(kExtra)) {
    auto extra = core::from_base64(line->substr(kExtra.size()));
    if (!extra || extra.value().empty()) {
      return malformed("extra", "Extra data is in base64; without any the line is left out.");
    }
    proof.extra = std::move(extra.value());
    line = take_line(text);
  }
  if (!line || !line->starts_with(kIndex)) return malformed("index", "The index line is missing.");
  const auto index = parse_count(line->substr(kIndex.size()));
  if (!index) return malformed("index", "The index is a decimal number below 2^64.");
  proof.index = *index;
  TRY(proof.hashes, take_hashes(text));
  if (text.empty()) return malformed("checkpoint", "The checkpoint is missing.");
  proof.checkpoint = text;
  return proof;
}

core::Result<Checkpoint> verify_proof_file(std::string_view text, core::ByteView entry,
                                           const VerifierKey& key) {
  TRY(const auto proof, parse_proof_file(text));
  TRY(auto checkpoint, open_checkpoint(proof.checkpoint, std::span(&key, 1)));
  TRY(verify_entry(proof, entry, checkpoint));
  return checkpoint;
}

core::Result<Checkpoint> verify_proof_file(std::string_view text, core::ByteView entry,
                                           const Policy& policy,
                                           const std::optional<VerifierKey>& key) {
  TRY(const auto proof, parse_proof_file(text));
  TRY(auto checkpoint, verify_by_policy(proof.checkpoint, policy, key));
  TRY(verify_entry(proof, entry, checkpoint));
  return checkpoint;
}

core::Result<Checkpoint> verify_proof_file(std::string_view text, core::ByteView entry,
                                           const KeyHistory& history) {
  TRY(const auto proof, parse_proof_file(text));
  TRY(auto vouched, open_checkpoint(proof.checkpoint, history));
  TRY(verify_entry(proof, entry, vouched.checkpoint));
  return std::move(vouched.checkpoint);
}

}  // namespace ledger
