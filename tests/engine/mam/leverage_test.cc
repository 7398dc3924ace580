// How far accounts may be levered by their mandates and by the rules.

#include <gtest/gtest.h>

#include "engine/gate_state.h"
#include "engine/trading_state.h"
#include "tests/engine/gate/ruled.h"
#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

using tests::decimal;

// Two accounts of the same money; a step of EURUSD at 1.1 is 1,100 euros, one of EURGBP at 0.5 is
// 500. Both are booked in euros.
struct Levered : Group {
  explicit Levered(std::int64_t euros) {
    add_symbol("EURGBP", "EUR");
    add_account(1, euros);
    add_account(2, euros);
    contract("EURUSD", "fx_major");
    contract("EURGBP", "fx_minor");
  }
  void contract(const std::string& symbol, const std::optional<std::string>& asset_class) {
    ContractSpec spec;
    spec.contract_size = decimal("100000");
    spec.lot_step = decimal("0.01");
    spec.min_lots = decimal("0.01");
    spec.price_digits = 5;
    spec.asset_class = asset_class;
    auto& contracts = state.instruments->symbols.at(symbol).contracts;
    contracts.push_back({{0}, spec, contracts.size() + 1, 7});
  }
  void agree(std::uint64_t number, std::uint64_t leverage) {
    state.gate->mandate_ends[structure][tests::client_id(number)].leverage_max = leverage;
  }
  std::string order_of(std::uint64_t number, const std::string& symbol, const std::string& lots,
                       const std::string& price, Side side = Side::Buy) {
    return run(AcceptOrder{tests::id<core::OrderId>(number), structure, symbol, side, decimal(lots),
                           decimal(price)});
  }
  std::string left_out() const {
    std::string text;
    for (const AccountExcluded& one : last<AccountExcluded>()) {
      const auto reason = static_cast<std::size_t>(one.reason);
      text += (text.empty() ? "" : " ") + std::to_string(one.account.bytes[15]) + " " +
              std::string(core::EnumNames<Exclusion>::names.at(reason));
    }
    return text;
  }
};

TEST(Leverage, WhatAMandateAgreedCutsItsAccountDown) {
  Levered group(10'000);
  group.agree(1, 2);  // 20,000 / 1,100 = 18.2 steps.
  EXPECT_EQ(group.accept(9, "0.60"), "Conflict/price_needed");
  ASSERT_EQ(group.order_of(1, "EURUSD", "0.60", "1.1"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.60", true), "done");
  EXPECT_EQ(group.filled(1), "18 42");
  EXPECT_EQ(group.left_out(), "");
}

TEST(Leverage, AllThatIsOpenCountsWhateverTheSymbol) {
  Levered group(10'000);
  group.agree(1, 2);
  ASSERT_EQ(group.order_of(1, "EURUSD", "0.34", "1.1"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.34", true), "done");
  EXPECT_EQ(group.filled(1), "17 17");  // 18,700 euros each: 1,300 are left, two steps of 500.
  ASSERT_EQ(group.order_of(2, "EURGBP", "0.10", "0.5"), "done");
  ASSERT_EQ(group.fill(2, "f", "0.10", true), "done");
  EXPECT_EQ(group.filled(2), "2 8");
}

TEST(Leverage, NothingLeftLeavesTheAccountOutWithAReason) {
  Levered group(10'000);
  group.agree(1, 2);
  ASSERT_EQ(group.order_of(1, "EURUSD", "0.36", "1.1"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.36", true), "done");
  EXPECT_EQ(group.filled(1), "18 18");  // 19,800 euros each.
  ASSERT_EQ(group.order_of(2, "EURGBP", "0.10", "0.5"), "done");
  EXPECT_EQ(group.left_out(), "101 leverage");
}

TEST(Leverage, TheRulesLimitRetailAccountsByAssetClass) {
  Levered group(100);
  tests::decide_by_rules(group.state, GateModel::Mam);
  group.state.clients.at(tests::client_id(2)).category = ClientCategory::Professional;
  ASSERT_EQ(group.order_of(1, "EURUSD", "0.10", "1.1"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10", true), "done");
  // fx_major: 30 x 100 / 1,100 = 2.7 steps.
  EXPECT_EQ(group.filled(1), "2 8");
  // Those two need 2,200 / 30 = 73.33 of the 100. fx_minor: 20 x 26.67 / 500 = 1.07 steps.
  ASSERT_EQ(group.order_of(2, "EURGBP", "0.10", "0.5"), "done");
  EXPECT_EQ(group.last<OrderShareFrozen>().at(0).basis->limit, core::Minor{1});
  EXPECT_FALSE(group.last<OrderShareFrozen>().at(1).basis->limit.has_value());
}

TEST(Leverage, TheStricterOfMandateAndRulesCounts) {
  Levered group(1'000);
  tests::decide_by_rules(group.state, GateModel::Mam);
  group.agree(1, 5);   // 4 steps, where the rules leave 27.
  group.agree(2, 50);  // 45, where the rules leave 27.
  ASSERT_EQ(group.order_of(1, "EURUSD", "0.60", "1.1"), "done");
  ASSERT_EQ(group.last<OrderAccepted>().at(0).steps, 31);
  ASSERT_EQ(group.fill(1, "f", "0.31", true), "done");
  EXPECT_EQ(group.filled(1), "4 27");
}

TEST(Leverage, ASymbolWithoutAnAssetClassIsNotGuessedAt) {
  Levered group(10'000);
  tests::decide_by_rules(group.state, GateModel::Mam);
  group.state.clients.at(tests::client_id(2)).category = ClientCategory::Professional;
  group.contract("EURUSD", std::nullopt);
  ASSERT_EQ(group.order_of(1, "EURUSD", "0.10", "1.1"), "done");
  EXPECT_EQ(group.left_out(), "101 no_asset_class");
  ASSERT_EQ(group.fill(1, "f", "0.10", true), "done");
  // Nor what is open in it beside an order of another symbol.
  group.contract("EURUSD", "fx_major");
  ASSERT_EQ(group.order_of(2, "EURUSD", "0.10", "1.1"), "done");
  ASSERT_EQ(group.fill(2, "f", "0.10", true), "done");
  group.contract("EURUSD", std::nullopt);
  ASSERT_EQ(group.order_of(3, "EURGBP", "0.10", "0.5"), "done");
  EXPECT_EQ(group.left_out(), "101 no_asset_class");
}

TEST(Leverage, ANettedPositionMayAlwaysBeReduced) {
  Levered group(10'000);
  for (const auto number : {1u, 2u}) {
    group.state.trading->accounts.at(Group::account(number)).mode = PositionMode::Netting;
  }
  ASSERT_EQ(group.order_of(1, "EURUSD", "0.20", "1.1"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.20", true), "done");
  group.agree(1, 1);  // 10,000 / 1,100 = 9 steps, and 10 are open.
  ASSERT_EQ(group.order_of(2, "EURUSD", "0.20", "1.1"), "done");
  EXPECT_EQ(group.left_out(), "101 leverage");
  // Down to nothing, and as far again on the other side as the mandate leaves.
  ASSERT_EQ(group.order_of(3, "EURUSD", "0.60", "1.1", Side::Sell), "done");
  EXPECT_EQ(group.left_out(), "");
  EXPECT_EQ(group.last<OrderShareFrozen>().at(0).basis->limit, core::Minor{19});
}

TEST(Leverage, AnOrderThatOnlyReducesIsNotHeldUp) {
  Levered group(10'000);
  tests::decide_by_rules(group.state, GateModel::Mam);
  for (std::uint64_t number = 1; number <= 2; ++number) {
    group.state.trading->accounts.at(Group::account(number)).mode = PositionMode::Netting;
  }
  ASSERT_EQ(group.order_of(1, "EURUSD", "0.20", "1.1"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.20", true), "done");
  group.agree(1, 1);
  group.contract("EURUSD", std::nullopt);
  // Without a price and an asset class; a step more is asked about.
  const auto sell = [&](std::uint64_t number, const std::string& lots) {
    return group.run(AcceptOrder{tests::id<core::OrderId>(number), group.structure, "EURUSD",
                                 Side::Sell, decimal(lots)});
  };
  EXPECT_EQ(sell(2, "0.21"), "Conflict/price_needed");
  EXPECT_EQ(sell(2, "0.20"), "done");
  EXPECT_EQ(group.left_out(), "");
}

TEST(Leverage, WhomTheDecisionDidNotAskForIsLeftOut) {
  Levered group(10'000);
  group.state.clients.at(tests::client_id(2)).category = ClientCategory::Professional;
  tests::decide_by_rules(group.state, GateModel::Mam);
  auto& question = group.state.gate->decisions.at(group.state.decision_order.back()).decided;
  question.question.categories = {ClientCategory::Professional};
  ASSERT_EQ(group.order_of(1, "EURUSD", "0.20", "1.1"), "done");
  EXPECT_EQ(group.left_out(), "101 not_authorised");
}

// The rules ask what the symbol is on now; what it was when the order was given does not count.
TEST(Leverage, AnOrderToldLateHasTheAssetClassOfToday) {
  Levered group(100);
  tests::decide_by_rules(group.state, GateModel::Mam);
  for (const std::string symbol : {"EURUSD", "EURGBP"}) {
    auto& contracts = group.state.instruments->symbols.at(symbol).contracts;
    contracts.push_back(contracts.back());
    contracts.back().from = {500};
    contracts.back().spec.asset_class = "equity";
  }
  const AcceptOrder late{tests::id<core::OrderId>(1),
                         group.structure,
                         "EURUSD",
                         Side::Buy,
                         decimal("0.10"),
                         decimal("0.0011")};
  const Context then{group.state, group.books, group.now, {400}, group.context().past};
  ASSERT_EQ(group.commit(decide(then, late)), "done");
  // equity: 5 x 100 / 1.1 = 454 steps, fx_major would leave 2,727.
  EXPECT_EQ(group.last<OrderShareFrozen>().at(0).basis->limit, core::Minor{454});
  ASSERT_EQ(group.run(RecordFill{tests::id<core::OrderId>(1), "f", decimal("0.10"),
                                 decimal("0.0011"), true}),
            "done");
  // Five steps at the order's price are worth 5.50 and need 1.10 of the 100, as another symbol too:
  // 5 x 98.90 / 0.5 = 989 steps.
  const AcceptOrder other{tests::id<core::OrderId>(2),
                          group.structure,
                          "EURGBP",
                          Side::Buy,
                          decimal("0.10"),
                          decimal("0.0005")};
  const Context again{group.state, group.books, group.now, {400}, group.context().past};
  ASSERT_EQ(group.commit(decide(again, other)), "done");
  EXPECT_EQ(group.last<OrderShareFrozen>().at(0).basis->limit, core::Minor{989});
}

}  // namespace
}  // namespace engine::mam
