#include <gtest/gtest.h>

#include "engine/gate_state.h"
#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

using tests::decimal;

std::string weights_of(const Group& group) {
  std::string text;
  for (const OrderShareFrozen& share : group.last<OrderShareFrozen>()) {
    text += (text.empty() ? "" : " ") + core::to_string(share.weight);
  }
  return text;
}

TEST(AcceptOrder, ItFreezesEquityAsWeights) {
  Group group;
  group.add_account(1, 100);
  group.add_account(2, 300);
  ASSERT_EQ(group.run(ValueAccount{Group::account(2), decimal("350"), {}}), "done");
  ASSERT_EQ(group.accept(1, "1.00"), "done");
  EXPECT_EQ(weights_of(group), "10000 35000");
  const OrderAccepted accepted = group.last<OrderAccepted>().at(0);
  EXPECT_TRUE(accepted.steps == 100);
  EXPECT_EQ(accepted.participants, 2u);
  EXPECT_TRUE(accepted.weight_total == 45'000);
  // Money that comes later does not change what is frozen.
  ASSERT_EQ(group.run(DefundAccount{Group::account(2), decimal("250")}), "done");
  ASSERT_EQ(group.fill(1, "f", "0.09"), "done");
  EXPECT_EQ(group.filled(1), "2 7");
}

TEST(AcceptOrder, AnAccountWithoutMoneyOrTooSmallIsLeftOut) {
  Group group;
  group.add_account(1, 1'000);
  group.add_account(2, 0);
  group.add_account(3, 99);  // 9900 x 10 / 109900: 0.9 steps.
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  EXPECT_EQ(weights_of(group), "100000");
  ASSERT_EQ(group.accept(2, "0.12"), "done");
  EXPECT_EQ(weights_of(group), "100000 9900");
}

TEST(AcceptOrder, AnOrderTooSmallForAnybodyIsRefused) {
  Group group;
  EXPECT_EQ(group.accept(1, "1"), "Conflict/no_participants");
  group.add_account(1, 100);
  group.add_account(2, 100);
  EXPECT_EQ(group.accept(1, "0.01"), "Conflict/no_participants");
  EXPECT_EQ(group.accept(1, "0.02"), "done");
}

TEST(AcceptOrder, TheVolumeIsWholeSteps) {
  OfferTerms terms;
  terms.lot_step = decimal("0.1");
  Group group(terms);
  group.add_account(1, 100);
  EXPECT_EQ(group.accept(1, "0.15"), "InvalidInput/lot_step");
  EXPECT_EQ(group.accept(1, "0.1000000001"), "InvalidInput/lot_step");
  EXPECT_EQ(group.accept(1, "0"), "InvalidInput/not_positive");
  EXPECT_EQ(group.accept(1, "-0.1"), "InvalidInput/not_positive");
  EXPECT_EQ(group.accept(1, "0.3"), "done");
}

TEST(AcceptOrder, AStepFinerThanALotsSmallestUnitIsRefused) {
  OfferTerms terms;
  terms.lot_step = decimal("0.000000001");
  Group group(terms);
  group.add_account(1, 100);
  EXPECT_EQ(group.accept(1, "1"), "InvalidInput/lot_step");
}

TEST(AcceptOrder, WhatItNamesMustExist) {
  Group group;
  group.add_account(1, 100);
  AcceptOrder command{tests::id<core::OrderId>(1), group.structure, "XAUUSD", Side::Buy,
                      decimal("1")};
  EXPECT_EQ(group.run(command), "NotFound/unknown_symbol");
  command.symbol = "EURUSD";
  EXPECT_EQ(group.run(command), "done");
  EXPECT_EQ(group.run(command), "Conflict/exists");
  command.structure = tests::id<core::StructureId>(1);
  EXPECT_EQ(group.run(command), "NotFound/unknown_structure");
}

TEST(AcceptOrder, ABlockStopsOrdersButNeitherFillsNorCloses) {
  Group group;
  group.add_account(1, 100);
  ASSERT_EQ(group.accept(1, "1"), "done");
  group.add_decision(group.manager, Model::Mam, Verdict::Block);
  EXPECT_EQ(group.accept(2, "1"), "Conflict/not_authorised");
  EXPECT_EQ(group.fill(1, "f", "1"), "done");
  EXPECT_EQ(group.close(1, "c", "1"), "done");
}

TEST(AcceptOrder, AnExpiredDecisionOrNoneStopsIt) {
  Group group;
  group.add_account(1, 100);
  const core::Instant before = group.now;
  group.now = {1'000'000'000'000};
  EXPECT_EQ(group.accept(1, "1"), "Conflict/not_authorised");
  group.now = before;
  EXPECT_EQ(group.accept(1, "1"), "done");
  group.state.gate->decided_on.clear();
  EXPECT_EQ(group.accept(2, "1"), "Conflict/not_authorised");
}

TEST(AcceptOrder, PositionsAreOpenedOnce) {
  Group group;
  group.add_account(1, 100);
  ASSERT_EQ(group.accept(1, "1"), "done");
  EXPECT_EQ(group.last<OrderShareFrozen>().size() + 1, group.last_size() - 1);
  ASSERT_EQ(group.accept(2, "1"), "done");
  EXPECT_EQ(group.last<OrderShareFrozen>().size() + 1, group.last_size());
}

}  // namespace
}  // namespace engine::mam
