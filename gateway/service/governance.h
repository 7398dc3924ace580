#pragma once

#include <string>

#include "core/json.h"
#include "engine/state.h"
#include "gateway/service/submission.h"

// Who may sign, and what waits for a second person. Source: docs/formats/governance.md.
namespace gateway::service {

// {"signatures_required": .., "people": [{"person", "roles", "keys"}], "rules": [{"command",
// "required", "roles"}]}
core::json::Value people_to_json(const engine::State& state);

// {"proposals": [{"proposal", "proposer", "valid_until", "command_digest", "outcome_digest",
// "proposed"}]}: the open ones, each with the command that it proposes.
core::json::Value proposals_to_json(const engine::State& state);
// One of them. Errors: NotFound/unknown_proposal.
core::Result<core::json::Value> proposal_to_json(const engine::State& state,
                                                 const engine::ProposalId& proposal);

// A command's body as it will be recorded, before anybody is known to have signed it.
ledger::CommandBody command_body(const Submission& submission, std::uint64_t semantics);

}  // namespace gateway::service
