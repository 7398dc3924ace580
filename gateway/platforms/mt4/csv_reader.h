#pragma once

#include <string_view>

#include "core/result.h"
#include "gateway/platforms/mt4/statement.h"

namespace gateway::mt4 {

// The same rows as CSV, one a line, with a line of column names and no figures at the end.
// Tickets and totals are not checked yet.
// Errors: those of read_statement().
core::Result<Statement> read_csv(std::string_view text, const ReadOptions& options);

}  // namespace gateway::mt4
