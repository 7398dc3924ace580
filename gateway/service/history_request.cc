#include <algorithm>

#include "core/sha256.h"
#include "engine/dispatch/records.h"
#include "gateway/service/as_of.h"
#include "gateway/service/history.h"
#include "gateway/service/queries.h"
#include "ledger/account.h"

// A request for a history, from its words to what they mean.
namespace gateway::service {
namespace {

using core::json::Value;
using ledger::index::Order;

core::Error unused(std::string field, std::string detail) {
  return core::invalid("unused_field", std::move(field), std::move(detail));
}

core::Result<> check_fields(const HistoryRequest& request) {
  const int chosen = !request.account.empty() + !request.subject.empty() + !request.kind.empty();
  if (chosen > 1) {
    return core::invalid("one_of", "account",
                         "A history is of one account, one subject or one kind; give one of them.");
  }
  if (request.account.empty() && !request.commodity.empty()) {
    return unused("commodity", "Only an account's history is of a commodity; give the account.");
  }
  if (request.account.empty() && !request.effective_at.empty()) {
    return unused("effective_at",
                  "Only an account's history can be in order of effect; give the account, or "
                  "effective_to.");
  }
  if (request.effective_at.empty()) return core::ok();
  if (request.recorded_from.empty() && request.recorded_to.empty()) return core::ok();
  return unused(request.recorded_from.empty() ? "recorded_to" : "recorded_from",
                "In order of effect, narrow the history by effective_from and effective_to.");
}

core::Result<> check_window(const std::optional<core::Instant>& from,
                            const std::optional<core::Instant>& to, std::string_view field) {
  if (!from || !to || *from < *to) return core::ok();
  return core::invalid("period", std::string(field), "The period does not end after it starts.");
}

core::Result<std::uint64_t> parse_kind(const std::string& text) {
  if (const auto kind = engine::dispatch::kind_named(text)) return *kind;
  if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos) {
    return parse_number(text, "kind");
  }
  return core::invalid("unknown_kind", "kind",
                       "No kind of record has this name; give a record's `name` or its number.");
}

core::Result<Order> parse_order(const std::string& text) {
  if (text.empty() || text == "ascending") return Order::Ascending;
  if (text == "descending") return Order::Descending;
  return core::invalid("unknown_choice", "order", "Choose ascending or descending.");
}

core::Result<std::uint64_t> parse_limit(const std::string& text) {
  if (text.empty()) return kHistoryLinesDefault;
  TRY(const std::uint64_t limit, parse_number(text, "limit"));
  if (limit >= 1 && limit <= kHistoryLinesMax) return limit;
  return core::invalid("limit", "limit",
                       "A page has 1 to " + std::to_string(kHistoryLinesMax) + " lines.");
}

core::Result<> read_selection(const HistoryRequest& request, core::References& references,
                              HistoryQuery& query) {
  if (!request.account.empty()) {
    auto path = core::Codec<ledger::AccountPath>::from_json(Value(request.account), &references);
    if (!path) return std::move(path.error()).within("account");
    query.account = std::move(path.value().text);
  }
  if (!request.commodity.empty()) {
    auto commodity = core::commodity(request.commodity);
    if (!commodity) return std::move(commodity.error()).within("commodity");
    query.commodity = std::move(commodity.value().code);
  }
  if (!request.subject.empty()) {
    auto id = core::Codec<core::PartyId>::from_json(Value(request.subject), &references);
    if (!id) return std::move(id.error()).within("subject");
    query.subject = id.value().bytes;
  }
  if (!request.kind.empty()) {
    TRY(query.kind, parse_kind(request.kind));
  }
  return core::ok();
}

}  // namespace

core::Result<HistoryQuery> read_history_query(const HistoryRequest& request,
                                              core::References& references) {
  TRY(check_fields(request));
  HistoryQuery query;
  TRY(read_selection(request, references, query));
  TRY(query.recorded_from, parse_time(request.recorded_from, "recorded_from"));
  TRY(query.recorded_to, parse_time(request.recorded_to, "recorded_to"));
  TRY(query.effective_from, parse_time(request.effective_from, "effective_from"));
  TRY(query.effective_to, parse_time(request.effective_to, "effective_to"));
  TRY(check_window(query.recorded_from, query.recorded_to, "recorded_to"));
  TRY(check_window(query.effective_from, query.effective_to, "effective_to"));
  TRY(parse_time(request.effective_at, "effective_at"));
  query.as_of = request.as_of;
  query.effective_at = request.effective_at;
  TRY(query.order, parse_order(request.order));
  TRY(query.limit, parse_limit(request.limit));
  if (!request.cursor.empty()) {
    TRY(query.cursor, parse_cursor(request.cursor));
  }
  return query;
}

}  // namespace gateway::service
