#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/sha256.h"
#include "ledger/checkpoint.h"
#include "ledger/policy.h"
#include "ledger/key_history.h"

namespace ledger {

inline constexpr std::size_t kProofFileBytesMax = std::size_t{512} * 1024;

// A `.tlog-proof`: all that an entry's holder needs, beside the entry and the log's verifier key,
// to show offline that the log contains it. Source: C2SP tlog-proof v1.
struct ProofFile {
  core::Bytes extra;  // Opaque and not authenticated: never act on it. Empty if there is none.
  std::uint64_t index = 0;
  std::vector<core::Hash> hashes;  // The inclusion proof, leaf side first.
  std::string checkpoint;          // The note, verbatim, with all its signatures.
  bool operator==(const ProofFile&) const = default;
};

std::string to_string(const ProofFile& proof);

// Reads the shape only; the checkpoint is not looked into.
//
// Guarantees: to_string gives the same bytes back.
// Errors:     InvalidInput/proof_file if it is malformed, over kProofFileBytesMax, or has more than
//             kProofHashesMax hashes.
core::Result<ProofFile> parse_proof_file(std::string_view text);

// Shows that `entry` (the stored bytes) is in the log that `key` signs for; gives the checkpoint
// that covers it. Errors: those of parse_proof_file and open_checkpoint; Corrupt/proof_mismatch if
// the entry is not
//         the one at the index.
core::Result<Checkpoint> verify_proof_file(std::string_view text, core::ByteView entry,
                                           const VerifierKey& key);
// The same under a policy; `key` counts if that names no log. Errors: also those of
// verify_by_policy.
core::Result<Checkpoint> verify_proof_file(std::string_view text, core::ByteView entry,
                                           const Policy& policy,
                                           const std::optional<VerifierKey>& key);
// The same under whichever key signed then. Errors: as above, and those of
//         open_checkpoint(note, history).
core::Result<Checkpoint> verify_proof_file(std::string_view text, core::ByteView entry,
                                           const KeyHistory& history);

}  // namespace ledger
