#pragma once

#include "gateway/http/routes.h"

namespace gateway::http {

inline constexpr std::size_t kCommandsMax = 1000;

// One command: 201 with its receipt, 200 if it is a hit. A JSON array or JSON Lines: 200 with one
// result for each, in order and in the form it was sent; a line that cannot be read refuses only
// itself.
//
// Errors: InvalidInput/json; InvalidInput/too_large for more than kCommandsMax;
//         Unavailable/queue_full if none of them was queued; those of the one command.
Answer post_commands(const Call& call);

}  // namespace gateway::http
