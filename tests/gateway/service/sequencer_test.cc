#include "gateway/service/sequencer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/check.h"
#include "core/json.h"
#include "gateway/service/init.h"
#include "tests/support/held_writer.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::service {
namespace {

using tests::HeldWriter;

// So many commands of one client are decided before the next one's turn.
constexpr std::size_t kTurn = 256;

class SequencerTest : public testing::Test {
 protected:
  void SetUp() override {
    InitOptions options;
    options.folder = {dir.path().string()};
    options.origin = "ledger.example/test-book";
    options.simulated_seed = "sequencer";
    ASSERT_TRUE(init_book(options, clock).has_value());
    book = std::move(Book::open(options.folder, clock).value());
    sequencer = std::make_unique<Sequencer>(*book);
  }

  // Commands of a caller; each registers a client of its own.
  std::vector<Submission> commands(const std::string& caller, std::size_t count) {
    std::vector<Submission> out;
    const auto read = book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
      for (std::size_t i = 0; i < count; ++i) {
        const std::string id = caller + "-" + std::to_string(i);
        TRY(const auto line,
            core::json::parse(R"({"command":"register_client","actor":"@ops","client":"@)" + id +
                              R"(","category":"retail","residence":"CY","request_id":")" + id +
                              R"("})"));
        TRY(auto submission, read_submission(line, {}, store, ""));
        submission.client_id = caller;
        out.push_back(std::move(submission));
      }
      return core::ok();
    });
    CHECK(read);
    return out;
  }

  // How many were refused because the queue was full, and how many were recorded.
  struct Count {
    std::size_t queue_full = 0;
    std::size_t recorded = 0;
    bool operator==(const Count&) const = default;
  };
  Count count(const std::shared_ptr<Sequencer::Ticket>& ticket) {
    Count out;
    for (const ReceiptResult& answer : sequencer->answers(ticket)) {
      if (answer) ++out.recorded;
      if (!answer && answer.error().reason == "queue_full") {
        EXPECT_EQ(answer.error().code, core::Code::Unavailable);
        ++out.queue_full;
      }
    }
    return out;
  }

  tests::TempDir dir;
  core::SystemClock clock;  // Never read: a simulated book goes by its own time.
  std::unique_ptr<Book> book;
  std::unique_ptr<Sequencer> sequencer;
};

// Anything that can be queued; what becomes of it does not matter.
std::vector<Submission> empty_commands(const std::string& caller, std::size_t count) {
  std::vector<Submission> out(count);
  for (Submission& submission : out) submission.client_id = caller;
  return out;
}

TEST_F(SequencerTest, ACallersFullQueueRefusesNobodyElse) {
  const auto of_other = commands("other", 1);
  const auto of_greedy = commands("greedy", 1);
  HeldWriter held(*book);
  const auto most = sequencer->queue(empty_commands("greedy", kClientQueueMax));
  const auto beyond = sequencer->queue(of_greedy);
  const auto other = sequencer->queue(of_other);
  held.release();
  EXPECT_EQ(count(beyond), (Count{1, 0}));
  EXPECT_EQ(count(other), (Count{0, 1}));
  EXPECT_EQ(count(most).queue_full, 0u);
  // There is room again.
  EXPECT_EQ(count(sequencer->queue(of_greedy)), (Count{0, 1}));
}

TEST_F(SequencerTest, TheWholeQueueHasAnEndToo) {
  const auto late = commands("late", 1);
  HeldWriter held(*book);
  std::vector<std::shared_ptr<Sequencer::Ticket>> full;
  for (std::size_t i = 0; i < kQueueMax / kClientQueueMax; ++i) {
    full.push_back(
        sequencer->queue(empty_commands("caller-" + std::to_string(i), kClientQueueMax)));
  }
  const auto refused = sequencer->queue(late);
  held.release();
  EXPECT_EQ(count(refused), (Count{1, 0}));
  for (const auto& ticket : full) EXPECT_EQ(count(ticket).queue_full, 0u);
  EXPECT_EQ(count(sequencer->queue(late)), (Count{0, 1}));
}

// All or none, so that a caller can send the same request again.
TEST_F(SequencerTest, WhatDoesNotFitAsAWholeIsRefusedAsAWhole) {
  const auto two = commands("caller", 2);
  HeldWriter held(*book);
  const auto most = sequencer->queue(empty_commands("caller", kClientQueueMax - 1));
  const auto refused = sequencer->queue(two);
  held.release();
  EXPECT_EQ(count(refused), (Count{2, 0}));
  EXPECT_EQ(count(most).queue_full, 0u);
}

TEST_F(SequencerTest, CallersTakeTurns) {
  const auto of_greedy = commands("greedy", 3 * kTurn);
  const auto of_modest = commands("modest", 2);
  HeldWriter held(*book);
  const auto greedy = sequencer->queue(of_greedy);
  const auto modest = sequencer->queue(of_modest);
  held.release();
  const auto many = sequencer->answers(greedy);
  const auto few = sequencer->answers(modest);
  ASSERT_TRUE(std::ranges::all_of(many, [](const auto& one) { return one.has_value(); }));
  ASSERT_TRUE(few[0].has_value() && few[1].has_value());
  // After the greedy one's first turn, and before its second.
  EXPECT_GT(few[0].value().first_seq, many[kTurn - 1].value().first_seq);
  EXPECT_LT(few[1].value().first_seq, many[kTurn].value().first_seq);
  for (std::size_t i = 1; i < many.size(); ++i) {
    EXPECT_LT(many[i - 1].value().first_seq, many[i].value().first_seq);
  }
}

TEST_F(SequencerTest, TheEndAnswersWhatIsQueued) {
  const auto mine = commands("caller", 600);
  const auto others = commands("other", 1);
  HeldWriter held(*book);
  const auto first = sequencer->queue(mine);
  const auto second = sequencer->queue(others);
  std::thread end([this] { sequencer.reset(); });
  held.release();
  end.join();
  sequencer = std::make_unique<Sequencer>(*book);
  EXPECT_EQ(count(first), (Count{0, 600}));
  EXPECT_EQ(count(second), (Count{0, 1}));
}

}  // namespace
}  // namespace gateway::service
