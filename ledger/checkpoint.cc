#include "ledger/checkpoint.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/merkle.h"
#include "ledger/tlog_text.h"

namespace ledger {
namespace {

core::Error malformed(std::string at, std::string detail) {
  return core::invalid("checkpoint", std::move(at), std::move(detail));
}

// Only the empty tree's root is known from the size alone.
core::Result<> check_empty_root(const Checkpoint& checkpoint) {
  if (checkpoint.size == 0 && checkpoint.root != empty_root()) {
    return malformed("root", "A log of no entries has the root of the empty tree.");
  }
  return core::ok();
}

}  // namespace

std::string Checkpoint::text() const {
  std::string text = origin;
  text.append("\n").append(std::to_string(size));
  text.append("\n").append(core::to_base64(root.view())).append("\n");
  return text;
}

core::Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto origin = take_line(text);
  const auto size_line = take_line(text);
  const auto root_line = take_line(text);
  if (!root_line) return malformed("", "A checkpoint is at least three lines.");
  if (origin->empty()) return malformed("origin", "The first line names the log.");
  const auto size = parse_count(*size_line);
  if (!size) return malformed("size", "The second line is a decimal number below 2^64.");
  const auto root = parse_base64_hash(*root_line);
  if (!root) return malformed("root", "The third line is 32 bytes in base64.");
  while (!text.empty()) {
    const auto extension = take_line(text);
    if (!extension || extension->empty()) {
      return malformed("extension", "An extension line is not empty and ends in a newline.");
    }
  }
  return Checkpoint{std::string(*origin), *size, *root};
}

core::Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer) {
  const std::array<const Signer*, 1> alone{&signer};
  return sign_checkpoint(checkpoint, alone);
}

core::Result<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                          std::span<const Signer* const> signers) {
  for (const Signer* signer : signers) {
    // A key's name has no line breaks, so this also keeps an origin from adding lines.
    if (checkpoint.origin != signer->verifier_key().name) {
      return malformed("origin", "A checkpoint is signed by the key that bears its origin's name.");
    }
  }
  TRY(check_empty_root(checkpoint));
  return sign_note(checkpoint.text(), signers);
}

core::Result<Checkpoint> open_checkpoint(std::string_view note,
                                         std::span<const VerifierKey> known) {
  TRY(auto opened, open_note(note, known));
  TRY(auto checkpoint, parse_checkpoint(opened.text));
  if (std::ranges::find(opened.signers, checkpoint.origin, &VerifierKey::name) ==
      opened.signers.end()) {
    return core::corrupt("note_signature", "origin",
                         "None of the known keys signed this checkpoint in the log's name.");
  }
  TRY(check_empty_root(checkpoint));
  return checkpoint;
}

}  // namespace ledger
