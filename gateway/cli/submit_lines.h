#pragma once

#include <istream>
#include <vector>

#include "core/json.h"
#include "gateway/cli/remote.h"
#include "gateway/service/book.h"

namespace gateway::cli {

struct SubmitOptions {
  bool quiet = false;    // Print refusals only.
  bool dry_run = false;  // Only say what would be recorded.
};

// Records JSON Lines commands and prints one answer a line, in order:
//   {"line": 3, "receipt": {...}}, {"line": 3, "preview": {...}} or {"line": 3, "error": {...}}
// Empty lines and lines that begin with '#' are passed over. A line without a request_id gets one from
// its text and how often that text stood before, so that submitting a file again changes nothing. Gives
// the exit code: 1 if any was refused.
int submit_stream(service::Book& book, std::istream& input, const SubmitOptions& options);
// The same, recorded by the process that serves the book.
int submit_stream(Remote& remote, std::istream& input, const SubmitOptions& options);
// The same for commands that were made here.
int submit_values(service::Book& book, const std::vector<core::json::Value>& commands,
                  const SubmitOptions& options);

}  // namespace gateway::cli
