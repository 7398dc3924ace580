#pragma once

#include <string_view>
#include <vector>

#include "core/json.h"
#include "engine/context.h"
#include "engine/governance_commands.h"
#include "ledger/record.h"

// A command that one person proposes and another one approves. Source: docs/formats/governance.md.
namespace engine::dispatch {

// What is open lies in memory: at most so many, each of so many bytes, for so long.
inline constexpr std::size_t kOpenProposalsMax = 1000;
inline constexpr std::size_t kProposedBytesMax = 32 * 1024;
inline constexpr std::int64_t kProposalMicrosMax = 366ll * 86'400 * 1'000'000;

// {"proposal": .., "valid_until": .., "proposed": {"command": "deposit", ["effective_at": ..,]
// ...}} Errors: InvalidInput/missing_field, unknown_field, wrong_type; not_proposed for a command
// that only stands on
//         its own; those of the command, at "proposed".
core::Result<core::Bytes> propose_from_json(const core::json::Value& fields,
                                            core::References* references);
core::Result<core::json::Value> propose_to_json(core::ByteView bytes);
std::vector<std::string_view> propose_field_names();

// The command that is proposed, as it was written. Errors: as reading it.
core::Result<core::json::Value> proposed_to_json(std::string_view type,
                                                 core::ByteView command_bytes);

// Errors: Conflict/exists; InvalidInput/expired, too_large; Unavailable/too_many_proposals; what
// the command would be
//         refused with now, at "proposed".
core::Result<std::vector<ledger::Draft>> decide(const Context& context, const Propose& command);

// Errors: NotFound/unknown_proposal; Conflict/proposal_expired; InvalidInput/same_person if it is
// who proposed
//         it; Conflict/not_an_approver, not_an_officer, proposer_revoked; Conflict/another_proposal
//         if the digests are not the proposal's; Conflict/outcome_changed if the command comes to
//         something else by now; what the command itself is refused with.
core::Result<std::vector<ledger::Draft>> decide(const Context& context,
                                                const ApproveProposal& command);

// The command that an approval approves.
struct Approved {
  std::string type;
  core::Bytes fields;
};
// Errors: NotFound/unknown_proposal.
core::Result<Approved> approved_command(const State& state, core::ByteView approval);

}  // namespace engine::dispatch
