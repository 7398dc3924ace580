// One position a symbol: what a deal of the other side does where the platform nets, and where it
// does not.

#include <gtest/gtest.h>

#include "engine/gate_state.h"
#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

using tests::decimal;

// Two accounts of 300 and 100, so weights of three to one; contract of 100,000.
class Pair : public Group {
 public:
  explicit Pair(PositionMode mode) {
    add_contract();
    for (const std::uint64_t number : {1u, 2u}) {
      const core::PartyId client = tests::client_id(number);
      const std::int64_t euros = number == 1 ? 300 : 100;
      add_client(client, ClientCategory::Retail, core::Minor{euros} * 100);
      state.structures.at(structure).mandates.emplace(client, core::DecisionId{});
      OpenTradingAccount opening{account(number), structure, client};
      opening.mode = mode;
      EXPECT_EQ(run(opening), "done");
      EXPECT_EQ(run(FundAccount{account(number), decimal(std::to_string(euros))}), "done");
    }
  }
  std::string fill_at(std::uint64_t order, const std::string& name, const std::string& lots,
                      const std::string& price) {
    return run(
        RecordFill{tests::id<core::OrderId>(order), name, decimal(lots), decimal(price), false});
  }
  // Of both accounts, in hundredths of a lot.
  std::string positions() const {
    return core::to_string(position(1) / 1'000'000) + " " +
           core::to_string(position(2) / 1'000'000);
  }
};

TEST(Netting, WhereAccountsHedgeBothSidesStand) {
  Pair group(PositionMode::Hedging);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.40", "1.10000"), "done");
  ASSERT_EQ(group.accept(2, "0.20", Side::Sell), "done");
  ASSERT_EQ(group.fill_at(2, "b", "0.20", "1.10100"), "done");
  EXPECT_EQ(group.open_steps(1), "30 10");
  EXPECT_EQ(group.open_steps(2), "15 5");
  EXPECT_TRUE(group.last<PositionClosed>().empty());
  EXPECT_TRUE(group.owed(1) == 30'000);
}

TEST(Netting, ADealOfTheOtherSideReduces) {
  Pair group(PositionMode::Netting);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.40", "1.10000"), "done");
  ASSERT_EQ(group.accept(2, "0.20", Side::Sell), "done");
  ASSERT_EQ(group.fill_at(2, "b", "0.20", "1.10100"), "done");
  EXPECT_EQ(group.open_steps(1), "15 5");
  EXPECT_EQ(group.open_steps(2), "0 0");
  EXPECT_EQ(group.positions(), "15 5");
  // 0.20 lots x 100,000 x 0.00100 = 20.00, by steps.
  EXPECT_TRUE(group.owed(1) == 31'500 && group.owed(2) == 10'500);
  EXPECT_TRUE(group.order(2).final && group.order(2).filled == 0 && group.order(2).reduced == 20);
  EXPECT_EQ(group.fill_at(2, "c", "0.01", "1.1"), "Conflict/order_final");
}

TEST(Netting, ALargerDealTurnsThePositionThroughZero) {
  Pair group(PositionMode::Netting);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.40", "1.10000"), "done");
  ASSERT_EQ(group.accept(2, "1.00", Side::Sell), "done");
  ASSERT_EQ(group.fill_at(2, "b", "0.30", "1.10100"), "done");
  EXPECT_EQ(group.positions(), "8 2");  // 22.5 and 7.5 of 30 closed: a tie, by hash.
  ASSERT_EQ(group.fill_at(2, "c", "0.70", "1.10200"), "done");
  EXPECT_EQ(group.open_steps(1), "0 0");
  EXPECT_EQ(group.open_steps(2), "45 15");
  EXPECT_EQ(group.positions(), "-45 -15");
  // 30.00 by 22 and 8 steps, then 20.00 by 8 and 2; the rest opened at 1.10200.
  EXPECT_TRUE(group.owed(1) == 30'000 + 2'200 + 1'600);
  EXPECT_TRUE(group.owed(2) == 10'000 + 800 + 400);
  ASSERT_EQ(group.run(ClosePosition{group.structure,
                                    "EURUSD",
                                    Side::Sell,
                                    "out",
                                    decimal("0.60"),
                                    decimal("1.10100"),
                                    {},
                                    decimal("0"),
                                    decimal("0")}),
            "done");
  EXPECT_EQ(group.positions(), "0 0");
  // 60.00 by 45 and 15.
  EXPECT_TRUE(group.owed(1) == 33'800 + 4'500);
}

// What is added between partial closes is one position with what was there: its oldest part closes
// first, and nobody is left on the other side.
TEST(Netting, AdditionsBetweenPartialClosesAreOnePosition) {
  Pair group(PositionMode::Netting);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.40", "1.10000"), "done");
  ASSERT_EQ(group.accept(2, "0.20", Side::Sell), "done");
  ASSERT_EQ(group.fill_at(2, "b", "0.20", "1.10100"), "done");
  ASSERT_EQ(group.accept(3, "0.40"), "done");
  ASSERT_EQ(group.fill_at(3, "c", "0.40", "1.10200"), "done");
  EXPECT_EQ(group.positions(), "45 15");
  ASSERT_EQ(group.accept(4, "0.40", Side::Sell), "done");
  ASSERT_EQ(group.fill_at(4, "d", "0.40", "1.10300"), "done");
  EXPECT_EQ(group.open_steps(1), "0 0");
  EXPECT_EQ(group.open_steps(3), "15 5");
  // 0.20 from 1.10000 and 0.20 from 1.10200: 60.00 and 20.00.
  EXPECT_TRUE(group.owed(1) == 31'500 + 6'000 && group.owed(2) == 10'500 + 2'000);
}

// The weights of the deal are those of today's equity; what is open closes by what each has of it.
TEST(Netting, AWholeCloseLeavesZeroWhateverTheWeightsAre) {
  Pair group(PositionMode::Netting);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.40", "1.10000"), "done");
  group.post(std::string(Group::kBank), accounts::wallet(tests::client_id(2)), "EUR", 80'000);
  ASSERT_EQ(group.run(FundAccount{Group::account(2), decimal("800")}), "done");
  ASSERT_EQ(group.accept(2, "0.40", Side::Sell), "done");
  ASSERT_EQ(group.fill_at(2, "b", "0.40", "1.10000"), "done");
  EXPECT_EQ(group.positions(), "0 0");
}

// --- Who may open nothing (ruling 1) ---

TEST(Netting, ASuspendedManagerClosesByOrdersUpToWhatIsOpenAndNotOrderedToBeClosed) {
  Pair group(PositionMode::Netting);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.30", "1.10000"), "done");
  group.state.gate->suspended.insert(group.manager);
  EXPECT_EQ(group.accept(2, "0.10"), "Conflict/not_authorised");
  EXPECT_EQ(group.accept(2, "0.31", Side::Sell), "Conflict/not_authorised");
  ASSERT_EQ(group.accept(2, "0.10", Side::Sell), "done");
  EXPECT_TRUE(group.last<OrderAccepted>().front().reduce_only);
  EXPECT_EQ(group.last<OrderAccepted>().front().decision, core::DecisionId{});
  EXPECT_EQ(group.accept(3, "0.21", Side::Sell), "Conflict/not_authorised");
  ASSERT_EQ(group.accept(3, "0.20", Side::Sell), "done");
  EXPECT_EQ(group.accept(4, "0.01", Side::Sell), "Conflict/not_authorised");
  ASSERT_EQ(group.fill_at(2, "b", "0.10", "1.10000"), "done");
  EXPECT_EQ(group.accept(4, "0.01", Side::Sell), "Conflict/not_authorised");
  ASSERT_EQ(group.fill_at(3, "c", "0.20", "1.10000"), "done");
  EXPECT_EQ(group.positions(), "0 0");
  EXPECT_EQ(group.accept(4, "0.01", Side::Sell), "Conflict/not_authorised");
  // Fills of what was ordered go on.
  ASSERT_EQ(group.fill_at(1, "d", "0.10", "1.10000"), "done");
  group.state.gate->suspended.clear();
  ASSERT_EQ(group.accept(4, "0.40"), "done");
  EXPECT_FALSE(group.last<OrderAccepted>().front().reduce_only);
}

// --- Whom a list names (decision 0049) ---

TEST(Netting, WhomAListNamesTakesPartOnlyInWhatReduces) {
  Pair group(PositionMode::Netting);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.40", "1.10000"), "done");
  EXPECT_EQ(group.positions(), "30 10");
  group.state.gate->hits.insert(tests::client_id(2));
  ASSERT_EQ(group.accept(2, "0.10"), "done");
  ASSERT_EQ(group.last<AccountExcluded>().size(), 1u);
  EXPECT_EQ(group.last<AccountExcluded>().front().reason, Exclusion::ScreeningHit);
  EXPECT_EQ(group.last<AccountExcluded>().front().account, Group::account(2));
  ASSERT_EQ(group.fill_at(2, "b", "0.10", "1.10000"), "done");
  EXPECT_EQ(group.positions(), "40 10");
  // All of it closes, and his with it.
  ASSERT_EQ(group.accept(3, "0.50", Side::Sell), "done");
  EXPECT_TRUE(group.last<AccountExcluded>().empty());
  ASSERT_EQ(group.fill_at(3, "c", "0.50", "1.10000"), "done");
  EXPECT_EQ(group.positions(), "0 0");
}

TEST(Netting, WhomAListNamesMayBeAHolder) {
  Pair group(PositionMode::Hedging);
  group.state.clients.at(tests::client_id(1)).holders = {tests::client_id(9)};
  group.state.gate->hits.insert(tests::client_id(9));
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.last<AccountExcluded>().size(), 1u);
  EXPECT_EQ(group.last<AccountExcluded>().front().account, Group::account(1));
  // Where accounts hedge, an order of the other side opens.
  ASSERT_EQ(group.accept(2, "0.40", Side::Sell), "done");
  EXPECT_EQ(group.last<AccountExcluded>().size(), 1u);
}

TEST(Netting, WhereAccountsHedgeAnOrderOfTheOtherSideOpens) {
  Pair group(PositionMode::Hedging);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.40", "1.10000"), "done");
  group.state.gate->suspended.insert(group.manager);
  EXPECT_EQ(group.accept(2, "0.10", Side::Sell), "Conflict/not_authorised");
}

TEST(Netting, TheCommissionIsSplitBetweenWhatClosesAndWhatOpens) {
  Pair group(PositionMode::Netting);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.40", "1.10000"), "done");
  ASSERT_EQ(group.accept(2, "0.80", Side::Sell), "done");
  RecordFill fill{tests::id<core::OrderId>(2), "b", decimal("0.80"), decimal("1.1"), false};
  fill.commission = decimal("-8.00");
  ASSERT_EQ(group.run(fill), "done");
  EXPECT_TRUE(group.last<CloseRecorded>().at(0).commission == -400);
  EXPECT_TRUE(group.last<FillRecorded>().at(0).commission == -400);
  EXPECT_TRUE(group.owed(1) == 30'000 - 600 && group.owed(2) == 10'000 - 200);
  EXPECT_EQ(group.run(fill), "Conflict/duplicate_fill");
  EXPECT_EQ(group.amend(2, "b", "0.79"), "Conflict/fill_reduced");
}

TEST(Netting, AFillThatOpensAloneCanBePutRight) {
  Pair group(PositionMode::Netting);
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill_at(1, "a", "0.40", "1.10000"), "done");
  ASSERT_EQ(group.accept(2, "1.00", Side::Sell), "done");
  ASSERT_EQ(group.fill_at(2, "b", "0.40", "1.10100"), "done");
  ASSERT_EQ(group.fill_at(2, "c", "0.60", "1.10200"), "done");
  EXPECT_TRUE(group.order(2).final);
  ASSERT_EQ(group.amend(2, "c", "0.40", "1.10200"), "done");
  EXPECT_EQ(group.filled(2), "30 10");
  EXPECT_FALSE(group.order(2).final);
  EXPECT_EQ(group.amend(2, "c", "0.61", "1.10200"), "Conflict/overfill");
  ASSERT_EQ(group.amend(2, "c", "0.60", "1.10300"), "done");
  EXPECT_TRUE(group.order(2).final);
  EXPECT_EQ(group.positions(), "-45 -15");
}

TEST(Netting, WithoutAContractThePlatformSaysTheProfit) {
  Group group;
  const core::PartyId client = tests::client_id(1);
  group.add_client(client, ClientCategory::Retail, 10'000);
  group.state.structures.at(group.structure).mandates.emplace(client, core::DecisionId{});
  OpenTradingAccount opening{Group::account(1), group.structure, client};
  opening.mode = PositionMode::Netting;
  ASSERT_EQ(group.run(opening), "done");
  ASSERT_EQ(group.run(FundAccount{Group::account(1), decimal("100")}), "done");
  ASSERT_EQ(group.accept(1, "0.40"), "done");
  ASSERT_EQ(group.fill(1, "a", "0.40"), "done");
  ASSERT_EQ(group.accept(2, "0.40", Side::Sell), "done");
  RecordFill fill{tests::id<core::OrderId>(2), "b", decimal("0.40"), decimal("1.1"), false};
  EXPECT_EQ(group.run(fill), "InvalidInput/missing_field");
  fill.profit = decimal("12.5");
  ASSERT_EQ(group.run(fill), "done");
  EXPECT_TRUE(group.owed(1) == 11'250);
  ASSERT_EQ(group.accept(3, "0.10"), "done");
  fill.order = tests::id<core::OrderId>(3);
  fill.lots = decimal("0.10");
  EXPECT_EQ(group.run(fill), "InvalidInput/nothing_reduced");
}

TEST(Netting, AllAccountsOfAGroupKeepPositionsAlike) {
  Pair group(PositionMode::Netting);
  group.state.structures.at(group.structure)
      .mandates.emplace(tests::client_id(1), core::DecisionId{});
  EXPECT_EQ(group.run(OpenTradingAccount{Group::account(9), group.structure, tests::client_id(1)}),
            "Conflict/mode_differs");
}

}  // namespace
}  // namespace engine::mam
