#include <gtest/gtest.h>

#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

OfferTerms largest_first() {
  OfferTerms terms;
  terms.residual = Residual::LargestEquityFirst;
  return terms;
}

// The accounts of PFILL-01-alabama.
void add_alabama(Group& group) {
  group.add_account(1, 9);
  group.add_account(2, 37);
  group.add_account(3, 55);
}

TEST(RecordFill, PartsNeverTakeAStepBack) {
  Group group;
  add_alabama(group);
  ASSERT_EQ(group.accept(1, "1.01"), "done");
  ASSERT_EQ(group.fill(1, "a", "0.28"), "done");
  EXPECT_EQ(group.filled(1), "3 10 15");
  ASSERT_EQ(group.fill(1, "b", "0.01"), "done");
  EXPECT_EQ(group.filled(1), "3 10 16");
  ASSERT_EQ(group.last<FillAllocated>().size(), 1u);
  EXPECT_TRUE(group.last<FillAllocated>()[0].steps == 1);
  EXPECT_TRUE(group.last<FillAllocated>()[0].allocated_steps == 16);
  ASSERT_EQ(group.fill(1, "c", "0.72"), "done");
  EXPECT_EQ(group.filled(1), "9 37 55");
}

TEST(RecordFill, ManyFillsEndAsOneWould) {
  Group group;
  add_alabama(group);
  ASSERT_EQ(group.accept(1, "1.01"), "done");
  // Ties depend on the order's id, so one order is filled in two copies of the book.
  Group at_once;
  add_alabama(at_once);
  ASSERT_EQ(at_once.accept(1, "1.01"), "done");
  ASSERT_EQ(at_once.fill(1, "all", "0.77"), "done");
  for (int i = 0; i < 77; ++i) {
    ASSERT_EQ(group.fill(1, std::to_string(i), "0.01"), "done");
  }
  EXPECT_EQ(group.filled(1), at_once.filled(1));
}

TEST(RecordFill, PositionsMoveAgainstTheStreet) {
  Group group;
  group.add_account(1, 100);
  group.add_account(2, 300);
  ASSERT_EQ(group.accept(1, "1", Side::Buy), "done");
  ASSERT_EQ(group.fill(1, "a", "1"), "done");
  EXPECT_TRUE(group.position(1) == 25'000'000);
  EXPECT_TRUE(group.position(2) == 75'000'000);
  EXPECT_TRUE(group.balance(accounts::street(1), "LOT.S1") == -100'000'000);
  ASSERT_EQ(group.accept(2, "2", Side::Sell), "done");
  ASSERT_EQ(group.fill(2, "a", "2"), "done");
  EXPECT_TRUE(group.position(1) == -25'000'000);
  EXPECT_TRUE(group.position(2) == -75'000'000);
}

TEST(RecordFill, ItIsRefusedTwiceBeyondTheOrderAndBetweenSteps) {
  Group group;
  group.add_account(1, 100);
  EXPECT_EQ(group.fill(1, "a", "0.5"), "NotFound/unknown_order");
  ASSERT_EQ(group.accept(1, "1"), "done");
  ASSERT_EQ(group.fill(1, "a", "0.5"), "done");
  EXPECT_EQ(group.fill(1, "a", "0.5"), "Conflict/duplicate_fill");
  EXPECT_EQ(group.fill(1, "b", "0.51"), "Conflict/overfill");
  EXPECT_EQ(group.fill(1, "b", "0.005"), "InvalidInput/lot_step");
  EXPECT_EQ(group.fill(1, "b", "0"), "InvalidInput/not_positive");
  EXPECT_EQ(group.fill(1, "b", "-0.1", true), "InvalidInput/not_positive");
  EXPECT_EQ(group.fill(1, "", "0.5"), "InvalidInput/fill");
  EXPECT_EQ(group.fill(1, std::string(65, 'x'), "0.5"), "InvalidInput/fill");
  EXPECT_EQ(group.fill(1, "b", "0.5"), "done");
}

TEST(RecordFill, NothingFollowsTheFinalFill) {
  Group group;
  group.add_account(1, 100);
  ASSERT_EQ(group.accept(1, "1"), "done");
  ASSERT_EQ(group.fill(1, "a", "0.5"), "done");
  EXPECT_FALSE(group.last<FillRecorded>().at(0).final);
  // The rest was cancelled.
  ASSERT_EQ(group.fill(1, "end", "0", true), "done");
  ASSERT_EQ(group.last<FillAllocated>().size(), 1u);
  EXPECT_TRUE(group.last<FillAllocated>()[0].steps == 0);
  EXPECT_TRUE(group.last<FillAllocated>()[0].completed.has_value());
  EXPECT_EQ(group.fill(1, "end again", "0", true), "Conflict/order_final");

  ASSERT_EQ(group.accept(2, "1"), "done");
  ASSERT_EQ(group.fill(2, "a", "1"), "done");
  EXPECT_TRUE(group.last<FillRecorded>().at(0).final);  // Complete, whether it was said or not.
  EXPECT_EQ(group.fill(2, "b", "0.01"), "Conflict/order_final");
}

TEST(RecordFill, LargestEquityFirstIsSharedWithTheFinalFillOnly) {
  Group group(largest_first());
  group.add_account(1, 10'000);
  group.add_account(2, 7'000);
  group.add_account(3, 2'000);
  ASSERT_EQ(group.accept(1, "10"), "done");
  ASSERT_EQ(group.fill(1, "a", "4"), "done");
  EXPECT_EQ(group.filled(1), "0 0 0");
  EXPECT_EQ(group.close(1, "c", "1"), "Conflict/not_allocated");
  ASSERT_EQ(group.fill(1, "b", "6"), "done");
  EXPECT_EQ(group.filled(1), "527 368 105");
  EXPECT_EQ(group.open_steps(1), "527 368 105");
}

TEST(RecordFill, LargestEquityFirstIsSharedWhenTheRestIsCancelled) {
  Group group(largest_first());
  group.add_account(1, 100);
  group.add_account(2, 100);
  ASSERT_EQ(group.accept(1, "1"), "done");
  ASSERT_EQ(group.fill(1, "a", "0.4"), "done");
  ASSERT_EQ(group.fill(1, "end", "0", true), "done");
  EXPECT_EQ(group.filled(1), "20 20");
}

}  // namespace
}  // namespace engine::mam
