#pragma once

#include <istream>
#include <vector>

#include "core/json.h"
#include "gateway/cli/remote.h"
#include "gateway/service/book.h"

namespace gateway::cli {

// Records JSON Lines commands and prints one answer a line, in order:
//   {"line": 3, "receipt": {...}} or {"line": 3, "error": {...}}
// A line without request_id gets one from its text and how often that came before, so that the same
// file submitted again gives hits. Gives the exit code: 1 if any line was refused.
int submit_stream(service::Book& book, std::istream& input);
// The same, recorded by the process that serves the book.
int submit_stream(Remote& remote, std::istream& input);
// The same for commands that are already parsed; prints receipts only if `quiet` is false.
int submit_values(service::Book& book, const std::vector<core::json::Value>& commands, bool quiet);

}  // namespace gateway::cli
