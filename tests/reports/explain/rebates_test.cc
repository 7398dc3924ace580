// What is told of rebates on closed volume, also where some of it is taken back.

#include <gmock/gmock.h>

#include "engine/accounts.h"
#include "engine/partner_records.h"
#include "engine/setup_records.h"
#include "tests/reports/explain/records.h"
#include "tests/support/engine_fixture.h"

namespace reports::explain {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::decimal;

const auto kPaidStructure = tests::id<core::StructureId>(1);
const auto kManager = tests::id<core::PartyId>(2);
const auto kRebateOffer = tests::id<core::OfferId>(4);

// 5.00 EUR for each closed lot; the exact sums are counts of 10^-8 of 5 cents.
class RebatesExplained : public testing::Test {
 protected:
  RebatesExplained() {
    engine::OfferPublished offer;
    offer.offer.offer = kRebateOffer;
    offer.offer.model = engine::Model::CopyAutomatic;
    offer.offer.currency = "EUR";
    offer.offer.terms.rebate_per_lot = decimal("5");
    records.add(engine::StructureOpened{}, {});  // A record that is not asked for.
    records.add(offer, {});
    engine::StructureOpened opened;
    opened.structure.structure = kPaidStructure;
    opened.structure.offer = kRebateOffer;
    records.add(opened, {kPaidStructure.bytes});
  }

  engine::RebateAccrued accrual(const std::string& lots, core::Minor cents, core::Minor posted) {
    engine::RebateAccrued body;
    body.structure = kPaidStructure;
    body.manager = kManager;
    body.ticket = "c";
    body.lots = decimal(lots);
    body.rate = decimal("5");
    body.exact_numerator = cents;
    body.exact_denominator = 1;
    body.posted = posted;
    return body;
  }
  std::uint64_t add(const engine::RebateAccrued& body) {
    engine::Postings postings;
    postings.add(engine::accounts::rebate_expense(kManager), "EUR", body.posted);
    postings.add(engine::accounts::rebate_accrued(kManager), "EUR", -body.posted);
    return records.add(body, {kManager.bytes, kPaidStructure.bytes}, std::move(postings));
  }
  std::string told(const engine::RebateAccrued& body) { return records.text(add(body)); }

  Records records;
};

TEST_F(RebatesExplained, ACloseThatNeverWasTakesItsRebateBack) {
  add(accrual("1", 500, 500));
  const auto text = told(accrual("-0.5", 250, -250));
  EXPECT_THAT(text, HasSubstr("-0.5 lots x 5"));
  EXPECT_THAT(text, HasSubstr("2.50 EUR, rounded down, - 5.00 EUR posted before = -2.50 EUR"));
  EXPECT_THAT(text, Not(HasSubstr("MISMATCH")));
  EXPECT_THAT(told(accrual("-0.1", 200, 0)), HasSubstr("MISMATCH: the record says 0.00 EUR"));
}

TEST_F(RebatesExplained, WhatIsPaidComesOffTheNext) {
  add(accrual("1", 500, 500));
  records.add(engine::RebatePaid{kPaidStructure, kManager, 500}, {kPaidStructure.bytes});
  auto busted = accrual("-1", 0, 0);
  busted.paid = 500;
  auto text = told(busted);
  EXPECT_THAT(text, HasSubstr("paid already: all payments of the structure's rebates = 5.00 EUR"));
  EXPECT_THAT(text, HasSubstr("5.00 EUR, paid, - 5.00 EUR posted before = 0.00 EUR"));
  EXPECT_THAT(text, Not(HasSubstr("MISMATCH")));
  text = told(accrual("1.2", 600, 100));
  EXPECT_THAT(text, HasSubstr("6.00 EUR, rounded down, - 5.00 EUR posted before = 1.00 EUR"));
  EXPECT_THAT(text, Not(HasSubstr("MISMATCH")));
}

TEST_F(RebatesExplained, APaymentThatNeverWasIsSaid) {
  add(accrual("1", 500, 500));
  auto busted = accrual("-1", 0, 0);
  busted.paid = 500;
  EXPECT_THAT(told(busted), HasSubstr("MISMATCH: the record says 5.00 EUR"));
}

TEST_F(RebatesExplained, WhatIsSettledOfAPartIsSaid) {
  const auto client = tests::client_id(1);
  engine::RebatePassed body{kPaidStructure, client, 500, 200, 200};
  body.settled = 100;
  engine::Postings postings;
  postings.add(engine::accounts::wallet(client), "EUR", -500);
  postings.in("EUR", 500);
  postings.add(engine::accounts::rebate_accrued(kManager), "EUR", 500);
  const auto text =
      records.text(records.add(body, {client.bytes, kPaidStructure.bytes}, std::move(postings)));
  EXPECT_THAT(text, HasSubstr("of his part settled: 100"));
  EXPECT_THAT(text, Not(HasSubstr("MISMATCH")));
}

}  // namespace
}  // namespace reports::explain
