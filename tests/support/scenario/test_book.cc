#include "tests/support/scenario/test_book.h"

#include <algorithm>

#include "core/amount.h"
#include "gateway/service/explanation.h"
#include "gateway/service/init.h"
#include "gateway/service/queries.h"
#include "gateway/service/verify_book.h"
#include "ledger/account.h"

namespace tests::scenario {
namespace {

namespace service = gateway::service;
using core::json::Value;
using gateway::refs::KnownReferences;
using gateway::refs::ReferenceStore;

bool is_commodity(std::string_view code, std::string_view wanted) {
  if (wanted.ends_with('*')) return code.starts_with(wanted.substr(0, wanted.size() - 1));
  return code == wanted;
}

core::Result<unsigned> scale_of(std::string commodity) {
  // All of a family count alike; this is one of them.
  if (commodity.ends_with('*')) commodity.back() = '1';
  TRY(const auto known, core::commodity(commodity));
  return unsigned{known.scale};
}

}  // namespace

core::Result<std::unique_ptr<TestBook>> TestBook::make(const std::string& profile) {
  std::unique_ptr<TestBook> out(new TestBook());
  service::InitOptions options;
  options.folder.root = out->folder_ / "book";
  options.origin = "ledger.example/scenario";
  options.profile = profile;
  options.simulated_seed = "scenario";
  TRY(const auto report, service::init_book(options, out->clock_));
  out->verifier_key_ = report.verifier_key;
  TRY(out->reopen());
  TRY(out->read_records(0));
  return out;
}

core::Result<> TestBook::reopen() {
  book_.reset();
  TRY(book_, service::Book::open({folder_ / "book"}, clock_));
  return core::ok();
}

service::ReceiptResult TestBook::submit(const std::string& json) {
  TRY(const Value line, core::json::parse(json));
  const std::string request_id = "line-" + std::to_string(++submitted_);
  std::vector<service::Submission> submissions;
  TRY(book_->with_references([&](ReferenceStore& references) -> core::Result<> {
    auto read = service::read_submission(line, {}, references, request_id);
    if (!read) {
      references.discard();
      return std::move(read.error());
    }
    submissions.push_back(std::move(read.value()));
    return references.save();
  }));
  auto answers = book_->execute(submissions);
  if (answers.front() && !answers.front().value().hit) {
    TRY(read_records(answers.front().value().first_seq));
  }
  return std::move(answers.front());
}

core::Result<std::uint64_t> TestBook::size() {
  std::uint64_t size = 0;
  TRY(book_->read([&](const service::BookView& view) -> core::Result<> {
    size = view.size;
    return core::ok();
  }));
  return size;
}

core::Result<> TestBook::read_records(std::uint64_t first) {
  last_.clear();
  TRY(const std::uint64_t end, size());
  for (std::uint64_t seq = first; seq < end; ++seq) {
    TRY(book_->read([&](const service::BookView& view) -> core::Result<> {
      TRY(auto record, service::query_record(view, seq));
      last_.push_back(std::move(record));
      return core::ok();
    }));
  }
  for (const Value& record : last_) {
    const Value* body = record.find("body");
    if (body == nullptr) continue;
    if (record.text("name") == "accounts_opened") {
      for (const Value& opening : *body->find("accounts")->as_array()) {
        opened_.emplace(opening.text("path"));
      }
    }
    if (record.text("name") == "symbol_registered") {
      const auto ordinal = *body->find("ordinal")->as_integer();
      ordinals_[std::string(body->text("symbol"))] = "s" + std::to_string(ordinal);
    }
  }
  return core::ok();
}

core::Result<std::string> TestBook::resolve(const std::string& text) {
  if (!text.starts_with('@')) return text;
  std::string hex;
  TRY(book_->with_references([&](ReferenceStore& references) -> core::Result<> {
    TRY(const auto bytes, references.find(text));
    hex = core::to_hex(bytes);
    return core::ok();
  }));
  return hex;
}

core::Result<std::string> TestBook::with_ordinals(const std::string& account) const {
  const std::size_t percent = account.find('%');
  if (percent == std::string::npos) return account;
  const auto ordinal = ordinals_.find(account.substr(percent + 1));
  if (ordinal != ordinals_.end()) return account.substr(0, percent) + ordinal->second;
  return core::not_found("no_such_symbol", account, "No such symbol is registered.");
}

core::Result<> TestBook::require_opened(const std::string& account) {
  ledger::AccountPath path;
  TRY(book_->with_references([&](ReferenceStore& references) -> core::Result<> {
    KnownReferences known(references);
    TRY(path, core::Codec<ledger::AccountPath>::from_json(Value(account), &known));
    return core::ok();
  }));
  const bool found = std::ranges::any_of(
      opened_, [&](const std::string& opened) { return ledger::is_under(opened, path.text); });
  if (found) return core::ok();
  return core::not_found("no_such_account", account, "No account was opened there.");
}

core::Result<Value> TestBook::query(const std::string& account) {
  Value answer;
  TRY(book_->with_references([&](ReferenceStore& references) {
    KnownReferences known(references);
    return book_->read([&](const service::BookView& view) -> core::Result<> {
      TRY(answer, service::query_balances(view, known, {account, "", ""}));
      return core::ok();
    });
  }));
  return answer;
}

core::Result<core::Minor> TestBook::balance(const std::string& account,
                                            const std::string& commodity) {
  TRY(const unsigned scale, scale_of(commodity));
  TRY(const std::string path, with_ordinals(account));
  TRY(require_opened(path));
  TRY(const Value answer, query(path));
  core::Minor sum = 0;
  for (const Value& row : *answer.find("balances")->as_array()) {
    if (!is_commodity(row.text("commodity"), commodity)) continue;
    TRY(const auto amount, core::parse_decimal(row.text("amount")));
    TRY(const auto minor, core::to_minor(amount, scale));
    TRY(sum, core::add(sum, minor));
  }
  return sum;
}

std::string TestBook::print(core::Minor minor, const std::string& commodity) {
  const auto scale = scale_of(commodity);
  return core::print_fixed(minor, scale ? scale.value() : 0) + " " + commodity;
}

// Held for clients - owed to them = what the client ring owes the house, which the house has as an
// asset: everything in every currency, not only what the scenario speaks of.
core::Result<> TestBook::check_client_money(std::vector<std::string>& problems) {
  TRY(const Value answer, query(""));
  std::set<std::string> currencies;
  for (const Value& row : *answer.find("balances")->as_array()) {
    if (row.text("account").find(":memo") == std::string_view::npos) {
      currencies.emplace(row.text("commodity"));
    }
  }
  for (const std::string& currency : currencies) {
    TRY(const auto interfund, balance("liabilities:cm:interfund-house", currency));
    TRY(const auto mirror, balance("assets:house:interfund-cm", currency));
    TRY(const auto liabilities, balance("liabilities:cm", currency));
    core::Minor held = 0;
    const bool has_bank = std::ranges::any_of(
        opened_, [](const std::string& account) { return account.starts_with("assets:cm:"); });
    if (has_bank) {
      TRY(held, balance("assets:cm", currency));
    }
    const core::Minor owed = interfund - liabilities;
    if (held - owed == -interfund && mirror == -interfund) continue;
    problems.push_back("held " + print(held, currency) + ", owed to clients " +
                       print(owed, currency) + ", to the house " + print(-interfund, currency) +
                       ", and the house has " + print(mirror, currency));
  }
  return core::ok();
}

std::vector<std::string> TestBook::problems() {
  std::vector<std::string> out;
  service::VerifyOptions options;
  options.folder.root = folder_ / "book";
  options.key = verifier_key_;
  options.recompute = true;
  const auto outcome = service::verify_book(options);
  if (!outcome) return {core::to_string(outcome.error())};
  for (const core::Error& finding : outcome.value().report.findings) {
    out.push_back(core::to_string(finding));
  }
  for (const core::Error& finding : outcome.value().report.rebuildable) {
    out.push_back(core::to_string(finding));
  }
  const auto size_now = size();
  if (!size_now || outcome.value().report.records != size_now.value()) {
    out.emplace_back("the verification did not read every record");
  }
  if (out.empty() && outcome.value().recomputed_commands.value_or(0) == 0) {
    out.emplace_back("no command was decided anew");
  }
  const auto money = check_client_money(out);
  if (!money) out.push_back(core::to_string(money.error()));
  const auto explained = check_explanations(out);
  if (!explained) out.push_back(core::to_string(explained.error()));
  return out;
}

// Every record's figures follow from what it rests on, worked out by code that did not make it.
core::Result<> TestBook::check_explanations(std::vector<std::string>& problems) {
  return book_->read([&](const service::BookView& view) -> core::Result<> {
    for (std::uint64_t seq = 0; seq < view.size; ++seq) {
      const auto explained = service::explain_record(view, seq);
      if (!explained) {
        problems.push_back("seq " + std::to_string(seq) +
                           " is not explained: " + core::to_string(explained.error()));
      } else if (!explained.value().sound()) {
        problems.push_back("seq " + std::to_string(seq) + " does not follow:\n" +
                           to_text(explained.value()));
      }
    }
    return core::ok();
  });
}

}  // namespace tests::scenario
