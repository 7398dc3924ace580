#include <gtest/gtest.h>

#include "tests/engine/trading/charged_group.h"

namespace engine::trading {
namespace {

class Limited : public ::testing::Test {
 protected:
  Limited() : group(OfferTerms{}) {
    group.add_client_account(1, 2000);
    EXPECT_EQ(group.fund(1, "1000"), "done");
  }
  std::string set(AccountLimits limits, bool new_base = false) {
    return group.run(SetAccountLimits{Group::account(1), std::move(limits), new_base});
  }
  std::string tighten(AccountLimits limits) {
    return group.run(TightenAccountLimits{Group::account(1), std::move(limits)});
  }
  static AccountLimits stop_out(const std::string& part) {
    AccountLimits limits;
    limits.stop_out = decimal(part);
    return limits;
  }
  // What the last command's valuation breached.
  std::string breach() {
    const auto stops = group.last<StopOutTriggered>();
    if (stops.empty()) return "none";
    return std::string(
        core::EnumNames<StopReason>::names[static_cast<std::size_t>(stops[0].reason)]);
  }

  ChargedGroup group;
};

TEST_F(Limited, AStopOutIsAPartOfTheBase) {
  ASSERT_EQ(set(stop_out("0.6")), "done");
  ASSERT_EQ(group.value(1, "600.01"), "done");
  EXPECT_EQ(breach(), "none");
  ASSERT_EQ(group.value(1, "600"), "done");
  ASSERT_EQ(breach(), "stop_out");
  EXPECT_TRUE(group.last<StopOutTriggered>()[0].close_all);
}

TEST_F(Limited, ItIsSaidOnceAndStandsUntilItIsLifted) {
  ASSERT_EQ(set(stop_out("0.6")), "done");
  ASSERT_EQ(group.value(1, "500"), "done");
  ASSERT_EQ(group.value(1, "400"), "done");
  EXPECT_EQ(breach(), "none");
  EXPECT_EQ(group.accept(1, "0.10"), "Conflict/no_participants");
  EXPECT_EQ(group.run(LiftStopOut{Group::account(1), ""}), "InvalidInput/reason");
  ASSERT_EQ(group.run(LiftStopOut{Group::account(1), "He wants to go on."}), "done");
  EXPECT_EQ(group.run(LiftStopOut{Group::account(1), "Again."}), "Conflict/not_stopped_out");
  EXPECT_EQ(group.accept(1, "0.10"), "done");
  // Its base is what was there then.
  ASSERT_EQ(group.value(1, "250"), "done");
  EXPECT_EQ(breach(), "none");
  ASSERT_EQ(group.value(1, "240"), "done");
  EXPECT_EQ(breach(), "stop_out");
}

TEST_F(Limited, ClosesAndExitsAreNotHeldUp) {
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  ASSERT_EQ(set(stop_out("0.6")), "done");
  ASSERT_EQ(group.value(1, "500"), "done");
  EXPECT_EQ(breach(), "stop_out");
  EXPECT_EQ(group.close(1, "c", "0.10", "-500"), "done");
  ASSERT_EQ(group.value(1, "500"), "done");
  EXPECT_EQ(group.defund(1, "500"), "done");
}

TEST_F(Limited, TheBaseMovesWithTheMoney) {
  ASSERT_EQ(set(stop_out("0.6")), "done");
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.value(1, "1600"), "done");
  EXPECT_EQ(breach(), "none");
  FlowFacts known;
  known.equity_before = decimal("1600");
  ASSERT_EQ(group.run(DefundAccount{Group::account(1), decimal("400"), known}), "done");
  ASSERT_EQ(group.value(1, "900.01"), "done");  // Of a base of 1500.
  EXPECT_EQ(breach(), "none");
  ASSERT_EQ(group.value(1, "900"), "done");
  EXPECT_EQ(breach(), "stop_out");
}

TEST_F(Limited, ADrawdownIsFromTheHighest) {
  AccountLimits limits;
  limits.max_drawdown = decimal("0.2");
  ASSERT_EQ(set(limits), "done");
  ASSERT_EQ(group.value(1, "1500"), "done");
  ASSERT_EQ(group.value(1, "1200.01"), "done");
  EXPECT_EQ(breach(), "none");
  ASSERT_EQ(group.value(1, "1200"), "done");
  EXPECT_EQ(breach(), "drawdown");
}

TEST_F(Limited, LossBalanceAndLeverageHaveLimits) {
  AccountLimits loss;
  loss.max_loss = decimal("100");
  ASSERT_EQ(set(loss), "done");
  ASSERT_EQ(group.value(1, "900"), "done");
  EXPECT_EQ(breach(), "loss");
  ASSERT_EQ(group.run(LiftStopOut{Group::account(1), "Next."}), "done");
  AccountLimits least;
  least.minimum_balance = decimal("1000.01");
  ASSERT_EQ(set(least), "done");
  ASSERT_EQ(group.value(1, "1000"), "done");
  EXPECT_EQ(breach(), "minimum_balance");
  ASSERT_EQ(group.run(LiftStopOut{Group::account(1), "Next."}), "done");
  AccountLimits leverage;
  leverage.max_leverage = decimal("5");
  ASSERT_EQ(set(leverage), "done");
  ValueAccount valuation{Group::account(1), decimal("1000"), {}};
  valuation.exposure = decimal("5000");
  ASSERT_EQ(group.run(valuation), "done");
  EXPECT_EQ(breach(), "none");
  valuation.exposure = decimal("5000.01");
  ASSERT_EQ(group.run(valuation), "done");
  ASSERT_EQ(breach(), "leverage");
  EXPECT_FALSE(group.last<StopOutTriggered>()[0].close_all);
}

TEST_F(Limited, OnePersonMayOnlyTighten) {
  ASSERT_EQ(set(stop_out("0.6")), "done");
  EXPECT_EQ(tighten(stop_out("0.59")), "Conflict/limit_looser");
  EXPECT_EQ(tighten(stop_out("0.7")), "done");
  AccountLimits drawdown;
  drawdown.max_drawdown = decimal("0.3");
  EXPECT_EQ(tighten(drawdown), "done");
  drawdown.max_drawdown = decimal("0.31");
  EXPECT_EQ(tighten(drawdown), "Conflict/limit_looser");
  const AccountLimits& limits = group.state.trading->accounts.at(Group::account(1)).limits;
  EXPECT_EQ(core::to_string(*limits.stop_out), "0.7");
  EXPECT_EQ(core::to_string(*limits.max_drawdown), "0.3");
}

TEST_F(Limited, LimitsMustMakeSense) {
  EXPECT_EQ(set(stop_out("1.1")), "InvalidInput/rate_range");
  EXPECT_EQ(set(stop_out("0")), "InvalidInput/rate_range");
  AccountLimits loss;
  loss.max_loss = decimal("0.001");
  EXPECT_EQ(set(loss), "InvalidInput/precision");
}

TEST_F(Limited, TheFiguresOfAValuationMustAgree) {
  ValueAccount valuation{Group::account(1), decimal("1010"), {}};
  valuation.balance = decimal("1000.01");
  EXPECT_EQ(group.run(valuation), "Conflict/balance_differs");
  valuation.balance = decimal("1000");
  valuation.floating = decimal("9.97");
  valuation.open_positions = 2;
  EXPECT_EQ(group.run(valuation), "Conflict/reconcile_drift");
  valuation.open_positions = 3;
  EXPECT_EQ(group.run(valuation), "done");
  EXPECT_TRUE(group.balance(std::string(accounts::kRounding)) == -3);
  EXPECT_TRUE(group.equity(1) == 101'000);
  // The next one takes the place of it.
  valuation.floating = decimal("10");
  EXPECT_EQ(group.run(valuation), "done");
  EXPECT_TRUE(group.balance(std::string(accounts::kRounding)) == 0);
}

TEST_F(Limited, CreditIsNobodysMoney) {
  ValueAccount valuation{Group::account(1), decimal("1500"), {}};
  valuation.credit = decimal("500");
  valuation.free_margin = decimal("1400");
  ASSERT_EQ(group.run(valuation), "done");
  EXPECT_TRUE(group.floating(1) == 0);
  const auto& valued = group.state.trading->accounts.at(Group::account(1)).valued;
  EXPECT_TRUE(valued->value.free_margin == 140'000);
  EXPECT_TRUE(valued->effective_at < group.now || valued->effective_at == group.now);
}

}  // namespace
}  // namespace engine::trading
