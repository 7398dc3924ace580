#pragma once

#include "core/html.h"
#include "core/result.h"

namespace gateway::mt4 {

// The parts of a statement, in their order. The details, which only a "detailed statement" has, are
// statistics of the same trades.
enum class Section { Head, Closed, Open, Working, Summary, Details };

// Errors: InvalidInput/mt4_header if the row does not name the columns of the section's table.
core::Result<> check_columns(const core::HtmlRow& row, Section section);

}  // namespace gateway::mt4
