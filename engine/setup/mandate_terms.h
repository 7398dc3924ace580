#pragma once

#include "engine/context.h"
#include "engine/setup_commands.h"

namespace engine::setup {

// Errors: Conflict/withdrawal_power; InvalidInput/expired.
core::Result<> check_mandate_terms(const Context& context, const AcceptMandate& command);

}  // namespace engine::setup
