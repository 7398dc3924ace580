#pragma once

#include <string>
#include <vector>

#include "engine/context.h"
#include "engine/partner_state.h"

// Who stood where at a moment: programmes, trees, clients.
namespace engine::partners {

// Partners above a client, at most; nothing in a tree is followed further.
inline constexpr std::size_t kLevelsMax = 32;

// Introducing brokers, affiliates, business partners; and managers, who may earn like them.
bool is_partner(const State& state, const core::PartyId& party);
// Errors: NotFound/unknown_partner at `field`.
core::Result<> require_partner(const State& state, const core::PartyId& party,
                               const std::string& field);

// What was in force at an instant; null if nothing was.
const Assignment* assignment_at(const State& state, const core::PartyId& partner, core::Instant at);
const ProgrammeVersion* version_at(const State& state, const ProgrammeId& programme,
                                   core::Instant at);
// By its number; it exists.
const ProgrammeVersion& version_of(const State& state, const ProgrammeId& programme,
                                   std::uint64_t version);
const Attribution* attribution_at(const State& state, const core::PartyId& client,
                                  core::Instant at);

// The partner and those above him then.
std::vector<core::PartyId> chain_at(const State& state, const core::PartyId& partner,
                                    core::Instant at);

// Where what he earns is an expense: rebates of managers have accounts of their own.
std::string expense_of(const State& state, const core::PartyId& partner);

// Conflict/no_programme at `partner`.
core::Error no_programme();

// Errors: InvalidInput/reason for none, or for one of more than 500 bytes.
core::Result<> check_reason(const std::string& reason);
// Days [from, to). Errors: InvalidInput/period.
core::Result<> check_days(core::Date from, core::Date to);

}  // namespace engine::partners
