#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "gateway/service/book.h"

// Closed periods, and what was recorded into them later. Source: docs/formats/governance.md,
// "Periods".
namespace gateway::service {

// {"periods": [{"from", "until", "closed_seq", "closed_at", "lines", "trial_balance", "totals",
// ["reopened_seq", "reopened_at", "reason"]}]}: every closing, oldest first, and whether it was
// opened again. Errors: those of the index and the log.
core::Result<core::json::Value> query_periods(const BookView& view);

// The frozen trial balance of the period that ends at `until`, made again from the records before
// its closing and compared with the record: {"until", "closed_seq", "trial_balance", "accounts":
// [{"account", "commodity", "amount"}]}; debit is positive.
//
// Errors: InvalidInput/time; NotFound/unknown_period; Corrupt/trial_balance if it is not the one
// that was frozen;
//         those of the index and the log.
core::Result<core::json::Value> query_frozen_balance(const BookView& view,
                                                     const std::string& until);

// A page of the entries after close: records of a period that is closed that were recorded after
// that, oldest first, as query_history() shows them. `limit` and `cursor` as there.
//
// Errors: InvalidInput/time; NotFound/unknown_period; those of query_history().
core::Result<core::json::Value> query_late_entries(const BookView& view, const std::string& until,
                                                   const std::string& limit,
                                                   const std::string& cursor);

}  // namespace gateway::service
