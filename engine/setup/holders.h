#pragma once

#include <vector>

#include "engine/setup_commands.h"

// Clients that are more than one person, or none.
namespace engine::setup {

// Errors: InvalidInput/holders if they do not fit the kind.
core::Result<> check_holders(const RegisterClient& client);
// Whether those who signed may bind the client.
// Errors: InvalidInput/holders for somebody who is no holder; Conflict/holders_sign if one is
// missing.
core::Result<> check_signed(const RegisterClient& client,
                            const std::vector<core::PartyId>& signed_by);

}  // namespace engine::setup
