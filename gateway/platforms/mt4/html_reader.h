#pragma once

#include <string_view>

#include "core/result.h"
#include "gateway/platforms/mt4/statement.h"

namespace gateway::mt4 {

// The terminal's own form; the markup is not checked beyond what core::parse_html_tables() does.
// Tickets and totals are not checked yet.
// Errors: those of read_statement().
core::Result<Statement> read_html(std::string_view text, const ReadOptions& options);

}  // namespace gateway::mt4
