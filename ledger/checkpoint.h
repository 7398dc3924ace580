#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/sha256.h"
#include "ledger/note.h"

namespace ledger {

// What a log vouches for: its size and the Merkle root of its first `size` entries.
// Source: C2SP tlog-checkpoint v1.0.0.
struct Checkpoint {
  std::string origin;  // The log's name, and the name of the key that signs for it.
  std::uint64_t size = 0;
  core::Hash root;
  bool operator==(const Checkpoint&) const = default;

  // The three lines that are signed: origin, size in decimal, root in base64.
  std::string text() const;
};

// Reads a note's text. Extension lines after the third are let pass and dropped: they may not
// change what a checkpoint means. Errors: InvalidInput/checkpoint if a line is missing, empty, or
// not in its one spelling.
core::Result<Checkpoint> parse_checkpoint(std::string_view text);

// The signed note. Whoever calls this has made sure that no inconsistent checkpoint was ever
// signed, and that this one is remembered first. Errors: InvalidInput/checkpoint if the origin is
// not the signer's name, or the size is 0 and the
//         root not that of the empty tree.
core::Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer);
// The same by several keys of the origin's name: an overlap, while one key follows another.
core::Result<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                          std::span<const Signer* const> signers);

// The checkpoint in a note that a known key has signed under the origin's name. Other known keys
// (witnesses, another log) do not speak for the log, so one of theirs alone is not enough.
// Errors: those of open_note and parse_checkpoint; Corrupt/note_signature if no known key of the
//         origin's name signed; InvalidInput/checkpoint if the size is 0 and the root not that of
//         the empty tree.
core::Result<Checkpoint> open_checkpoint(std::string_view note, std::span<const VerifierKey> known);

}  // namespace ledger
