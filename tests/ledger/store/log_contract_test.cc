#include <gtest/gtest.h>

#include <functional>

#include "ledger/log.h"
#include "ledger/store/rocks_log.h"
#include "tests/support/faulty_log.h"
#include "tests/support/leaves.h"
#include "tests/support/temp_dir.h"

namespace ledger::store {
namespace {

using tests::FaultyLog;
using tests::leaves_of;
using tests::read_out;

// One implementation: how to make its log in a folder, and how to find the same log again.
struct Subject {
  const char* name;
  std::unique_ptr<Log> (*make)(const std::string& path);
  std::unique_ptr<Log> (*make_again)(const std::string& path, std::unique_ptr<Log> log);
};

std::unique_ptr<Log> make_rocks(const std::string& path) {
  return open_rocks_log({.path = path, .create = true}).value();
}

const Subject kMemory{"Memory", [](const std::string&) { return make_memory_log(); },
                      [](const std::string&, std::unique_ptr<Log> log) { return log; }};
const Subject kRocks{"Rocks", make_rocks, [](const std::string& path, std::unique_ptr<Log> log) {
                       log.reset();
                       return open_rocks_log({.path = path}).value();
                     }};

class LogContract : public testing::TestWithParam<Subject> {
 protected:
  void reopen() { log = GetParam().make_again(path, std::move(log)); }

  void append(std::uint64_t end) {
    const LogState now = log->state().value();
    ASSERT_EQ(log->append(now.size, now.epoch, leaves_of(now.size, end)), AppendOutcome::Durable);
  }

  tests::TempDir folder;
  std::string path = folder / "store";
  std::unique_ptr<Log> log = GetParam().make(path);
};

INSTANTIATE_TEST_SUITE_P(EveryLog, LogContract, testing::Values(kMemory, kRocks),
                         [](const auto& subject) { return std::string(subject.param.name); });

TEST_P(LogContract, NewLogIsEmpty) {
  const Tenure tenure = log->open("test").value();
  EXPECT_EQ(tenure.epoch, 1u);
  EXPECT_EQ(tenure.size, 0u);
  EXPECT_EQ(log->state().value().size, 0u);
  EXPECT_TRUE(read_out(*log, 0, 0).outcome.has_value());
}

TEST_P(LogContract, AppendedLeavesAreReadBackInOrder) {
  ASSERT_TRUE(log->open("test").has_value());
  for (const std::uint64_t end : {1u, 2u, 250u, 270u, 1000u, 1001u}) append(end);

  const auto all = read_out(*log, 0, 1001);
  ASSERT_TRUE(all.outcome.has_value());
  EXPECT_EQ(all.leaves, leaves_of(0, 1001));
  EXPECT_EQ(all.outcome.value().size, 1001u);
  EXPECT_EQ(all.outcome.value().epoch, 1u);
}

TEST_P(LogContract, EveryRangeIsReadExactly) {
  ASSERT_TRUE(log->open("test").has_value());
  for (const std::uint64_t end : {3u, 250u, 270u, 515u}) append(end);
  for (const std::uint64_t first : {0u, 2u, 3u, 249u, 250u, 255u, 256u, 300u, 514u, 515u}) {
    for (const std::uint64_t end : {3u, 250u, 256u, 257u, 400u, 512u, 515u}) {
      if (first > end) continue;
      const auto range = read_out(*log, first, end);
      ASSERT_TRUE(range.outcome.has_value()) << first << " to " << end;
      EXPECT_EQ(range.leaves, leaves_of(first, end)) << first << " to " << end;
    }
  }
}

TEST_P(LogContract, RangeBeyondTheEndIsRefused) {
  ASSERT_TRUE(log->open("test").has_value());
  append(5);
  EXPECT_EQ(read_out(*log, 0, 6).outcome.error().reason, "range");
  EXPECT_EQ(read_out(*log, 6, 6).outcome.error().reason, "range");
  EXPECT_EQ(read_out(*log, 4, 3).outcome.error().reason, "range");
  EXPECT_EQ(read_out(*log, 4, 3).outcome.error().code, core::Code::InvalidInput);
}

TEST_P(LogContract, VisitorsErrorEndsTheReadAndIsReturned) {
  ASSERT_TRUE(log->open("test").has_value());
  append(300);
  int visits = 0;
  const auto outcome = log->read(0, 300, [&](std::uint64_t seq, core::ByteView) -> core::Result<> {
    ++visits;
    if (seq == 7) return core::invalid("enough", "", "");
    return core::ok();
  });
  EXPECT_EQ(outcome.error().reason, "enough");
  EXPECT_EQ(visits, 8);
}

TEST_P(LogContract, VisitorMayReadTheLogItself) {
  ASSERT_TRUE(log->open("test").has_value());
  append(300);
  const auto outcome = log->read(0, 300, [&](std::uint64_t seq, core::ByteView) -> core::Result<> {
    const auto inner = read_out(*log, 299 - seq, 300 - seq);
    EXPECT_EQ(inner.leaves, leaves_of(299 - seq, 300 - seq));
    return core::ok();
  });
  EXPECT_TRUE(outcome.has_value());
}

TEST_P(LogContract, WrongSizeIsAConflictAndWritesNothing) {
  const Tenure tenure = log->open("test").value();
  append(5);
  EXPECT_EQ(log->append(4, tenure.epoch, leaves_of(4, 5)), AppendOutcome::Conflict);
  EXPECT_EQ(log->append(6, tenure.epoch, leaves_of(6, 7)), AppendOutcome::Conflict);
  EXPECT_EQ(log->append(4, tenure.epoch, {}), AppendOutcome::Conflict);
  EXPECT_EQ(log->state().value().size, 5u);
  EXPECT_EQ(read_out(*log, 0, 5).leaves, leaves_of(0, 5));
}

TEST_P(LogContract, LaterOpenFencesTheEarlierHolder) {
  const Tenure first = log->open("first").value();
  append(2);
  const Tenure second = log->open("second").value();
  EXPECT_GT(second.epoch, first.epoch);
  EXPECT_EQ(second.size, 2u);
  EXPECT_EQ(log->append(2, first.epoch, leaves_of(2, 3)), AppendOutcome::Conflict);
  EXPECT_EQ(log->append(2, second.epoch + 1, leaves_of(2, 3)), AppendOutcome::Conflict);
  EXPECT_EQ(log->append(2, second.epoch, leaves_of(2, 3)), AppendOutcome::Durable);
}

TEST_P(LogContract, NothingIsAppendedBeforeOpen) {
  EXPECT_EQ(log->append(0, 0, leaves_of(0, 1)), AppendOutcome::Conflict);
  EXPECT_EQ(log->state().value().size, 0u);
}

TEST_P(LogContract, EmptyGroupWritesNothing) {
  const Tenure tenure = log->open("test").value();
  append(5);
  EXPECT_EQ(log->append(5, tenure.epoch, {}), AppendOutcome::Durable);
  EXPECT_EQ(log->append(5, tenure.epoch - 1, {}), AppendOutcome::Conflict);
  EXPECT_EQ(log->state().value().size, 5u);
}

TEST_P(LogContract, GroupAtTheLimitsIsTaken) {
  const Tenure tenure = log->open("test").value();
  // As many records as a group may have, as many bytes, and the longest and the shortest record.
  constexpr std::size_t kOthers = kGroupRecordsMax - 2;
  constexpr std::size_t kRest = kGroupBytesMax - kRecordBytesMax;
  std::vector<core::Bytes> group(kGroupRecordsMax, core::Bytes(kRest / kOthers, 'x'));
  group[0].assign(kRecordBytesMax, 'y');
  group[1].clear();
  group[2].insert(group[2].end(), kRest % kOthers, 'z');
  ASSERT_TRUE(fits_one_group(LeafGroup(group)));
  ASSERT_EQ(log->append(0, tenure.epoch, group), AppendOutcome::Durable);
  EXPECT_EQ(read_out(*log, 0, kGroupRecordsMax).leaves, group);
  group[2].push_back('z');
  EXPECT_FALSE(fits_one_group(LeafGroup(group)));
}

TEST_P(LogContract, ReopenKeepsEveryLeafAndMintsALaterEpoch) {
  const Tenure before = log->open("before").value();
  for (const std::uint64_t end : {10u, 300u, 700u}) append(end);
  reopen();
  EXPECT_EQ(log->state().value().size, 700u);
  EXPECT_EQ(log->state().value().epoch, before.epoch);
  const Tenure after = log->open("after").value();
  EXPECT_GT(after.epoch, before.epoch);
  EXPECT_EQ(after.size, 700u);
  append(900);
  EXPECT_EQ(read_out(*log, 0, 900).leaves, leaves_of(0, 900));
}

// The journal's way after Unknown: open, then compare what is there with what was sent.
TEST_P(LogContract, UnknownThatLandedIsFoundByOpen) {
  FaultyLog faulty(std::move(log));
  const Tenure tenure = faulty.open("test").value();
  ASSERT_EQ(faulty.append(0, tenure.epoch, leaves_of(0, 4)), AppendOutcome::Durable);
  faulty.inject(tests::Fault::UnknownLanded);
  ASSERT_EQ(faulty.append(4, tenure.epoch, leaves_of(4, 9)), AppendOutcome::Unknown);

  EXPECT_EQ(faulty.state().error().reason, "outcome_unknown");
  EXPECT_EQ(read_out(faulty, 0, 4).leaves, leaves_of(0, 4));
  EXPECT_EQ(read_out(faulty, 0, 5).outcome.error().reason, "range");
  EXPECT_EQ(faulty.append(9, tenure.epoch, leaves_of(9, 10)), AppendOutcome::Conflict);
  const Tenure again = faulty.open("test").value();
  EXPECT_EQ(again.size, 9u);
  EXPECT_EQ(read_out(faulty, 0, 9).leaves, leaves_of(0, 9));
}

TEST_P(LogContract, UnknownThatDidNotLandLeavesTheSize) {
  FaultyLog faulty(std::move(log));
  const Tenure tenure = faulty.open("test").value();
  faulty.inject(tests::Fault::UnknownNotLanded, 1);
  ASSERT_EQ(faulty.append(0, tenure.epoch, leaves_of(0, 4)), AppendOutcome::Durable);
  ASSERT_EQ(faulty.append(4, tenure.epoch, leaves_of(4, 9)), AppendOutcome::Unknown);

  const Tenure again = faulty.open("test").value();
  EXPECT_EQ(again.size, 4u);
  EXPECT_GT(again.epoch, tenure.epoch);
  EXPECT_EQ(faulty.append(4, again.epoch, leaves_of(4, 6)), AppendOutcome::Durable);
  EXPECT_EQ(read_out(faulty, 0, 6).leaves, leaves_of(0, 6));
}

// Apart from the suite, because a death test leaves its temporary folder behind.
TEST(MemoryLog, GroupBeyondTheLimitsIsOurBug) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  const auto log = make_memory_log();
  const Tenure tenure = log->open("test").value();
  const std::vector<core::Bytes> too_many(kGroupRecordsMax + 1);
  EXPECT_FALSE(fits_one_group(LeafGroup(too_many)));
  EXPECT_DEATH(LeafGroup().add(core::Bytes(kRecordBytesMax + 1)), "kRecordBytesMax");
  EXPECT_FALSE(
      fits_one_group(LeafGroup(std::vector<core::Bytes>(65, core::Bytes(kRecordBytesMax)))));
  EXPECT_DEATH(log->append(0, tenure.epoch, too_many), "fits_one_group");
}

}  // namespace
}  // namespace ledger::store
