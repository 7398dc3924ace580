#include "gateway/http/reads.h"

#include "core/fields.h"
#include "gateway/http/ask.h"
#include "gateway/http/media_types.h"
#include "gateway/service/book_key.h"
#include "gateway/service/completeness.h"
#include "gateway/service/explanation.h"
#include "gateway/service/history.h"
#include "gateway/service/key_export.h"
#include "gateway/service/queries.h"
#include "gateway/service/trial_balance.h"
#include "ledger/account.h"

namespace gateway::http {
namespace {

constexpr std::size_t kSubjectProofBytesMax = 8u << 20;

using core::json::Array;
using core::json::Object;
using core::json::Value;
using service::BookView;

core::Result<std::uint64_t> sequence(const Call& call) {
  return service::parse_number(call.variable("seq"), "seq");
}

// Replaces names by ids before the book is read: its lock and that of the references are never held
// together, so a long query keeps no command waiting for a name.
core::Result<std::string> without_names(const Service& service, const std::string& account) {
  if (account.empty()) return std::string();
  ledger::AccountPath path;
  TRY(service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    auto read = core::from_json<ledger::AccountPath>(account, &known);
    if (!read) return std::move(read.error()).within("account");
    path = std::move(read.value());
    return core::ok();
  }));
  return path.text;
}

core::Result<std::uint64_t> page_limit(const Call& call) {
  const std::string text = call.parameter("limit");
  if (text.empty()) return kPageDefault;
  TRY(const std::uint64_t limit, service::parse_number(text, "limit"));
  if (limit >= 1 && limit <= service::kPageMax) return limit;
  return core::invalid("limit", "limit",
                       "A page has 1 to " + std::to_string(service::kPageMax) + " records.");
}

// What is durable can still be asked for, so a proxy may be told to send questions on.
Answer stopped_health(const Call& call) {
  TRY(const std::uint64_t size,
      ask(call.service,
          [](const BookView& view) -> core::Result<std::uint64_t> { return view.size; }));
  return respond_json(
      Object{{"status", "stopped"},
             {"book", call.service.book_id},
             {"size", static_cast<std::int64_t>(size)},
             {"detail",
              "The book stopped writing after a write failed; questions are answered. "
              "See docs/runbooks/outcome-unknown.md."}},
      503);
}

}  // namespace

Answer get_health(const Call& call) {
  if (call.service.book.stopped()) return stopped_health(call);
  TRY(const std::uint64_t size,
      ask(call.service,
          [](const BookView& view) -> core::Result<std::uint64_t> { return view.size; }));
  return respond_json(Object{
      {"status", "ok"}, {"book", call.service.book_id}, {"size", static_cast<std::int64_t>(size)}});
}

Answer get_books(const Call& call) {
  TRY(const Value book, ask(call.service, [](const BookView& view) -> core::Result<Value> {
        return service::describe_book(view);
      }));
  return respond_json(Object{{"books", Array{book}}});
}

Answer get_records(const Call& call) {
  const std::string from = call.parameter("from");
  std::uint64_t first = 0;
  if (!from.empty()) {
    TRY(first, service::parse_number(from, "from"));
  }
  TRY(const std::uint64_t limit, page_limit(call));
  TRY(const Value page, ask(call.service, [&](const BookView& view) {
        return service::query_records(view, first, limit);
      }));
  return respond_json(page);
}

Answer get_record(const Call& call) {
  static constexpr std::string_view kOffered[] = {kJson, kBytes};
  TRY(const std::uint64_t seq, sequence(call));
  const std::string_view type = choose_type(call.request.header("accept"), kOffered);
  if (type == kBytes) {
    TRY(const core::Bytes leaf,
        ask(call.service, [&](const BookView& view) { return service::query_leaf(view, seq); }));
    return respond(kBytes, std::string(core::as_text(leaf)));
  }
  if (type != kJson) return not_acceptable(kOffered);
  TRY(const Value record,
      ask(call.service, [&](const BookView& view) { return service::query_record(view, seq); }));
  return respond_json(record);
}

Answer get_explanation(const Call& call) {
  TRY(const std::uint64_t seq, sequence(call));
  TRY(const auto explanation,
      ask(call.service, [&](const BookView& view) { return service::explain_record(view, seq); }));
  return respond_json(reports::explain::to_json(explanation));
}

Answer get_balances(const Call& call) {
  service::BalanceQuery query;
  TRY(query.account, without_names(call.service, call.parameter("account")));
  query.as_of = call.parameter("as_of");
  query.effective_at = call.parameter("effective_at");
  TRY(const Value balances, ask(call.service, [&](const BookView& view) {
        refs::NoReferences references;
        return service::query_balances(view, references, query);
      }));
  return respond_json(balances);
}

Answer get_trial_balance(const Call& call) {
  TRY(const Value balance, ask(call.service, [&](const BookView& view) -> core::Result<Value> {
        TRY(const auto made, service::make_trial_balance(view, call.parameter("as_of"),
                                                         call.parameter("effective_at")));
        return service::trial_balance_to_json(made);
      }));
  return respond_json(balance);
}

Answer get_history(const Call& call) {
  service::HistoryRequest request;
  request.account = call.parameter("account");
  request.commodity = call.parameter("commodity");
  request.subject = call.parameter("subject");
  request.kind = call.parameter("kind");
  request.recorded_from = call.parameter("recorded_from");
  request.recorded_to = call.parameter("recorded_to");
  request.effective_from = call.parameter("effective_from");
  request.effective_to = call.parameter("effective_to");
  request.as_of = call.parameter("as_of");
  request.effective_at = call.parameter("effective_at");
  request.order = call.parameter("order");
  request.limit = call.parameter("limit");
  request.cursor = call.parameter("cursor");
  // As in without_names(): names are resolved before the book is read.
  service::HistoryQuery query;
  TRY(call.service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    TRY(query, service::read_history_query(request, known));
    return core::ok();
  }));
  TRY(const Value page,
      ask(call.service, [&](const BookView& view) { return service::query_history(view, query); }));
  return respond_json(page);
}

Answer get_subject_proof(const Call& call) {
  service::HistoryRequest request;
  request.subject = call.variable("subject");
  service::HistoryQuery query;
  TRY(call.service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    TRY(query, service::read_history_query(request, known));
    return core::ok();
  }));
  std::string lines;
  const auto add = [&](std::string_view line) -> core::Result<> {
    lines.append(line).append("\n");
    if (lines.size() <= kSubjectProofBytesMax) return core::ok();
    return core::invalid("too_large", "subject",
                         "This subject has more records than one answer holds; use tally history "
                         "--prove.");
  };
  TRY(call.service.book.read([&](const BookView& view) {
    return service::prove_history(view, *call.service.tables, *query.subject, add);
  }));
  return respond(kJsonLines, std::move(lines));
}

Answer get_key_history(const Call& call) {
  TRY(std::string text,
      ask(call.service, [&](const BookView& view) -> core::Result<std::string> {
        TRY(const auto keys, service::log_keys_of(view));
        return service::export_key_history(view, keys);
      }));
  return respond(kJsonLines, std::move(text));
}

}  // namespace gateway::http
