#include <gtest/gtest.h>

#include "engine/gate_state.h"
#include "tests/engine/partners/tree.h"

namespace engine::partners {
namespace {

using tests::decimal;

// 5 a lot, paid monthly from 500 on, at once.
class Payouts : public Tree {
 public:
  explicit Payouts(const std::string& minimum = "500", std::optional<core::Decimal> reserve = {},
                   std::uint64_t hold_days = 0)
      : Tree([&] {
          ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
          terms.payout = PayoutTerms{PayoutCycle::Monthly, decimal(minimum), hold_days, reserve};
          return terms;
        }()) {}

  void earn(const std::string& ticket, const std::string& lots) {
    EXPECT_EQ(run(deal(ticket, lots, "100000")), "done");
  }
  std::string approve(const std::string& until = "2026-01-31") {
    return run(ApproveEarnings{d, "EUR", day(until)});
  }
  std::string batch(std::uint64_t number) {
    return run(MakePayoutBatch{tests::id<BatchId>(number), "EUR"});
  }
  std::string pay(std::uint64_t number) {
    return run(PayPayoutBatch{tests::id<BatchId>(number), bank});
  }
  core::Minor held() const { return -balance(accounts::partner_held(d)); }
  core::Minor approved() const { return -balance(accounts::partner_approved(d)); }
  core::Minor payable() const { return -balance(accounts::partner_payable(d)); }
  core::Minor paid() const { return -balance(accounts::bank(bank, BankRing::House)); }
};

// Source: the worked examples, IB-14-globalprime-min-payout: 300, then 350; 500 is the least.
TEST(PayoutBatch, CarriesWhatIsBelowTheMinimum) {
  Payouts book;
  book.earn("1", "60");
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(1), "done");
  EXPECT_EQ(book.last<PayoutLine>().at(0).outcome, PayoutCarried::BelowMinimum);
  EXPECT_EQ(book.pay(1), "Conflict/nothing_to_pay");
  book.now = Tree::at("2026-02-28T12:00:00Z");
  book.earn("2", "70");
  ASSERT_EQ(book.approve("2026-02-28"), "done");
  ASSERT_EQ(book.batch(2), "done");
  EXPECT_TRUE(book.payable() == 65'000 && book.approved() == 0);
  ASSERT_EQ(book.pay(2), "done");
  EXPECT_TRUE(book.paid() == 65'000 && book.payable() == 0);
  EXPECT_EQ(book.pay(2), "Conflict/already_paid");
  EXPECT_EQ(book.batch(2), "Conflict/exists");
  EXPECT_EQ(book.batch(3), "Conflict/nothing_to_pay");
}

// He is under a programme in USD now; its 500 USD say nothing about the 300 EUR that he earned.
TEST(PayoutBatch, AMinimumCountsInItsProgrammesCurrencyOnly) {
  Payouts book("0");
  book.earn("1", "60");
  book.now = Tree::at("2026-02-28T12:00:00Z");
  ProgrammeTerms terms = paying(PayBasis::PerLot, "8");
  terms.payout = PayoutTerms{PayoutCycle::Monthly, decimal("500"), 0, {}};
  const auto dollars = tests::id<ProgrammeId>(501);
  ASSERT_EQ(book.run(PublishProgramme{dollars, Tree::at("2026-02-01"), "USD", terms}), "done");
  ASSERT_EQ(book.run(AssignProgramme{book.d, dollars, Tree::at("2026-02-01"), {}}), "done");
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(1), "done");
  EXPECT_EQ(book.last<PayoutLine>().at(0).outcome, PayoutCarried::Paid);
  EXPECT_TRUE(book.payable() == 30'000 && book.approved() == 0);
}

TEST(PayoutBatch, PaysOnceACycle) {
  Payouts book("1");
  book.earn("1", "1");
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(1), "done");
  book.earn("2", "1");
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(2), "done");
  EXPECT_EQ(book.last<PayoutLine>().at(0).outcome, PayoutCarried::CycleNotOver);
  book.now = Tree::at("2026-02-01");
  ASSERT_EQ(book.batch(3), "done");
  EXPECT_TRUE(book.payable() == 1'000);
}

TEST(PayoutBatch, HoldsTheReserveBack) {
  Payouts book("0", decimal("0.333"));
  book.earn("1", "2");  // 10.00: a reserve of 3.33.
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(1), "done");
  EXPECT_TRUE(book.payable() == 667 && book.held() == 333);
  ASSERT_EQ(book.run(ReleaseEarnings{book.d, "EUR", decimal("3.33"), "no loss"}), "done");
  EXPECT_TRUE(book.held() == 0 && book.accrued(book.d) == 333);
}

// Decision 0049: what he earned stays approved, and the batch names him.
TEST(PayoutBatch, LeavesOutWhomAListNames) {
  Payouts book("0");
  book.earn("1", "2");
  ASSERT_EQ(book.approve(), "done");
  book.state.gate->hits.insert(book.d);
  ASSERT_EQ(book.batch(1), "done");
  const PayoutLine line = book.last<PayoutLine>().at(0);
  EXPECT_EQ(line.outcome, PayoutCarried::ScreeningHit);
  EXPECT_TRUE(line.approved == 1'000 && line.amount == 0);
  EXPECT_TRUE(book.approved() == 1'000 && book.payable() == 0);
  const BatchStanding& made = book.state.partner_book->batches.at(tests::id<BatchId>(1));
  EXPECT_EQ(made.left_out.at(book.d), PayoutCarried::ScreeningHit);
  EXPECT_EQ(book.pay(1), "Conflict/nothing_to_pay");
  book.state.gate->hits.clear();
  ASSERT_EQ(book.batch(2), "done");
  ASSERT_EQ(book.pay(2), "done");
  EXPECT_TRUE(book.paid() == 1'000);
}

TEST(PayoutBatch, PaysNothingToWhomAListNamesByThen) {
  Payouts book("0");
  book.earn("1", "2");
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(1), "done");
  book.state.gate->hits.insert(book.d);
  ASSERT_EQ(book.pay(1), "done");
  const PayoutPaid paid = book.last<PayoutPaid>().at(0);
  EXPECT_TRUE(paid.screening_hit && paid.amount == 0 && paid.kept == core::Minor{1'000});
  EXPECT_TRUE(book.paid() == 0 && book.payable() == 0 && book.approved() == 1'000);
  EXPECT_EQ(book.pay(1), "Conflict/already_paid");
  // Released, he is paid by the next one.
  book.state.gate->hits.clear();
  book.now = Tree::at("2026-02-01");
  ASSERT_EQ(book.batch(2), "done");
  ASSERT_EQ(book.pay(2), "done");
  EXPECT_TRUE(book.paid() == 1'000);
}

TEST(ApproveEarnings, WaitsForTheDaysOfHolding) {
  Payouts book("0", {}, 30);
  book.earn("1", "2");
  EXPECT_EQ(book.approve("2026-01-31"), "Conflict/hold_period");
  EXPECT_EQ(book.approve("2026-01-01"), "Conflict/nothing_to_approve");
  book.now = Tree::at("2026-03-02");
  EXPECT_EQ(book.approve("2026-01-31"), "done");
  EXPECT_TRUE(book.approved() == 1'000);
}

// A deal of January that is recorded in April: nobody could look into it before.
TEST(ApproveEarnings, ADealThatIsRecordedLateIsHeldAsLongAsAny) {
  Payouts book("0", {}, 30);
  book.now = Tree::at("2026-04-01");
  auto drafts = decide(book.context(), Tree::deal("1", "2", "1000"));
  ASSERT_TRUE(drafts.has_value());
  for (ledger::Draft& draft : drafts.value()) draft.effective_at = Tree::at("2026-01-31");
  ASSERT_EQ(book.commit(drafts), "done");
  EXPECT_EQ(book.approve("2026-01-31"), "Conflict/nothing_to_approve");
  EXPECT_EQ(book.approve("2026-04-01"), "Conflict/hold_period");
  book.now = Tree::at("2026-05-01");
  EXPECT_EQ(book.approve("2026-04-01"), "done");
  EXPECT_TRUE(book.approved() == 1'000);
}

TEST(ApproveEarnings, ApprovesWhatHadAccruedByThenAndIsFree) {
  Payouts book("0");
  book.earn("1", "2");
  ASSERT_EQ(book.run(HoldEarnings{book.d, "EUR", decimal("4"), "an abuse is looked into"}), "done");
  book.now = Tree::at("2026-02-02");
  book.earn("2", "1");
  ASSERT_EQ(book.approve("2026-01-31"), "done");
  EXPECT_TRUE(book.approved() == 600 && book.held() == 400 && book.accrued(book.d) == 500);
  EXPECT_EQ(book.run(HoldEarnings{book.d, "EUR", decimal("5.01"), "more"}), "Conflict/not_enough");
  EXPECT_EQ(book.run(HoldEarnings{book.d, "EUR", decimal("1"), ""}), "InvalidInput/reason");
  EXPECT_EQ(book.run(ReleaseEarnings{book.d, "EUR", decimal("4.01"), "all"}),
            "Conflict/not_enough");
}

TEST(Reversal, AfterPaymentIsCarriedAndNeverDebited) {
  Payouts book("0");
  book.earn("1", "2");
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(1), "done");
  ASSERT_EQ(book.pay(1), "done");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "busted"}), "done");
  EXPECT_TRUE(book.accrued(book.d) == 0);
  EXPECT_EQ(book.earned(book.d), "0");
  book.earn("2", "3");
  EXPECT_TRUE(book.accrued(book.d) == 500);  // 15.00 less 10.00 that he was paid for nothing.
}

TEST(Reversal, AfterApprovalIsNotPaid) {
  Payouts book("0");
  book.earn("1", "10");
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "busted"}), "done");
  EXPECT_TRUE(book.approved() == 5'000);
  EXPECT_EQ(book.batch(1), "Conflict/nothing_to_pay");
  book.earn("2", "12");  // 60 in all: 50 of it is what stayed approved.
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(1), "done");
  EXPECT_TRUE(book.payable() == 6'000 && book.approved() == 0);
}

TEST(ReleaseEarnings, OfADealThatWasTakenBackMakesNoMoney) {
  Payouts book("0");
  book.earn("1", "10");
  ASSERT_EQ(book.run(HoldEarnings{book.d, "EUR", decimal("50"), "an abuse is looked into"}),
            "done");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "busted"}), "done");
  EXPECT_TRUE(book.held() == 5'000);
  ASSERT_EQ(book.run(ReleaseEarnings{book.d, "EUR", decimal("50"), "busted"}), "done");
  EXPECT_TRUE(book.last<EarningsReleased>().at(0).reversed == core::Minor{5'000});
  EXPECT_TRUE(book.held() == 0 && book.accrued(book.d) == 0);
  EXPECT_TRUE(book.balance(accounts::partner_expense(book.d)) == 0);
}

TEST(ReclaimPayout, IsOwedAndKeptFromTheNextBatch) {
  Payouts book("0");
  book.earn("1", "2");
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(1), "done");
  ASSERT_EQ(book.pay(1), "done");
  EXPECT_EQ(book.run(ReclaimPayout{book.d, "EUR", decimal("10.01"), "abuse"}),
            "Conflict/not_enough");
  ASSERT_EQ(book.run(ReclaimPayout{book.d, "EUR", decimal("4"), "abuse"}), "done");
  EXPECT_TRUE(book.balance(accounts::receivable(book.d)) == 400);
  EXPECT_TRUE(book.balance(accounts::partner_expense(book.d)) == 600);
  book.now = Tree::at("2026-02-02");
  book.earn("2", "3");
  ASSERT_EQ(book.approve("2026-02-02"), "done");
  EXPECT_TRUE(book.approved() == 1'500);
  ASSERT_EQ(book.batch(2), "done");
  EXPECT_TRUE(book.last<PayoutLine>().at(0).offset == 400);
  EXPECT_TRUE(book.payable() == 1'100 && book.balance(accounts::receivable(book.d)) == 0);
}

// The deal was taken back first: what is asked back was below zero already, and is not taken twice.
TEST(ReclaimPayout, OfWhatIsCarriedLowersWhatIsCarried) {
  Payouts book("0");
  book.earn("1", "2");
  ASSERT_EQ(book.approve(), "done");
  ASSERT_EQ(book.batch(1), "done");
  ASSERT_EQ(book.pay(1), "done");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "busted"}), "done");
  ASSERT_EQ(book.run(ReclaimPayout{book.d, "EUR", decimal("10"), "busted"}), "done");
  EXPECT_TRUE(book.last<PayoutReclaimed>().at(0).carried == 1'000);
  EXPECT_TRUE(book.balance(accounts::partner_expense(book.d)) == 0);
  book.earn("2", "3");
  EXPECT_TRUE(book.accrued(book.d) == 1'500);
}

TEST(Reconciliation, ADifferenceStopsBatches) {
  Payouts book("0");
  book.earn("1", "2");
  ASSERT_EQ(book.approve(), "done");
  const auto said = [&](std::uint64_t deals, const std::string& lots) {
    return book.run(ReconcilePartnerDeals{"live-1", Tree::day("2026-01-01"),
                                          Tree::day("2026-02-01"), deals, decimal(lots)});
  };
  ASSERT_EQ(said(1, "2.01"), "done");
  EXPECT_TRUE(book.last<PartnerDealsReconciled>().at(0).broken);
  EXPECT_EQ(book.batch(1), "Conflict/reconciliation_break");
  ASSERT_EQ(said(2, "2"), "done");
  EXPECT_EQ(book.batch(1), "Conflict/reconciliation_break");
  ASSERT_EQ(said(1, "2"), "done");
  EXPECT_EQ(book.batch(1), "done");
  ASSERT_EQ(said(3, "2"), "done");
  EXPECT_EQ(book.pay(1), "Conflict/reconciliation_break");
  const auto resolve = [&](const std::string& server) {
    return book.run(ResolvePartnerBreak{server, Tree::day("2026-01-01"), Tree::day("2026-02-01"),
                                        "two test deals"});
  };
  EXPECT_EQ(resolve("other"), "NotFound/unknown_break");
  ASSERT_EQ(resolve("live-1"), "done");
  EXPECT_EQ(book.pay(1), "done");
}

TEST(Payouts, NameOnlyWhatIsThere) {
  Payouts book;
  const auto nobody = tests::id<core::PartyId>(999);
  EXPECT_EQ(book.run(HoldEarnings{nobody, "EUR", decimal("1"), "x"}), "NotFound/unknown_partner");
  EXPECT_EQ(book.run(ReclaimPayout{nobody, "EUR", decimal("1"), "x"}), "NotFound/unknown_partner");
  EXPECT_EQ(book.run(RouteRebates{nobody, "EUR"}), "NotFound/unknown_partner");
  EXPECT_EQ(book.pay(7), "NotFound/unknown_batch");
  EXPECT_EQ(book.run(MakePayoutBatch{tests::id<BatchId>(1), "ZZZ"}),
            "InvalidInput/unknown_currency");
  EXPECT_EQ(book.run(ReconcilePartnerDeals{"", Tree::day("2026-01-01"), Tree::day("2026-02-01"), 0,
                                           decimal("0")}),
            "InvalidInput/server");
  EXPECT_EQ(book.run(ReconcilePartnerDeals{"s", Tree::day("2026-01-01"), Tree::day("2026-01-01"), 0,
                                           decimal("0")}),
            "InvalidInput/period");
}

}  // namespace
}  // namespace engine::partners
