// Fees of clients' own accounts that were wrong, and money owed to somebody who has left.

#include "engine/corrections/account_fee.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/gate/mandates.h"
#include "engine/gate_state.h"
#include "tests/engine/trading/charged_group.h"

namespace engine::corrections {
namespace {

using tests::client_id;
using tests::decimal;
using trading::Group;

core::Result<> apply_with_corrections(State& state, const ledger::RecordView& record) {
  const auto apply_it = [](State& to, const auto& body, const ledger::RecordView& view) {
    return corrections::apply(to, body, view);
  };
  TRY((tests::apply_one_of<FeeReversed, FeeCorrected, CompensationPaid>(state, record, apply_it)));
  return mam::apply_group_record(state, record);
}

// Account 1: 1,000 paid in, 1,500 at the month's end, and 20 % of the gain charged.
class Charged : public trading::ChargedGroup {
 public:
  Charged() : ChargedGroup(trading::performance("0.2"), apply_with_corrections) {
    add_client_account(1, 1'000);
    EXPECT_EQ(fund(1, "1000"), "done");
    EXPECT_EQ(month_end(31, "1500"), "done");
    EXPECT_EQ(charged(), "10000");
    past.fee.structure = structure;
    past.fee.client = client_id(1);
    past.fee.fee = FeeKind::Performance;
    past.fee.amount = 10'000;
    past.fee.equity_before = 150'000;
    past.fee.mark_before = 100'000;
    past.fee.mark_after = 140'000;
    past.fee.account = Group::account(1);
    past.fee.currency = "EUR";
    past.postings = {{accounts::manager_fees(manager), "EUR", -10'000}};
    past.effective_at = now;
  }
  std::string correct(const std::string& amount) {
    const CorrectFee command{1, decimal(amount), {}, {}};
    return commit(correct_account_fee(context(), command, past));
  }
  std::string correct_mark(const std::string& amount, const core::Decimal& mark) {
    const CorrectFee command{1, decimal(amount), mark, {}};
    return commit(correct_account_fee(context(), command, past));
  }
  std::string compensate(const Compensate& command) { return commit(decide(context(), command)); }
  Compensate payment(const std::string& amount, const std::string& fee_part) const {
    return {structure, client_id(1), decimal(amount), decimal(fee_part), {}, {}};
  }

  // The gain is closed and all of it leaves.
  std::string close_all() {
    EXPECT_EQ(accept(1, "0.10"), "done");
    EXPECT_EQ(fill(1, "f", "0.10"), "done");
    EXPECT_EQ(close(1, "c", "0.10", "500"), "done");
    EXPECT_EQ(value(1, "1400"), "done");
    return defund(1, "1400");
  }

  PastFee past;
};

TEST(CorrectFeeOfAnAccount, TheRightFeeStandsInItsPlaceAndTheMarkWithIt) {
  Charged book;
  ASSERT_TRUE(book.equity(1) == 140'000 && book.mark(1) == 140'000);
  ASSERT_EQ(book.correct("60"), "done");
  EXPECT_TRUE(book.equity(1) == 144'000);
  EXPECT_TRUE(book.mark(1) == 144'000);  // Net: what is left after the right fee.
  EXPECT_TRUE(book.manager_fees() == 6'000);
  const FeeReversed back = book.last<FeeReversed>().at(0);
  EXPECT_TRUE(back.amount == 10'000 && back.account == Group::account(1) && back.receivable == 0);
}

TEST(CorrectFeeOfAnAccount, NoFeeMovesNoMark) {
  Charged book;
  ASSERT_EQ(book.correct("0"), "done");
  EXPECT_TRUE(book.equity(1) == 150'000 && book.mark(1) == 100'000 && book.manager_fees() == 0);
}

TEST(CorrectFeeOfAnAccount, WhatThePayeeWasPaidHeOwes) {
  Charged book;
  book.post(accounts::manager_fees(book.manager), accounts::tax("CY"), "EUR", 7'000);
  ASSERT_EQ(book.correct("40"), "done");
  // 60 come back, 30 are still there and 40 stay his: 30 he owes.
  EXPECT_TRUE(book.last<FeeReversed>().at(0).receivable == 3'000);
  EXPECT_TRUE(book.balance(accounts::receivable(book.manager)) == 3'000);
  EXPECT_TRUE(book.manager_fees() == 0 && book.equity(1) == 146'000);
}

// It is no result: the valuation before it still tells the equity, and the next period is charged.
TEST(CorrectFeeOfAnAccount, TheValuationStillHolds) {
  Charged book;
  ASSERT_EQ(book.correct("60"), "done");
  EXPECT_EQ(book.charge(31, false), "done");
}

TEST(CorrectFeeOfAnAccount, ItNeedsAnotherAmountThatWasThere) {
  Charged book;
  EXPECT_EQ(book.correct("100"), "Conflict/nothing_to_correct");
  EXPECT_EQ(book.correct("1500.01"), "InvalidInput/fee_range");
  book.past.reserved = true;
  EXPECT_EQ(book.correct("1"), "Conflict/fee_reserved");
}

TEST(CorrectFeeOfAnAccount, TheMarkIsNeverBelowZeroAndFits) {
  Charged book;
  EXPECT_EQ(book.correct_mark("60", decimal("-0.01")), "InvalidInput/fee_range");
  // 2^127 - 1 cents; the account's mark is added to it.
  const core::Decimal most{std::numeric_limits<core::Minor>::max(), 2};
  EXPECT_EQ(book.correct_mark("60", most), "Overflow/overflow");
  ASSERT_EQ(book.correct_mark("60", decimal("0")), "done");
  EXPECT_TRUE(book.mark(1) == 0 && book.equity(1) == 144'000);
}

TEST(CorrectFeeOfAnAccount, AnEmptyAccountIsPaidByCompensate) {
  Charged book;
  ASSERT_EQ(book.close_all(), "done");
  EXPECT_EQ(book.correct("60"), "Conflict/investor_left");
}

TEST(Compensate, WhoRevokedIsStillPaidWhatIsOwed) {
  Charged book;
  HeldMandate past;
  past.structure = book.structure;
  past.client = client_id(1);
  gate::keep_mandate(*book.state.gate, past);
  book.state.structures.at(book.structure).mandates.erase(client_id(1));
  ASSERT_EQ(book.compensate(book.payment("50", "40")), "done");
  EXPECT_TRUE(book.wallet(1) == 5'000);
  EXPECT_TRUE(book.manager_fees() == 6'000);
  Compensate stranger = book.payment("50", "40");
  stranger.client = client_id(2);
  book.add_client(client_id(2), ClientCategory::Retail, 0);
  EXPECT_EQ(book.compensate(stranger), "Conflict/no_mandate");
}

}  // namespace
}  // namespace engine::corrections
