#pragma once

#include "engine/context.h"
#include "engine/setup_commands.h"

namespace engine::setup {

// Errors: Conflict/withdrawal_power; InvalidInput/expired.
core::Result<> check_mandate_terms(const Context& context, const AcceptMandate& command);

// That he has no mandate there, or one whose last day is past and of which nothing runs.
// Errors: Conflict/exists, account_running.
core::Result<> check_first_or_over(const Context& context, const AcceptMandate& command,
                                   const Structure& structure);

}  // namespace engine::setup
