#include <gtest/gtest.h>

#include "engine/cash_records.h"
#include "engine/gate_state.h"
#include "engine/trading_state.h"
#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

using tests::client_id;
using tests::decimal;

OpenTradingAccount opening(const Group& group, std::uint64_t number) {
  return {Group::account(number), group.structure, client_id(number)};
}

TEST(OpenTradingAccount, ItNeedsAMandate) {
  Group group;
  group.add_client(client_id(1), ClientCategory::Retail);
  EXPECT_EQ(group.run(opening(group, 1)), "Conflict/no_mandate");
  group.state.structures.at(group.structure).mandates.emplace(client_id(1), core::DecisionId{});
  EXPECT_EQ(group.run(opening(group, 1)), "done");
}

TEST(OpenTradingAccount, ItNeedsADecisionInForce) {
  Group group;
  group.add_client(client_id(1), ClientCategory::Retail);
  group.state.structures.at(group.structure).mandates.emplace(client_id(1), core::DecisionId{});
  group.add_decision(group.manager, Model::Mam, Verdict::Block);
  EXPECT_EQ(group.run(opening(group, 1)), "Conflict/not_authorised");
}

TEST(OpenTradingAccount, WhatItNamesMustExist) {
  Group group;
  EXPECT_EQ(group.run(opening(group, 1)), "NotFound/unknown_client");
  group.add_account(1, 100);
  EXPECT_EQ(group.run(opening(group, 1)), "Conflict/exists");
  auto elsewhere = opening(group, 1);
  elsewhere.structure = tests::id<core::StructureId>(1);
  EXPECT_EQ(group.run(elsewhere), "NotFound/unknown_structure");
}

TEST(OpenTradingAccount, APoolHasNone) {
  Group group;
  group.add_client(client_id(1), ClientCategory::Retail);
  auto command = opening(group, 1);
  command.structure = tests::id<core::StructureId>(701);
  group.add_structure(command.structure, Model::Pamm, group.manager, {});
  EXPECT_EQ(group.run(command), "Conflict/wrong_model");
}

TEST(OpenTradingAccount, AccountsAreNumberedAsTheyAreOpened) {
  Group group;
  group.add_account(2, 100);
  group.add_account(1, 100);
  EXPECT_EQ(group.state.trading->accounts.at(Group::account(2)).ordinal, 1u);
  EXPECT_EQ(group.state.trading->accounts.at(Group::account(1)).ordinal, 2u);
}

TEST(FundAccount, MoneyLeavesTheWallet) {
  Group group;
  group.add_account(1, 0);
  group.post(std::string(Group::kBank), accounts::wallet(client_id(1)), "EUR", 10'000);
  EXPECT_EQ(group.run(FundAccount{Group::account(1), decimal("60.5")}), "done");
  EXPECT_TRUE(group.owed(1) == 6'050);
  EXPECT_TRUE(group.wallet(1) == 3'950);
  EXPECT_TRUE(group.balance(std::string(accounts::kTransitInternal)) == 0);
  ASSERT_EQ(group.last<CashMoved>().size(), 1u);
  EXPECT_EQ(group.last<CashMoved>()[0].type, "account_funded");
}

TEST(FundAccount, ItIsRefusedBeyondTheWalletOrWithoutSense) {
  Group group;
  group.add_account(1, 100);
  EXPECT_EQ(group.run(FundAccount{Group::account(1), decimal("0.01")}), "Conflict/law_never_debit");
  EXPECT_EQ(group.run(FundAccount{Group::account(1), decimal("0")}), "InvalidInput/not_positive");
  EXPECT_EQ(group.run(FundAccount{Group::account(1), decimal("1.001")}), "InvalidInput/precision");
  EXPECT_EQ(group.run(FundAccount{Group::account(9), decimal("1")}), "NotFound/unknown_account");
}

TEST(DefundAccount, MoneyReturnsToTheWallet) {
  Group group;
  group.add_account(1, 100);
  EXPECT_EQ(group.run(DefundAccount{Group::account(1), decimal("100")}), "done");
  EXPECT_TRUE(group.owed(1) == 0);
  EXPECT_TRUE(group.wallet(1) == 10'000);
}

TEST(DefundAccount, NeitherBalanceNorEquityMayBeExceeded) {
  Group group;
  group.add_account(1, 100);
  EXPECT_EQ(group.run(DefundAccount{Group::account(1), decimal("100.01")}),
            "Conflict/insufficient_balance");
  EXPECT_EQ(group.run(ValueAccount{Group::account(1), decimal("130"), {}}), "done");
  EXPECT_EQ(group.run(DefundAccount{Group::account(1), decimal("100.01")}),
            "Conflict/insufficient_balance");
  EXPECT_EQ(group.run(ValueAccount{Group::account(1), decimal("40"), {}}), "done");
  EXPECT_EQ(group.run(DefundAccount{Group::account(1), decimal("40.01")}),
            "Conflict/insufficient_equity");
  EXPECT_EQ(group.run(DefundAccount{Group::account(1), decimal("40")}), "done");
}

TEST(ValueAccount, FloatingFollowsTheEquity) {
  Group group;
  group.add_account(1, 100);
  EXPECT_EQ(group.run(ValueAccount{Group::account(1), decimal("112.34"), {}}), "done");
  EXPECT_TRUE(group.floating(1) == 1'234);
  EXPECT_TRUE(group.balance(std::string(accounts::kClientTradingFloating)) == 1'234);
  EXPECT_EQ(group.run(ValueAccount{Group::account(1), decimal("90"), {}}), "done");
  EXPECT_TRUE(group.floating(1) == -1'000);
  EXPECT_TRUE(group.last<AccountValued>().at(0).floating_change == -2'234);
  // The house owes or is owed what is not yet moved between the rings.
  EXPECT_TRUE(group.balance(std::string(accounts::kInterfundClient)) == -1'000);
  EXPECT_TRUE(group.balance(std::string(accounts::kInterfundHouse)) == 1'000);
}

TEST(ValueAccount, AnUnchangedEquityIsRecordedToo) {
  Group group;
  group.add_account(1, 100);
  EXPECT_EQ(group.run(ValueAccount{Group::account(1), decimal("100"), {}}), "done");
  EXPECT_EQ(group.last<AccountValued>().size(), 1u);
}

TEST(ValueAccount, EquityBelowZeroIsRefused) {
  Group group;
  group.add_account(1, 100);
  EXPECT_EQ(group.run(ValueAccount{Group::account(1), decimal("-0.01"), {}}),
            "Conflict/negative_equity");
  EXPECT_EQ(group.run(ValueAccount{Group::account(9), decimal("1"), {}}),
            "NotFound/unknown_account");
}

// A loss beyond balance and last known floating is no breach until the account is valued, and then
// it is its own alone.
TEST(ValueAccount, ADeficitElsewhereInTheGroupDoesNotStopIt) {
  Group group;
  group.add_account(1, 100);
  group.add_account(2, 100);
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  for (const std::uint64_t number : {1u, 2u}) {
    ASSERT_EQ(group.run(ValueAccount{Group::account(number), decimal("40"), {}}), "done");
  }
  ASSERT_EQ(group.close(1, "c", "0.10", "-120"), "done");  // 40 - 60 each, before the valuation.
  for (const std::uint64_t number : {1u, 2u}) {
    EXPECT_EQ(group.run(ValueAccount{Group::account(number), decimal("40"), {}}), "done");
    EXPECT_TRUE(group.floating(number) == 0);
  }
}

// Source: docs/decisions/0051-money-on-its-way.md.
TEST(FundAccount, FirstMoneyAsksTheGate) {
  Group group;
  group.add_account(1, 100);
  group.state.gate->suspended.insert(group.manager);
  const FundAccount more{Group::account(1), decimal("1"), {}};
  EXPECT_EQ(group.run(more), "Conflict/not_authorised");
  group.state.gate->suspended.clear();
  group.add_decision(group.manager, Model::Mam, Verdict::Block);
  EXPECT_EQ(group.run(more), "Conflict/not_authorised");
}

TEST(FundAccount, WhatKeepsPositionsAliveIsNotAskedAbout) {
  Group group;
  group.add_client(client_id(1), ClientCategory::Retail, 20'000);
  group.state.structures.at(group.structure).mandates.emplace(client_id(1), core::DecisionId{});
  ASSERT_EQ(group.run(opening(group, 1)), "done");
  const FundAccount half{Group::account(1), decimal("100"), {}};
  ASSERT_EQ(group.run(half), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  group.state.gate->suspended.insert(group.manager);
  EXPECT_EQ(group.run(half), "done");
}

}  // namespace
}  // namespace engine::mam
