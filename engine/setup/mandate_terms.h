#pragma once

#include "engine/context.h"
#include "engine/gate_state.h"
#include "engine/setup_commands.h"

namespace engine::setup {

// The newest mandate that a client accepted in a structure; null if he never did, as a manager of
// his own.
HeldMandate* newest_mandate(State& state, const core::StructureId& structure,
                            const core::PartyId& client);

// Errors: Conflict/withdrawal_power; InvalidInput/expired.
core::Result<> check_mandate_terms(const Context& context, const AcceptMandate& command);

// That he has no mandate there, or one whose last day is past and of which nothing runs.
// Errors: Conflict/exists, account_running.
core::Result<> check_first_or_over(const Context& context, const AcceptMandate& command,
                                   const Structure& structure);

}  // namespace engine::setup
