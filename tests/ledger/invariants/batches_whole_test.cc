#include "ledger/invariants/batches_whole.h"

#include <gtest/gtest.h>

#include "ledger/bodies.h"
#include "tests/support/outcome.h"

namespace ledger::invariants {
namespace {

constexpr std::uint64_t kEffect = 1000;

RecordView record(std::uint64_t seq, BatchPlace batch, std::uint64_t kind,
                  std::int64_t recorded_at) {
  RecordView view;
  view.seq = seq;
  view.batch = batch;
  view.kind = kind;
  view.recorded_at = {recorded_at};
  return view;
}

class BatchesWholeTest : public testing::Test {
 protected:
  std::string check(const RecordView& view) { return tests::outcome(law.check(view)); }
  // The genesis, at time 10, and the first two records of a batch of three, at time 20.
  void begin() {
    ASSERT_EQ(check(record(0, {0, 0, 1}, kGenesis, 10)), "a value");
    ASSERT_EQ(check(record(1, {1, 0, 3}, kCommand, 20)), "a value");
    ASSERT_EQ(check(record(2, {1, 1, 3}, kEffect, 20)), "a value");
  }

  BatchesWhole law;
};

TEST_F(BatchesWholeTest, AnUnbrokenRunPasses) {
  begin();
  EXPECT_TRUE(law.open());
  EXPECT_EQ(law.first_seq(), 1u);
  EXPECT_EQ(check(record(3, {1, 2, 3}, kEffect, 20)), "a value");
  EXPECT_FALSE(law.open());
  EXPECT_EQ(check(record(4, {4, 0, 1}, kCommand, 21)), "a value");
  EXPECT_FALSE(law.open());
}

TEST_F(BatchesWholeTest, TheGenesisMayHaveEffects) {
  EXPECT_EQ(check(record(0, {0, 0, 2}, kGenesis, 10)), "a value");
  EXPECT_TRUE(law.open());
  EXPECT_EQ(check(record(1, {0, 1, 2}, kAccountsOpened, 10)), "a value");
  EXPECT_FALSE(law.open());
}

TEST_F(BatchesWholeTest, TheFirstRecordIsTheGenesis) {
  EXPECT_EQ(check(record(0, {0, 0, 1}, kCommand, 10)), "Corrupt/batch");
  EXPECT_EQ(check(record(0, {0, 0, 1}, kEffect, 10)), "Corrupt/batch");
}

TEST_F(BatchesWholeTest, ABatchStartsWithItsCommand) {
  ASSERT_EQ(check(record(0, {0, 0, 1}, kGenesis, 10)), "a value");
  EXPECT_EQ(check(record(1, {1, 0, 1}, kEffect, 20)), "Corrupt/batch");
  EXPECT_EQ(check(record(1, {1, 0, 1}, kGenesis, 20)), "Corrupt/batch");
}

TEST_F(BatchesWholeTest, ABatchStartsAtIndexZeroWithItsOwnSequence) {
  ASSERT_EQ(check(record(0, {0, 0, 1}, kGenesis, 10)), "a value");
  EXPECT_EQ(check(record(1, {1, 1, 2}, kCommand, 20)), "Corrupt/batch");
  EXPECT_EQ(check(record(1, {0, 0, 2}, kCommand, 20)), "Corrupt/batch");
  EXPECT_EQ(check(record(1, {2, 0, 2}, kCommand, 20)), "Corrupt/batch");
  EXPECT_EQ(check(record(1, {1, 0, 0}, kCommand, 20)), "Corrupt/batch");
}

TEST_F(BatchesWholeTest, ABrokenRunIsRefusedAndNamesTheSequence) {
  begin();
  const auto refused = law.check(record(3, {3, 0, 1}, kCommand, 21));
  EXPECT_EQ(tests::outcome(refused), "Corrupt/batch");
  EXPECT_EQ(refused.error().at, "seq 3");
}

TEST_F(BatchesWholeTest, AnotherPlaceInTheBatchIsRefused) {
  for (const BatchPlace& place :
       {BatchPlace{1, 1, 3}, BatchPlace{1, 3, 3}, BatchPlace{1, 2, 4}, BatchPlace{2, 2, 3}}) {
    SCOPED_TRACE(place.index);
    law = {};
    begin();
    EXPECT_EQ(check(record(3, place, kEffect, 20)), "Corrupt/batch");
  }
}

TEST_F(BatchesWholeTest, ACommandInsideABatchIsRefused) {
  begin();
  EXPECT_EQ(check(record(3, {1, 2, 3}, kCommand, 20)), "Corrupt/batch");
}

TEST_F(BatchesWholeTest, AGenesisInsideABatchIsRefused) {
  begin();
  EXPECT_EQ(check(record(3, {1, 2, 3}, kGenesis, 20)), "Corrupt/batch");
}

TEST_F(BatchesWholeTest, AnotherTimeInsideABatchIsRefused) {
  begin();
  EXPECT_EQ(check(record(3, {1, 2, 3}, kEffect, 21)), "Corrupt/batch");
}

TEST_F(BatchesWholeTest, TimeGoesOnFromBatchToBatch) {
  ASSERT_EQ(check(record(0, {0, 0, 1}, kGenesis, 10)), "a value");
  EXPECT_EQ(check(record(1, {1, 0, 1}, kCommand, 10)), "Corrupt/batch");
  EXPECT_EQ(check(record(1, {1, 0, 1}, kCommand, 9)), "Corrupt/batch");
  EXPECT_EQ(check(record(1, {1, 0, 1}, kCommand, 11)), "a value");
}

TEST_F(BatchesWholeTest, AGenesisMayBeBefore1970) {
  EXPECT_EQ(check(record(0, {0, 0, 1}, kGenesis, -5)), "a value");
  EXPECT_EQ(check(record(1, {1, 0, 1}, kCommand, -5)), "Corrupt/batch");
  EXPECT_EQ(check(record(1, {1, 0, 1}, kCommand, -4)), "a value");
}

}  // namespace
}  // namespace ledger::invariants
