#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/json.h"
#include "gateway/service/book.h"
#include "gateway/service/history_cursor.h"

// Histories, page by page. A page costs what its lines cost, however long the book is: it begins by
// seeking, and looks at a bounded number of records.
namespace gateway::service {

inline constexpr std::uint64_t kHistoryLinesDefault = 100;
inline constexpr std::uint64_t kHistoryLinesMax = 1000;
// So many records are looked at for one page if lines are left out by their effective time, and so
// many bytes of records are shown. A page that ends there has fewer lines, or none, and a cursor.
inline constexpr std::size_t kHistoryLookedAtMax = 4096;
inline constexpr std::size_t kHistoryBytesMax = 1u << 20;
// The commodities of one account that are shown side by side.
inline constexpr std::size_t kHistoryCommoditiesMax = 64;

// What an interface is asked for, in its words; "" is not given.
struct HistoryRequest {
  std::string account{};         // Exactly this account; @refs may stand in it.
  std::string commodity{};       // Of the account; without it all of its commodities.
  std::string subject{};         // An id or @ref: an investor, a manager, a structure.
  std::string kind{};            // Of record: a name such as "cash_moved", or its number.
  std::string recorded_from{};   // Recorded at or after this time,
  std::string recorded_to{};     // and before this one.
  std::string effective_from{};  // Effective at or after this time,
  std::string effective_to{};    // and before this one.
  std::string as_of{};           // As the book knew it: a sequence or a time of recording.
  std::string effective_at{};    // Of an account: in order of effect, up to this time.
  std::string order{};           // "ascending", the default, or "descending".
  std::string limit{};           // 1 to 1000.
  std::string cursor{};          // Where the page before ended.
};

// The same, read. At most one of account, subject and kind is there; none of them is all records.
struct HistoryQuery {
  std::string account;
  std::optional<std::string> commodity;
  std::optional<ledger::SubjectId> subject;
  std::optional<std::uint64_t> kind;
  std::optional<core::Instant> recorded_from, recorded_to, effective_from, effective_to;
  std::string as_of;
  std::string effective_at;
  ledger::index::Order order = ledger::index::Order::Ascending;
  std::uint64_t limit = kHistoryLinesDefault;
  std::optional<HistoryCursor> cursor;
  bool operator==(const HistoryQuery&) const = default;
};

// Errors: InvalidInput/one_of if more than one of account, subject and kind is given; unused_field
// for
//         a commodity or effective_at without an account, and for recorded_from or recorded_to
//         beside effective_at;
//         period if a window ends before it begins; account, commodity, id, reference,
//         unknown_kind, unknown_choice, number, limit, time, cursor; NotFound/unknown_reference.
core::Result<HistoryQuery> read_history_query(const HistoryRequest& request,
                                              core::References& references);

// {"as_of": {..}, "lines": [..] or "records": [..], "cursor": ".."}; no cursor at the end.
//
// Of an account, lines {"seq", "recorded_at", "effective_at", "kind", "name", "commodity",
// "change", "balance"}: the balance after the line. Else records as query_record() shows them.
// Voided records are in no history. Lines of one record are in order of their commodities.
//
// With effective_at, an account's lines are in order of their effect, and the last balance is that
// of query_balances() for the same moment.
//
// Guarantees: a page's cursor gives the page that follows it, at any later time, whatever was
// recorded
//             since: no line is repeated or left out.
// Errors:     what resolve_moment(), check_account(), check_subject() and check_effect() refuse
// (see
//             as_of.h); InvalidInput/cursor if it is another history's or another book's;
//             InvalidInput/missing_field at commodity if the account has too many to be shown
//             together, or more than one in order of effect; InvalidInput/too_many_late.
core::Result<core::json::Value> query_history(const BookView& view, const HistoryQuery& query);

}  // namespace gateway::service
