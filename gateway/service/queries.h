#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "gateway/service/book.h"

// What can be asked of a book. Each answer says for which record it is true.
namespace gateway::service {

// {"seq": first, "count": n, "recorded_at": ..., "leaf_hashes": [...], "hit": false}
core::json::Value receipt_to_json(const ledger::journal::Receipt& receipt);
// {"receipt": {...}}, or of a dry run {"preview": {"recorded_at": ..., "records": [...]}}, or
// {"error": {...}}.
core::json::Value answer_to_json(const ReceiptResult& answer);

// An RFC 9457 problem document: type, title, status, detail, and our code, reason and at.
core::json::Value problem_to_json(const core::Error& error);
// The HTTP status of an error.
int status_of(const core::Error& error);

// Short id, origin, verifier key, size, root: which book this is.
core::json::Value describe_book(const BookView& view);

struct BalanceQuery {
  std::string account;       // "" = all; otherwise this account and those below it; @refs allowed.
  std::string as_of;         // Sequence or RFC 3339 time, as recorded; "" = now.
  std::string effective_at;  // RFC 3339 time: only entries effective at or before it; "" = all.
};

// {"as_of": {"seq": .., "recorded_at": ..}, "balances": [{"account","commodity","amount"}]},
// without balances of zero. What is told apart from zero: as_of.h. Errors: InvalidInput/number,
// time; NotFound/unknown_account, unknown_record, no_data_yet.
core::Result<core::json::Value> query_balances(const BookView& view, core::References& references,
                                               const BalanceQuery& query);

// One record as JSON. Errors: NotFound/unknown_record.
core::Result<core::json::Value> query_record(const BookView& view, std::uint64_t seq);
// Its stored bytes.
core::Result<core::Bytes> query_leaf(const BookView& view, std::uint64_t seq);
// Up to `limit` records from `first`: {"records": [...], "next": seq or absent, "size": n}
core::Result<core::json::Value> query_records(const BookView& view, std::uint64_t first,
                                              std::uint64_t limit);
inline constexpr std::uint64_t kPageMax = 1000;

// Parses "123". Errors: InvalidInput/number at `field`.
core::Result<std::uint64_t> parse_number(std::string_view text, std::string_view field);

}  // namespace gateway::service
