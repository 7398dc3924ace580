#include "engine/copy/lineage.h"

#include <gtest/gtest.h>

#include "tests/engine/copy/copying.h"

namespace engine::copy {
namespace {

using tests::decimal;

// Complaint: the second partial close is not copied, or what is left is wrong.
TEST(PartialCloses, EachAsksForItsCumulativePart) {
  Copying book;
  book.add_copier(1, 1'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "f", "0.1"), "done");
  // Of 0.10 a third is kept as 0.07, two thirds closed as 0.04 left: rounded up to a step.
  ASSERT_EQ(book.sell("s2", "0.33"), "done");
  EXPECT_EQ(book.asked(), "0.03");
  ASSERT_EQ(book.sell("s3", "0.33"), "done");
  EXPECT_EQ(book.asked(), "0.03");
  ASSERT_EQ(book.sell("s4", "0.34"), "done");
  EXPECT_EQ(book.asked(), "0.04");
  EXPECT_TRUE(book.copy(1, "s1").asked == book.copy(1, "s1").filled);
}

TEST(PartialCloses, TheLastOneClosesEverything) {
  Copying book;
  book.add_copier(1, 100);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "f", "0.01"), "done");
  ASSERT_EQ(book.sell("s2", "0.99"), "done");
  EXPECT_EQ(book.asked(), "");
  ASSERT_EQ(book.sell("s3", "0.01"), "done");
  EXPECT_EQ(book.asked(), "0.01");
  ASSERT_EQ(book.close(1, "s3", "c", "0.01", "-1"), "done");
  EXPECT_EQ(book.position(1), "0");
  EXPECT_TRUE(book.balance(accounts::street(1), "LOT.S1") == 0);
}

// 1.00, of it 0.5 closed, 2.00 added at another equity, then 1.25 of 2.5 closed: half of what each
// copy may hold by then.
TEST(PartialCloses, AdditionsInBetweenKeepTheirOwnPart) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "f1", "1"), "done");
  ASSERT_EQ(book.sell("s2", "0.5"), "done");
  EXPECT_EQ(book.asked(), "0.5");
  ASSERT_EQ(book.value_master("40000"), "done");
  ASSERT_EQ(book.buy("s3", "2"), "done");
  EXPECT_EQ(book.last<SignalRecorded>()[0].kind, SignalKind::Add);
  EXPECT_EQ(book.last<SignalRecorded>()[0].lineage, "s1");
  EXPECT_EQ(book.sized(), "0.5");
  ASSERT_EQ(book.fill(1, "s3", "f2", "0.5"), "done");
  ASSERT_EQ(book.sell("s4", "1.25"), "done");  // 0.5 and 0.5 are held: a half of each stays.
  EXPECT_EQ(book.asked(), "0.5");
  ASSERT_EQ(book.sell("s5", "1.25"), "done");
  EXPECT_EQ(book.asked(), "0.5");
}

TEST(PartialCloses, LateFillsEndWhereTimelyOnesWould) {
  Copying book;
  book.add_copier(1, 10'000);
  book.add_copier(2, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.fill(2, "s1", "a", "0.4"), "done");
  ASSERT_EQ(book.sell("s2", "0.5"), "done");
  EXPECT_EQ(book.asked(), "0.5");  // Of the first: the second holds less than its half.
  ASSERT_EQ(book.fill(2, "s1", "b", "0.6"), "done");
  EXPECT_FALSE(book.last<CopyFilled>()[0].late);
  EXPECT_EQ(book.asked(), "0.5");
  EXPECT_TRUE(book.copy(1, "s1").asked == book.copy(2, "s1").asked);
}

TEST(PartialCloses, WhatWasRejectedCountsNoMore) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "0.4"), "done");
  ASSERT_EQ(book.sell("s2", "0.5"), "done");
  EXPECT_EQ(book.asked(), "");
  ASSERT_EQ(book.reject(1, "s1"), "done");
  EXPECT_EQ(book.asked(), "0.2");
}

TEST(KeptVolume, TwentyRoundsOfAddingAndReducingStayExact) {
  // Each round keeps 6/7, 10/11, 12/13 and 16/17 in turn: no 128 bits hold the fraction.
  std::vector<Reduction> reductions;
  for (int i = 0; i < 20; ++i) {
    for (const core::Minor from : {7, 11, 13, 17}) reductions.push_back({from, from - 1});
  }
  Copy copy;
  copy.orders["s"].sized = 1'000'000'000;
  copy.orders["s"].ordered = 1'000'000'000;
  // Python: ceil(1000 * (6/7 * 10/11 * 12/13 * 16/17)**20) with fractions: 0.01 lots.
  const auto held = kept_volume(Kept(reductions), copy, decimal("0.01"));
  ASSERT_TRUE(held.has_value());
  EXPECT_TRUE(held.value() == 1'000'000) << core::to_string(held.value());
}

TEST(Kept, NothingIsLeftOnceTheMasterHasClosed) {
  const Kept kept({{5, 2}, {2, 0}});
  EXPECT_EQ(kept.since(0).sign(), 0);
  EXPECT_EQ(kept.since(1).sign(), 0);
  EXPECT_TRUE(kept.since(2) == core::Rational(1));
}

}  // namespace
}  // namespace engine::copy
