#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "gateway/service/book.h"

namespace gateway::cli {

// Submits JSON Lines and prints one line of JSON for each, in order: {"line": n, "receipt": {...}} or
// {"line": n, "error": {...}}. Empty lines and lines that begin with '#' are passed over. A line
// without a request_id gets one from its text and how often that text stood before, so that
// submitting a file again changes nothing. Gives the exit code: 1 if any was refused.
int submit_stream(service::Book& book, std::istream& input);

// The same for commands that were made here. Prints refusals only if `quiet`.
int submit_values(service::Book& book, const std::vector<core::json::Value>& commands, bool quiet);

}  // namespace gateway::cli
