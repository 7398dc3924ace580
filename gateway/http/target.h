#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace gateway::http {

// A request's path and query, decoded.
struct Target {
  std::vector<std::string> segments;              // "/v1/books" is {"v1", "books"}.
  std::map<std::string, std::string> parameters;  // "+" is a plus sign, as in "+00:00".
};

// Errors: InvalidInput/target unless it begins with '/' and is well-formed percent-encoded UTF-8
//         without control characters; InvalidInput/duplicate_parameter at its name.
// Source: RFC 9112 section 3.2.1 (origin-form).
core::Result<Target> parse_target(std::string_view target);

}  // namespace gateway::http
