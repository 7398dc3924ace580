// Fills that are told twice, late or wrongly, and accounts that cannot have their part.

#include <gtest/gtest.h>

#include "engine/mam/price.h"
#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

using tests::decimal;

// The accounts of PFILL-01-alabama, with an order for 1.01.
struct Alabama : Group {
  Alabama() {
    add_account(1, 9);
    add_account(2, 37);
    add_account(3, 55);
    EXPECT_EQ(accept(1, "1.01"), "done");
  }
};

// 100 and 300, with an order for 1.00.
struct Quarter : Group {
  explicit Quarter(const std::string& min_lots = "0.01") {
    add_contract("0.01", min_lots);
    add_account(1, 100);
    add_account(2, 300);
    EXPECT_EQ(accept(1, "1"), "done");
  }
};

core::Minor paid(const Group& group, std::uint64_t number, std::int64_t euros) {
  return group.owed(number) - core::Minor{euros} * 100;
}

TEST(RecordFill, WhatIsToldTwiceChangesNothing) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "0.5"), "done");
  EXPECT_EQ(group.fill(1, "a", "0.5"), "Conflict/duplicate_fill");
  EXPECT_EQ(group.fill(1, "a", "0.4"), "Conflict/fill_differs");
  ASSERT_EQ(group.amend(1, "a", "0.4"), "done");
  EXPECT_EQ(group.fill(1, "a", "0.5"), "Conflict/duplicate_fill");
}

TEST(RecordFill, ALateFillIsSharedByTheSameWeights) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "0.4"), "done");
  ASSERT_EQ(group.fill(1, "end", "0", true), "done");
  ASSERT_EQ(group.fill(1, "b", "0.2"), "done");
  EXPECT_TRUE(group.last<FillRecorded>().at(0).late);
  EXPECT_EQ(group.filled(1), "15 45");
  EXPECT_EQ(group.fill(1, "c", "0.41"), "Conflict/overfill");
}

TEST(RecordFill, CommissionIsSplitByAllAnAccountHas) {
  Alabama group;
  RecordFill fill{
      tests::id<core::OrderId>(1), "a", decimal("0.28"), decimal("1.1"), false, decimal("-1")};
  ASSERT_EQ(group.run(fill), "done");
  // 100 x 3, 10, 15 of 28: 10.71, 35.71, 53.57.
  EXPECT_TRUE(paid(group, 1, 9) == -11);
  EXPECT_TRUE(paid(group, 2, 37) == -36);
  EXPECT_TRUE(paid(group, 3, 55) == -53);
  ASSERT_EQ(group.fill(1, "b", "0.01"), "done");
  // 100 x 3, 10, 16 of 29: 10.34, 34.48, 55.17.
  EXPECT_TRUE(paid(group, 1, 9) == -10);
  EXPECT_TRUE(paid(group, 2, 37) == -35);
  EXPECT_TRUE(paid(group, 3, 55) == -55);
  EXPECT_TRUE(group.balance(std::string(accounts::kCommission)) == -100);
}

// (0.37 x 1.1 + 0.63 x 1.102) / 1.00. Source: NASTY-01.
TEST(RecordFill, EveryAccountDealsAtTheAverage) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "0.37"), "done");
  ASSERT_EQ(group.run(RecordFill{tests::id<core::OrderId>(1), "b", decimal("0.63"),
                                 decimal("1.102"), false}),
            "done");
  ASSERT_EQ(group.last<FillAllocated>().size(), 2u);
  EXPECT_EQ(group.last<FillAllocated>()[0].completed->price, decimal("1.10126"));
  EXPECT_EQ(group.last<FillRecorded>()[0].price_steps, decimal("110.126"));
}

// 1.10000 and twice 1.10001 are 1.1000067 on average; three steps of 1,000 at 1.10001 cost a cent
// more than the block.
TEST(RecordClose, WhatRoundingThePriceLeavesGoesToTheRoundingAccount) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "0.01"), "done");
  ASSERT_EQ(group.run(RecordFill{tests::id<core::OrderId>(1), "b", decimal("0.02"),
                                 decimal("1.10001"), true}),
            "done");
  EXPECT_EQ(account_price(group.order(1).price_steps, 3, 5).value(), decimal("1.10001"));
  group.open(std::string(accounts::kRounding));
  // Closed at their price the accounts have nothing; the block has a cent.
  const core::Minor owed = group.owed(1) + group.owed(2) + group.owed(3) + group.owed(4);
  ASSERT_EQ(group.run(RecordClose{tests::id<core::OrderId>(1),
                                  "c",
                                  decimal("0.03"),
                                  decimal("1.10001"),
                                  {},
                                  decimal("0"),
                                  decimal("0")}),
            "done");
  EXPECT_EQ(group.owed(1) + group.owed(2) + group.owed(3) + group.owed(4), owed);
  EXPECT_EQ(group.balance(std::string(accounts::kRounding)), -1);
  EXPECT_EQ(group.balance(std::string(accounts::kClientTradingRealised)), 1);
  const auto booked = group.last<RoundingBooked>();
  ASSERT_EQ(booked.size(), 1u);
  EXPECT_EQ(booked[0].exact_profit, 1);
  EXPECT_EQ(booked[0].profit, 0);
}

TEST(RecordClose, AResultIsWorkedOutAtTheAccountsPrice) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "0.02", true), "done");
  const core::Minor owed = group.owed(1) + group.owed(2) + group.owed(3) + group.owed(4);
  // 0.02 of 100,000 from 1.1 to 1.10345: 6.90.
  ASSERT_EQ(group.run(RecordClose{tests::id<core::OrderId>(1),
                                  "c",
                                  decimal("0.02"),
                                  decimal("1.10345"),
                                  {},
                                  decimal("0"),
                                  decimal("0")}),
            "done");
  EXPECT_EQ(group.owed(1) + group.owed(2) + group.owed(3) + group.owed(4), owed + 690);
  EXPECT_EQ(group.last<RoundingBooked>().size(), 0u);
}

TEST(RecordFill, WhoeverIsAWholeStepAwayAtTheEndIsPutRightVisibly) {
  Group group;
  std::uint64_t number = 0;
  for (const std::int64_t euros : {32, 31, 35, 34, 319}) group.add_account(++number, euros);
  ASSERT_EQ(group.accept(1, "0.23"), "done");
  ASSERT_EQ(group.fill(1, "a", "0.22"), "done");
  ASSERT_EQ(group.fill(1, "b", "0.01"), "done");
  EXPECT_EQ(group.filled(1), "2 1 2 2 16");
  const auto corrected = group.last<AllocationCorrected>();
  ASSERT_FALSE(corrected.empty());
  for (const AllocationCorrected& one : corrected) {
    EXPECT_EQ(one.reason, CorrectionReason::Quota);
  }
}

TEST(RecordFill, AnAccountLeftBelowItsMinimumIsTheHouses) {
  Quarter group("0.05");
  ASSERT_EQ(group.fill(1, "a", "0.08"), "done");
  EXPECT_EQ(group.filled(1), "2 6");
  ASSERT_EQ(group.fill(1, "end", "0", true), "done");
  EXPECT_EQ(group.filled(1), "0 6");
  EXPECT_EQ(group.errors(1), "2 0");
  ASSERT_EQ(group.last<AllocationCorrected>().size(), 1u);
  EXPECT_EQ(group.last<AllocationCorrected>()[0].reason, CorrectionReason::BelowMinimum);
  EXPECT_TRUE(group.position(1) == 0);
  EXPECT_TRUE(group.house_position() == 2'000'000);
  EXPECT_TRUE(group.order(1).open == 6);
  // More comes after all: then it is not too little any more.
  ASSERT_EQ(group.fill(1, "late", "0.12"), "done");
  EXPECT_EQ(group.filled(1), "5 15");
  EXPECT_TRUE(group.house_position() == 0);
}

TEST(AmendFill, LessVolumeTakesStepsBackInAllocationOrder) {
  Alabama group;
  ASSERT_EQ(group.fill(1, "a", "0.29"), "done");
  EXPECT_EQ(group.filled(1), "3 10 16");
  ASSERT_EQ(group.amend(1, "a", "0.28"), "done");
  EXPECT_EQ(group.filled(1), "3 10 15");
  ASSERT_EQ(group.last<AllocationCorrected>().size(), 1u);
  const AllocationCorrected back = group.last<AllocationCorrected>()[0];
  EXPECT_EQ(back.reason, CorrectionReason::Amended);
  EXPECT_TRUE(back.steps == -1);
  EXPECT_TRUE(group.position(3) == 15'000'000);
  EXPECT_TRUE(group.order(1).price_steps == decimal("30.8"));
}

TEST(AmendFill, WhatIsClosedIsNotTakenBack) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "0.04"), "done");
  ASSERT_EQ(group.close(1, "c", "0.04"), "done");
  EXPECT_EQ(group.amend(1, "a", "0.03"), "Conflict/closed_volume");
  EXPECT_EQ(group.amend(1, "a", "1.01"), "Conflict/overfill");
  EXPECT_EQ(group.amend(1, "b", "0.01"), "NotFound/unknown_fill");
  EXPECT_EQ(group.amend(1, "a", "0"), "InvalidInput/not_positive");
  EXPECT_EQ(group.run(BustFill{tests::id<core::OrderId>(1), "a", ""}), "InvalidInput/reason");
  EXPECT_EQ(group.bust(2, "a"), "NotFound/unknown_order");
}

TEST(BustFill, ItIsAsIfItHadNeverBeen) {
  Alabama group;
  ASSERT_EQ(group.fill(1, "a", "0.28"), "done");
  ASSERT_EQ(group.fill(1, "b", "0.01"), "done");
  ASSERT_EQ(group.bust(1, "a"), "done");
  EXPECT_EQ(group.filled(1), "0 0 1");
  EXPECT_EQ(group.bust(1, "a"), "Conflict/fill_busted");
  EXPECT_EQ(group.fill(1, "a", "0.28"), "Conflict/duplicate_fill");
  EXPECT_TRUE(group.order(1).price_steps == decimal("1.1"));
}

// A buyer at 1.10 who should have bought at 1.09: 25 steps of 1,000 are 250.00 dearer. The four
// steps that were never dealt are the house's.
TEST(AmendFill, AfterAValuationNobodysPartIsChanged) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "1"), "done");
  ASSERT_EQ(group.run(ValueAccount{Group::account(2), decimal("300"), {}}), "done");
  ASSERT_EQ(group.amend(1, "a", "1", "1.09"), "done");
  EXPECT_TRUE(group.last<FillChanged>().at(0).priced);
  auto due = group.last<CompensationScheduled>();
  ASSERT_EQ(due.size(), 2u);
  EXPECT_TRUE(due[0].owed == 25'000);
  EXPECT_TRUE(due[1].owed == 75'000);
  EXPECT_EQ(due[0].price_after, decimal("1.09"));

  ASSERT_EQ(group.amend(1, "a", "0.96", "1.11"), "done");
  EXPECT_EQ(group.filled(1), "25 75");
  EXPECT_TRUE(group.house_position() == -4'000'000);
  due = group.last<CompensationScheduled>();
  ASSERT_EQ(due.size(), 2u);
  EXPECT_TRUE(due[0].counterfactual_steps == 24);
  EXPECT_TRUE(due[0].owed == 0);  // He bought too cheap: nobody is clawed back.
  EXPECT_TRUE(due[0].difference < 0);
  EXPECT_TRUE(group.owed(1) == 10'000);
}

// 10.00 of commission was taken, by one and three; in truth there was none, and the price was
// right.
TEST(AmendFill, AfterAValuationTheCommissionIsOwedToo) {
  Quarter group;
  RecordFill fill{tests::id<core::OrderId>(1), "a", decimal("1"), decimal("1.1"), false};
  fill.commission = decimal("-10.00");
  ASSERT_EQ(group.run(fill), "done");
  ASSERT_EQ(group.run(ValueAccount{Group::account(2), decimal("292.50"), {}}), "done");
  AmendFill amended{tests::id<core::OrderId>(1),
                    "a",
                    decimal("1"),
                    decimal("1.1"),
                    decimal("-4.00"),
                    "told late"};
  ASSERT_EQ(group.run(amended), "done");
  auto due = group.last<CompensationScheduled>();
  ASSERT_EQ(due.size(), 2u);
  EXPECT_TRUE(due[0].commission == -250 && due[0].counterfactual_commission == -100);
  EXPECT_TRUE(due[0].difference == 0);
  EXPECT_TRUE(due[0].owed == 150 && due[1].owed == 450);

  // Annulled: all of it, less what is owed already.
  ASSERT_EQ(group.bust(1, "a"), "done");
  due = group.last<CompensationScheduled>();
  ASSERT_EQ(due.size(), 2u);
  EXPECT_TRUE(due[0].owed_before == 150);
  EXPECT_TRUE(due[0].owed == 100 && due[1].owed == 300);
}

// A dearer price and a lower commission: one of them alone is what he is better off by.
TEST(AmendFill, AfterAValuationPriceAndCommissionAreOneSum) {
  Quarter group;
  RecordFill fill{tests::id<core::OrderId>(1), "a", decimal("1"), decimal("1.1"), false};
  fill.commission = decimal("-10.00");
  ASSERT_EQ(group.run(fill), "done");
  ASSERT_EQ(group.run(ValueAccount{Group::account(2), decimal("292.50"), {}}), "done");
  // 100,000 a lot: 0.00001 is 1.00 of the block, 0.25 and 0.75.
  AmendFill amended{tests::id<core::OrderId>(1),
                    "a",
                    decimal("1"),
                    decimal("1.10001"),
                    decimal("-6.00"),
                    "told late"};
  ASSERT_EQ(group.run(amended), "done");
  const auto due = group.last<CompensationScheduled>();
  ASSERT_EQ(due.size(), 2u);
  EXPECT_TRUE(due[0].difference == -25 && due[1].difference == -75);
  EXPECT_TRUE(due[0].owed == 75 && due[1].owed == 225);
}

// 40 steps at 1.1 are 44. The price was put right after a close, apart from what is shared; so is
// the volume that comes after it.
TEST(AmendFill, WhatWasKeptApartStaysApart) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "0.4"), "done");
  ASSERT_EQ(group.close(1, "c", "0.04"), "done");
  ASSERT_EQ(group.amend(1, "a", "0.4", "1.09"), "done");
  EXPECT_TRUE(group.last<FillChanged>().at(0).priced);
  ASSERT_EQ(group.amend(1, "a", "0.5", "1.09"), "done");
  EXPECT_TRUE(group.last<FillChanged>().at(0).priced);
  EXPECT_TRUE(group.last<FillChanged>().at(0).error_steps == 10);
  EXPECT_EQ(group.filled(1), "10 30");
  EXPECT_TRUE(group.house_position() == 10'000'000);
  EXPECT_TRUE(group.order(1).price_steps == decimal("44"));
  EXPECT_TRUE(group.order(1).block_price_steps == decimal("54.5"));
}

TEST(AmendFill, AValuationBeforeTheFillDoesNotMatter) {
  Quarter group;
  ASSERT_EQ(group.run(ValueAccount{Group::account(2), decimal("300"), {}}), "done");
  ASSERT_EQ(group.fill(1, "a", "0.5"), "done");
  ASSERT_EQ(group.amend(1, "a", "0.4"), "done");
  EXPECT_FALSE(group.last<FillChanged>().at(0).priced);
  EXPECT_EQ(group.filled(1), "10 30");
}

TEST(RejectShare, BeforeTheFirstFillTheOthersHaveTheWhole) {
  Quarter group;
  EXPECT_EQ(group.reject(1, 3), "NotFound/unknown_share");
  ASSERT_EQ(group.reject(1, 1), "done");
  EXPECT_TRUE(group.last<ShareRejected>().at(0).before_sending);
  EXPECT_EQ(group.reject(1, 2), "Conflict/no_participants");
  ASSERT_EQ(group.fill(1, "a", "1"), "done");
  EXPECT_EQ(group.filled(1), "100");
}

TEST(RejectShare, AfterwardsTheHouseHasItsPart) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "0.4"), "done");
  ASSERT_EQ(group.reject(1, 1), "done");
  EXPECT_EQ(group.filled(1), "0 30");
  EXPECT_EQ(group.errors(1), "10 0");
  EXPECT_EQ(group.reject(1, 1), "Conflict/rejected");
  ASSERT_EQ(group.fill(1, "b", "0.6"), "done");
  EXPECT_EQ(group.filled(1), "0 75");
  EXPECT_EQ(group.errors(1), "25 0");
  EXPECT_TRUE(group.house_position() == 25'000'000);
  ASSERT_EQ(group.close(1, "c", "0.75", "75"), "done");
  EXPECT_TRUE(group.position(2) == 0);
  EXPECT_TRUE(group.owed(2) == 37'500);
}

TEST(CloseError, TheResultIsTheHouses) {
  Quarter group;
  ASSERT_EQ(group.fill(1, "a", "0.4"), "done");
  ASSERT_EQ(group.reject(1, 1), "done");
  CloseError close{tests::id<core::OrderId>(1), "e", decimal("0.11"), decimal("1.05"),
                   decimal("-5")};
  EXPECT_EQ(group.run(close), "Conflict/overclose");
  close.lots = decimal("0.1");
  ASSERT_EQ(group.run(close), "done");
  EXPECT_EQ(group.run(close), "Conflict/duplicate_close");
  EXPECT_TRUE(group.house_position() == 0);
  EXPECT_TRUE(group.balance(std::string(accounts::kError)) == 500);
  EXPECT_TRUE(group.balance(std::string(accounts::kClientTradingRealised)) == -500);
  EXPECT_TRUE(group.owed(1) == 10'000);
}

}  // namespace
}  // namespace engine::mam
