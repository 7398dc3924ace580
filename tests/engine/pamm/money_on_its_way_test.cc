// Money that a pool had accepted asks the gate once more when it is to come in.
// Source: docs/decisions/0051-money-on-its-way.md.

#include "engine/gate_state.h"
#include "tests/engine/pamm/pool.h"

namespace engine::pamm {
namespace {

using tests::client_id;

const core::StructureId kOther = tests::id<core::StructureId>(8001);

// Two pools of one manager; Anna has 1,000.00 in the first, Bob comes to it.
struct TwoPools : Pool {
  TwoPools() {
    add_pool(kOther, {});
    add_investor(1, 100'000);
    add_investor(2, 50'000);
    join(1, kOther);
    EXPECT_EQ(subscribe(1, 100'000), "done");
    EXPECT_EQ(price(0, 0), "done");
  }
  void suspend() { state.gate->suspended.insert(manager); }
  void lift() { state.gate->suspended.clear(); }
  void shut_other() { state.structures.at(kOther).jurisdiction = Jurisdiction::Fca; }
  void find(std::uint64_t client) {
    HeldScreening& held = state.gate->screenings[client_id(client)]["list"];
    held.outcome = ScreeningOutcome::Hit;
  }
  std::string move() {
    moving = next_request();
    return run(TransferInvestor{moving, structure, kOther, client_id(1)});
  }
  // What he has paid in his wallet, and asks to bring into the other pool.
  void top_up(core::Minor cents) {
    post(std::string(kBank), accounts::wallet(client_id(1)), "EUR", cents);
    EXPECT_EQ(run(Subscribe{next_request(), kOther, client_id(1), {cents, 2}}), "done");
  }
  OfferTerms& terms_of(const core::StructureId& pool) {
    return state.offers.at(state.structures.at(pool).offer).terms;
  }
  core::Minor mark_in_other() const {
    return balance(accounts::mark(state.structures.at(kOther).strategy, client_id(1)), "MARK.EUR");
  }
  std::string price_other() { return run(Rollover{kOther, day, false, {}}); }
  std::string deferred() const {
    std::string text;
    for (const RequestDeferred& one : last<RequestDeferred>()) {
      text +=
          (text.empty() ? "" : " ") + std::to_string(one.client.bytes[15]) + " " +
          std::string(core::EnumNames<DeferReason>::names.at(static_cast<std::size_t>(one.reason)));
    }
    return text;
  }
  core::Minor pending(std::uint64_t client, const core::StructureId& pool) const {
    return -balance(accounts::pending_in(pool, client_id(client)));
  }
  core::RequestId moving;
};

TEST(MoneyOnItsWay, WaitsWhileItsManagerIsSuspendedAndComesInAfterIt) {
  TwoPools pool;
  ASSERT_EQ(pool.subscribe(2, 50'000), "done");
  pool.suspend();
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_EQ(pool.deferred(), "2 not_authorised");
  EXPECT_TRUE(pool.entitlement(2) == 0 && pool.pending(2, pool.structure) == 50'000);
  pool.lift();
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_TRUE(pool.entitlement(2) == 50'000);
}

TEST(MoneyOnItsWay, IsAskedAboutForEachClientByHimself) {
  TwoPools pool;
  pool.add_investor(3, 30'000);
  ASSERT_EQ(pool.subscribe(2, 50'000), "done");
  ASSERT_EQ(pool.subscribe(3, 30'000), "done");
  pool.find(2);
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_EQ(pool.deferred(), "2 not_authorised");
  EXPECT_TRUE(pool.entitlement(3) == 30'000);
}

TEST(MoneyOnItsWay, OfTheManagerHimselfWaitsToo) {
  TwoPools pool;
  pool.state.structures.at(pool.structure).manager_client = client_id(2);
  ASSERT_EQ(pool.subscribe(2, 50'000), "done");
  pool.suspend();
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_EQ(pool.deferred(), "2 not_authorised");
}

TEST(MoneyOnItsWay, LeavesWithoutBeingAsked) {
  TwoPools pool;
  ASSERT_EQ(pool.redeem(1), "done");
  pool.suspend();
  pool.find(1);
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_EQ(pool.deferred(), "");
  EXPECT_TRUE(pool.wallet(1) == 100'000);
}

TEST(MoneyOnItsWay, ThatIsKeptOutMayBeTakenBackAfterTheCutOffToo) {
  TwoPools pool;
  const auto at = [&](std::int64_t hours) {
    return core::Instant{core::utc_midnight(pool.day).micros + hours * 3'600'000'000};
  };
  pool.state.structures.at(pool.structure).calendar = {{at(24), at(12), {pool.day.days + 1}}};
  ASSERT_EQ(pool.subscribe(2, 50'000), "done");
  const CancelRequest cancel{tests::id<core::RequestId>(100'002)};
  pool.now = at(13);
  EXPECT_EQ(pool.run(cancel), "Conflict/request_frozen");
  pool.suspend();
  ASSERT_EQ(pool.run(cancel), "done");
  EXPECT_TRUE(pool.wallet(2) == 50'000 && pool.pending(2, pool.structure) == 0);
}

TEST(MoneyOnItsWay, StaysInItsPoolWhileTheOtherKeepsItOut) {
  TwoPools pool;
  ASSERT_EQ(pool.move(), "done");
  pool.shut_other();
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_EQ(pool.deferred(), "1 not_authorised");
  EXPECT_TRUE(pool.entitlement(1) == 100'000 && pool.units(1) != 0);
  pool.state.structures.at(kOther).jurisdiction = Jurisdiction::Cysec;
  pool.state.gate->mandate_ends[kOther][client_id(1)].mandate = pool.day;
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_EQ(pool.deferred(), "1 no_mandate");
  pool.state.gate->mandate_ends.clear();
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_TRUE(pool.entitlement(1) == 0 && pool.pending(1, kOther) == 100'000);
}

// Anna has lost 200.00 of her 1,000.00 when she moves; her money waits, and goes home.
TEST(MoneyOnItsWay, ThatLeftAnotherPoolCanBeSentHome) {
  TwoPools pool;
  ASSERT_EQ(pool.move(), "done");
  ASSERT_EQ(pool.price(1, 80'000), "done");
  EXPECT_EQ(pool.run(CancelRequest{pool.moving}), "Conflict/not_a_join");
  EXPECT_EQ(pool.run(AnnulRequest{pool.moving}), "Conflict/not_a_join");
  pool.suspend();
  ASSERT_EQ(pool.price_other(), "done");
  EXPECT_EQ(pool.deferred(), "1 not_authorised");
  EXPECT_TRUE(pool.pending(1, kOther) == 80'000);
  ASSERT_EQ(pool.run(CancelRequest{pool.moving}), "done");
  EXPECT_TRUE(pool.wallet(1) == 80'000 && pool.pending(1, kOther) == 0);
  const auto& home = pool.last<TransferSentHome>().at(0);
  EXPECT_TRUE(home.amount == 80'000 && home.mark == 100'000 && home.released == 20'000);
  const core::StrategyId strategy = pool.state.structures.at(kOther).strategy;
  EXPECT_TRUE(pool.balance(accounts::mark(strategy, client_id(1)), "MARK.EUR") == 0);
  EXPECT_TRUE(pool.balance(accounts::released(strategy, client_id(1)), "MARK.EUR") == 20'000);
  const auto& stack = pool.state.strategies.at(strategy).released.at(client_id(1));
  ASSERT_EQ(stack.size(), 1u);
  EXPECT_TRUE(stack.at(0).amount == 80'000 && stack.at(0).loss == 20'000);
  EXPECT_FALSE(pool.state.structures.at(kOther).investors.at(client_id(1)).joined.has_value());
  EXPECT_TRUE(pool.state.requests.empty());
}

// The loss comes back with the money: the mark is where it was.
TEST(MoneyOnItsWay, ThatWentHomeBringsItsLossBack) {
  TwoPools pool;
  ASSERT_EQ(pool.move(), "done");
  ASSERT_EQ(pool.price(1, 80'000), "done");
  pool.suspend();
  ASSERT_EQ(pool.run(AnnulRequest{pool.moving, CancelReason::Compliance}), "done");
  EXPECT_EQ(pool.last<TransferSentHome>().at(0).reason, CancelReason::Compliance);
  pool.lift();
  ASSERT_EQ(pool.run(Subscribe{pool.next_request(), kOther, client_id(1), {80'000, 2}}), "done");
  ASSERT_EQ(pool.price_other(), "done");
  const core::StrategyId strategy = pool.state.structures.at(kOther).strategy;
  EXPECT_TRUE(pool.balance(accounts::mark(strategy, client_id(1)), "MARK.EUR") == 100'000);
}

// Where the offer's mark falls by what leaves, the loss stays in it.
TEST(MoneyOnItsWay, SentHomeFollowsTheOffersRule) {
  TwoPools pool;
  for (auto& [id, offer] : pool.state.offers) {
    offer.terms.performance.emplace().withdrawal_rule = WithdrawalRule::Absolute;
  }
  ASSERT_EQ(pool.move(), "done");
  ASSERT_EQ(pool.price(1, 80'000), "done");
  pool.suspend();
  ASSERT_EQ(pool.run(CancelRequest{pool.moving}), "done");
  const auto& home = pool.last<TransferSentHome>().at(0);
  EXPECT_TRUE(home.mark_left == 20'000 && home.released == 0);
  const core::StrategyId strategy = pool.state.structures.at(kOther).strategy;
  EXPECT_TRUE(pool.balance(accounts::mark(strategy, client_id(1)), "MARK.EUR") == 20'000);
}

// A gain that no fee was taken of leaves nothing on the restore stack.
TEST(MoneyOnItsWay, ThatGainedGoesHomeWhole) {
  TwoPools pool;
  ASSERT_EQ(pool.move(), "done");
  ASSERT_EQ(pool.price(1, 120'000), "done");
  pool.suspend();
  ASSERT_EQ(pool.run(CancelRequest{pool.moving}), "done");
  const auto& home = pool.last<TransferSentHome>().at(0);
  EXPECT_TRUE(home.amount == 120'000 && home.mark == 100'000 && home.released == 0);
  EXPECT_TRUE(pool.wallet(1) == 120'000);
}

// Who comes for a pool that ends meanwhile would find nobody who prices it.
TEST(MoneyOnItsWay, StaysInItsPoolIfTheOtherEnds) {
  TwoPools pool;
  ASSERT_EQ(pool.move(), "done");
  ASSERT_EQ(pool.run(LiquidateStructure{kOther}), "done");
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_EQ(pool.deferred(), "1 pool_closed");
  ASSERT_EQ(pool.price_other(), "done");
  ASSERT_TRUE(pool.state.structures.at(kOther).stage == StructureStage::Archived);
  ASSERT_EQ(pool.price(1, 100'000), "done");
  EXPECT_EQ(pool.deferred(), "1 pool_closed");
  EXPECT_TRUE(pool.entitlement(1) == 100'000 && pool.pending(1, kOther) == 0);
  ASSERT_EQ(pool.run(CancelRequest{pool.moving}), "done");
  EXPECT_TRUE(pool.state.requests.empty());
}

// In a book of an older version it has left.
TEST(MoneyOnItsWay, ThatLeftForAPoolThatIsOverGoesHome) {
  for (const bool asks : {true, false}) {
    TwoPools pool;
    ASSERT_EQ(pool.move(), "done");
    ASSERT_EQ(pool.price(1, 80'000), "done");
    pool.state.structures.at(kOther).stage = StructureStage::Archived;
    EXPECT_EQ(pool.price_other(), "Conflict/archived");
    ASSERT_EQ(asks ? pool.run(CancelRequest{pool.moving}) : pool.run(AnnulRequest{pool.moving}),
              "done");
    EXPECT_TRUE(pool.wallet(1) == 80'000 && pool.pending(1, kOther) == 0);
    EXPECT_TRUE(pool.mark_in_other() == 0);
  }
}

// Of a fee of 20 % on a gain of 100.00 a half, 10.00, is held; it comes along into the other pool.
struct WithAReserve : TwoPools {
  WithAReserve() {
    for (const core::StructureId& pool : {structure, kOther}) {
      terms_of(pool).performance_fee_rate = tests::decimal("0.20");
      terms_of(pool).reserve = ReserveTerms{tests::decimal("0.5"), 12, tests::decimal("0.2")};
    }
    EXPECT_EQ(price(30, 110'000, true), "done");
    EXPECT_TRUE(reserve() == 1'000);
  }
  // The rest of the 1,100.00, which are worth 1,080.00 after the fee.
  void leave() { EXPECT_EQ(price(1, 108'000), "done"); }
  core::Minor reserve() const { return -balance(accounts::manager_reserve(manager)); }
  core::Minor fees() const { return -balance(accounts::manager_fees(manager)); }
  const Investor& there() const { return state.structures.at(kOther).investors.at(client_id(1)); }
};

TEST(MoneyOnItsWay, ThatGoesHomeLeavesTheManagerWhatWasHeldOfHisFees) {
  WithAReserve pool;
  ASSERT_EQ(pool.move(), "done");
  pool.leave();
  ASSERT_EQ(pool.there().held.size(), 1u);
  EXPECT_TRUE(pool.reserve() == 1'000 && pool.fees() == 1'000);
  pool.suspend();
  ASSERT_EQ(pool.run(CancelRequest{pool.moving}), "done");
  const auto released = pool.last<FeeReleased>();
  ASSERT_EQ(released.size(), 1u);
  EXPECT_TRUE(released[0].structure == kOther && released[0].amount == 1'000);
  EXPECT_TRUE(pool.reserve() == 0 && pool.fees() == 2'000);
  EXPECT_TRUE(pool.there().held.empty());
}

// He may yet have losses there.
TEST(MoneyOnItsWay, ThatGoesHomeReleasesNothingWhileHeHoldsUnitsThere) {
  WithAReserve pool;
  ASSERT_EQ(pool.move(), "done");
  pool.top_up(10'000);
  ASSERT_EQ(pool.price_other(), "done");
  pool.leave();
  pool.suspend();
  ASSERT_EQ(pool.run(CancelRequest{pool.moving}), "done");
  EXPECT_TRUE(pool.last<FeeReleased>().empty());
  EXPECT_TRUE(pool.reserve() == 1'000 && pool.there().held.size() == 1);
}

// He had 100.00 there already and leaves with them: all of the mark goes with that, also what came
// with the money that waits.
TEST(MoneyOnItsWay, GoesHomeWithoutTheMarkThatLeftBefore) {
  TwoPools pool;
  pool.terms_of(kOther).performance.emplace().withdrawal_rule = WithdrawalRule::Proportional;
  ASSERT_EQ(pool.move(), "done");
  pool.top_up(10'000);
  ASSERT_EQ(pool.price_other(), "done");
  ASSERT_EQ(pool.price(1, 80'000), "done");
  EXPECT_TRUE(pool.mark_in_other() == 110'000 && pool.pending(1, kOther) == 80'000);
  pool.suspend();
  ASSERT_EQ(pool.run(Redeem{pool.next_request(), kOther, client_id(1), {}}), "done");
  RecordValuation value;
  value.structure = kOther;
  value.equity = {10'000, 2};
  ASSERT_EQ(pool.run(value), "done");
  ASSERT_EQ(pool.price_other(), "done");
  EXPECT_TRUE(pool.mark_in_other() == 0 && pool.wallet(1) == 10'000);
  ASSERT_EQ(pool.run(CancelRequest{pool.moving}), "done");
  EXPECT_TRUE(pool.mark_in_other() == 0 && pool.wallet(1) == 90'000);
  const auto home = pool.last<TransferSentHome>();
  ASSERT_EQ(home.size(), 1u);
  EXPECT_TRUE(home[0].mark == 0 && home[0].mark_left == 0 && home[0].released == 0);
}

// A book of an older version let a mandate be revoked while units were held.
TEST(AMandateThatWasRevoked, EndsItsFeesOnItsDayAndPricesThePool) {
  OfferTerms terms;
  terms.management_fee_rate = tests::decimal("0.365");
  Pool pool(terms);
  pool.add_investor(1, 100'000);
  HeldMandate held;
  held.structure = pool.structure;
  held.client = client_id(1);
  held.decision = tests::id<core::DecisionId>(9500);
  ASSERT_EQ(pool.subscribe(1, 100'000), "done");
  ASSERT_EQ(pool.price(0, 0), "done");
  held.revoked_at = core::utc_midnight({pool.day.days + 2});
  pool.state.gate->mandates.push_back(held);
  pool.state.gate->mandates_of[pool.structure][client_id(1)].push_back(0);
  pool.state.structures.at(pool.structure).mandates.erase(client_id(1));
  ASSERT_EQ(pool.price(10, 100'000), "done");
  const auto& fees = pool.last<FeeCharged>();
  ASSERT_EQ(fees.size(), 1u);
  EXPECT_EQ(fees.at(0).days, 3u);  // Of ten: the day of the revocation counts.
  EXPECT_EQ(fees.at(0).decision, tests::id<core::DecisionId>(9500));
  ASSERT_EQ(pool.price(10, 99'700), "done");
  EXPECT_TRUE(pool.last<FeeCharged>().empty());
}

}  // namespace
}  // namespace engine::pamm
