#pragma once

#include <string>

#include "core/json.h"
#include "gateway/service/book.h"

// The day's calculations of client money, and what was not done in time. Source:
// docs/accounting.md, "Segregation".
namespace gateway::service {

// Empty: all.
struct SegregationQuery {
  std::string currency;
  std::string from;  // The first day.
  std::string to;    // The last.
};

// {"rules": [...], "calculations": [...], "breaches": [...]}, each oldest first, of one currency
// and of these days if they are named. Money is in the currency's decimals. A breach is shown with
// "ended_seq", the later record that did what was missing; one without is open.
//
// Errors: InvalidInput/date, unknown_currency; those of the index and the log.
core::Result<core::json::Value> query_segregation(const BookView& view,
                                                  const SegregationQuery& query);

}  // namespace gateway::service
