#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/codec.h"
#include "ledger/bodies.h"

namespace gateway::service {

// What people signed of a command: the member "signed" of its line. Source: docs/formats/governance.md.
struct SignedPart {
  std::optional<core::Instant> valid_until;
  std::optional<core::Hash> outcome_digest;
  std::vector<ledger::CommandSignature> signatures;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "valid_until", self.valid_until);
    field(2, "outcome_digest", self.outcome_digest);
    field(3, "signatures", self.signatures);
  }
};

// A command on its way to the sequencer: typed, ids resolved, in its recorded bytes.
struct Submission {
  std::string type;
  core::Bytes command;  // CommandBytes.
  std::string client_id;
  std::string request_id;
  core::PartyId actor;
  ledger::Authentication actor_authentication = ledger::Authentication::AssertedLocal;
  std::optional<core::PartyId> approver;
  SignedPart signed_part;
  bool must_be_signed = false;  // By the actor: the caller's token is another's.
  std::optional<core::Instant> at;  // Simulated books: the clock.
  bool dry_run = false;             // Only say what would be recorded.
};

// Who speaks: a token's holder, or a local user whose lines name the actor.
struct Caller {
  std::string client_id = "local";
  // From a token; lines may then name another only if he signed them.
  std::optional<core::PartyId> actor;
  bool only_signs = false;  // Nothing is submitted: also what the service makes may be signed.
};

inline constexpr std::size_t kCommandBytesMax = 1u << 20;
inline constexpr std::size_t kRequestIdBytesMax = 128;

// Reads one command as every interface writes it:
//
//   {"command": "deposit", "request_id": "r-1", "actor": "@ops", "approver": "@chief",
//    "effective_at": "2026-01-05T09:30:00Z", "client": "@anna", ...}
//
// `fallback_request_id` stands for a missing request_id; empty: it is required.
// Errors: InvalidInput/unknown_command, missing_field, unknown_field, wrong_type, request_id,
//         actor_mismatch, and the fields' own, at the field. Whether signatures hold is for the book.
core::Result<Submission> read_submission(core::json::Value line, const Caller& caller,
                                         core::References& references,
                                         const std::string& fallback_request_id);

}  // namespace gateway::service
