#pragma once

#include <optional>
#include <span>

#include "ledger/key_history.h"

namespace ledger {

// What the caller was given by a way of his own.
struct KeyTrust {
  std::optional<VerifierKey> log_key;   // Any of the log's keys, the first or a later one.
  std::optional<VerifierKey> root_key;  // The offline root key.
  bool any() const { return log_key.has_value() || root_key.has_value(); }
};

// Whether the key that signs now follows from what is trusted: by rotations that the key before
// authorised, or that the root key did where it is trusted. The genesis of a log that nobody
// vouches for may name any root key, so that one is trusted only if the caller names it or holds a
// note of the trusted key, of one record or more, that was found to be of this very log.
//
// `held` are checkpoints of the caller's own whose roots were compared with the log's.
// Errors: Corrupt/key_untrusted.
core::Result<> check_trust(const KeyHistory& history, const KeyTrust& trust,
                           std::span<const VouchedCheckpoint> held);

}  // namespace ledger
