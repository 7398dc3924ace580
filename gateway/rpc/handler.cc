#include "gateway/rpc/handler.h"

#include <utility>

#include "core/fields.h"
#include "gateway/rpc/answers.h"
#include "gateway/rpc/commands.h"
#include "gateway/rpc/limits.h"
#include "gateway/service/queries.h"
#include "gateway/service/read_submissions.h"
#include "gateway/service/token.h"
#include "ledger/account.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"

namespace gateway::rpc {
namespace {

using core::json::Value;

constexpr std::string_view kUnauthorized = "unauthorized";

std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

tally::rpc::Problem to_problem(const core::Error& error) {
  tally::rpc::Problem problem;
  problem.__set_code(std::string(core::code_name(error.code)));
  problem.__set_reason(error.reason);
  problem.__set_at(error.at);
  problem.__set_detail(error.detail);
  problem.__set_status(error.reason == kUnauthorized ? 401 : service::status_of(error));
  return problem;
}

// Lets a refusal leave as the interface says.
void answer(const core::Result<>& outcome) {
  if (!outcome) throw to_problem(outcome.error());
}

tally::rpc::Receipt to_receipt(const ledger::journal::Receipt& receipt) {
  tally::rpc::Receipt out;
  out.__set_seq(number(receipt.first_seq));
  out.__set_count(number(receipt.count));
  out.__set_recorded_at(core::to_string(receipt.recorded_at));
  out.leaf_hashes.reserve(receipt.leaf_hashes.size());
  for (const core::Hash& hash : receipt.leaf_hashes) {
    out.leaf_hashes.push_back(core::to_hex(hash.bytes));
  }
  out.__isset.leaf_hashes = true;
  out.__set_hit(receipt.hit);
  return out;
}

// Replaces names by ids before the book is read: its lock and that of the references are never held
// together, so a query waits for no name and keeps no command waiting.
core::Result<std::string> without_names(service::Book& book, const std::string& account) {
  if (account.empty()) return account;
  TRY(check_text(account, "account"));
  ledger::AccountPath path;
  TRY(book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    auto read = core::from_json<ledger::AccountPath>(account, &known);
    if (!read) return std::move(read.error()).within("account");
    path = std::move(read.value());
    return core::ok();
  }));
  return path.text;
}

// What is not empty of a query, by name.
std::string query_text(const tally::rpc::HistoryQuery& query) {
  const std::pair<std::string_view, std::string> fields[] = {
      {"account", query.account},
      {"as_of", query.as_of},
      {"commodity", query.commodity},
      {"cursor", query.cursor},
      {"effective_at", query.effective_at},
      {"effective_from", query.effective_from},
      {"effective_to", query.effective_to},
      {"kind", query.kind},
      {"limit", std::to_string(query.limit)},
      {"order", query.order},
      {"recorded_from", query.recorded_from},
      {"recorded_to", query.recorded_to},
      {"subject", query.subject}};
  std::string text;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    text += (text.empty() ? "" : "&") + std::string(name) + "=" + value;
  }
  return text;
}

tally::rpc::Balance to_balance(const Value& json) {
  tally::rpc::Balance balance;
  balance.__set_account(std::string(json.text("account")));
  balance.__set_amount(std::string(json.text("amount")));
  balance.__set_commodity(std::string(json.text("commodity")));
  return balance;
}

core::Result<> read_record(const service::BookView& view, std::int64_t seq,
                           tally::rpc::Record& record) {
  // A negative sequence becomes one beyond every book's end.
  const auto index = static_cast<std::uint64_t>(seq);
  TRY(const core::Bytes leaf, service::query_leaf(view, index));
  TRY(const Value json, service::query_record(view, index));
  record.__set_seq(seq);
  record.__set_leaf(std::string(leaf.begin(), leaf.end()));
  record.__set_record_json(core::json::print(json));
  return core::ok();
}

core::Result<> read_checkpoint(const service::BookView& view, tally::rpc::Checkpoint& checkpoint) {
  // Our own note, so its signature need not be checked: the text before the empty line will do.
  TRY(const auto parsed, ledger::parse_checkpoint(ledger::text_of_note(view.checkpoint)));
  checkpoint.__set_note(view.checkpoint);
  checkpoint.__set_size(number(parsed.size));
  checkpoint.__set_root(core::to_base64(parsed.root.bytes));
  return core::ok();
}

}  // namespace

Handler::Handler(service::Book& book, service::Sequencer& sequencer, service::Caller caller,
                 std::string token, access::AccessLog* access)
    : book_(book),
      sequencer_(sequencer),
      caller_(std::move(caller)),
      token_(std::move(token)),
      book_name_(book.genesis().book),
      access_(access) {}

core::Result<> Handler::admit(const std::string& token, const std::string& book) const {
  if (!service::token_matches(token, token_)) {
    return core::invalid(std::string(kUnauthorized), "token",
                         "Each call carries the token that stands in the book's private/token.");
  }
  if (book != book_name_) {
    return core::not_found("unknown_book", "book", "This server does not serve such a book.");
  }
  return core::ok();
}

// Before the answer leaves. The interface has no place for a purpose.
core::Result<> Handler::put_down(const access::Question& question, const access::Given& given) {
  if (access_ == nullptr) return core::ok();
  const access::Reader reader{caller_.actor.value_or(core::PartyId{}),
                              ledger::Authentication::Token, engine::Face::Thrift};
  const auto find = [this](std::string_view name) { return book_.find_reference(name); };
  return access_->put_down(&book_, find, reader, "", question, given);
}

void Handler::submit(std::vector<tally::rpc::SubmitResult>& results, const std::string& token,
                     const std::string& book, const std::vector<tally::rpc::Command>& commands) {
  answer(admit(token, book));
  answer(submit_all(commands, results));
}

core::Result<> Handler::submit_all(const std::vector<tally::rpc::Command>& commands,
                                   std::vector<tally::rpc::SubmitResult>& results) {
  if (commands.size() > kCommandsMax) {
    return core::invalid("too_large", "commands", "A call has at most 10,000 commands.");
  }
  results.resize(commands.size());
  std::vector<service::Submission> submissions;
  std::vector<std::size_t> places;  // Whose result each submission is.
  TRY(auto read, service::read_submissions(book_, caller_, commands.size(),
                                           [&](std::size_t i) { return to_json(commands[i]); }));
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (read[i]) {
      submissions.push_back(std::move(read[i].value()));
      places.push_back(i);
    } else {
      results[i].__set_problem(to_problem(read[i].error()));
    }
  }
  const auto answers = sequencer_.submit(std::move(submissions));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    tally::rpc::SubmitResult& result = results[places[i]];
    if (answers[i] && answers[i].value().preview) {
      std::string preview = core::json::print(*answers[i].value().preview);
      // What a dry run shows is of somebody.
      TRY(put_down({"submit", "dry_run=true"},
                   {preview, access::entries_in(*answers[i].value().preview)}));
      result.__set_preview_json(std::move(preview));
    } else if (answers[i]) {
      result.__set_receipt(to_receipt(answers[i].value()));
    } else {
      result.__set_problem(to_problem(answers[i].error()));
    }
  }
  return core::ok();
}

void Handler::get_record(tally::rpc::Record& record, const std::string& token,
                         const std::string& book, std::int64_t seq) {
  answer(admit(token, book));
  answer(book_.read([&](const service::BookView& view) { return read_record(view, seq, record); }));
  answer(put_down({"get_record", "seq=" + std::to_string(seq)}, {record.record_json}));
}

void Handler::get_balances(tally::rpc::Balances& balances, const std::string& token,
                           const std::string& book, const std::string& account,
                           const std::string& as_of, const std::string& effective_at) {
  answer(admit(token, book));
  answer(read_balances(account, as_of, effective_at, balances));
  std::string accounts;
  for (const auto& balance : balances.balances) accounts += balance.account + "\n";
  answer(put_down(
      {"get_balances", "account=" + account + "&as_of=" + as_of + "&effective_at=" + effective_at},
      {accounts, balances.balances.size()}));
}

core::Result<> Handler::read_balances(const std::string& account, const std::string& as_of,
                                      const std::string& effective_at,
                                      tally::rpc::Balances& balances) {
  service::BalanceQuery query;
  TRY(query.account, without_names(book_, account));
  query.as_of = as_of;
  query.effective_at = effective_at;
  refs::NoReferences references;
  Value json;
  TRY(book_.read([&](const service::BookView& view) -> core::Result<> {
    TRY(json, service::query_balances(view, references, query));
    return core::ok();
  }));
  balances.__set_as_of(to_as_of(*json.find("as_of")));
  for (const Value& balance : *json.find("balances")->as_array()) {
    balances.balances.push_back(to_balance(balance));
  }
  balances.__isset.balances = true;
  return core::ok();
}

void Handler::get_trial_balance(tally::rpc::TrialBalance& balance, const std::string& token,
                                const std::string& book, const std::string& as_of,
                                const std::string& effective_at) {
  answer(admit(token, book));
  answer(read_trial_balance(book_, as_of, effective_at, balance));
  std::string accounts;
  for (const auto& line : balance.accounts) accounts += line.account + "\n";
  answer(put_down({"get_trial_balance", "as_of=" + as_of + "&effective_at=" + effective_at},
                  {accounts, balance.accounts.size()}));
}

void Handler::get_history(tally::rpc::HistoryPage& page, const std::string& token,
                          const std::string& book, const tally::rpc::HistoryQuery& query) {
  answer(admit(token, book));
  answer(read_history(book_, query, page));
  std::string records;
  for (const std::string& record : page.records_json) records += record + "\n";
  answer(put_down({"get_history", query_text(query)},
                  {records, page.records_json.size() + page.lines.size()}));
}

void Handler::get_checkpoint(tally::rpc::Checkpoint& checkpoint, const std::string& token,
                             const std::string& book) {
  answer(admit(token, book));
  answer(
      book_.read([&](const service::BookView& view) { return read_checkpoint(view, checkpoint); }));
}

}  // namespace gateway::rpc
