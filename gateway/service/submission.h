#pragma once

#include <optional>
#include <string>

#include "core/codec.h"
#include "ledger/bodies.h"

namespace gateway::service {

// A command on its way to the sequencer: typed, ids resolved, in its recorded bytes.
struct Submission {
  std::string type;
  core::Bytes command;  // CommandBytes.
  std::string client_id;
  std::string request_id;
  core::PartyId actor;
  ledger::Authentication actor_authentication = ledger::Authentication::AssertedLocal;
  std::optional<core::PartyId> approver;
  std::optional<core::Instant> at;  // Simulated books: the clock.
  bool dry_run = false;             // Only say what would be recorded.
};

// Who speaks: a token's holder, or a local user whose lines name the actor.
struct Caller {
  std::string client_id = "local";
  std::optional<core::PartyId> actor;  // From a token; lines may then not name another.
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
//         actor_mismatch, and the fields' own, at the field.
core::Result<Submission> read_submission(core::json::Value line, const Caller& caller,
                                         core::References& references,
                                         const std::string& fallback_request_id);

}  // namespace gateway::service
