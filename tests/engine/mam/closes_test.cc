#include <gtest/gtest.h>

#include "engine/mam/allocation.h"
#include "engine/mam_state.h"
#include "tests/engine/mam/group.h"
#include "tests/support/numbers.h"

namespace engine::mam {
namespace {

using tests::decimal;

std::string lots_of(core::Minor steps) { return core::to_string(core::to_decimal(steps, 2)); }

// A group with one order, filled whole.
void add_filled_order(Group& group, const std::string& lots) {
  ASSERT_EQ(group.accept(1, lots), "done");
  ASSERT_EQ(group.fill(1, "f", lots), "done");
}

TEST(RecordClose, TheResultIsSharedByClosedVolumeToTheCent) {
  Group group;
  group.add_account(1, 100);
  group.add_account(2, 100);
  group.add_account(3, 100);
  add_filled_order(group, "0.30");
  ASSERT_EQ(group.close(1, "c", "0.30", "100.00", "-1.00", "-0.05"), "done");
  // 33.34, 33.33, 33.33; -0.34, -0.33, -0.33; -0.02, -0.02, -0.01: odd cents by registration.
  EXPECT_TRUE(group.owed(1) == 10'000 + 3'334 - 34 - 2);
  EXPECT_TRUE(group.owed(2) == 10'000 + 3'333 - 33 - 2);
  EXPECT_TRUE(group.owed(3) == 10'000 + 3'333 - 33 - 1);
  EXPECT_TRUE(group.balance(std::string(accounts::kClientTradingRealised)) == 10'000);
  EXPECT_TRUE(group.balance(std::string(accounts::kSwap)) == -100);
  EXPECT_TRUE(group.balance(std::string(accounts::kCommission)) == -5);
  EXPECT_TRUE(group.balance(std::string(accounts::kInterfundClient)) == 9'895);
}

TEST(RecordClose, ClosingAllLeavesNothingOpen) {
  Group group;
  group.add_account(1, 9);
  group.add_account(2, 37);
  group.add_account(3, 55);
  add_filled_order(group, "0.29");
  ASSERT_EQ(group.close(1, "a", "0.10", "-3.33"), "done");
  EXPECT_TRUE(group.last<CloseRecorded>().at(0).open_steps == 19);
  ASSERT_EQ(group.close(1, "b", "0.19", "7.77"), "done");
  EXPECT_EQ(group.open_steps(1), "0 0 0");
  for (const std::uint64_t number : {1u, 2u, 3u}) EXPECT_TRUE(group.position(number) == 0);
  EXPECT_TRUE(group.balance(accounts::street(1), "LOT.S1") == 0);
  EXPECT_TRUE(group.owed(1) + group.owed(2) + group.owed(3) == 10'100 - 333 + 777);
}

TEST(RecordClose, WhoIsLeftOutOnceIsNext) {
  Group group;
  group.add_account(1, 100);
  group.add_account(2, 100);
  add_filled_order(group, "0.20");
  ASSERT_EQ(group.close(1, "a", "0.01", "1"), "done");
  ASSERT_EQ(group.last<CloseAllocated>().size(), 1u);
  ASSERT_EQ(group.close(1, "b", "0.01", "1"), "done");
  EXPECT_EQ(group.open_steps(1), "9 9");
}

TEST(RecordClose, WhoIsFirstDependsOnTheOrder) {
  Group group;
  group.add_account(1, 100);
  group.add_account(2, 100);
  std::set<core::AccountId> first;
  for (std::uint64_t order = 1; order <= 8; ++order) {
    ASSERT_EQ(group.accept(order, "0.02"), "done");
    ASSERT_EQ(group.fill(order, "f", "0.02"), "done");
    ASSERT_EQ(group.close(order, "c", "0.01"), "done");
    const auto id = tests::id<core::OrderId>(order);
    const core::AccountId closed = group.last<CloseAllocated>().at(0).account;
    EXPECT_EQ(closed, tie_of(id, Group::account(1)) < tie_of(id, Group::account(2))
                          ? Group::account(1)
                          : Group::account(2));
    first.insert(closed);
  }
  EXPECT_EQ(first.size(), 2u);
}

TEST(RecordClose, ItIsRefusedTwiceBeyondWhatIsOpenAndBetweenSteps) {
  Group group;
  group.add_account(1, 100);
  EXPECT_EQ(group.close(1, "a", "0.5"), "NotFound/unknown_order");
  ASSERT_EQ(group.accept(1, "1"), "done");
  EXPECT_EQ(group.close(1, "a", "0.01"), "Conflict/overclose");
  ASSERT_EQ(group.fill(1, "f", "0.5"), "done");
  EXPECT_EQ(group.close(1, "a", "0.51"), "Conflict/overclose");
  EXPECT_EQ(group.close(1, "a", "0.005"), "InvalidInput/lot_step");
  EXPECT_EQ(group.close(1, "a", "0"), "InvalidInput/not_positive");
  EXPECT_EQ(group.close(1, "", "0.5"), "InvalidInput/close");
  EXPECT_EQ(group.close(1, "a", "0.5", "0.001"), "InvalidInput/precision");
  EXPECT_EQ(group.close(1, "a", "0.1"), "done");
  EXPECT_EQ(group.close(1, "a", "0.1"), "Conflict/duplicate_close");
}

// Orders filled and closed in random parts: volume and money are never lost, and nobody's filled
// volume shrinks.
TEST(RecordClose, RandomLivesOfOrdersEndInZero) {
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    Group group;
    const std::uint64_t accounts = 1 + numbers.below(6);
    core::Minor money = 0;
    for (std::uint64_t number = 1; number <= accounts; ++number) {
      const auto euros = static_cast<std::int64_t>(1'000 + numbers.below(5'000));
      group.add_account(number, euros);
      money += core::Minor{euros} * 100;
    }
    const auto steps = static_cast<core::Minor>(40 + numbers.below(400));
    const Side side = numbers.below(2) == 0 ? Side::Buy : Side::Sell;
    ASSERT_EQ(group.accept(1, lots_of(steps), side), "done");
    core::Minor unfilled = steps;
    core::Minor open = 0;
    for (int i = 0; unfilled > 0 || open > 0; ++i) {
      const bool fills = unfilled > 0 && (open == 0 || numbers.below(2) == 0);
      core::Minor& from = fills ? unfilled : open;
      const auto part =
          static_cast<core::Minor>(1 + numbers.below(static_cast<std::uint64_t>(from)));
      from -= part;
      if (fills) {
        open += part;
        ASSERT_EQ(group.fill(1, std::to_string(i), lots_of(part)), "done");
      } else {
        const auto profit = static_cast<core::Minor>(numbers.below(2'001)) - 1'000;
        money += profit;
        ASSERT_EQ(group.close(1, std::to_string(i), lots_of(part), lots_of(profit)), "done");
      }
      const Order& order = group.state.blocks->orders.at(tests::id<core::OrderId>(1));
      core::Minor shared = 0;
      for (const auto& [id, share] : order.shares) shared += share.open;
      EXPECT_TRUE(shared == open);
      EXPECT_TRUE(order.open == open);
    }
    core::Minor owed = 0;
    for (std::uint64_t number = 1; number <= accounts; ++number) {
      EXPECT_TRUE(group.position(number) == 0);
      owed += group.owed(number);
    }
    EXPECT_TRUE(owed == money);
    EXPECT_TRUE(group.balance(accounts::street(1), "LOT.S1") == 0);
  }
}

// --- Rebates. ---

OfferTerms with_rebate(RebateTo to) {
  OfferTerms terms;
  terms.rebate_per_lot = decimal("3.33");
  terms.rebate_to = to;
  return terms;
}

TEST(RecordClose, TheRebateAccruesOnTheBlock) {
  Group group(with_rebate(RebateTo::Investors));
  group.add_account(1, 100);
  add_filled_order(group, "1.00");
  ASSERT_EQ(group.close(1, "a", "0.50"), "done");
  EXPECT_TRUE(group.last<RebateAccrued>().at(0).posted == 166);  // 1.665, floored.
  ASSERT_EQ(group.close(1, "b", "0.50"), "done");
  EXPECT_TRUE(group.last<RebateAccrued>().at(0).posted == 167);  // 3.33 less 1.66.
  EXPECT_TRUE(group.balance(accounts::rebate_accrued(group.manager)) == -333);
  EXPECT_TRUE(group.balance(accounts::rebate_expense(group.manager)) == 333);
}

TEST(PayRebate, InvestorsOfAGroupShareByTheirClosedVolume) {
  Group group(with_rebate(RebateTo::Investors));
  group.add_account(1, 100);
  group.add_account(2, 200);
  add_filled_order(group, "0.30");
  ASSERT_EQ(group.close(1, "c", "0.30"), "done");  // 0.999: 0.99 is posted.
  ASSERT_EQ(group.commit(partners::decide(group.context(), PayRebate{group.structure, {}})),
            "done");
  EXPECT_TRUE(group.wallet(1) == 33);
  EXPECT_TRUE(group.wallet(2) == 66);
  EXPECT_TRUE(group.balance(accounts::rebate_accrued(group.manager)) == 0);
  EXPECT_EQ(tests::outcome(partners::decide(group.context(), PayRebate{group.structure, {}})),
            "Conflict/nothing_to_pay");
}

TEST(PayRebate, VolumeThatWasSettledCountsNoMore) {
  Group group(with_rebate(RebateTo::Investors));
  group.add_account(1, 100);
  add_filled_order(group, "1.00");
  ASSERT_EQ(group.close(1, "c", "1.00"), "done");
  ASSERT_EQ(group.commit(partners::decide(group.context(), PayRebate{group.structure, {}})),
            "done");
  EXPECT_TRUE(group.wallet(1) == 333);
  ASSERT_EQ(group.run(DefundAccount{Group::account(1), decimal("100")}), "done");
  group.add_account(2, 100);
  ASSERT_EQ(group.accept(2, "1.00"), "done");
  ASSERT_EQ(group.fill(2, "f", "1.00"), "done");
  ASSERT_EQ(group.close(2, "c", "1.00"), "done");
  ASSERT_EQ(group.commit(partners::decide(group.context(), PayRebate{group.structure, {}})),
            "done");
  EXPECT_TRUE(group.wallet(1) == 10'333);
  EXPECT_TRUE(group.wallet(2) == 333);
}

TEST(PayRebate, ARetailClientKeepsItFromTheManager) {
  Group group(with_rebate(RebateTo::Manager));
  group.add_account(1, 100);
  add_filled_order(group, "1.00");
  ASSERT_EQ(group.close(1, "c", "1.00"), "done");
  EXPECT_EQ(tests::outcome(partners::decide(group.context(), PayRebate{group.structure, {}})),
            "Conflict/rebate_to_manager");
}

}  // namespace
}  // namespace engine::mam
