#include <gtest/gtest.h>

#include "tests/engine/copy/copying.h"

namespace engine::copy {
namespace {

using tests::decimal;

// A copier of 1.00 for the signal s1.
class OneCopy : public Copying {
 public:
  OneCopy() {
    add_copier(1, 10'000);
    EXPECT_EQ(buy("s1", "1"), "done");
  }
};

AmendCopy amendment(const std::optional<std::string>& fill, const std::optional<std::string>& close,
                    const std::string& lots, const std::string& profit = "0") {
  AmendCopy command;
  command.account = Copying::account(1);
  command.fill = fill;
  command.close = close;
  command.lots = decimal(lots);
  command.price = decimal("1.1");
  command.profit = decimal(profit);
  command.reason = "busted";
  return command;
}

TEST(RecordCopyFill, PartsAddUpAndMoveThePosition) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "0.3"), "done");
  EXPECT_EQ(book.position(1), "0.3");
  ASSERT_EQ(book.fill(1, "s1", "b", "0.7"), "done");
  EXPECT_EQ(book.position(1), "1");
  EXPECT_TRUE(book.balance(accounts::street(1), "LOT.S1") == -100'000'000);
  EXPECT_EQ(book.fill(1, "s1", "c", "0.01"), "Conflict/overfill");
}

TEST(RecordCopyFill, TheSameAgainChangesNothing) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "0.3"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "0.3"), "done");
  EXPECT_EQ(book.last_size(), 0u);
  EXPECT_EQ(book.position(1), "0.3");
  EXPECT_EQ(book.fill(1, "s1", "a", "0.31"), "Conflict/different_content");
}

TEST(RecordCopyFill, ItsCommissionIsTheClients) {
  OneCopy book;
  auto command = book.fill_of(1, "s1", "a", "1");
  command.commission = decimal("-3.5");
  ASSERT_EQ(book.run(command), "done");
  EXPECT_TRUE(book.owed(1) == 1'000'000 - 350);
  EXPECT_TRUE(book.balance(std::string(accounts::kCommission)) == -350);
}

TEST(RecordCopyFill, BadOnesAreRefused) {
  OneCopy book;
  book.add_account(2, 1'000);
  EXPECT_EQ(book.fill(1, "s1", "", "1"), "InvalidInput/fill");
  EXPECT_EQ(book.fill(1, "s1", "a", "0"), "InvalidInput/not_positive");
  EXPECT_EQ(book.fill(1, "s9", "a", "1"), "NotFound/unknown_signal");
  EXPECT_EQ(book.fill(9, "s1", "a", "1"), "NotFound/unknown_account");
  EXPECT_EQ(book.fill(2, "s1", "a", "1"), "Conflict/no_terms");
  ASSERT_EQ(book.set_terms(2, {}), "done");
  EXPECT_EQ(book.fill(2, "s1", "a", "1"), "NotFound/unknown_copy");
}

// A platform that times out and then fills after all.
TEST(RecordCopyFill, AFillAfterTheRejectionIsLateAndStands) {
  OneCopy book;
  ASSERT_EQ(book.reject(1, "s1"), "done");
  EXPECT_TRUE(book.last<CopyRejected>()[0].volume == 100'000'000);
  EXPECT_EQ(book.reject(1, "s1"), "Conflict/copy_over");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  EXPECT_TRUE(book.last<CopyFilled>()[0].late);
  EXPECT_EQ(book.asked(), "");
  ASSERT_EQ(book.sell("s2", "1"), "done");
  EXPECT_EQ(book.asked(), "1");
}

TEST(RecordCopyFill, AFillAfterTheMastersCloseIsClosedAtOnce) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "0.2"), "done");
  ASSERT_EQ(book.sell("s2", "1"), "done");
  EXPECT_EQ(book.asked(), "0.2");
  ASSERT_EQ(book.fill(1, "s1", "b", "0.8"), "done");
  EXPECT_TRUE(book.last<CopyFilled>()[0].late);
  EXPECT_EQ(book.asked(), "0.8");
  EXPECT_EQ(book.last<CopyCloseAsked>()[0].reason, CopyCloseReason::LateFill);
}

// Row 20: profit 12.30, swap -0.20, commission -0.10.
TEST(RecordCopyClose, TheResultIsTheClients) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  auto command = book.close_of(1, "s1", "c", "0.4", "12.3");
  command.swap = decimal("-0.2");
  command.commission = decimal("-0.1");
  ASSERT_EQ(book.run(command), "done");
  EXPECT_TRUE(book.owed(1) == 1'000'000 + 1'200);
  EXPECT_TRUE(book.balance(std::string(accounts::kClientTradingRealised)) == 1'230);
  EXPECT_TRUE(book.balance(std::string(accounts::kSwap)) == -20);
  EXPECT_TRUE(book.balance(std::string(accounts::kCommission)) == -10);
  EXPECT_TRUE(book.balance(std::string(accounts::kInterfundClient)) == 1'200);
  EXPECT_EQ(book.position(1), "0.6");
  EXPECT_EQ(book.open(1, "s1"), "0.6");
}

TEST(RecordCopyClose, NeverMoreThanIsOpen) {
  OneCopy book;
  EXPECT_EQ(book.close(1, "s1", "c", "0.01"), "Conflict/overclose");
  ASSERT_EQ(book.fill(1, "s1", "a", "0.5"), "done");
  EXPECT_EQ(book.close(1, "s1", "c", "0.51"), "Conflict/overclose");
  ASSERT_EQ(book.close(1, "s1", "c", "0.5"), "done");
  ASSERT_EQ(book.close(1, "s1", "c", "0.5"), "done");
  EXPECT_EQ(book.last_size(), 0u);
  EXPECT_EQ(book.close(1, "s1", "c", "0.5", "1"), "Conflict/different_content");
  EXPECT_EQ(book.close(1, "s1", "d", "0.01"), "Conflict/overclose");
  EXPECT_EQ(book.close(1, "s1", "", "0.01"), "InvalidInput/close");
}

// The client closes a part by himself: the master's close asks for the rest alone.
TEST(RecordCopyClose, TheClientsOwnCloseIsNotAskedForAgain) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.close(1, "s1", "own", "0.6"), "done");
  ASSERT_EQ(book.sell("s2", "0.5"), "done");
  EXPECT_EQ(book.asked(), "");
  ASSERT_EQ(book.sell("s3", "0.5"), "done");
  EXPECT_EQ(book.asked(), "0.4");
}

// 10.05 USD at 0.5 is 5.025: half to even 5.02; 0.03 at 0.5 is 0.015: 0.02.
TEST(RecordCopyClose, AResultInAnotherCurrencyIsConvertedOnce) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  auto command = book.close_of(1, "s1", "c", "1", "10.05");
  command.commission = decimal("-0.03");
  command.currency = "EUX";
  EXPECT_EQ(book.run(command), "InvalidInput/unknown_currency");
  command.currency = "USD";
  EXPECT_EQ(book.run(command), "Conflict/no_rate");
  command.conversion_rate = decimal("0.5");
  ASSERT_EQ(book.run(command), "done");
  EXPECT_TRUE(book.owed(1) == 1'000'000 + 502 - 2);
  const auto closed = book.last<CopyClosed>().at(0);
  ASSERT_TRUE(closed.rate.has_value());
  EXPECT_EQ(closed.rate->source, RateSource::Deal);
}

TEST(RecordCopyClose, ARateBetweenEqualCurrenciesIsOne) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  auto command = book.close_of(1, "s1", "c", "1", "10");
  command.conversion_rate = decimal("1.1");
  EXPECT_EQ(book.run(command), "InvalidInput/same_currency");
  command.conversion_rate = decimal("1");
  EXPECT_EQ(book.run(command), "done");
}

TEST(RecordCopyClose, TheRebateAccruesOnWhatIsClosed) {
  OfferTerms terms;
  terms.rebate_per_lot = decimal("5");
  terms.rebate_to = RebateTo::Manager;
  Copying book(Model::CopyAutomatic, terms);
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.close(1, "s1", "c", "0.5"), "done");
  EXPECT_TRUE(book.last<RebateAccrued>().at(0).posted == 250);
}

TEST(RecordCopyFill, ItIsOfWholeLotSteps) {
  OneCopy book;
  EXPECT_EQ(book.fill(1, "s1", "a", "0.305"), "InvalidInput/lot_step");
  ASSERT_EQ(book.fill(1, "s1", "a", "0.3"), "done");
  EXPECT_EQ(book.run(amendment("a", {}, "0.295")), "InvalidInput/lot_step");
  EXPECT_EQ(book.close(1, "s1", "c", "0.105"), "InvalidInput/lot_step");
  ASSERT_EQ(book.close(1, "s1", "c", "0.1"), "done");
  EXPECT_EQ(book.run(amendment({}, "c", "0.105")), "InvalidInput/lot_step");
  EXPECT_EQ(book.run(amendment({}, "c", "0.3")), "done");
}

// What was ordered in fine steps is filled and closed in them, whatever the contract is by then.
TEST(RecordCopyFill, TheStepsAreThoseOfItsOwnOrder) {
  Copying book;
  book.add_copier(1, 1'200);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  book.set_contract("0.1", "0.1", "");
  ASSERT_EQ(book.buy("s2", "9"), "done");
  EXPECT_EQ(book.sized(), "1");
  ASSERT_EQ(book.fill(1, "s1", "a", "0.07"), "done");
  EXPECT_EQ(book.fill(1, "s2", "b", "0.05"), "InvalidInput/lot_step");
  ASSERT_EQ(book.fill(1, "s2", "b", "0.5"), "done");
  ASSERT_EQ(book.fill(1, "s1", "c", "0.05"), "done");
  EXPECT_EQ(book.close(1, "s1", "x", "0.625"), "Conflict/overclose");
  EXPECT_EQ(book.close(1, "s1", "x", "0.615"), "InvalidInput/lot_step");
  ASSERT_EQ(book.close(1, "s1", "x", "0.61"), "done");
  ASSERT_EQ(book.close(1, "s1", "y", "0.01"), "done");
  EXPECT_EQ(book.position(1), "0");
}

TEST(AmendCopy, ABustedFillLeavesNothing) {
  OneCopy book;
  auto filled = book.fill_of(1, "s1", "a", "1");
  filled.commission = decimal("-3");
  ASSERT_EQ(book.run(filled), "done");
  ASSERT_EQ(book.run(amendment("a", {}, "0")), "done");
  EXPECT_EQ(book.position(1), "0");
  EXPECT_TRUE(book.owed(1) == 1'000'000);
  ASSERT_EQ(book.fill(1, "s1", "b", "1"), "done");  // The order is open again.
  EXPECT_EQ(book.position(1), "1");
}

TEST(AmendCopy, AnAmendedClosePostsTheDifference) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.close(1, "s1", "c", "0.5", "20"), "done");
  ASSERT_EQ(book.run(amendment({}, "c", "0.4", "-7.5")), "done");
  EXPECT_TRUE(book.owed(1) == 1'000'000 - 750);
  EXPECT_EQ(book.position(1), "0.6");
  EXPECT_EQ(book.open(1, "s1"), "0.6");
  const auto body = book.last<CopyAmended>().at(0);
  EXPECT_TRUE(body.profit_change == -2'750);
  EXPECT_TRUE(body.volume_change == -10'000'000);
}

// Nobody asked for what the client closed by himself: when that never was, it is his again, and the
// master's close asks for it too.
TEST(AmendCopy, ABustedCloseOfTheClientsOwnIsAskedForWithTheRest) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.close(1, "s1", "own", "0.6"), "done");
  ASSERT_EQ(book.run(amendment({}, "own", "0")), "done");
  EXPECT_EQ(book.asked(), "");
  ASSERT_EQ(book.sell("s2", "1"), "done");
  EXPECT_EQ(book.asked(), "1");
}

TEST(AmendCopy, ABustedCloseThatWasAskedForIsAskedForAgain) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.sell("s2", "0.5"), "done");
  ASSERT_EQ(book.close(1, "s2", "c", "0.5"), "done");
  ASSERT_EQ(book.run(amendment({}, "c", "0.3")), "done");
  EXPECT_EQ(book.asked(), "0.2");
  EXPECT_EQ(book.last<CopyCloseAsked>()[0].reason, CopyCloseReason::Amended);
  ASSERT_EQ(book.sell("s3", "0.5"), "done");
  EXPECT_EQ(book.asked(), "0.5");
  ASSERT_EQ(book.close(1, "s3", "d", "0.7"), "done");
  EXPECT_EQ(book.position(1), "0");
}

TEST(AmendCopy, NumbersThatNoOrderHasAreRefused) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "0.4"), "done");
  ASSERT_EQ(book.fill(1, "s1", "b", "0.6"), "done");
  EXPECT_EQ(book.run(amendment("a", {}, "1701411834604692317316873037158")), "Conflict/overfill");
}

// A copier with 1.00 of an offer that pays 5 for each closed lot.
class Rebating : public Copying {
 public:
  explicit Rebating(RebateTo to) : Copying(Model::CopyAutomatic, terms_to(to)) {
    state.banks[bank] = BankRing::House;
    EngineBook::open(accounts::bank(bank, BankRing::House));
    add_copier(1, 10'000);
    EXPECT_EQ(buy("s1", "1"), "done");
    EXPECT_EQ(fill(1, "s1", "a", "1"), "done");
  }

  core::Minor accrued() const { return -balance(accounts::rebate_accrued(manager)); }
  core::Minor expense() const { return balance(accounts::rebate_expense(manager)); }
  core::Minor wallet(std::uint64_t number) const {
    return -balance(accounts::wallet(tests::client_id(number)));
  }

  const core::BankId bank = tests::id<core::BankId>(1);

 private:
  static OfferTerms terms_to(RebateTo to) {
    OfferTerms terms;
    terms.rebate_per_lot = decimal("5");
    terms.rebate_to = to;
    return terms;
  }
};

TEST(AmendCopy, ABustedCloseTakesItsRebateBack) {
  Rebating book(RebateTo::Investors);
  ASSERT_EQ(book.close(1, "s1", "c", "0.5", "20"), "done");
  ASSERT_EQ(book.close(1, "s1", "d", "0.5"), "done");
  EXPECT_TRUE(book.accrued() == 500);
  ASSERT_EQ(book.run(amendment({}, "c", "0")), "done");
  const auto body = book.last<RebateAccrued>().at(0);
  EXPECT_EQ(core::to_string(body.lots), "-0.5");
  EXPECT_EQ(body.ticket, "c");
  EXPECT_TRUE(body.posted == -250);
  EXPECT_FALSE(body.paid.has_value());
  EXPECT_TRUE(book.accrued() == 250);
  EXPECT_TRUE(book.expense() == 250);
  ASSERT_EQ(book.run(PayRebate{book.structure, {}}), "done");
  EXPECT_TRUE(book.wallet(1) == 250);
}

TEST(AmendCopy, AnAmendedCloseHasTheRebateOfItsVolumeNow) {
  Rebating book(RebateTo::Investors);
  ASSERT_EQ(book.close(1, "s1", "c", "0.5"), "done");
  ASSERT_EQ(book.run(amendment({}, "c", "0.4")), "done");
  EXPECT_TRUE(book.accrued() == 200);
  ASSERT_EQ(book.run(amendment({}, "c", "0.7")), "done");
  EXPECT_TRUE(book.accrued() == 350);
  ASSERT_EQ(book.run(amendment({}, "c", "0.7", "1")), "done");  // Its money alone.
  EXPECT_TRUE(book.last<RebateAccrued>().empty());
  ASSERT_EQ(book.run(amendment("a", {}, "0.9")), "done");  // A fill has none.
  EXPECT_TRUE(book.last<RebateAccrued>().empty());
  EXPECT_TRUE(book.accrued() == 350);
}

// 1.00 was paid 5.00; it never was. 0.4 of the next lot makes 2.00 of that good, 0.6 the
// other 3.00, and the last 0.2 earn 1.00.
TEST(AmendCopy, ARebateThatIsPaidComesOffTheNext) {
  for (const RebateTo to : {RebateTo::Manager, RebateTo::Investors}) {
    Rebating book(to);
    ASSERT_EQ(book.buy("s2", "0.2", "q"), "done");
    ASSERT_EQ(book.fill(1, "s2", "b", "0.2"), "done");
    // Under this profile a manager may be paid.
    book.state.structures.at(book.structure).jurisdiction = Jurisdiction::Offshore;
    const std::optional<core::BankId> bank =
        to == RebateTo::Manager ? std::optional(book.bank) : std::nullopt;
    ASSERT_EQ(book.close(1, "s1", "c", "1"), "done");
    ASSERT_EQ(book.run(PayRebate{book.structure, bank}), "done");
    ASSERT_EQ(book.run(amendment({}, "c", "0")), "done");
    const auto body = book.last<RebateAccrued>().at(0);
    EXPECT_TRUE(body.posted == 0);
    EXPECT_TRUE(body.paid == core::Minor{500});
    EXPECT_EQ(book.run(PayRebate{book.structure, bank}), "Conflict/nothing_to_pay");
    ASSERT_EQ(book.close(1, "s1", "d", "0.4"), "done");
    EXPECT_TRUE(book.last<RebateAccrued>().at(0).paid == core::Minor{500});
    ASSERT_EQ(book.close(1, "s1", "e", "0.6"), "done");
    EXPECT_TRUE(book.accrued() == 0);
    EXPECT_EQ(book.run(PayRebate{book.structure, bank}), "Conflict/nothing_to_pay");
    ASSERT_EQ(book.close(1, "s2", "f", "0.2"), "done");
    EXPECT_TRUE(book.last<RebateAccrued>().at(0).posted == 100);
    ASSERT_EQ(book.run(PayRebate{book.structure, bank}), "done");
    EXPECT_TRUE(book.expense() == 600);
    EXPECT_TRUE(book.accrued() == 0);
  }
}

// The other client's volume alone counts for what is passed on.
TEST(AmendCopy, WhoWasPaidForABustedCloseHasNoPartInTheNextRebate) {
  Rebating book(RebateTo::Investors);
  book.add_copier(2, 10'000);
  ASSERT_EQ(book.close(1, "s1", "c", "1"), "done");
  ASSERT_EQ(book.run(PayRebate{book.structure, {}}), "done");
  ASSERT_EQ(book.run(amendment({}, "c", "0")), "done");
  ASSERT_EQ(book.buy("s2", "3", "q"), "done");
  ASSERT_EQ(book.fill(2, "s2", "b", "3"), "done");
  ASSERT_EQ(book.close(2, "s2", "d", "3"), "done");
  ASSERT_EQ(book.run(PayRebate{book.structure, {}}), "done");
  EXPECT_TRUE(book.wallet(1) == 500);
  EXPECT_TRUE(book.wallet(2) == 1'000);
}

TEST(AmendCopy, WhatCannotBeIsRefused) {
  OneCopy book;
  ASSERT_EQ(book.fill(1, "s1", "a", "0.9"), "done");
  ASSERT_EQ(book.close(1, "s1", "c", "0.5", "20"), "done");
  EXPECT_EQ(book.run(amendment({}, {}, "1")), "InvalidInput/missing_field");
  EXPECT_EQ(book.run(amendment("a", "c", "1")), "InvalidInput/missing_field");
  EXPECT_EQ(book.run(amendment("x", {}, "1")), "NotFound/unknown_copy");
  EXPECT_EQ(book.run(amendment({}, "x", "1")), "NotFound/unknown_copy");
  EXPECT_EQ(book.run(amendment("a", {}, "1.01")), "Conflict/overfill");
  EXPECT_EQ(book.run(amendment("a", {}, "0.49")), "Conflict/overclose");
  EXPECT_EQ(book.run(amendment({}, "c", "0.91")), "Conflict/overclose");
  EXPECT_EQ(book.run(amendment("a", {}, "0.9", "1")), "InvalidInput/unused_field");
  EXPECT_EQ(book.run(amendment({}, "c", "0", "1")), "InvalidInput/not_positive");
  EXPECT_EQ(book.run(amendment({}, "c", "-1")), "InvalidInput/not_positive");
  auto nameless = amendment({}, "c", "0.5", "1");
  nameless.reason = "";
  EXPECT_EQ(book.run(nameless), "InvalidInput/reason");
}

}  // namespace
}  // namespace engine::copy
