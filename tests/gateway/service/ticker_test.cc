#include "gateway/service/ticker.h"

#include <gtest/gtest.h>

#include "core/json.h"
#include "gateway/service/init.h"
#include "tests/support/hand_clock.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::service {
namespace {

class TickerTest : public testing::Test {
 protected:
  void SetUp() override {
    InitOptions options;
    options.folder = {dir.path().string()};
    options.origin = "ledger.example/test-book";
    ASSERT_TRUE(init_book(options, clock).has_value());
    book = std::move(Book::open(options.folder, clock).value());
    sequencer = std::make_unique<Sequencer>(*book);
  }

  std::string submit(const std::string& line) {
    std::vector<Submission> one;
    const auto read = book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
      TRY(const auto value, core::json::parse(line));
      TRY(auto submission, read_submission(value, {}, store, "r-" + std::to_string(++requests)));
      one.push_back(std::move(submission));
      return store.save();
    });
    if (!read) return tests::outcome(read);
    return tests::outcome(sequencer->submit(std::move(one)).front());
  }
  std::uint64_t size() const { return book->durable_size(); }

  tests::TempDir dir;
  tests::HandClock clock;
  std::unique_ptr<Book> book;
  std::unique_ptr<Sequencer> sequencer;
  int requests = 0;
};

TEST_F(TickerTest, TicksOnceWhenSomethingHasExpiredAndNotOtherwise) {
  Ticker ticker(*book, *sequencer, clock, core::PartyId{{7}});
  ASSERT_EQ(submit(R"({"command":"open_accounts","actor":"@ops","approver":"@chief",
      "accounts":["assets:house:till"]})"),
            "a value");
  ASSERT_EQ(submit(R"({"command":"post_entry","actor":"@ops","approver":"@chief","postings":[
      {"account":"assets:house:till","commodity":"EUR","amount":"5.00"},
      {"account":"equity:house:capital","commodity":"EUR","amount":"-5.00"}]})"),
            "a value");
  ASSERT_EQ(submit(R"({"command":"reserve","actor":"@ops","approver":"@chief","reservation":"@r",
      "debit":"equity:house:capital","credit":"assets:house:till","commodity":"EUR",
      "amount":"2.00","hold":"credit","expires_at":"2026-01-05T09:00:00Z"})"),
            "a value");
  const std::uint64_t before = size();
  EXPECT_FALSE(ticker.tick());
  EXPECT_EQ(size(), before);
  clock.set("2026-01-05T09:00:00Z");
  EXPECT_TRUE(ticker.tick());
  EXPECT_EQ(size(), before + 2);
  EXPECT_FALSE(ticker.tick());
  EXPECT_EQ(size(), before + 2);
}

TEST_F(TickerTest, CommitsToTheSubjectsOnceADayIfAnythingIsNew) {
  Ticker ticker(*book, *sequencer, clock, core::PartyId{{7}});
  const std::uint64_t before = size();
  // The clock was set back: nothing is recorded, and whoever asks is told.
  clock.set("2026-01-04T08:00:00Z");
  EXPECT_EQ(tests::outcome(ticker.commit_index()), "Unavailable/clock_fault");
  EXPECT_EQ(size(), before);
  clock.set("2026-01-05T08:00:01Z");
  EXPECT_EQ(ticker.commit_index().value(), true);
  EXPECT_EQ(size(), before + 2);
  EXPECT_EQ(ticker.commit_index().value(), false);
  clock.set("2026-01-06T00:00:00Z");
  EXPECT_EQ(ticker.commit_index().value(), false);  // Nothing new.
  ASSERT_EQ(submit(R"({"command":"open_accounts","actor":"@ops","approver":"@chief",
      "accounts":["assets:house:till"]})"),
            "a value");
  EXPECT_EQ(ticker.commit_index().value(), true);
  EXPECT_EQ(ticker.commit_index().value(), false);
  // A period that is closed gets one on the same day.
  ASSERT_EQ(submit(R"({"command":"close_period","actor":"@ops","approver":"@chief",
      "until":"2026-01-06T00:00:00Z"})"),
            "a value");
  EXPECT_EQ(ticker.commit_index().value(), true);
  EXPECT_EQ(ticker.commit_index().value(), false);
}

TEST_F(TickerTest, EndsProposalsThatAreOver) {
  Ticker ticker(*book, *sequencer, clock, core::PartyId{{7}});
  ASSERT_EQ(submit(R"({"command":"propose","actor":"@ops","proposal":"@p",
      "valid_until":"2026-01-05T09:00:00Z","proposed":{"command":"open_accounts",
      "accounts":["assets:house:till"]}})"),
            "a value");
  EXPECT_FALSE(ticker.tick());
  clock.set("2026-01-05T09:00:00Z");
  EXPECT_TRUE(ticker.tick());
  EXPECT_FALSE(ticker.tick());
}

}  // namespace
}  // namespace gateway::service
