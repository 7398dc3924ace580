#include <gtest/gtest.h>

#include "tests/engine/trading/charged_group.h"

namespace engine::trading {
namespace {

OfferTerms with_rule(WithdrawalRule rule) {
  OfferTerms terms = performance("0.2");
  terms.performance.emplace().withdrawal_rule = rule;
  return terms;
}

FlowFacts facts(const std::string& equity, FlowQuality quality = FlowQuality::Measured) {
  FlowFacts out;
  out.equity_before = decimal(equity);
  out.quality = quality;
  return out;
}

TEST(FlowsOfAccounts, ADepositRaisesTheMarkByItself) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  EXPECT_EQ(group.fund(1, "600"), "done");
  EXPECT_TRUE(group.mark(1) == 60'000);
  EXPECT_EQ(group.fund(1, "400"), "done");
  EXPECT_TRUE(group.mark(1) == 100'000);
}

// WD-06: 80 under a mark of 100, 40 leaves and comes back.
TEST(FlowsOfAccounts, ALossThatLeftComesBackWithTheMoney) {
  ChargedGroup group(with_rule(WithdrawalRule::ProportionalRestore));
  group.add_client_account(1, 100);
  ASSERT_EQ(group.fund(1, "100"), "done");
  ASSERT_EQ(group.value(1, "80"), "done");
  ASSERT_EQ(group.defund(1, "40", facts("80")), "done");
  EXPECT_TRUE(group.equity(1) == 4'000);
  EXPECT_TRUE(group.mark(1) == 5'000);
  EXPECT_TRUE(group.released(1) == 1'000);
  ASSERT_EQ(group.fund(1, "40", facts("40")), "done");
  EXPECT_TRUE(group.mark(1) == 10'000);
  EXPECT_TRUE(group.released(1) == 0);
  EXPECT_EQ(group.month_end(31, "100"), "done");
  EXPECT_EQ(group.charged(), "");
}

TEST(FlowsOfAccounts, WithoutRestoreItDoesNot) {
  ChargedGroup group(with_rule(WithdrawalRule::Proportional));
  group.add_client_account(1, 100);
  ASSERT_EQ(group.fund(1, "100"), "done");
  ASSERT_EQ(group.defund(1, "40", facts("80")), "done");
  ASSERT_EQ(group.fund(1, "40", facts("40")), "done");
  EXPECT_TRUE(group.mark(1) == 9'000);
  EXPECT_EQ(group.month_end(31, "100"), "done");
  EXPECT_EQ(group.charged(), "200");
}

// WD-05 with the rule of the forum: the gap stays the same in money.
TEST(FlowsOfAccounts, TheAbsoluteRuleKeepsTheGap) {
  ChargedGroup group(with_rule(WithdrawalRule::Absolute));
  group.add_client_account(1, 120);
  ASSERT_EQ(group.fund(1, "120"), "done");
  ASSERT_EQ(group.defund(1, "40", facts("106")), "done");
  EXPECT_TRUE(group.mark(1) == 8'000);
  EXPECT_TRUE(group.equity(1) == 6'600);
}

// WD-04: 12000 over a mark of 10000, 3000 leaves.
TEST(FlowsOfAccounts, TheFeeOnWhatLeavesIsTakenOutOfIt) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 10'000);
  ASSERT_EQ(group.fund(1, "10000"), "done");
  ASSERT_EQ(group.defund(1, "3000", facts("12000")), "done");
  EXPECT_EQ(group.charged(), "10000");
  EXPECT_TRUE(group.wallet(1) == 290'000);
  EXPECT_TRUE(group.equity(1) == 900'000);
  EXPECT_TRUE(group.mark(1) == 750'000);
  EXPECT_TRUE(group.manager_fees() == 10'000);
}

TEST(FlowsOfAccounts, TheFullChargeTakesAllOfItFirst) {
  OfferTerms terms = performance("0.2");
  terms.performance.emplace().withdrawal_charge = WithdrawalCharge::Full;
  ChargedGroup group(terms);
  group.add_client_account(1, 10'000);
  ASSERT_EQ(group.fund(1, "10000"), "done");
  ASSERT_EQ(group.defund(1, "3000", facts("12000")), "done");
  EXPECT_EQ(group.charged(), "40000");
  EXPECT_TRUE(group.wallet(1) == 300'000);
  EXPECT_TRUE(group.equity(1) == 860'000);
  EXPECT_TRUE(group.mark(1) == 860'000);
}

// The "calendar scheme": who leaves a day before the fee date pays for the month all the same.
TEST(FlowsOfAccounts, LeavingADayBeforeTheFeeDatePaysTheFee) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  ASSERT_EQ(group.close(1, "c", "0.10", "100"), "done");
  group.at_day(30);
  ASSERT_EQ(group.defund(1, "1100"), "done");
  EXPECT_EQ(group.charged(), "2000");
  EXPECT_TRUE(group.wallet(1) == 108'000);
  EXPECT_TRUE(group.mark(1) == 0);
}

TEST(FlowsOfAccounts, AWholeExitIsTheLastChanceToChargeWhatAccrued) {
  OfferTerms terms;
  terms.management_fee_rate = decimal("0.0365");
  ChargedGroup group(terms);
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  group.at_day(11);
  ASSERT_EQ(group.defund(1, "1000"), "done");
  EXPECT_EQ(group.charged(), "100");  // Ten days of 0.10.
  EXPECT_TRUE(group.wallet(1) == 99'900);
  EXPECT_TRUE(group.owed(1) == 0);
}

TEST(FlowsOfAccounts, AssertedFiguresBlockThePerformanceFee) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "500"), "done");
  ASSERT_EQ(group.fund(1, "100", facts("510", FlowQuality::Asserted)), "done");
  EXPECT_TRUE(group.last<AccountFlow>().at(0).blocks);
  const auto waiting = group.state.trading->accounts.at(Group::account(1)).unmeasured;
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(group.month_end(31, "700"), "done");
  EXPECT_EQ(group.charged(), "");
  EXPECT_EQ(group.last<AccountFeesCompleted>().at(0).blocked, 1u);
  const core::Hash paper{};
  EXPECT_EQ(group.run(AcceptFlow{Group::account(1), *waiting.begin() + 1,
                                 FlowMethod::PlatformReport, paper}),
            "Conflict/flow_not_waiting");
  EXPECT_EQ(
      group.run(AcceptFlow{Group::account(1), *waiting.begin(), FlowMethod::PlatformReport, paper}),
      "done");
  EXPECT_EQ(group.charge(31), "done");
  EXPECT_EQ(group.charged(), "2000");
}

TEST(FlowsOfAccounts, WithPositionsOpenTheFiguresMustBeSaid) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 2000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  ASSERT_EQ(group.fund(1, "100"), "done");
  EXPECT_TRUE(group.last<AccountFlow>().at(0).blocks);
  ASSERT_EQ(group.fund(1, "100", facts("1110")), "done");
  EXPECT_FALSE(group.last<AccountFlow>().at(0).blocks);
  EXPECT_TRUE(group.last<AccountFlow>().at(0).equity_before == 111'000);
  EXPECT_TRUE(group.floating(1) == 1'000);
}

// 1000 paid in and a tenth of a lot open: what leaves would take its part of the gain along.
TEST(FlowsOfAccounts, AWithdrawalWithPositionsOpenSaysTheEquity) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  EXPECT_EQ(group.defund(1, "600"), "Conflict/equity_unstated");
  FlowFacts balance_only;
  balance_only.balance_before = decimal("1000");
  EXPECT_EQ(group.defund(1, "600", balance_only), "Conflict/equity_unstated");
  // 200 of gain, of which 600 / 1200 leaves: 20 % of 100.
  ASSERT_EQ(group.defund(1, "600", facts("1200")), "done");
  EXPECT_EQ(group.charged(), "2000");
  EXPECT_TRUE(group.wallet(1) == 58'000);
  EXPECT_TRUE(group.mark(1) == 50'000);
}

// Nobody has lots, but what the order makes is shared: the equity is not what the books say.
TEST(FlowsOfAccounts, AnOpenOrderOfWhichResultsAloneAreSharedCountsAsAPosition) {
  OfferTerms terms = performance("0.2");
  terms.allocation = AllocationTerms{AllocationMethod::ProfitEquity, {}, {}, {}};
  ChargedGroup group(terms);
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  EXPECT_EQ(group.defund(1, "100"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  EXPECT_EQ(group.defund(1, "100"), "Conflict/equity_unstated");
  ASSERT_EQ(group.close(1, "c", "0.10", "50"), "done");
  EXPECT_EQ(group.defund(1, "100"), "done");
  // What is past is not looked at again.
  EXPECT_TRUE(group.state.blocks->open.at(group.structure).empty());
}

TEST(FlowsOfAccounts, WithoutAPerformanceFeeAWithdrawalNeedsNoWord) {
  OfferTerms terms;
  terms.management_fee_rate = decimal("0.0365");
  ChargedGroup group(terms);
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  EXPECT_EQ(group.defund(1, "600"), "done");
}

// Ruling 8: said, but by nobody who measured it. Two people look at it before a fee is charged.
TEST(FlowsOfAccounts, AnAssertedWithdrawalGoesThroughAndWaits) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  ASSERT_EQ(group.defund(1, "600", facts("1200", FlowQuality::Asserted)), "done");
  EXPECT_TRUE(group.last<AccountFlow>().at(0).blocks);
  EXPECT_EQ(group.charged(), "");
}

TEST(FlowsOfAccounts, TheBalanceBeforeMustBeTheBooks) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "500"), "done");
  FlowFacts other;
  other.balance_before = decimal("499.99");
  EXPECT_EQ(group.fund(1, "100", other), "Conflict/balance_differs");
}

TEST(FlowsOfAccounts, AWithdrawalWithOpenPositionsIsWarnedOfAndNotRefused) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.04"), "done");
  ASSERT_EQ(group.defund(1, "300", facts("1000")), "done");
  const auto warnings = group.last<HedgeWarning>();
  ASSERT_EQ(warnings.size(), 1u);
  ASSERT_EQ(warnings[0].orders.size(), 1u);
  ASSERT_EQ(warnings[0].positions.size(), 1u);
  EXPECT_EQ(warnings[0].positions[0].symbol, "EURUSD");
  EXPECT_TRUE(warnings[0].positions[0].lots == 4'000'000);
  EXPECT_TRUE(warnings[0].equity_before == 100'000);
  EXPECT_TRUE(warnings[0].equity_after == 70'000);
}

TEST(FlowsOfAccounts, WithoutPositionsNobodyIsWarned) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.defund(1, "300"), "done");
  EXPECT_TRUE(group.last<HedgeWarning>().empty());
}

TEST(FlowsOfAccounts, WhatLeftAtTheMarkBringsNoOlderLossBack) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.defund(1, "400", facts("800")), "done");
  EXPECT_TRUE(group.mark(1) == 50'000);
  EXPECT_TRUE(group.released(1) == 10'000);
  ASSERT_EQ(group.defund(1, "100", facts("500")), "done");
  ASSERT_EQ(group.fund(1, "100", facts("400")), "done");
  EXPECT_TRUE(group.mark(1) == 50'000);
  ASSERT_EQ(group.fund(1, "400", facts("500")), "done");
  EXPECT_TRUE(group.mark(1) == 100'000);
}

// A client gives up one account and opens another under the same strategy: the loss is his still.
TEST(FlowsOfAccounts, AnotherAccountOfTheStrategyGetsTheLossBack) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  ASSERT_EQ(group.close(1, "c", "0.10", "-200"), "done");
  ASSERT_EQ(group.defund(1, "800"), "done");
  EXPECT_TRUE(group.mark(1) == 0);
  EXPECT_TRUE(group.released(1) == 20'000);
  const auto second = tests::id<core::AccountId>(201);
  ASSERT_EQ(group.run(OpenTradingAccount{second, group.structure, client_id(1)}), "done");
  ASSERT_EQ(group.run(FundAccount{second, decimal("800")}), "done");
  EXPECT_TRUE(group.released(1) == 0);
  EXPECT_TRUE(group.last<AccountFlow>().at(0).mark_after == 100'000);
}

TEST(FlowsOfAccounts, AMarkLeftOnAnEmptyAccountIsCarried) {
  ChargedGroup group(with_rule(WithdrawalRule::Absolute));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  ASSERT_EQ(group.close(1, "c", "0.10", "-200"), "done");
  ASSERT_EQ(group.defund(1, "800"), "done");
  EXPECT_TRUE(group.mark(1) == 20'000);
  const auto second = tests::id<core::AccountId>(201);
  ASSERT_EQ(group.run(OpenTradingAccount{second, group.structure, client_id(1)}), "done");
  ASSERT_EQ(group.run(FundAccount{second, decimal("500")}), "done");
  EXPECT_TRUE(group.mark(1) == 0);
  EXPECT_TRUE(group.last<AccountFlow>().at(0).mark_after == 70'000);
}

TEST(FlowsOfAccounts, AnAccountMayHaveACurrencyOfItsOwn) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 0);
  const auto dollars = tests::id<core::AccountId>(201);
  OpenTradingAccount opening{dollars, group.structure, client_id(1)};
  opening.currency = "XXZ";
  EXPECT_EQ(group.run(opening), "InvalidInput/unknown_currency");
  opening.currency = "USD";
  opening.login = "5001";
  ASSERT_EQ(group.run(opening), "done");
  group.post(std::string(Group::kBank), accounts::wallet(client_id(1)), "USD", 100'000);
  ASSERT_EQ(group.run(FundAccount{dollars, decimal("1000")}), "done");
  ASSERT_EQ(group.run(ValueAccount{dollars, decimal("1100"), {}}), "done");
  EXPECT_EQ(group.charge(1, true, {dollars}), "done");
  EXPECT_EQ(group.charged(), "2000");
  EXPECT_TRUE(group.balance(accounts::manager_fees(group.manager), "USD") == -2'000);
  EXPECT_TRUE(group.balance(accounts::account_mark(group.strategy, client_id(1), dollars),
                            "MARK.USD") == 108'000);
}

}  // namespace
}  // namespace engine::trading
