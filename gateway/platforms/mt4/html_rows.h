#pragma once

#include "core/html.h"
#include "core/result.h"
#include "gateway/platforms/mt4/html_columns.h"
#include "gateway/platforms/mt4/rows.h"

namespace gateway::mt4 {

// The cells of a row of one of the three tables, by name; it lives as long as the row.
// Errors: InvalidInput/mt4_row if the number of cells, or the type, does not fit the table;
//         mt4_time if a close time is missing, or stands among the open trades.
core::Result<RowText> read_cells(const core::HtmlRow& row, Section section);

}  // namespace gateway::mt4
