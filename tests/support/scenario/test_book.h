#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/decimal.h"
#include "gateway/service/book.h"
#include "tests/support/temp_dir.h"

namespace tests::scenario {

// A simulated book in a folder of its own, told commands as `tally submit` tells them and asked
// only through queries.
class TestBook {
 public:
  // Errors: those of init_book() and Book::open().
  static core::Result<std::unique_ptr<TestBook>> make(const std::string& profile);

  // Submits one line of JSON. Its records are then records_of_last().
  gateway::service::ReceiptResult submit(const std::string& json);
  const std::vector<core::json::Value>& records_of_last() const { return last_; }

  core::Result<std::uint64_t> size();

  // The sum of an account and those below it, debit positive. "@name" and, for a symbol's part of a
  // path, "%SYMBOL" are resolved; a commodity "UNIT.*" is any that begins so.
  // Errors: NotFound/no_such_account if nothing was opened there; those of the query.
  core::Result<core::Minor> balance(const std::string& account, const std::string& commodity);
  // As text at the commodity's scale.
  static std::string print(core::Minor minor, const std::string& commodity);

  // The id that stands for "@name", in hex; any other text as it is.
  core::Result<std::string> resolve(const std::string& text);

  // Closes the book and opens it again, as a restart does.
  core::Result<> reopen();

  // What is wrong with the book as it lies in its folder, with all commands decided anew; and
  // whether the money held for clients is what is owed to them and to the house. Empty: nothing.
  std::vector<std::string> problems();

 private:
  TestBook() = default;
  core::Result<core::json::Value> query(const std::string& account);
  core::Result<std::string> with_ordinals(const std::string& account) const;
  core::Result<> require_opened(const std::string& account);
  core::Result<> read_records(std::uint64_t first);
  core::Result<> check_client_money(std::vector<std::string>& problems);
  core::Result<> check_explanations(std::vector<std::string>& problems);

  TempDir folder_;
  core::SystemClock clock_;  // Never read: a simulated book goes by its lines' `at`.
  std::string verifier_key_;
  std::unique_ptr<gateway::service::Book> book_;
  std::uint64_t submitted_ = 0;
  std::vector<core::json::Value> last_;
  std::set<std::string> opened_;                 // Accounts, as recorded.
  std::map<std::string, std::string> ordinals_;  // Of symbols, as recorded.
};

}  // namespace tests::scenario
