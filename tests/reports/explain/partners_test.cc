// What is told of partners' lines.

#include <gmock/gmock.h>

#include "engine/accounts.h"
#include "engine/partner_deal_records.h"
#include "tests/reports/explain/records.h"
#include "tests/support/engine_fixture.h"

namespace reports::explain {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::decimal;

const auto kLinesManager = tests::id<core::PartyId>(2);

// A manager whose account has rebate of his offer too.
class LinesExplained : public testing::Test {
 protected:
  LinesExplained() {
    records.add(engine::PartnerDealReversed{}, {});  // A record that is not asked for.
    move(-700);
  }

  // Anything that is posted to what accrued to him.
  void move(core::Minor amount) {
    engine::Postings postings;
    postings.add(engine::accounts::partner_accrued(kLinesManager), "EUR", amount);
    records.add(engine::PartnerDealReversed{}, {}, std::move(postings));
  }
  std::string told(const std::string& amount, const std::string& exact, core::Minor posted) {
    engine::PartnerLineAccrued line;
    line.partner = kLinesManager;
    line.of = engine::EarnedBy::TopUp;
    line.currency = "EUR";
    line.amount = decimal(amount);
    line.exact = decimal(exact);
    line.posted = posted;
    engine::Postings postings;
    postings.add(engine::accounts::rebate_expense(kLinesManager), "EUR", posted);
    postings.add(engine::accounts::partner_accrued(kLinesManager), "EUR", -posted);
    return records.text(records.add(line, {kLinesManager.bytes}, std::move(postings)));
  }

  Records records;
};

// 10.00 moved on, and only the 7.00 of his offer are left: none of the 10.00 is taken of them.
TEST_F(LinesExplained, WhatMovedOnStaysAndOtherRebatesAreNotTakenForIt) {
  EXPECT_THAT(told("10", "10", 1'000), Not(HasSubstr("MISMATCH")));
  move(1'000);
  EXPECT_THAT(told("-10", "0", 0), Not(HasSubstr("MISMATCH")));
  EXPECT_THAT(told("4", "4", 0), Not(HasSubstr("MISMATCH")));
  EXPECT_THAT(told("8", "12", 200), Not(HasSubstr("MISMATCH")));
}

TEST_F(LinesExplained, MoreThanGrewIsAMismatch) {
  EXPECT_THAT(told("10", "10", 1'001), HasSubstr("MISMATCH: the record says 10.01 EUR"));
}

TEST_F(LinesExplained, MoreTakenBackThanGrewIsAMismatch) {
  EXPECT_THAT(told("10", "10", 1'000), Not(HasSubstr("MISMATCH")));
  EXPECT_THAT(told("-4", "6", -401), HasSubstr("MISMATCH: the record says -4.01 EUR"));
}

}  // namespace
}  // namespace reports::explain
