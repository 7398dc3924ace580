#include "gateway/bench/recorder.h"

#include <gtest/gtest.h>

#include "gateway/bench/leaves.h"
#include "gateway/service/init.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::bench {
namespace {

TEST(Recorder, TellsTheGroupsThatTheBookWrote) {
  const tests::TempDir folder;
  core::SystemClock clock;
  auto book = make_book((folder.path() / "book").string(), clock);
  ASSERT_TRUE(book) << core::to_string(book.error());
  const auto recorded = record_entries(*book.value(), Entries(), {0, 25, 20});
  ASSERT_TRUE(recorded) << core::to_string(recorded.error());
  EXPECT_EQ(recorded.value().records, 50u);
  const std::uint64_t first = recorded.value().first_seq;
  EXPECT_EQ(recorded.value().group_ends,
            (std::vector<std::uint64_t>{first + 20, first + 40, first + 50}));
  EXPECT_EQ(recorded.value().group_micros.count(), 3u);
}

TEST(Recorder, ARefusedEntryIsAnErrorAndNotAFigure) {
  const tests::TempDir folder;
  core::SystemClock clock;
  service::InitOptions options;
  options.folder.root = (folder.path() / "book").string();
  options.origin = "ledger.example/bench";
  options.profile = "offshore";
  ASSERT_TRUE(service::init_book(options, clock));
  auto book = service::Book::open(options.folder, clock);
  ASSERT_TRUE(book) << core::to_string(book.error());
  // Nobody has opened the accounts.
  const auto recorded = record_entries(*book.value(), Entries(), {0, 25, 20});
  ASSERT_FALSE(recorded);
  EXPECT_EQ(recorded.error().reason, "unknown_account");
}

TEST(Leaves, AreHandedOverInTheGroupsAskedFor) {
  const tests::TempDir folder;
  core::SystemClock clock;
  auto book = make_book((folder.path() / "book").string(), clock);
  ASSERT_TRUE(book) << core::to_string(book.error());
  std::vector<std::size_t> counts;
  const auto read = book.value()->read([&](const service::BookView& view) {
    return for_each_stretch(view.log, 1, even_groups(1, view.size, 30),
                            [&](std::span<const ledger::LeafGroup> groups) {
                              for (const auto& group : groups) counts.push_back(group.count());
                              return core::ok();
                            });
  });
  ASSERT_TRUE(read) << core::to_string(read.error());
  std::size_t sum = 0;
  for (const std::size_t count : counts) sum += count;
  const auto size = size_of(*book.value());
  ASSERT_TRUE(size);
  EXPECT_EQ(sum, size.value() - 1);
  EXPECT_EQ(counts.front(), 30u);
}

}  // namespace
}  // namespace gateway::bench
