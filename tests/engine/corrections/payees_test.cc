#include "engine/corrections/payees.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"

namespace engine::corrections {
namespace {

using tests::EngineBook;

const core::PartyId kManager = tests::client_id(7);
const std::string kFees = accounts::manager_fees(kManager);
const std::string kTax = "liabilities:house:tax:cy";

EngineBook new_book(core::Minor owed) {
  EngineBook book([](State&, const ledger::RecordView&) { return core::ok(); });
  book.open(kFees, {ledger::LawKind::NeverDebit});
  book.open("equity:house:capital");
  if (owed != 0) book.post("equity:house:capital", kFees, "EUR", owed);
  return book;
}

core::Minor posted(std::vector<ledger::Posting> postings, std::string_view account) {
  core::Minor sum = 0;
  for (const ledger::Posting& posting : postings) {
    if (posting.account == account) sum += posting.amount;
  }
  return sum;
}

TEST(Payees, AreWhoIsCreditedInTheHouseButForTheInterfundPair) {
  const Shares shares = shares_of({{"liabilities:cm:client:a:pamm:b:settled", "EUR", 100},
                                   {"liabilities:cm:interfund-house", "EUR", -100},
                                   {"assets:house:interfund-cm", "EUR", 100},
                                   {kTax, "EUR", -19},
                                   {kFees, "EUR", -81},
                                   {"equity:memo:contra", "MARK.EUR", -5}});
  ASSERT_EQ(shares.size(), 2u);
  EXPECT_EQ(shares[0].first, kTax);
  EXPECT_TRUE(shares[0].second == 19);
  EXPECT_TRUE(shares[1].second == 81);
}

TEST(Payees, ShareAnotherAmountAsTheyShared) {
  // 50 x 19 / 100 = 9.5 and 50 x 81 / 100 = 40.5: a tie, which goes to the first.
  const auto parts = split_like({{kTax, 19}, {kFees, 81}}, 50, kFees);
  ASSERT_TRUE(parts.has_value());
  EXPECT_TRUE(parts.value()[0].second == 10);
  EXPECT_TRUE(parts.value()[1].second == 40);
  EXPECT_TRUE(split_like({{kTax, 19}}, 0, kFees).value().empty());
}

TEST(Payees, OfNoFeeAreTheManagerAlone) {
  const auto parts = split_like({}, 7, kFees);
  ASSERT_EQ(parts.value().size(), 1u);
  EXPECT_EQ(parts.value()[0].first, kFees);
}

TEST(Payees, WhoIsOwedEnoughOwesNothing) {
  EngineBook book = new_book(100);
  const Context context = book.context();
  TakenBack taken(context, "EUR");
  Postings postings;
  taken.take({{kFees, 100}}, {}, postings);
  EXPECT_TRUE(taken.receivable() == 0);
  EXPECT_TRUE(taken.openings().empty());
  EXPECT_TRUE(posted(postings.take(), kFees) == 100);
}

TEST(Payees, WhoWasPaidOwesTheRest) {
  EngineBook book = new_book(30);
  const Context context = book.context();
  TakenBack taken(context, "EUR");
  Postings postings;
  // 100 back and 50 anew: 50 net, of which 30 are there.
  taken.take({{kFees, 100}}, {{kFees, 50}}, postings);
  EXPECT_TRUE(taken.receivable() == 20);
  const std::string receivable = "assets:house:receivable:" + kManager.hex();
  ASSERT_EQ(taken.openings().size(), 1u);
  EXPECT_EQ(taken.openings()[0].path, receivable);
  const auto made = postings.take();
  EXPECT_TRUE(posted(made, kFees) == 80);
  EXPECT_TRUE(posted(made, receivable) == 20);
}

TEST(Payees, OnlyManagersAndPartnersCanOwe) {
  EXPECT_EQ(receivable_of("liabilities:house:partner:12ab:accrued"),
            "assets:house:receivable:12ab");
  EXPECT_EQ(receivable_of(kTax), "");
  EXPECT_EQ(receivable_of("income:house:fee-share"), "");
}

TEST(Payees, WhatAPartnerOwesIsKnownByHisAccount) {
  const core::PartyId partner = tests::client_id(9);
  const std::string accrued = accounts::partner_accrued(partner);
  EXPECT_TRUE(partner_of(accrued) == partner);
  EXPECT_FALSE(partner_of(accounts::partner_held(partner)).has_value());
  EXPECT_FALSE(partner_of(kFees).has_value());
  EXPECT_FALSE(partner_of("liabilities:house:partner:12ab:accrued").has_value());
  EngineBook book = new_book(0);
  book.open(accrued, {ledger::LawKind::NeverDebit});
  book.post("equity:house:capital", accrued, "EUR", 30);
  const Context context = book.context();
  TakenBack taken(context, "EUR");
  Postings postings;
  taken.take({{accrued, 100}}, {{accrued, 20}}, postings);
  EXPECT_TRUE(taken.owed_of(accrued) == 50);
  EXPECT_TRUE(taken.owed_of(kFees) == 0);
}

}  // namespace
}  // namespace engine::corrections
