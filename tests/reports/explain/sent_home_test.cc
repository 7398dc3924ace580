// What is told of money that was kept out of a pool and went home, and that a figure that does not
// follow is said.

#include <gmock/gmock.h>

#include "engine/accounts.h"
#include "engine/dealing_records.h"
#include "engine/investor_records.h"
#include "engine/offer_records.h"
#include "engine/sent_home_records.h"
#include "engine/setup_records.h"
#include "tests/reports/explain/records.h"
#include "tests/support/engine_fixture.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const auto kPoolManager = tests::id<core::PartyId>(1);
const auto kMovedClient = tests::id<core::PartyId>(2);
const auto kPoolOffer = tests::id<core::OfferId>(3);
const auto kFrom = tests::id<core::StructureId>(4);
const auto kPool = tests::id<core::StructureId>(5);
const auto kTransfer = tests::id<core::RequestId>(6);

// 800.00 came along with a mark of 1,000.00; the offer lets marks fall in proportion.
class SentHome : public testing::Test {
 protected:
  SentHome() {
    records.add(engine::RequestCancelled{}, {});  // A record that is not asked for.
    engine::PublishOffer offer;
    offer.offer = kPoolOffer;
    offer.currency = "EUR";
    offer.terms.performance.emplace().withdrawal_rule = engine::WithdrawalRule::Proportional;
    records.add(engine::OfferPublished{offer, {}}, {});
    engine::OpenStructure open;
    open.structure = kPool;
    open.manager = kPoolManager;
    open.offer = kPoolOffer;
    records.add(engine::StructureOpened{open, 1, {}}, {kPool.bytes});
    records.add(engine::TransferPriced{kTransfer, kFrom, kPool, kMovedClient, 80'000, 1, 100'000},
                {kMovedClient.bytes, kPool.bytes}, mark(100'000));
  }
  static engine::Postings mark(core::Minor moved) {
    engine::Postings postings;
    postings.add(accounts::mark(core::StrategyId{kPool.bytes}, kMovedClient), "MARK.EUR", moved);
    postings.add(std::string(accounts::kMemoContra), "MARK.EUR", -moved);
    return postings;
  }
  std::uint64_t go_home(core::Minor mark_of_his) {
    engine::Postings postings = mark(-mark_of_his);
    postings.add(accounts::pending_in(kPool, kMovedClient), "EUR", 80'000);
    postings.add(accounts::wallet(kMovedClient), "EUR", -80'000);
    engine::TransferSentHome home;
    home.request = kTransfer;
    home.structure = kPool;
    home.client = kMovedClient;
    home.amount = 80'000;
    home.mark = mark_of_his;
    return records.add(home, {kMovedClient.bytes, kPool.bytes}, std::move(postings));
  }
  void hold(core::Minor amount) {
    engine::InvestorStanding standing{kPool, kMovedClient, {}};
    standing.investor.held = {{1, amount}};
    records.add(standing, {kMovedClient.bytes, kPool.bytes});
  }
  std::uint64_t release(core::Minor amount) {
    engine::Postings postings;
    postings.add(accounts::manager_reserve(kPoolManager), "EUR", amount);
    postings.add(accounts::manager_fees(kPoolManager), "EUR", -amount);
    return records.add(engine::FeeReleased{kPool, kMovedClient, amount, 2},
                       {kMovedClient.bytes, kPool.bytes}, std::move(postings));
  }

  Records records;
};

TEST_F(SentHome, WithTheMarkThatCameAlong) {
  EXPECT_THAT(records.text(go_home(100'000)),
              AllOf(HasSubstr("1000.00"), HasSubstr("the transfer out of his other pool"),
                    Not(HasSubstr("MISMATCH"))));
}

// A part of it left the pool before, with what he had there.
TEST_F(SentHome, WithWhatIsThereOfTheMark) {
  records.add(engine::RequestCancelled{}, {}, mark(-70'000));
  EXPECT_THAT(records.text(go_home(30'000)), Not(HasSubstr("MISMATCH")));
}

TEST_F(SentHome, LessOfTheMarkThanIsThereIsSaid) {
  EXPECT_THAT(records.text(go_home(30'000)), HasSubstr("MISMATCH"));
}

// Nobody prices the pool after it.
TEST_F(SentHome, WhatIsReleasedWithItIsAllThatWasHeld) {
  hold(1'000);
  go_home(100'000);
  EXPECT_THAT(records.text(release(1'000)),
              AllOf(HasSubstr("which went home"), Not(HasSubstr("MISMATCH"))));
}

TEST_F(SentHome, ThatMoreIsReleasedThanWasHeldIsSaid) {
  hold(900);
  go_home(100'000);
  EXPECT_THAT(records.text(release(1'000)), HasSubstr("MISMATCH"));
}

}  // namespace
}  // namespace reports::explain
