#pragma once

#include <string>

#include "gateway/service/book.h"
#include "ledger/key_history.h"

namespace gateway::service {

// The records that `keys` was followed by, proven under the last checkpoint:
// ledger/key_history_file.h. Errors: those of reading the log and the index.
core::Result<std::string> export_key_history(const BookView& view, const ledger::KeyHistory& keys);

}  // namespace gateway::service
