#include "gateway/rpc/answers.h"

#include "gateway/rpc/commands.h"
#include "gateway/service/history.h"
#include "gateway/service/trial_balance.h"

namespace gateway::rpc {
namespace {

using core::json::Value;

std::string text(const Value& json, std::string_view field) {
  return std::string(json.text(field));
}

tally::rpc::TrialBalanceLine to_trial_line(const Value& json) {
  tally::rpc::TrialBalanceLine line;
  line.__set_account(text(json, "account"));
  line.__set_ring(text(json, "ring"));
  line.__set_commodity(text(json, "commodity"));
  line.__set_debit(text(json, "debit"));
  line.__set_credit(text(json, "credit"));
  return line;
}

tally::rpc::HistoryLine to_history_line(const Value& json) {
  tally::rpc::HistoryLine line;
  line.__set_seq(*json.find("seq")->as_integer());
  line.__set_recorded_at(text(json, "recorded_at"));
  line.__set_effective_at(text(json, "effective_at"));
  line.__set_kind(*json.find("kind")->as_integer());
  line.__set_name(text(json, "name"));
  line.__set_commodity(text(json, "commodity"));
  line.__set_change(text(json, "change"));
  line.__set_balance(text(json, "balance"));
  return line;
}

core::Result<service::HistoryRequest> to_request(const tally::rpc::HistoryQuery& query) {
  service::HistoryRequest request;
  const auto take = [](const std::string& from, std::string& to,
                       std::string_view field) -> core::Result<> {
    TRY(check_text(from, field));
    to = from;
    return core::ok();
  };
  TRY(take(query.account, request.account, "account"));
  TRY(take(query.commodity, request.commodity, "commodity"));
  TRY(take(query.subject, request.subject, "subject"));
  TRY(take(query.kind, request.kind, "kind"));
  TRY(take(query.recorded_from, request.recorded_from, "recorded_from"));
  TRY(take(query.recorded_to, request.recorded_to, "recorded_to"));
  TRY(take(query.effective_from, request.effective_from, "effective_from"));
  TRY(take(query.effective_to, request.effective_to, "effective_to"));
  TRY(take(query.as_of, request.as_of, "as_of"));
  TRY(take(query.effective_at, request.effective_at, "effective_at"));
  TRY(take(query.order, request.order, "order"));
  TRY(take(query.cursor, request.cursor, "cursor"));
  if (query.limit != 0) request.limit = std::to_string(query.limit);
  return request;
}

}  // namespace

tally::rpc::AsOf to_as_of(const Value& json) {
  tally::rpc::AsOf as_of;
  as_of.__set_seq(*json.find("seq")->as_integer());
  as_of.__set_recorded_at(text(json, "recorded_at"));
  const std::string effective_at = text(json, "effective_at");
  if (!effective_at.empty()) as_of.__set_effective_at(effective_at);
  return as_of;
}

core::Result<> read_trial_balance(service::Book& book, const std::string& as_of,
                                  const std::string& effective_at,
                                  tally::rpc::TrialBalance& answer) {
  Value json;
  TRY(book.read([&](const service::BookView& view) -> core::Result<> {
    TRY(const auto balance, service::make_trial_balance(view, as_of, effective_at));
    if (balance.accounts.size() > kTrialBalanceLinesMax) {
      return core::invalid("too_large", "",
                           "This trial balance is too long for one frame; ask for it over HTTP.");
    }
    json = service::trial_balance_to_json(balance);
    return core::ok();
  }));
  answer.__set_as_of(to_as_of(*json.find("as_of")));
  for (const Value& line : *json.find("accounts")->as_array()) {
    answer.accounts.push_back(to_trial_line(line));
  }
  for (const Value& line : *json.find("totals")->as_array()) {
    answer.totals.push_back(to_trial_line(line));
  }
  return core::ok();
}

core::Result<> read_history(service::Book& book, const tally::rpc::HistoryQuery& query,
                            tally::rpc::HistoryPage& answer) {
  TRY(const auto request, to_request(query));
  // Names are replaced by ids before the book is read: its lock and that of the references are
  // never held together.
  service::HistoryQuery wanted;
  TRY(book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    TRY(wanted, service::read_history_query(request, known));
    return core::ok();
  }));
  Value json;
  TRY(book.read([&](const service::BookView& view) -> core::Result<> {
    TRY(json, service::query_history(view, wanted));
    return core::ok();
  }));
  answer.__set_as_of(to_as_of(*json.find("as_of")));
  if (const Value* lines = json.find("lines")) {
    for (const Value& line : *lines->as_array()) answer.lines.push_back(to_history_line(line));
  }
  if (const Value* records = json.find("records")) {
    for (const Value& record : *records->as_array()) {
      answer.records_json.push_back(core::json::print(record));
    }
  }
  answer.__set_cursor(text(json, "cursor"));
  return core::ok();
}

}  // namespace gateway::rpc
