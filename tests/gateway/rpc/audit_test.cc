#include <gtest/gtest.h>

#include <filesystem>

#include "tests/gateway/rpc/served_book.h"

namespace {

using tests::kBook;
using tests::kToken;

// A second server of the same book, whose readings are put down.
class Audited : public tests::ServedBook {
 protected:
  void SetUp() override {
    prepare();
    const auto& folder = book_->folder();
    ASSERT_TRUE(gateway::service::make_access_log(folder, book_->genesis(), clock_).has_value());
    log_ = gateway::access::AccessLog::open(folder, clock_).value();
    auto options = server_options();
    options.access = log_.get();
    options.caller.actor = core::PartyId{{5}};
    audited_ = gateway::rpc::Server::start(options, *book_, *sequencer_).value();
    anna_ = core::to_hex(book_->find_reference("@anna").value());
  }
  void TearDown() override { audited_->stop(); }
  tests::RpcClient reader() const { return tests::RpcClient(audited_->port()); }
  std::vector<engine::RecordRead> readings() {
    std::vector<engine::RecordRead> out;
    const auto read = gateway::spool::read_spool(
        log_->spool().path(), [&](gateway::spool::Entry entry) -> core::Result<bool> {
          out.push_back(core::from_cbor<engine::RecordRead>(entry.payload).value());
          return true;
        });
    EXPECT_TRUE(read.has_value());
    return out;
  }

  std::unique_ptr<gateway::access::AccessLog> log_;
  std::unique_ptr<gateway::rpc::Server> audited_;
  std::string anna_;
};

TEST_F(Audited, EachQuestionIsPutDownBeforeItIsAnswered) {
  tally::rpc::HistoryQuery query;
  query.subject = "@anna";
  tally::rpc::HistoryPage page;
  reader()->get_history(page, kToken, kBook, query);
  tally::rpc::Record record;
  reader()->get_record(record, kToken, kBook, 0);
  tally::rpc::Balances balances;
  reader()->get_balances(balances, kToken, kBook, "liabilities:cm:client:@anna", "", "");
  tally::rpc::TrialBalance trial;
  reader()->get_trial_balance(trial, kToken, kBook, "", "");
  tally::rpc::Checkpoint checkpoint;
  reader()->get_checkpoint(checkpoint, kToken, kBook);
  const auto put_down = readings();
  ASSERT_EQ(put_down.size(), 4u);  // A checkpoint shows nobody.
  EXPECT_EQ(put_down[0].reading.question, "get_history");
  EXPECT_EQ(put_down[0].reading.query, "limit=0&subject=" + anna_);
  EXPECT_EQ(put_down[0].reading.records, page.records_json.size());
  EXPECT_EQ(put_down[0].reading.face, engine::Face::Thrift);
  EXPECT_EQ(put_down[0].reading.actor, (core::PartyId{{5}}));
  ASSERT_EQ(put_down[0].shown.size(), 1u);
  EXPECT_EQ(put_down[0].shown[0].hex(), anna_);
  EXPECT_TRUE(put_down[1].shown.empty());  // Record 0 concerns nobody.
  EXPECT_EQ(put_down[2].shown.size(), 1u);
}

TEST_F(Audited, ADryRunShowsSomebody) {
  auto dry = deposit("d-1", "5.00");
  dry.__set_dry_run(true);
  std::vector<tally::rpc::SubmitResult> results;
  dry.__isset.actor = false;  // The token says who.
  reader()->submit(results, kToken, kBook, {dry});
  ASSERT_EQ(results.size(), 1u);
  ASSERT_TRUE(results[0].__isset.preview_json) << tests::text(results[0]);
  const auto put_down = readings();
  ASSERT_EQ(put_down.size(), 1u);
  EXPECT_EQ(put_down[0].reading.query, "dry_run=true");
  ASSERT_EQ(put_down[0].shown.size(), 1u);
  EXPECT_EQ(put_down[0].shown[0].hex(), anna_);
}

TEST_F(Audited, WithoutAnEntryThereIsNoAnswer) {
  std::filesystem::remove(log_->spool().path());
  tally::rpc::Record record;
  const auto refused = tests::refusal([&] { reader()->get_record(record, kToken, kBook, 1); });
  EXPECT_TRUE(refused.starts_with("Unavailable/access_log")) << refused;
  EXPECT_TRUE(record.leaf.empty());
}

}  // namespace
