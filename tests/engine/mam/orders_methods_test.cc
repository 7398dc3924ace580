// How an order's weights, limits and participants follow from the offer and from each account.

#include <gtest/gtest.h>

#include "engine/currency_state.h"
#include "engine/trading_state.h"
#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

using tests::decimal;

OfferTerms by(AllocationMethod method, Residual residual = Residual::SainteLague) {
  OfferTerms terms;
  terms.allocation = AllocationTerms{method, {}, {}, {}};
  terms.residual = residual;
  return terms;
}

Participation parameter(const std::string& value) {
  Participation terms;
  terms.parameter = decimal(value);
  return terms;
}

// The weights of the last order.
std::string weights(const Group& group) {
  std::string text;
  for (const OrderShareFrozen& share : group.last<OrderShareFrozen>()) {
    text += (text.empty() ? "" : " ") + core::to_string(share.weight);
  }
  return text;
}

// Why accounts were left out of the last order: "102 inactive".
std::string excluded(const Group& group) {
  std::string text;
  for (const AccountExcluded& one : group.last<AccountExcluded>()) {
    text += (text.empty() ? "" : " ") + std::to_string(one.account.bytes[15]) + " " +
            std::string(core::EnumNames<Exclusion>::names.at(static_cast<std::size_t>(one.reason)));
  }
  return text;
}

core::Minor block(const Group& group) { return group.last<OrderAccepted>().at(0).steps; }

std::string accept_at(Group& group, std::uint64_t order, const std::string& lots,
                      const std::string& price) {
  return group.run(AcceptOrder{tests::id<core::OrderId>(order), group.structure, "EURUSD",
                               Side::Buy, decimal(lots), decimal(price)});
}

// Two accounts of 1,000 and 3,000.
struct Two : Group {
  explicit Two(OfferTerms terms) : Group(std::move(terms)) {
    add_account(1, 1'000);
    add_account(2, 3'000);
  }
  // The offer's from the next order on.
  void method(AllocationMethod method) {
    state.offers.at(state.structures.at(structure).offer).terms.allocation->method = method;
  }
};

TEST(AcceptOrder, LotsAreWeights) {
  Two group(by(AllocationMethod::Lots));
  EXPECT_EQ(group.accept(1, "0.08"), "Conflict/no_participants");
  ASSERT_EQ(group.set(1, parameter("0.3")), "done");
  ASSERT_EQ(group.set(2, parameter("0.1")), "done");
  ASSERT_EQ(group.accept(1, "0.08"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.08"), "done");
  EXPECT_EQ(group.filled(1), "6 2");
}

TEST(AcceptOrder, FixedLotsMakeTheBlock) {
  Two group(by(AllocationMethod::FixedLots));
  ASSERT_EQ(group.set(1, parameter("0.02")), "done");
  ASSERT_EQ(group.set(2, parameter("0.059")), "done");  // Whole steps: 0.05.
  ASSERT_EQ(group.accept(1, "9"), "done");
  EXPECT_TRUE(block(group) == 7);
  EXPECT_TRUE(group.last<OrderAccepted>().at(0).policy->asked_steps == 900);
  ASSERT_EQ(group.fill(1, "f", "0.07"), "done");
  EXPECT_EQ(group.filled(1), "2 5");
}

TEST(AcceptOrder, AMultiplierTakesTheOrderAsASignal) {
  Two group(by(AllocationMethod::Multiplier));
  ASSERT_EQ(group.set(1, parameter("0.55")), "done");
  ASSERT_EQ(group.set(2, parameter("2")), "done");
  ASSERT_EQ(group.accept(1, "0.1"), "done");
  EXPECT_EQ(weights(group), "5 20");
  EXPECT_TRUE(block(group) == 25);
}

TEST(AcceptOrder, PartsSumToOne) {
  Two group(by(AllocationMethod::Percent));
  ASSERT_EQ(group.set(1, parameter("0.25")), "done");
  EXPECT_EQ(group.accept(1, "1"), "Conflict/percent_sum");
  EXPECT_EQ(group.set(2, parameter("0.76")), "InvalidInput/shares_above_one");
  ASSERT_EQ(group.set(2, parameter("0.75")), "done");
  ASSERT_EQ(group.accept(1, "1"), "done");
  ASSERT_EQ(group.fill(1, "f", "1"), "done");
  EXPECT_EQ(group.filled(1), "25 75");
}

TEST(AcceptOrder, EvenIsTheSameForEach) {
  Two group(by(AllocationMethod::Even));
  ASSERT_EQ(group.accept(1, "1"), "done");
  EXPECT_EQ(weights(group), "1 1");
}

ValueAccount valued(std::uint64_t number, const std::string& equity,
                    std::optional<core::Decimal> margin, std::optional<core::Decimal> free) {
  ValueAccount command{Group::account(number), decimal(equity), {}};
  command.margin = margin;
  command.free_margin = free;
  return command;
}

TEST(AcceptOrder, BalanceDoesNotFloat) {
  Two group(by(AllocationMethod::Balance));
  ASSERT_EQ(group.run(ValueAccount{Group::account(1), decimal("5000"), {}}), "done");
  ASSERT_EQ(group.accept(1, "1"), "done");
  EXPECT_EQ(weights(group), "100000 300000");
}

TEST(AcceptOrder, FreeMarginIsThatOfTheLastValuation) {
  Two group(by(AllocationMethod::FreeMargin));
  EXPECT_EQ(group.accept(1, "1"), "Conflict/no_participants");
  ASSERT_EQ(group.run(valued(1, "1000", decimal("400"), decimal("600"))), "done");
  ASSERT_EQ(group.accept(1, "1"), "done");
  EXPECT_EQ(weights(group), "60000");
  EXPECT_EQ(excluded(group), "102 no_margin");
  ASSERT_EQ(group.run(valued(2, "3000", decimal("3000"), decimal("0"))), "done");
  ASSERT_EQ(group.accept(2, "1"), "done");
  EXPECT_EQ(excluded(group), "102 no_equity");
}

// What came since is free, and what left was: 600 + 400 and 1,500 - 500.
TEST(AcceptOrder, FreeMarginMovesWithMoneyThatComesAndGoes) {
  Two group(by(AllocationMethod::FreeMargin));
  ASSERT_EQ(group.run(valued(1, "1000", decimal("400"), decimal("600"))), "done");
  ASSERT_EQ(group.run(valued(2, "3000", decimal("1500"), decimal("1500"))), "done");
  group.post(std::string(Group::kBank), accounts::wallet(tests::client_id(1)), "EUR", 40'000);
  ASSERT_EQ(group.run(FundAccount{Group::account(1), decimal("400")}), "done");
  ASSERT_EQ(group.run(DefundAccount{Group::account(2), decimal("500")}), "done");
  ASSERT_EQ(group.accept(1, "1"), "done");
  EXPECT_EQ(weights(group), "100000 100000");
  // More leaves than was free.
  ASSERT_EQ(group.run(DefundAccount{Group::account(2), decimal("1000.01")}), "done");
  ASSERT_EQ(group.accept(2, "1"), "done");
  EXPECT_EQ(excluded(group), "102 no_equity");
}

// Source: the worked examples, ALLOC-07-ibkr-equalise-positions: 100 and 50, and 150 more.
TEST(AcceptOrder, EqualPositionsBringsAllToOneLevel) {
  Two group(by(AllocationMethod::Lots));
  ASSERT_EQ(group.set(1, parameter("2")), "done");
  ASSERT_EQ(group.set(2, parameter("1")), "done");
  ASSERT_EQ(group.accept(1, "1.50"), "done");
  ASSERT_EQ(group.fill(1, "f", "1.50"), "done");
  ASSERT_EQ(group.filled(1), "100 50");
  group.method(AllocationMethod::EqualPositions);
  ASSERT_EQ(group.accept(2, "1.50"), "done");
  ASSERT_EQ(group.fill(2, "f", "1.50"), "done");
  EXPECT_EQ(group.filled(2), "50 100");
  EXPECT_TRUE(group.position(1) == 150'000'000 && group.position(2) == 150'000'000);
  // Sold from there: both alike.
  ASSERT_EQ(group.accept(3, "0.20", Side::Sell), "done");
  EXPECT_EQ(weights(group), "20000000 20000000");
}

TEST(AcceptOrder, WhoHasMoreThanTheLevelGetsNothing) {
  Two group(by(AllocationMethod::Lots));
  group.add_account(3, 1'000);
  ASSERT_EQ(group.set(1, parameter("10")), "done");
  ASSERT_EQ(group.set(2, parameter("2")), "done");
  ASSERT_EQ(group.set(3, parameter("1")), "done");
  ASSERT_EQ(group.accept(1, "0.13"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.13"), "done");
  group.method(AllocationMethod::EqualPositions);
  // 2 and 1 and 3 more: both at 3, while 10 stays. What each lacks, times two.
  ASSERT_EQ(group.accept(2, "0.03"), "done");
  EXPECT_EQ(excluded(group), "101 at_level");
  EXPECT_EQ(weights(group), "2000000 4000000");
  // Sold, all three fall: 10, 2 and 1 less 13 are 0 each.
  ASSERT_EQ(group.accept(3, "0.13", Side::Sell), "done");
  EXPECT_EQ(weights(group), "30000000 6000000 3000000");
}

// A step at 1.1 is worth 1,100.00 and takes 22.00 of margin: half of 1,000 is 22.7 steps.
TEST(AcceptOrder, EquityPercentPutsUpAPartOfTheEquityAsMargin) {
  Two group(by(AllocationMethod::EquityPercent));
  ASSERT_EQ(group.set(1, parameter("0.5")), "done");
  EXPECT_EQ(accept_at(group, 1, "1", "1.1"), "Conflict/no_contract");
  group.add_contract();
  EXPECT_EQ(group.accept(1, "1"), "Conflict/price_needed");
  EXPECT_EQ(accept_at(group, 1, "1", "0"), "InvalidInput/not_positive");
  ASSERT_EQ(accept_at(group, 1, "1", "1.1"), "done");
  EXPECT_EQ(weights(group), "22");
  EXPECT_EQ(excluded(group), "102 no_parameter");
}

// A floor of 10 allows 100.00 of margin on 1,000.00 of equity: 4 steps. Half of 0.16 would be 8.
TEST(AcceptOrder, EqualRiskLeavesOutWhoeverWouldFallBelowHisFloor) {
  Two group(by(AllocationMethod::EqualRisk));
  group.add_contract();
  Participation floor;
  floor.margin_floor = decimal("10");
  ASSERT_EQ(group.set(1, floor), "done");
  ASSERT_EQ(accept_at(group, 1, "0.16", "1.1"), "done");
  EXPECT_EQ(excluded(group), "101 no_margin");
  ASSERT_EQ(group.run(valued(1, "1000", decimal("0"), {})), "done");
  ASSERT_EQ(accept_at(group, 2, "0.16", "1.1"), "done");  // A quarter: 4 steps.
  EXPECT_EQ(weights(group), "100000 300000");
  ASSERT_EQ(accept_at(group, 3, "0.20", "1.1"), "done");
  EXPECT_EQ(weights(group), "300000");
  EXPECT_EQ(excluded(group), "101 margin_floor");
}

// The same floor, and five times 1,000.00: both allow 4 steps. Elsewhere the account is cut down.
TEST(AcceptOrder, AMarginFloorOrALeverageIsALimit) {
  for (const bool by_leverage : {false, true}) {
    Two group(by(AllocationMethod::Equity));
    group.add_contract();
    ASSERT_EQ(group.run(valued(1, "1000", decimal("0"), {})), "done");
    Participation terms;
    (by_leverage ? terms.max_leverage : terms.margin_floor) = decimal(by_leverage ? "5" : "10");
    ASSERT_EQ(group.set(1, terms), "done");
    ASSERT_EQ(accept_at(group, 1, "0.20", "1.1"), "done");
    ASSERT_EQ(group.fill(1, "f", "0.20"), "done");
    EXPECT_EQ(group.filled(1), "4 16");
    // By leverage nothing more is left: what is open counts.
    ASSERT_EQ(accept_at(group, 2, "0.20", "1.1"), "done");
    EXPECT_EQ(excluded(group), by_leverage ? "101 leverage" : "");
  }
}

TEST(AcceptOrder, MaxLotsCutDownAndTheBlockIsNeverOverfilled) {
  Two group(by(AllocationMethod::Equity));
  Participation terms;
  terms.max_lots = decimal("0.05");
  ASSERT_EQ(group.set(1, terms), "done");
  terms.max_lots = decimal("0.2");
  ASSERT_EQ(group.set(2, terms), "done");
  ASSERT_EQ(group.accept(1, "1"), "done");
  EXPECT_TRUE(block(group) == 25);
  EXPECT_EQ(group.fill(1, "f", "0.26"), "Conflict/overfill");
  ASSERT_EQ(group.fill(1, "f", "0.25"), "done");
  EXPECT_EQ(group.filled(1), "5 20");
}

TEST(AcceptOrder, MinLotsLeaveOutOrRaise) {
  Two excluding(by(AllocationMethod::Equity));
  Participation terms;
  terms.min_lots = decimal("0.03");
  ASSERT_EQ(excluding.set(1, terms), "done");
  ASSERT_EQ(excluding.accept(1, "0.08"), "done");
  EXPECT_EQ(excluded(excluding), "101 below_minimum");

  OfferTerms raise = by(AllocationMethod::Equity);
  raise.allocation->below_minimum = BelowMinimum::Raise;
  Two raising(raise);
  ASSERT_EQ(raising.set(1, terms), "done");
  ASSERT_EQ(raising.accept(1, "0.08"), "done");
  ASSERT_EQ(raising.fill(1, "f", "0.08"), "done");
  EXPECT_EQ(raising.filled(1), "3 5");
}

TEST(AcceptOrder, AnInactiveAccountHasNoNewVolume) {
  Two group(by(AllocationMethod::Equity));
  ASSERT_EQ(group.accept(1, "0.08"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.08"), "done");
  Participation off;
  off.inactive = true;
  ASSERT_EQ(group.set(1, off), "done");
  ASSERT_EQ(group.accept(2, "0.08"), "done");
  EXPECT_EQ(excluded(group), "101 inactive");
  EXPECT_EQ(group.close(1, "c", "0.08"), "done");  // Closes go on.
  EXPECT_TRUE(group.position(1) == 0);
}

TEST(AcceptOrder, WhereResultsAreSharedNobodyHasLots) {
  Two group(by(AllocationMethod::ProfitEquity));
  ASSERT_EQ(group.accept(1, "0.01"), "done");
  EXPECT_EQ(weights(group), "100000 300000");
  ASSERT_EQ(group.fill(1, "f", "0.01"), "done");
  EXPECT_EQ(group.filled(1), "0 0");
  EXPECT_TRUE(group.order(1).open == 1);
  EXPECT_TRUE(group.balance(accounts::street(1), "LOT.S1") == 0);
}

// Source: the worked examples, ALLOC-01: floors of 526, 368 and 105 leave one step of 1,000.
TEST(AcceptOrder, TheOverflowAccountHasTheOddSteps) {
  Group group(by(AllocationMethod::Equity, Residual::Overflow));
  group.add_account(1, 10'000);
  group.add_account(2, 7'000);
  group.add_account(3, 2'000);
  group.add_account(4, 500);
  EXPECT_EQ(group.accept(1, "10"), "Conflict/no_overflow_account");
  Participation overflow;
  overflow.overflow = true;
  EXPECT_EQ(group.set(4, overflow), "InvalidInput/overflow_owner");
  overflow.own_account = AccountOwner::Firm;
  ASSERT_EQ(group.set(4, overflow), "done");
  ASSERT_EQ(group.accept(1, "10"), "done");
  ASSERT_EQ(group.fill(1, "f", "10"), "done");
  EXPECT_EQ(group.filled(1), "526 368 105 1");
}

TEST(AcceptOrder, RoundRobinGoesOnWhereItStopped) {
  Group group(by(AllocationMethod::Even, Residual::RoundRobin));
  for (const std::uint64_t number : {1u, 2u, 3u}) group.add_account(number, 100);
  std::string seen;
  for (std::uint64_t order = 1; order <= 4; ++order) {
    ASSERT_EQ(group.accept(order, "0.04"), "done");
    ASSERT_EQ(group.fill(order, "f", "0.04"), "done");
    seen += group.filled(order) + "; ";
  }
  EXPECT_EQ(seen, "2 1 1; 1 2 1; 1 1 2; 2 1 1; ");
}

// Source: the worked examples, PFILL-03-client-priority.
TEST(AcceptOrder, OwnAccountsAreFilledLast) {
  for (const bool pro_rata : {false, true}) {
    OfferTerms terms = by(AllocationMethod::Lots);
    if (pro_rata) terms.allocation->own_accounts = OwnAccounts::ProRata;
    if (pro_rata) {
      Group unjustified(terms);
      unjustified.add_account(1, 100);
      EXPECT_EQ(unjustified.accept(1, "1"), "Conflict/justification_needed");
      terms.allocation->own_accounts_document = core::Hash{{1}};
    }
    Group group(terms);
    for (const std::uint64_t number : {1u, 2u, 3u}) group.add_account(number, 1'000);
    ASSERT_EQ(group.set(1, parameter("4")), "done");
    ASSERT_EQ(group.set(2, parameter("2")), "done");
    Participation firm = parameter("4");
    firm.own_account = AccountOwner::Firm;
    ASSERT_EQ(group.set(3, firm), "done");
    ASSERT_EQ(group.accept(1, "10"), "done");
    ASSERT_EQ(group.fill(1, "f", "6.5"), "done");
    EXPECT_EQ(group.filled(1), pro_rata ? "260 130 260" : "400 200 50");
    ASSERT_EQ(group.fill(1, "g", "3.5"), "done");
    EXPECT_EQ(group.filled(1), "400 200 400");
  }
}

TEST(AcceptOrder, WhoHadTheOddStepIsLastNextTime) {
  Group group;
  group.add_account(1, 100);
  group.add_account(2, 100);
  ASSERT_EQ(group.accept(1, "0.03"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.03"), "done");
  const std::string first = group.filled(1);
  // Half a step more than expected, and half a step less, in 10^-18 steps.
  const auto parts = group.last<FillAllocated>();
  ASSERT_EQ(parts.size(), 2u);
  for (const FillAllocated& part : parts) {
    const core::Minor half = core::Minor{500'000'000'000'000'000};
    EXPECT_TRUE(part.completed->extra_before == 0);
    EXPECT_TRUE(part.completed->extra_after == (part.steps == 2 ? half : -half));
  }
  ASSERT_EQ(group.accept(2, "0.03"), "done");
  ASSERT_EQ(group.fill(2, "f", "0.03"), "done");
  EXPECT_EQ(group.filled(2), first == "2 1" ? "1 2" : "2 1");
  for (const FillAllocated& part : group.last<FillAllocated>()) {
    EXPECT_TRUE(part.completed->extra_after == 0);
  }
}

TEST(AcceptOrder, AnAliasAndTheContractInForceCount) {
  Two group({});
  group.add_contract("0.1", "0.2");
  group.state.instruments->aliases["EURUSD.m"] = "EURUSD";
  AcceptOrder command{
      tests::id<core::OrderId>(1), group.structure, "EURUSD.m", Side::Buy, decimal("0.75"), {}};
  EXPECT_EQ(group.run(command), "InvalidInput/lot_step");
  command.lots = decimal("0.7");  // A quarter is below the contract's smallest volume.
  ASSERT_EQ(group.run(command), "done");
  EXPECT_EQ(excluded(group), "101 below_minimum");
  const OrderAccepted accepted = group.last<OrderAccepted>().at(0);
  EXPECT_EQ(accepted.policy->symbol, "EURUSD");
  EXPECT_EQ(accepted.policy->contract, 1u);
  EXPECT_TRUE(accepted.steps == 7);
  EXPECT_EQ(group.fill(1, "f", "0.7"), "done");
  EXPECT_TRUE(group.position(2) == 70'000'000);
}

// 1.25 dollars for a euro: 1,000.00 dollars count as 800.00 euros.
TEST(AcceptOrder, AnAccountInAnotherCurrencyIsConverted) {
  Two group({});
  group.state.trading->accounts.at(Group::account(1)).currency = "USD";
  group.post(std::string(Group::kBank),
             accounts::account_balance(tests::client_id(1), Group::account(1)), "USD", 100'000);
  ASSERT_EQ(group.accept(1, "1"), "done");
  EXPECT_EQ(excluded(group), "101 no_rate");
  group.state.rates->reference[core::utc_date(group.now)].rates["USD"] = decimal("1.25");
  ASSERT_EQ(group.accept(2, "1"), "done");
  EXPECT_EQ(weights(group), "80000 300000");
  const OrderShareFrozen share = group.last<OrderShareFrozen>().at(0);
  ASSERT_TRUE(share.basis->rate.has_value());
  EXPECT_EQ(share.basis->rate->denominator, decimal("1.25"));
  EXPECT_TRUE(share.basis->measured == 100'000);
}

TEST(SetParticipation, WhatItNamesMustExistAndBeAboveZero) {
  Two group({});
  EXPECT_EQ(group.set(9, {}), "NotFound/unknown_account");
  EXPECT_EQ(group.set(1, parameter("0")), "InvalidInput/not_positive");
  Participation terms;
  terms.margin_floor = decimal("-1");
  EXPECT_EQ(group.set(1, terms), "InvalidInput/not_positive");
}

}  // namespace
}  // namespace engine::mam
