#pragma once

#include <string_view>
#include <vector>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/governance_commands.h"
#include "engine/governance_records.h"
#include "ledger/record.h"

// People, their keys and roles, and how a proposal ends without being approved. What is proposed
// and approved is decided in engine/dispatch, which knows all commands.
namespace engine::governance {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// What a key signs to show that it is held, and the root key to make its holder an officer.
core::Bytes person_key_message(std::string_view origin, const core::PartyId& person,
                               const core::Bytes& key);
core::Bytes officer_message(std::string_view origin, const core::PartyId& person,
                            const core::Bytes& key);

// Errors: InvalidInput/person_key for what is no Ed25519 key; InvalidInput/key_possession,
//         officer_authority for a signature that does not hold; Conflict/officer_authority for an officer of the
//         first record who comes late; Conflict/key_used if the key is, or
//         was, anybody's.
Drafts decide(const Context& context, const EnrolOfficer& command);
// What follows changes who may sign, so it needs two who can: Conflict/officers_first before
// signatures are required.
core::Result<> check_officers(const State& state);
// Errors: also Conflict/key_consent if the person has a key and did not sign with it.
Drafts decide(const Context& context, const RegisterPersonKey& command);
// Errors: NotFound/unknown_person_key; Conflict/last_officers if fewer than two officers with keys
//         would be left.
Drafts decide(const Context& context, const RevokePersonKey& command);
// Errors: Conflict/exists.
Drafts decide(const Context& context, const GrantRole& command);
// Errors: NotFound/unknown_role; Conflict/last_officers.
Drafts decide(const Context& context, const RevokeRole& command);
// Errors: NotFound/unknown_proposal; Conflict/withdrawal if another than who made it withdraws it.
Drafts decide(const Context& context, const RefuseProposal& command);

// Ends the proposals that are over.
void expire(const Context& context, Effects& effects);
bool has_expired(const State& state, core::Instant now);

// Errors: NotFound/unknown_proposal.
core::Result<const ProposalMade*> find_proposal(const State& state, const ProposalId& proposal);

void apply(State& state, const PersonKeyRegistered& body, const ledger::RecordView& record);
void apply(State& state, const PersonKeyRevoked& body, const ledger::RecordView& record);
void apply(State& state, const RoleGranted& body, const ledger::RecordView& record);
void apply(State& state, const RoleRevoked& body, const ledger::RecordView& record);
void apply(State& state, const ApprovalRuleSet& body, const ledger::RecordView& record);
void apply(State& state, const ProposalMade& body, const ledger::RecordView& record);
void apply(State& state, const ProposalApproved& body, const ledger::RecordView& record);
void apply(State& state, const ProposalRefused& body, const ledger::RecordView& record);
void apply(State& state, const ProposalExpired& body, const ledger::RecordView& record);

}  // namespace engine::governance
