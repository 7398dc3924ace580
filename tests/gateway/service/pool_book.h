#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "gateway/service/init.h"
#include "gateway/service/queries.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace tests {

// A simulated book with a pool of two investors, each of 10000.00 EUR; a fifth of the gain is the
// manager's. At the end of January it stands at 24000.00, so that each pays 400.00.
class PoolBook {
 public:
  PoolBook() {
    gateway::service::InitOptions options;
    options.folder.root = folder();
    options.origin = "ledger.example/pool";
    options.profile = "offshore";
    options.simulated_seed = "pool";
    EXPECT_EQ(outcome(gateway::service::init_book(options, clock_)), "a value");
    open();
  }

  std::string folder() const { return folder_ / "book"; }
  void open() {
    auto opened = gateway::service::Book::open({folder()}, clock_);
    ASSERT_EQ(outcome(opened), "a value");
    book_ = std::move(opened.value());
  }
  void close() { book_.reset(); }
  gateway::service::Book& book() { return *book_; }

  // "a value", or what was refused. `fields` without the braces.
  std::string submit(const std::string& fields, const std::string& at) {
    const std::string json =
        "{" + fields + R"(,"actor":"@ops","approver":"@chief","at":")" + at + "\"}";
    const auto line = core::json::parse(json);
    EXPECT_TRUE(line.has_value()) << json;
    std::vector<gateway::service::Submission> submissions;
    const auto read =
        book_->with_references([&](gateway::refs::ReferenceStore& references) -> core::Result<> {
          TRY(auto submission,
              gateway::service::read_submission(line.value(), {}, references,
                                                "line-" + std::to_string(++submitted_)));
          submissions.push_back(std::move(submission));
          return references.save();
        });
    if (!read) return outcome(read);
    return outcome(book_->execute(submissions).front());
  }
  void must(const std::string& fields, const std::string& at = "2026-01-01T08:00:00Z") {
    ASSERT_EQ(submit(fields, at), "a value") << fields;
  }

  static constexpr std::string_view kFifth = R"("management_fee_rate":"0",
      "performance_fee_rate":"0.20","mark_basis":"net","entry_fee_rate":"0",
      "residual":"sainte_lague")";

  // `terms` without the braces.
  void add_pool(std::string_view terms = kFifth) {
    must(R"("command":"register_bank","bank":"@trust","ring":"client_money")");
    must(R"("command":"register_manager","manager":"@m","home":"CY")");
    must(R"("command":"record_decision","decision":"@d","manager":"@m","model":"pamm",
         "jurisdiction":"offshore","verdict":"allow","valid_from":"2020-01-01T00:00:00Z",
         "valid_until":"2099-01-01T00:00:00Z","document":")" +
         std::string(64, 'a') + "\"");
    must(R"("command":"publish_offer","offer":"@o","model":"pamm","currency":"EUR","terms":{)" +
         std::string(terms) + "}");
    must(R"("command":"open_structure","structure":"@p","manager":"@m","offer":"@o",
         "jurisdiction":"offshore")");
    for (const std::string client : {"@anna", "@bella"}) add_investor(client);
    must(R"("command":"rollover","structure":"@p","trade_date":"2026-01-01")");
  }

  void add_investor(const std::string& client) {
    const std::string named = R"(,"client":")" + client + "\"";
    must(R"("command":"register_client","category":"retail","residence":"CY")" + named);
    must(R"("command":"deposit","bank":"@trust","amount":"10000.00","currency":"EUR")" + named);
    must(R"("command":"accept_mandate","structure":"@p","document":")" + std::string(64, 'b') +
         "\"" + named);
    must(R"("command":"subscribe","structure":"@p","amount":"10000.00","request":")" + client +
         "-in\"" + named);
  }

  void end_month(const std::string& equity = "24000.00", const std::string& date = "2026-01-31") {
    const std::string at = date + "T22:00:00Z";
    must(R"("command":"record_valuation","structure":"@p","equity":")" + equity + "\"", at);
    must(R"("command":"rollover","structure":"@p","period_end":true,"trade_date":")" + date + "\"",
         at);
  }

  std::vector<core::Bytes> leaves() {
    std::vector<core::Bytes> out;
    const auto read = book_->read([&](const gateway::service::BookView& view) -> core::Result<> {
      TRY(view.log.read(0, view.size, [&](std::uint64_t, core::ByteView leaf) {
        out.emplace_back(leaf.begin(), leaf.end());
        return core::ok();
      }));
      return core::ok();
    });
    EXPECT_EQ(outcome(read), "a value");
    return out;
  }

  // Sequences of a kind's records, in order.
  std::vector<std::uint64_t> seqs_of(std::uint64_t kind) {
    std::vector<std::uint64_t> out;
    ledger::RecordView record;
    for (const core::Bytes& leaf : leaves()) {
      EXPECT_TRUE(ledger::decode_record(leaf, record).has_value());
      if (record.kind == kind) out.push_back(record.seq);
    }
    return out;
  }

 private:
  TempDir folder_;
  core::SystemClock clock_;  // Never read: a simulated book goes by its lines' `at`.
  std::unique_ptr<gateway::service::Book> book_;
  std::uint64_t submitted_ = 0;
};

}  // namespace tests
