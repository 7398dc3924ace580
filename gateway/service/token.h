#pragma once

#include <string_view>

namespace gateway::service {

// Whether a caller's token is the book's. How long it takes does not depend on where they differ.
//
// Guarantees: an empty `expected` matches nothing, so that a missing token is not an open door.
bool token_matches(std::string_view given, std::string_view expected);

}  // namespace gateway::service
