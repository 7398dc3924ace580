// The overflow account has bounds, as all accounts have.
// Source: docs/decisions/0053-the-overflow-account-has-bounds.md.

#include "engine/gate_state.h"
#include "engine/trading_state.h"
#include "tests/engine/gate/ruled.h"
#include "tests/engine/mam/group.h"

namespace engine::mam {
namespace {

using tests::decimal;

OfferTerms overflowing() {
  OfferTerms terms;
  terms.residual = Residual::Overflow;
  terms.allocation = AllocationTerms{};
  return terms;
}

// The worked example ALLOC-01 with more odd steps: 1,000 steps over weights of 10, 7 and 2.5
// thousand have floors of 512, 358 and 128 and leave two. Account 4 is the house's.
struct Overflowing : Group {
  explicit Overflowing(std::int64_t house = 500) : Group(overflowing()) {
    add_account(1, 10'000);
    add_account(2, 7'000);
    add_account(3, 2'500);
    add_account(4, house);
    add_contract();
    EXPECT_EQ(bound({}), "done");
  }
  std::string bound(Participation terms) {
    terms.overflow = true;
    terms.own_account = AccountOwner::Firm;
    return set(4, terms);
  }
  std::string order_of(std::uint64_t number, const std::string& lots) {
    return run(AcceptOrder{tests::id<core::OrderId>(number), structure, "EURUSD", Side::Buy,
                           decimal(lots), decimal("1.1")});
  }
  std::string left_out() const {
    const auto excluded = last<AccountExcluded>();
    if (excluded.size() != 1) return std::to_string(excluded.size());
    const auto reason = static_cast<std::size_t>(excluded.front().reason);
    return std::to_string(excluded.front().account.bytes[15]) + " " +
           std::string(core::EnumNames<Exclusion>::names.at(reason));
  }
};

TEST(Overflow, WithoutBoundsHasAllThatTheFloorsLeave) {
  Overflowing group;
  ASSERT_EQ(group.order_of(1, "10"), "done");
  ASSERT_EQ(group.fill(1, "f", "10"), "done");
  EXPECT_EQ(group.filled(1), "512 358 128 2");
}

TEST(Overflow, UpToItsLimitAndTheRestByLargestRemainders) {
  Overflowing group;
  Participation terms;
  terms.max_lots = decimal("0.01");
  ASSERT_EQ(group.bound(terms), "done");
  ASSERT_EQ(group.order_of(1, "10"), "done");
  ASSERT_EQ(group.fill(1, "f", "10"), "done");
  // 512.82, 358.97 and 128.21: the second has the largest remainder.
  EXPECT_EQ(group.filled(1), "512 359 128 1");
}

TEST(Overflow, TheAgreedLeverageBindsItToo) {
  Overflowing group;
  // 500 x 3 / 1,100 is one step.
  group.state.gate->mandate_ends[group.structure][tests::client_id(4)].leverage_max = 3;
  ASSERT_EQ(group.order_of(1, "10"), "done");
  ASSERT_EQ(group.fill(1, "f", "10"), "done");
  EXPECT_EQ(group.filled(1), "512 359 128 1");
}

TEST(Overflow, WithNoRoomIsLeftOutAndTheOthersShareAll) {
  Overflowing group;
  group.state.gate->mandate_ends[group.structure][tests::client_id(4)].leverage_max = 1;
  ASSERT_EQ(group.order_of(1, "10"), "done");
  EXPECT_EQ(group.left_out(), "104 leverage");
  ASSERT_EQ(group.fill(1, "f", "10"), "done");
  EXPECT_EQ(group.filled(1), "513 359 128");
}

TEST(Overflow, WithoutEquityIsLeftOut) {
  Overflowing group(0);
  ASSERT_EQ(group.order_of(1, "10"), "done");
  EXPECT_EQ(group.left_out(), "104 no_equity");
}

TEST(Overflow, BelowItsMarginFloorIsLeftOut) {
  Overflowing group;
  Participation terms;
  terms.margin_floor = decimal("1.5");
  ASSERT_EQ(group.bound(terms), "done");
  ASSERT_EQ(group.order_of(1, "10"), "done");
  EXPECT_EQ(group.left_out(), "104 no_margin");
}

TEST(Overflow, ThatIsShutLeavesTheOrderWithoutOne) {
  Overflowing group;
  group.state.structures.at(group.structure).mandates.erase(tests::client_id(4));
  EXPECT_EQ(group.order_of(1, "10"), "Conflict/no_overflow_account");
}

// A late fill goes on from what each has, and the overflow account keeps what it has; a fill that
// is taken back costs it first.
TEST(Overflow, AtItsLimitNeitherGrowsNorCostsOthersTheirSteps) {
  Overflowing group;
  Participation terms;
  terms.max_lots = decimal("0.01");
  ASSERT_EQ(group.bound(terms), "done");
  ASSERT_EQ(group.order_of(1, "10"), "done");
  ASSERT_EQ(group.fill(1, "f", "9.98", true), "done");
  // 511.79, 358.26 and 127.95.
  EXPECT_EQ(group.filled(1), "511 358 128 1");
  ASSERT_EQ(group.fill(1, "late", "0.02"), "done");
  EXPECT_EQ(group.filled(1), "512 359 128 1");
  ASSERT_EQ(group.bust(1, "late"), "done");
  EXPECT_EQ(group.filled(1), "512 358 128 0");
}

TEST(Overflow, ThatAListNamesLeavesTheOrderWithoutOne) {
  Overflowing group;
  group.state.gate->hits.insert(tests::client_id(4));
  EXPECT_EQ(group.order_of(1, "10"), "Conflict/no_overflow_account");
}

// Three clients and an own account of one weight, which has a step at most; so has the overflow
// account. Of six steps the plan has 1 for the own account and 5/3 for each client: floors of one
// each, and of the two odd ones the overflow account has one and a client the other.
struct BesideAnOwnAccount : Group {
  BesideAnOwnAccount() : Group(overflowing()) {
    for (std::uint64_t number = 1; number <= 5; ++number) add_account(number, 1'000);
    add_contract();
    Participation own;
    own.own_account = AccountOwner::Manager;
    own.max_lots = decimal("0.01");
    EXPECT_EQ(set(4, own), "done");
    own.own_account = AccountOwner::Firm;
    own.overflow = true;
    EXPECT_EQ(set(5, own), "done");
    EXPECT_EQ(run(AcceptOrder{tests::id<core::OrderId>(1), structure, "EURUSD", Side::Buy,
                              decimal("0.06"), decimal("1.1")}),
              "done");
    EXPECT_TRUE(order(1).client_steps == core::Minor{4});
  }
  core::Minor of_clients() const {
    core::Minor sum = 0;
    for (const std::uint64_t number : {1u, 2u, 3u}) {
      const core::Minor has = order(1).shares.at(account(number)).filled;
      EXPECT_TRUE(has == 1 || has == 2);
      sum += has;
    }
    return sum;
  }
  // Of the own account and of the overflow account.
  std::string of_others() const { return filled(1).substr(6); }
};

TEST(Overflow, BesideAnOwnAccountTheLastFillFindsRoom) {
  BesideAnOwnAccount group;
  ASSERT_EQ(group.fill(1, "f", "0.05"), "done");
  ASSERT_EQ(group.fill(1, "g", "0.01"), "done");
  EXPECT_TRUE(group.of_clients() == 4);
  EXPECT_EQ(group.of_others(), "1 1");
}

TEST(Overflow, BesideAnOwnAccountALateFillFindsRoomToo) {
  BesideAnOwnAccount group;
  ASSERT_EQ(group.fill(1, "f", "0.04", true), "done");
  EXPECT_TRUE(group.of_clients() == 4);
  EXPECT_EQ(group.of_others(), "0 0");
  ASSERT_EQ(group.fill(1, "late", "0.01"), "done");
  EXPECT_EQ(group.of_others(), "1 0");
  ASSERT_EQ(group.fill(1, "later", "0.01"), "done");
  EXPECT_TRUE(group.of_clients() == 4);
  EXPECT_EQ(group.of_others(), "1 1");
  ASSERT_EQ(group.bust(1, "late"), "done");
  EXPECT_EQ(group.of_others(), "1 0");
}

TEST(AcceptOrder, WhoseMandateWasRevokedIsLeftOut) {
  Group group;
  group.add_account(1, 1'000);
  group.add_account(2, 1'000);
  group.state.structures.at(group.structure).mandates.erase(tests::client_id(2));
  ASSERT_EQ(group.accept(1, "1"), "done");
  const auto excluded = group.last<AccountExcluded>();
  ASSERT_EQ(excluded.size(), 1u);
  EXPECT_EQ(excluded.front().reason, Exclusion::NoMandate);
}

// Orders ask the gate's questions of the contract that is in force when they are recorded.
TEST(AcceptOrder, ToldLateMeetsTodaysWordOnTheSymbol) {
  Group group;
  group.add_account(1, 1'000);
  group.add_contract();
  auto& contracts = group.state.instruments->symbols.at("EURUSD").contracts;
  contracts.back().spec.product = GateInstrument::Cfd;
  contracts.push_back(contracts.back());
  contracts.back().from = {500};
  contracts.back().spec.product = GateInstrument::SpreadBet;
  contracts.back().spec.contract_size = decimal("10");
  group.state.clients.at(tests::client_id(1)).category = ClientCategory::Professional;
  tests::decide_by_rules(group.state, GateModel::Mam);
  auto& decided = group.state.gate->decisions.at(group.state.decision_order.back()).decided;
  decided.question.instruments = {GateInstrument::Cfd};
  const AcceptOrder late{tests::id<core::OrderId>(1), group.structure, "EURUSD", Side::Buy,
                         decimal("1")};
  const Context context{group.state, group.books, group.now, {400}, group.context().past};
  EXPECT_EQ(group.commit(decide(context, late)), "Conflict/not_authorised");
  contracts.back().spec.product = GateInstrument::Cfd;
  ASSERT_EQ(group.commit(decide(context, late)), "done");
  // Sizes are those of its own time.
  EXPECT_EQ(group.order(1).contract_size, decimal("100000"));
}

}  // namespace
}  // namespace engine::mam
