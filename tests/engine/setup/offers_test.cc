#include "tests/engine/setup/setup_book.h"

namespace engine::setup {
namespace {

using tests::decimal;
using tests::id;

const auto kFirst = id<core::OfferId>(1);
const auto kSecond = id<core::OfferId>(2);
const auto kSomeIb = tests::client_id(70);
const auto kOtherManager = tests::client_id(71);

class Offers : public tests::SetupBook {};

TEST_F(Offers, ASuccessorIsTheNextVersion) {
  EXPECT_EQ(give(offer(1)), "done");
  EXPECT_EQ(give(offer(2, {}, kFirst)), "done");
  EXPECT_EQ(give(offer(3, {}, kSecond)), "done");
  const auto& offers = book.state.offers;
  EXPECT_EQ(offers.at(kFirst).version, 1u);
  EXPECT_EQ(offers.at(kFirst).superseded_by, kSecond);
  EXPECT_EQ(offers.at(kSecond).version, 2u);
  EXPECT_EQ(offers.at(kSecond).supersedes, kFirst);
  EXPECT_EQ(offers.at(id<core::OfferId>(3)).version, 3u);
  EXPECT_EQ(offers.at(id<core::OfferId>(3)).superseded_by, std::nullopt);
}

TEST_F(Offers, AnOfferHasOneSuccessor) {
  EXPECT_EQ(give(offer(1)), "done");
  EXPECT_EQ(give(offer(2, {}, kFirst)), "done");
  EXPECT_EQ(give(offer(3, {}, kFirst)), "Conflict/superseded");
}

TEST_F(Offers, WhatWasPublishedIsNotEdited) {
  EXPECT_EQ(give(offer(1)), "done");
  OfferTerms dearer;
  dearer.management_fee_rate = decimal("0.02");
  EXPECT_EQ(give(offer(1, dearer)), "Conflict/exists");
  EXPECT_EQ(give(offer(1, dearer, kFirst)), "Conflict/exists");
}

TEST_F(Offers, ASuccessorIsOfTheSameModelAndCurrency) {
  EXPECT_EQ(give(offer(2, {}, kFirst)), "NotFound/unknown_offer");
  EXPECT_EQ(give(offer(1)), "done");
  auto dollars = offer(2, {}, kFirst);
  dollars.currency = "USD";
  EXPECT_EQ(give(dollars), "Conflict/wrong_offer");
  auto group = offer(2, {}, kFirst);
  group.model = Model::Mam;
  EXPECT_EQ(give(group), "Conflict/wrong_offer");
}

TEST_F(Offers, SharesAreForRegisteredPartners) {
  OfferTerms terms;
  terms.shares.emplace().introducing = {{kSomeIb, decimal("0.1")}};
  const auto refused = decide(book.context(), offer(1, terms));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "unknown_partner");
  EXPECT_EQ(refused.error().at, "terms: shares: introducing: 0: partner");
  EXPECT_EQ(give(RegisterPartner{kSomeIb, PartnerKind::IntroducingBroker, "CY"}), "done");
  EXPECT_EQ(give(offer(1, terms)), "done");
  terms.shares->business_partner = {kOtherManager, decimal("0.5")};
  EXPECT_EQ(give(offer(2, terms)), "NotFound/unknown_partner");
}

TEST_F(Offers, AManagerMayBeAPartnerToo) {
  EXPECT_EQ(give(RegisterManager{kOtherManager, "CY"}), "done");
  EXPECT_EQ(give(RegisterPartner{kOtherManager, PartnerKind::BusinessPartner, "CY"}), "done");
  EXPECT_EQ(give(RegisterPartner{kOtherManager, PartnerKind::BusinessPartner, "CY"}),
            "Conflict/exists");
  EXPECT_EQ(give(RegisterPartner{kSomeIb, PartnerKind::Affiliate, "Cyprus"}),
            "InvalidInput/country");
  EXPECT_EQ(give(RegisterPartner{kSomeIb, PartnerKind::IntroducingBroker, "CY"}), "done");
  EXPECT_EQ(give(RegisterManager{kSomeIb, "CY"}), "done");
  for (const auto& party : {kOtherManager, kSomeIb}) {
    EXPECT_TRUE(book.books.is_open(accounts::partner_accrued(party)));
    EXPECT_TRUE(book.books.is_open(accounts::partner_expense(party)));
    EXPECT_TRUE(book.books.is_open(accounts::manager_reserve(party)));
  }
}

TEST_F(Offers, ATaxGetsItsAccountOnce) {
  OfferTerms terms;
  terms.tax = {decimal("0.19"), "CY", {}};
  EXPECT_EQ(accounts::tax("CY"), "liabilities:house:tax:cy");
  EXPECT_FALSE(book.books.is_open(accounts::tax("CY")));
  EXPECT_EQ(give(offer(1, terms)), "done");
  EXPECT_TRUE(book.books.is_open(accounts::tax("CY")));
  EXPECT_EQ(give(offer(2, terms)), "done");
}

}  // namespace
}  // namespace engine::setup
