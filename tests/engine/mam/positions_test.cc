#include <gtest/gtest.h>

#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

using tests::decimal;

// Accounts of 5,000, 3,000 and 2,000 with two orders on one side: 50/30/20 and 25/15/10 steps.
class TwoOrders : public Group {
 public:
  TwoOrders() {
    add_contract();
    for (const auto& [number, euros] : {std::pair{1, 5000}, {2, 3000}, {3, 2000}}) {
      add_account(static_cast<std::uint64_t>(number), euros);
    }
    EXPECT_EQ(accept(1, "1"), "done");
    EXPECT_EQ(fill(1, "f1", "1"), "done");
    EXPECT_EQ(accept(2, "0.5"), "done");
    EXPECT_EQ(fill(2, "f2", "0.5"), "done");
  }
};

TEST(ClosePosition, EachAccountClosesItsOldestOrdersFirst) {
  TwoOrders group;
  // 120 of 150 steps: 60, 36 and 24 of 75, 45 and 30.
  EXPECT_EQ(group.close_position("c1", "1.2", "12.00"), "done");
  EXPECT_EQ(group.open_steps(1), "0 0 0");
  EXPECT_EQ(group.open_steps(2), "15 9 6");
  EXPECT_EQ(group.owed(1), 500'600);
  EXPECT_EQ(group.owed(2), 300'360);
  EXPECT_EQ(group.owed(3), 200'240);
  const auto closed = group.last<PositionClosed>();
  ASSERT_EQ(closed.size(), 1u);
  EXPECT_EQ(closed[0].orders, 2u);
  EXPECT_EQ(closed[0].open_steps, 30);
}

TEST(ClosePosition, ClosingAllLeavesZeroEverywhere) {
  TwoOrders group;
  // 75 steps make 37.5, 22.5 and 15: the odd step is one account's.
  EXPECT_EQ(group.close_position("c1", "0.75", "1.00"), "done");
  EXPECT_EQ(group.position(1) + group.position(2) + group.position(3), 75'000'000);
  EXPECT_EQ(group.position(3), 15'000'000);
  EXPECT_EQ(group.close_position("c2", "0.75", "-1.00"), "done");
  for (const std::uint64_t number : {1u, 2u, 3u}) EXPECT_EQ(group.position(number), 0) << number;
  EXPECT_EQ(group.open_steps(1), "0 0 0");
  EXPECT_EQ(group.open_steps(2), "0 0 0");
  EXPECT_EQ(group.close_position("c3", "0.01"), "Conflict/no_position");
}

TEST(ClosePosition, WhatIsAddedBetweenPartialClosesIsClosedToo) {
  TwoOrders group;
  EXPECT_EQ(group.close_position("c1", "1.2"), "done");
  EXPECT_EQ(group.accept(3, "0.2"), "done");
  EXPECT_EQ(group.fill(3, "f3", "0.2"), "done");
  EXPECT_EQ(group.close_position("c2", "0.5"), "done");
  for (const std::uint64_t number : {1u, 2u, 3u}) EXPECT_EQ(group.position(number), 0) << number;
}

TEST(ClosePosition, TheOtherSideIsAnotherPosition) {
  TwoOrders group;
  EXPECT_EQ(group.accept(3, "0.1", Side::Sell), "done");
  EXPECT_EQ(group.fill(3, "f3", "0.1"), "done");
  EXPECT_EQ(group.close_position("c1", "0.11", "0", Side::Sell), "Conflict/overclose");
  EXPECT_EQ(group.close_position("c1", "0.1", "0", Side::Sell), "done");
  EXPECT_EQ(group.open_steps(1), "50 30 20");
  EXPECT_EQ(group.position(1), 75'000'000);
}

TEST(ClosePosition, AnIdIsUsedOnce) {
  TwoOrders group;
  EXPECT_EQ(group.close_position("c1", "0.1"), "done");
  EXPECT_EQ(group.close_position("c1", "0.1"), "Conflict/duplicate_event");
  EXPECT_EQ(group.close_position("", "0.1"), "InvalidInput/close");
  EXPECT_EQ(group.close(1, "c1", "0.1"), "Conflict/duplicate_close");
}

// Account 1 alone bought at 1.1; with account 2 it bought again at 1.12 and gained nothing on that.
TEST(ClosePosition, AGivenProfitGoesToWhoseOrderEarnedIt) {
  Group group;
  group.add_contract();
  group.add_account(1, 5000);
  EXPECT_EQ(group.accept(1, "1"), "done");
  EXPECT_EQ(group.fill(1, "f1", "1"), "done");
  group.add_account(2, 5000);
  EXPECT_EQ(group.accept(2, "1"), "done");
  EXPECT_EQ(group.run(RecordFill{tests::id<core::OrderId>(2), "f2", decimal("1"), decimal("1.12"),
                                 false}),
            "done");
  EXPECT_EQ(group.run(ClosePosition{group.structure, "EURUSD", Side::Buy, "c", decimal("2"),
                                    decimal("1.12"), decimal("2000"), decimal("0"), decimal("0")}),
            "done");
  EXPECT_EQ(group.owed(1), 700'000);
  EXPECT_EQ(group.owed(2), 500'000);
}

TEST(ClosePosition, ItsIdIsNoneOfAnOrdersClose) {
  TwoOrders group;
  EXPECT_EQ(group.close(1, "c1", "0.5", "10.00"), "done");
  EXPECT_EQ(group.close_position("c1", "0.5"), "Conflict/duplicate_close");
}

// Its average would price what is closed already anew.
TEST(RecordClose, AfterAnotherFillAProfitMustBeTold) {
  Group group;
  group.add_contract();
  group.add_account(1, 5000);
  EXPECT_EQ(group.accept(1, "0.2"), "done");
  EXPECT_EQ(group.fill(1, "f1", "0.1"), "done");
  const auto close = [&](const char* name, const char* lots, std::optional<core::Decimal> profit) {
    return group.run(RecordClose{tests::id<core::OrderId>(1), name, decimal(lots), decimal("1.2"),
                                 profit, decimal("0"), decimal("0")});
  };
  EXPECT_EQ(close("c1", "0.05", {}), "done");
  EXPECT_EQ(group.fill(1, "f2", "0.1"), "done");
  EXPECT_EQ(close("c2", "0.05", {}), "InvalidInput/missing_field");
  EXPECT_EQ(close("c2", "0.05", decimal("500")), "done");
}

TEST(AmendFill, APricePutRightAfterACloseIsOwed) {
  Group group;
  group.add_contract();
  group.add_account(1, 500'000);
  EXPECT_EQ(group.accept(1, "1"), "done");
  EXPECT_EQ(group.fill(1, "f1", "1"), "done");
  EXPECT_EQ(group.run(RecordClose{tests::id<core::OrderId>(1),
                                  "c",
                                  decimal("1"),
                                  decimal("1.101"),
                                  {},
                                  decimal("0"),
                                  decimal("0")}),
            "done");
  // Bought at 1.1, in truth at 1.099: 100.00 of a lot are owed, and again nothing for the same.
  EXPECT_EQ(group.amend(1, "f1", "1", "1.099"), "done");
  ASSERT_EQ(group.last<CompensationScheduled>().size(), 1u);
  EXPECT_EQ(group.last<CompensationScheduled>()[0].owed, 10'000);
  EXPECT_EQ(group.amend(1, "f1", "1", "1.098"), "done");
  EXPECT_EQ(group.last<CompensationScheduled>()[0].owed, 10'000);
  EXPECT_EQ(group.last<CompensationScheduled>()[0].owed_before, 10'000);
}

TEST(AcceptOrder, AnOrderOfMoreStepsThanCanBeSharedIsRefused) {
  Group group;
  group.add_account(1, 5000);
  EXPECT_EQ(group.accept(1, "1000000000000"), "InvalidInput/lot_step");
}

TEST(AdjustPosition, SwapAndDividendsFollowWhatIsOpen) {
  TwoOrders group;
  // -0.10 over 75, 45 and 30 steps: exactly 5, 3 and 2 cents.
  EXPECT_EQ(group.adjust("s1", AdjustmentKind::Swap, "-0.10"), "done");
  EXPECT_EQ(group.owed(1), 499'995);
  EXPECT_EQ(group.owed(2), 299'997);
  EXPECT_EQ(group.owed(3), 199'998);
  EXPECT_EQ(group.balance(std::string(accounts::kSwap)), -10);
  // An odd cent: 0.01 goes to the largest remainder, whole to account 1.
  EXPECT_EQ(group.adjust("d1", AdjustmentKind::Dividend, "0.01"), "done");
  EXPECT_EQ(group.owed(1), 499'996);
  EXPECT_EQ(group.last<AdjustmentAllocated>().size(), 1u);
  EXPECT_EQ(group.balance(std::string(accounts::kClientTradingRealised)), 1);
  EXPECT_EQ(group.adjust("d1", AdjustmentKind::Dividend, "0.01"), "Conflict/duplicate_event");
  EXPECT_EQ(group.adjust("d2", AdjustmentKind::Dividend, "0.001"), "InvalidInput/precision");
  EXPECT_EQ(group.adjust("d2", AdjustmentKind::Dividend, "1", Side::Sell), "Conflict/no_position");
}

SplitPosition split_of(const Group& group, const std::string& name, std::uint64_t numerator,
                       std::uint64_t denominator, std::optional<core::Decimal> cash = {}) {
  return {group.structure, "EURUSD", name, numerator, denominator, cash};
}

TEST(SplitPosition, OpenVolumeIsMultiplied) {
  TwoOrders group;
  EXPECT_EQ(group.run(split_of(group, "s1", 4, 1)), "done");
  EXPECT_EQ(group.open_steps(1), "200 120 80");
  EXPECT_EQ(group.open_steps(2), "100 60 40");
  EXPECT_EQ(group.position(1), 300'000'000);
  EXPECT_EQ(group.close_position("c1", "6"), "done");
  EXPECT_EQ(group.position(1), 0);
  EXPECT_EQ(group.run(split_of(group, "s1", 2, 1)), "Conflict/duplicate_event");
}

TEST(SplitPosition, WhatMakesNoWholeStepIsPaidInCash) {
  TwoOrders group;
  // A reverse split 1:7: 100 -> 14 (50 -> 7.14, 30 -> 4.28, 20 -> 2.86) and 50 -> 7.
  EXPECT_EQ(group.run(split_of(group, "s1", 1, 7, decimal("3.00"))), "done");
  EXPECT_EQ(group.open_steps(1), "7 4 3");
  const auto orders = group.last<OrderSplit>();
  ASSERT_EQ(orders.size(), 2u);
  EXPECT_EQ(orders[0].cash, 200);
  EXPECT_EQ(orders[1].cash, 100);
  EXPECT_EQ(group.owed(1), 500'000 + 150);
  EXPECT_EQ(group.owed(2), 300'000 + 90);
  EXPECT_EQ(group.owed(3), 200'000 + 60);
}

TEST(SplitPosition, AnOrderStillWorkingMustEndFirst) {
  TwoOrders group;
  EXPECT_EQ(group.accept(3, "0.2"), "done");
  EXPECT_EQ(group.fill(3, "f3", "0.1"), "done");
  EXPECT_EQ(group.run(split_of(group, "s1", 2, 1)), "Conflict/order_working");
  EXPECT_EQ(group.fill(3, "f4", "0", true), "done");
  EXPECT_EQ(group.run(split_of(group, "s1", 2, 1)), "done");
  EXPECT_EQ(group.run(split_of(group, "s2", 1, 1)), "InvalidInput/split");
  EXPECT_EQ(group.run(split_of(group, "s2", 0, 1)), "InvalidInput/split");
}

TEST(SplitPosition, CashForBothSidesAtOnceIsRefused) {
  TwoOrders group;
  EXPECT_EQ(group.accept(3, "0.1", Side::Sell), "done");
  EXPECT_EQ(group.fill(3, "f3", "0.1"), "done");
  EXPECT_EQ(group.run(split_of(group, "s1", 2, 1, decimal("1"))), "Conflict/both_sides");
  EXPECT_EQ(group.run(split_of(group, "s1", 2, 1)), "done");
}

TEST(SplitPosition, FillsOfASplitOrderStayAsTheyWere) {
  TwoOrders group;
  EXPECT_EQ(group.run(split_of(group, "s1", 2, 1)), "done");
  EXPECT_EQ(group.fill(1, "late", "0.1"), "Conflict/order_split");
  EXPECT_EQ(group.bust(1, "f1"), "Conflict/order_split");
  EXPECT_EQ(group.reject(1, 1), "Conflict/order_split");
}

TEST(SplitPosition, ASplitAndItsOppositeAreTheSameAgain) {
  TwoOrders group;
  EXPECT_EQ(group.run(split_of(group, "s1", 3, 2)), "done");
  EXPECT_EQ(group.run(split_of(group, "s2", 2, 3)), "done");
  const Order& order = group.state.blocks->orders.at(tests::id<core::OrderId>(1));
  EXPECT_EQ(order.split_numerator, 1);
  EXPECT_EQ(order.split_denominator, 1);
  EXPECT_EQ(group.open_steps(1), "50 30 20");
}

}  // namespace
}  // namespace engine::mam
