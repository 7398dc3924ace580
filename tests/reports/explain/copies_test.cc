// What is told of copies, and that a figure that does not follow is said.

#include <gmock/gmock.h>

#include "engine/accounts.h"
#include "engine/copy/sizing.h"
#include "engine/copy_event_records.h"
#include "engine/copy_records.h"
#include "engine/setup_records.h"
#include "engine/trading_records.h"
#include "tests/reports/explain/records.h"
#include "tests/support/engine_fixture.h"

namespace reports::explain {
namespace {

using engine::CopySized;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::decimal;

const auto kStructure = tests::id<core::StructureId>(1);
const auto kClient = tests::id<core::PartyId>(2);
const auto kAccount = tests::id<core::AccountId>(3);
const auto kOffer = tests::id<core::OfferId>(4);

class CopiesExplained : public testing::Test {
 protected:
  CopiesExplained() {
    engine::OfferPublished offer;
    offer.offer.offer = kOffer;
    offer.offer.model = engine::Model::CopyAutomatic;
    offer.offer.currency = "EUR";
    records.add(engine::MasterValued{}, {kStructure.bytes});  // A record that is not asked for.
    records.add(offer, {});
    engine::StructureOpened opened;
    opened.structure.structure = kStructure;
    opened.structure.offer = kOffer;
    records.add(opened, {kStructure.bytes});
    engine::Postings money;
    money.add("assets:cm:bank:0", "EUR", 500'000);
    money.add(engine::accounts::account_balance(kClient, kAccount), "EUR", -500'000);
    terms.terms.account = kAccount;
    terms.terms.terms.max_lots = decimal("0.4");
    terms.version = 1;
    records.add(terms, {kClient.bytes, kStructure.bytes}, std::move(money));
    engine::SignalRecorded signal;
    signal.signal.structure = kStructure;
    signal.signal.signal = "s1";
    signal.volume = 100'000'000;
    signal.after = 100'000'000;
    signal.lineage = "s1";
    records.add(signal, {kStructure.bytes});
  }

  // 1.00 lot of a master with 10,000, for an account with 5,000: 0.5, of which a cap lets 0.4.
  CopySized sized() const {
    CopySized body;
    body.structure = kStructure;
    body.account = kAccount;
    body.client = kClient;
    body.signal = "s1";
    body.lineage = "s1";
    body.terms_version = 1;
    body.facts.master_lots = decimal("1");
    body.facts.terms = terms.terms.terms;
    body.facts.basis = decimal("5000");
    body.facts.master_basis = decimal("10000");
    body.facts.price = decimal("1.1");
    body.facts.contract_size = decimal("100000");
    body.facts.lot_step = decimal("0.01");
    body.facts.min_lots = decimal("0.01");
    const auto size = engine::copy::size_of(body.facts);
    body.size = size.size;
    body.volume = size.volume;
    return body;
  }
  std::string told(const CopySized& body) {
    return records.text(records.add(body, {kClient.bytes, kStructure.bytes}));
  }

  Records records;
  engine::CopyTermsSet terms;
};

TEST_F(CopiesExplained, ASizeIsToldStageByStage) {
  const std::string text = told(sized());
  EXPECT_THAT(text, HasSubstr("a copy of 0.4 lots"));
  EXPECT_THAT(text, HasSubstr("1/2 lots as recorded"));
  EXPECT_THAT(text, HasSubstr("2/5 lots as recorded"));
  EXPECT_THAT(text, HasSubstr("40 steps as recorded"));
  EXPECT_THAT(text, HasSubstr("the signal of the master's account"));
  EXPECT_THAT(text, HasSubstr("the subscription's terms"));
  EXPECT_THAT(text, HasSubstr("5000 as recorded"));
  EXPECT_THAT(text, Not(HasSubstr("MISMATCH")));
}

TEST_F(CopiesExplained, AnotherVolumeIsSaid) {
  CopySized body = sized();
  body.volume += 1'000'000;
  EXPECT_THAT(told(body), HasSubstr("MISMATCH: the record says 0.41 lots"));
}

TEST_F(CopiesExplained, AnotherStageIsSaid) {
  CopySized body = sized();
  body.size.raw->numerator = 2;
  EXPECT_THAT(told(body), HasSubstr("MISMATCH: the record says 2/2 lots"));
}

TEST_F(CopiesExplained, MoneyThatTheBooksDoNotHaveIsSaid) {
  CopySized body = sized();
  body.facts.basis = decimal("5000.01");
  EXPECT_THAT(told(body), HasSubstr("MISMATCH: the record says 5000.01"));
}

TEST_F(CopiesExplained, OtherTermsThanWereSetAreSaid) {
  CopySized body = sized();
  body.facts.terms.max_lots = decimal("0.5");
  EXPECT_THAT(told(body), HasSubstr("MISMATCH"));
}

TEST_F(CopiesExplained, ASkipIsWorkedOutAgain) {
  engine::CopySkipped body;
  body.structure = kStructure;
  body.account = kAccount;
  body.client = kClient;
  body.signal = "s1";
  body.reason = engine::CopySkip::BelowMinimum;
  body.facts = sized().facts;
  body.facts->min_lots = decimal("0.45");
  body.size = engine::copy::size_of(*body.facts).size;
  const auto text = [&] {
    return records.text(records.add(body, {kClient.bytes, kStructure.bytes}));
  };
  EXPECT_THAT(text(), HasSubstr("MISMATCH: the record says below_minimum"));
  body.reason = engine::CopySkip::CapReached;
  EXPECT_THAT(text(), HasSubstr("cap_reached as recorded"));
}

TEST_F(CopiesExplained, ADemandToCloseAddsUp) {
  engine::CopyFilled fill;
  fill.fill.account = kAccount;
  fill.fill.signal = "s1";
  fill.structure = kStructure;
  fill.client = kClient;
  fill.lineage = "s1";
  fill.volume = 40'000'000;
  records.add(fill, {kClient.bytes, kStructure.bytes});
  engine::CopyCloseAsked body;
  body.structure = kStructure;
  body.account = kAccount;
  body.client = kClient;
  body.signal = "s2";
  body.lineage = "s1";
  body.filled = 40'000'000;
  body.asked = 10'000'000;
  body.kept = 20'000'000;
  body.volume = 10'000'000;
  const auto text = [&] {
    return records.text(records.add(body, {kClient.bytes, kStructure.bytes}));
  };
  EXPECT_THAT(text(), Not(HasSubstr("MISMATCH")));
  body.volume = 11'000'000;
  EXPECT_THAT(text(), HasSubstr("MISMATCH: the record says 0.11 lots"));
  body.volume = 10'000'000;
  body.filled = 50'000'000;
  EXPECT_THAT(text(), HasSubstr("MISMATCH: the record says 0.5 lots"));
}

TEST_F(CopiesExplained, AConvertedResultIsWorkedOutAgain) {
  engine::CopyClosed body;
  body.close.account = kAccount;
  body.close.profit = decimal("10.05");
  body.structure = kStructure;
  body.client = kClient;
  body.volume = 10'000'000;
  body.profit = 502;
  body.rate = engine::RateUsed{};
  body.rate->from = "USD";
  body.rate->to = "EUR";
  body.rate->numerator = decimal("0.5");
  body.rate->denominator = decimal("1");
  const auto text = [&] {
    engine::Postings postings;
    postings.add(engine::accounts::account_balance(kClient, kAccount), "EUR", -502);
    return records.text(records.add(body, {kClient.bytes, kStructure.bytes}, std::move(postings)));
  };
  EXPECT_THAT(text(), HasSubstr("5.02 EUR as recorded"));
  body.profit = 503;
  EXPECT_THAT(text(), HasSubstr("= 5.02 EUR\n   MISMATCH: the record says 5.03 EUR"));
}

// 0.75 by 3 for 2 is 1.125: 1.12 and 0.005, at 201 for a lot 1.005.
TEST_F(CopiesExplained, ASplitIsWorkedOutAgain) {
  engine::SignalRecorded opened;
  opened.signal.structure = kStructure;
  opened.signal.signal = "s2";
  opened.lineage = "s2";
  opened.after = 1;
  opened.lot_step = decimal("0.01");
  records.add(opened, {kStructure.bytes});
  engine::CopiesSplit split;
  split.split.structure = kStructure;
  split.split.split = "e1";
  split.split.numerator = 3;
  split.split.denominator = 2;
  split.lineage = "s2";
  records.add(split, {kStructure.bytes});
  engine::CopySplitAllocated body;
  body.structure = kStructure;
  body.account = kAccount;
  body.client = kClient;
  body.split = "e1";
  body.lineage = "s2";
  body.before = 75'000'000;
  body.after = 112'000'000;
  body.fraction = {500'000, 1};
  body.cash_per_lot = decimal("201");
  body.cash = 100;
  const auto text = [&] {
    engine::Postings postings;
    postings.add(engine::accounts::account_balance(kClient, kAccount), "EUR", -body.cash);
    postings.in("EUR", body.cash);
    postings.add(std::string(engine::accounts::kClientTradingRealised), "EUR", body.cash);
    return records.text(records.add(body, {kClient.bytes, kStructure.bytes}, std::move(postings)));
  };
  EXPECT_THAT(text(), HasSubstr("0.75 lots x 3 / 2, down to a lot step = 1.12 lots as recorded"));
  EXPECT_THAT(text(), Not(HasSubstr("MISMATCH")));
  body.cash = 101;
  EXPECT_THAT(text(), HasSubstr("= 1.00 EUR\n   MISMATCH: the record says 1.01 EUR"));
  body.cash = 100;
  body.after = 113'000'000;
  EXPECT_THAT(text(), HasSubstr("MISMATCH: the record says 1.13 lots"));
}

// 0.40 of a lot at 24.01 USD are 9.604 USD, and half of it in euros.
TEST_F(CopiesExplained, ADividendIsWorkedOutAgain) {
  engine::CopiesAdjusted whole;
  whole.adjusted.structure = kStructure;
  whole.adjusted.adjustment = "d1";
  whole.adjusted.amount_per_lot = decimal("24.01");
  whole.currency = "USD";
  records.add(whole, {kStructure.bytes});
  engine::CopyAdjusted body;
  body.structure = kStructure;
  body.account = kAccount;
  body.client = kClient;
  body.adjustment = "d1";
  body.volume = 40'000'000;
  body.amount_per_lot = decimal("24.01");
  body.amount = 480;
  body.rate = engine::RateUsed{};
  body.rate->from = "USD";
  body.rate->to = "EUR";
  body.rate->numerator = decimal("0.5");
  body.rate->denominator = decimal("1");
  const auto text = [&] {
    engine::Postings postings;
    postings.add(engine::accounts::account_balance(kClient, kAccount), "EUR", -body.amount);
    postings.in("EUR", body.amount);
    postings.add(std::string(engine::accounts::kClientTradingRealised), "EUR", body.amount);
    return records.text(records.add(body, {kClient.bytes, kStructure.bytes}, std::move(postings)));
  };
  EXPECT_THAT(text(), HasSubstr("4.80 EUR as recorded"));
  EXPECT_THAT(text(), Not(HasSubstr("MISMATCH")));
  body.amount = 481;
  EXPECT_THAT(text(), HasSubstr("MISMATCH: the record says 4.81 EUR"));
}

// The offer is in euros, the account in dollars.
class CopiesInDollars : public CopiesExplained {
 protected:
  CopiesInDollars() {
    engine::TradingAccountOpened opened;
    opened.account = {kAccount, kStructure, kClient};
    opened.account.currency = "USD";
    engine::Postings money;
    money.add("assets:cm:bank:0", "USD", 540'000);
    money.add(engine::accounts::account_balance(kClient, kAccount), "USD", -540'000);
    records.add(opened, {kClient.bytes, kStructure.bytes}, std::move(money));
  }
};

TEST_F(CopiesInDollars, ASizeRestsOnTheAccountsOwnMoney) {
  CopySized body = sized();
  body.facts.basis = decimal("5400");
  const auto size = engine::copy::size_of(body.facts);
  body.size = size.size;
  body.volume = size.volume;
  EXPECT_THAT(told(body), HasSubstr("5400 as recorded"));
  EXPECT_THAT(told(body), Not(HasSubstr("MISMATCH")));
}

TEST_F(CopiesInDollars, AResultIsWhatWasPostedInItsOwnMoney) {
  engine::CopyClosed body;
  body.close.account = kAccount;
  body.structure = kStructure;
  body.client = kClient;
  body.volume = 10'000'000;
  body.profit = 1'230;
  const auto text = [&] {
    engine::Postings postings;
    postings.add(engine::accounts::account_balance(kClient, kAccount), "USD", -1'230);
    return records.text(records.add(body, {kClient.bytes, kStructure.bytes}, std::move(postings)));
  };
  EXPECT_THAT(text(), HasSubstr("12.30 USD as recorded"));
  body.profit = 1'231;
  EXPECT_THAT(text(), HasSubstr("= 12.30 USD\n   MISMATCH: the record says 12.31 USD"));
}

// 0.4 lots are filled in two parts, of which the first was a tenth less than told.
TEST_F(CopiesExplained, FillsAddUpToTheOrders) {
  engine::CopyFilled fill;
  fill.fill.account = kAccount;
  fill.fill.signal = "s1";
  fill.fill.fill = "f1";
  fill.fill.lots = decimal("0.2");
  fill.structure = kStructure;
  fill.client = kClient;
  fill.lineage = "s1";
  fill.volume = 20'000'000;
  fill.filled = 20'000'000;
  fill.commission = -300;
  const auto booked = [&](core::Minor commission) {
    engine::Postings money;
    money.add("assets:cm:bank:0", "EUR", commission);
    money.add(engine::accounts::account_balance(kClient, kAccount), "EUR", -commission);
    return money;
  };
  const auto text = [&](const auto& body, core::Minor commission) {
    return records.text(records.add(body, {kClient.bytes, kStructure.bytes}, booked(commission)));
  };
  EXPECT_THAT(text(fill, -300), AllOf(HasSubstr("a fill of 0.2 lots"), Not(HasSubstr("MISMATCH"))));
  engine::CopyAmended amended;
  amended.amended.account = kAccount;
  amended.amended.fill = "f1";
  amended.structure = kStructure;
  amended.client = kClient;
  amended.signal = "s1";
  amended.lineage = "s1";
  amended.volume = 18'000'000;
  amended.volume_change = -2'000'000;
  amended.commission = -270;
  amended.commission_change = 30;
  EXPECT_THAT(text(amended, 30), AllOf(HasSubstr("to 0.18 lots"), Not(HasSubstr("MISMATCH"))));
  amended.commission_change = 31;
  EXPECT_THAT(text(amended, 31), HasSubstr("MISMATCH"));
  fill.fill.fill = "f2";
  fill.filled = 38'000'000;
  EXPECT_THAT(text(fill, -300), HasSubstr("MISMATCH: the record says 0.38 lots"));
}

TEST_F(CopiesExplained, AStopFollowsItsLevel) {
  terms.base = 1'000'000;
  terms.terms.terms.hard_stop = decimal("0.5");
  terms.version = 2;
  records.add(terms, {kClient.bytes, kStructure.bytes});
  engine::CopyStopped stop;
  stop.structure = kStructure;
  stop.account = kAccount;
  stop.client = kClient;
  stop.stop = engine::CopyStop::Hard;
  stop.equity = 500'000;
  stop.base = 1'000'000;
  stop.level = decimal("0.5");
  stop.terms_version = 2;
  const auto text = [&] {
    return records.text(records.add(stop, {kClient.bytes, kStructure.bytes}));
  };
  EXPECT_THAT(text(), AllOf(HasSubstr("5000.00 EUR are at or below 0.5 of 10000.00 EUR"),
                            Not(HasSubstr("MISMATCH"))));
  stop.equity = 500'001;
  EXPECT_THAT(text(), HasSubstr("MISMATCH: the record says 5000.01 EUR"));
  stop.equity = 500'000;
  stop.level = decimal("0.6");
  EXPECT_THAT(text(), HasSubstr("MISMATCH: the record says 0.6"));
}

}  // namespace
}  // namespace reports::explain
