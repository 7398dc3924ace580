#pragma once

#include <string_view>
#include <vector>

#include "engine/context.h"
#include "engine/governance_commands.h"
#include "ledger/record.h"

// Which commands need a second person, and of which roles. Source: docs/formats/governance.md.
namespace engine::dispatch {

// Errors: InvalidInput/unknown_command; Conflict/approval_rule for a command that always needs a
// second person,
//         or whose second person is always an officer.
core::Result<std::vector<ledger::Draft>> decide(const Context& context,
                                                const SetApprovalRule& command);

// Whether the command needs a second person by its type, by a rule, or, once rule packs have begun,
// by what it changes; of a list, any of its commands.
bool needs_approver(const State& state, std::string_view type, core::ByteView fields,
                    core::Instant now);

// Whether that asks for the command's fields; otherwise its type tells.
bool looks_inside(std::string_view type);

// Whether this person may ask for the command: what changes who may sign is asked for by officers
// alone. Errors: Conflict/not_an_officer.
core::Result<> check_asker(const State& state, std::string_view type, core::ByteView fields,
                           const core::PartyId& person);

// Whether this person may approve the command; of a list, all of its commands.
// Errors: Conflict/not_an_approver with the roles that may.
core::Result<> check_approver(const State& state, std::string_view type, core::ByteView fields,
                              const core::PartyId& person);

}  // namespace engine::dispatch
