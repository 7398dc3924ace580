#pragma once

#include <string_view>

#include "core/ed25519.h"
#include "core/sha256.h"
#include "ledger/bodies.h"
#include "ledger/record.h"

// What people sign of a command. Source: docs/formats/governance.md.
namespace ledger {

// SHA-256 over the command's type and bytes: what must be equal for a repeated request id to be a
// hit.
core::Hash command_digest(core::Sha256& sha256, std::string_view type, core::ByteView command);

// The bytes under each signature of the command: its origin, client, request id, digest, until when
// it may be recorded, and what it must come to.
core::Bytes envelope_message(std::string_view origin, const CommandBody& body);

// SHA-256 of what a command comes to, without what depends on its place in the book: seq, prev,
// salt, recorded_at, batch and the subjects' counters, and effective_at where that is
// `recorded_at`.
core::Hash outcome_digest(std::span<const Draft> effects, core::Instant recorded_at);

// Of scheme 1: by this key, over the message.
inline constexpr std::uint64_t kSchemeEd25519 = 1;
// Errors: InvalidInput/signature_scheme for another scheme or a context, signature for a key or
// signature of
//         the wrong length, or one that does not hold.
core::Result<> check_command_signature(const CommandSignature& signature, core::ByteView message);

}  // namespace ledger
