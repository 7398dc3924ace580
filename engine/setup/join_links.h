#pragma once

#include <string>

#include "engine/context.h"
#include "engine/join_token.h"

namespace engine::setup {

// What the token of a link says.
JoinToken token_of(const JoinLink& link, const std::string& origin);

// The link that a client follows, if he names one; nullptr if he does not.
// Errors: InvalidInput/link_forged; NotFound/unknown_link; Conflict/link_revoked, link_expired,
//         link_used; Conflict/link_mismatch if it is of another structure, offer or client.
core::Result<const JoinLink*> find_join_link(const Context& context, const Structure& structure,
                                             const AcceptMandate& command);

}  // namespace engine::setup
