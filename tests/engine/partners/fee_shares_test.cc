// What partners earn by fees, what of a batch is paid, what a check holds, and shares by volume.

#include <gtest/gtest.h>

#include "tests/engine/partners/tree.h"

namespace engine::partners {
namespace {

using tests::decimal;

// A partner under no programme, with shares of fees.
class Sharer : public Tree {
 public:
  Sharer() : Tree(paying(PayBasis::PerLot, "5")) {
    add_partner(partner);
    open("equity:house:capital");
  }

  // A fee of which he has `amount`, at the time that it is.
  std::string charge(core::Minor amount, const core::PartyId& who) {
    post("equity:house:capital", accounts::partner_accrued(who), "EUR", amount);
    FeeCharged fee;
    fee.structure = tests::id<core::StructureId>(700);
    fee.client = client(1);
    fee.fee = FeeKind::Performance;
    fee.shares = {{FeeShareOf::Broker, {}, 100},
                  {FeeShareOf::IntroducingBroker, who, amount},
                  {FeeShareOf::Manager, {}, 900}};
    Effects effects(now);
    if (const auto added = add_fee_shares(context(), effects, fee, "EUR"); !added.has_value()) {
      return commit(added.error());
    }
    return commit(effects.take());
  }
  core::Minor in(const std::string& account) const { return -balance(account); }

  const core::PartyId partner = tests::id<core::PartyId>(903);
};

TEST(FeeShare, IsApprovedAfterThirtyDaysAndPaid) {
  Sharer book;
  ASSERT_EQ(book.charge(8'050, book.partner), "done");
  const auto share = book.last<PartnerFeeShare>();
  ASSERT_EQ(share.size(), 1u);
  EXPECT_TRUE(share[0].partner == book.partner && share[0].amount == 8'050);
  EXPECT_EQ(book.earned(book.partner), "80.5");
  const auto approve = [&] {
    return book.run(ApproveEarnings{book.partner, "EUR", Tree::day("2026-01-31")});
  };
  EXPECT_EQ(approve(), "Conflict/hold_period");
  book.now = Tree::at("2026-03-02T12:00:00Z");
  ASSERT_EQ(approve(), "done");
  ASSERT_EQ(book.run(MakePayoutBatch{tests::id<BatchId>(1), "EUR"}), "done");
  ASSERT_EQ(book.run(PayPayoutBatch{tests::id<BatchId>(1), book.bank}), "done");
  EXPECT_TRUE(book.in(accounts::bank(book.bank, BankRing::House)) == 8'050);
  EXPECT_TRUE(book.accrued(book.partner) == 0);
}

TEST(FeeShare, CanBeHeld) {
  Sharer book;
  ASSERT_EQ(book.charge(1'000, book.partner), "done");
  ASSERT_EQ(book.run(HoldEarnings{book.partner, "EUR", decimal("4"), "looked into"}), "done");
  EXPECT_TRUE(book.accrued(book.partner) == 600);
}

// 50 were paid for a deal that was busted. Of a share of 20 nothing is approved; of the next 40 by
// a deal 10 are.
TEST(FeeShare, FillsFirstWhatIsBelowZero) {
  Sharer book;
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.payout = PayoutTerms{};
  const auto daily = tests::id<ProgrammeId>(501);
  ASSERT_EQ(book.run(PublishProgramme{daily, book.start, "EUR", terms}), "done");
  ASSERT_EQ(book.run(AssignProgramme{book.d, daily, Tree::at("2026-01-02"), {}}), "done");
  ASSERT_EQ(book.run(Tree::deal("1", "10", "1000")), "done");
  const auto approve = [&](const std::string& day) {
    return book.run(ApproveEarnings{book.d, "EUR", Tree::day(day)});
  };
  ASSERT_EQ(approve("2026-01-31"), "done");
  ASSERT_EQ(book.run(MakePayoutBatch{tests::id<BatchId>(1), "EUR"}), "done");
  ASSERT_EQ(book.run(PayPayoutBatch{tests::id<BatchId>(1), book.bank}), "done");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "busted"}), "done");
  ASSERT_EQ(book.charge(2'000, book.d), "done");
  EXPECT_EQ(approve("2026-01-31"), "Conflict/nothing_to_approve");
  ASSERT_EQ(book.run(Tree::deal("2", "8", "1000")), "done");
  EXPECT_EQ(book.earned(book.d), "60");
  EXPECT_TRUE(book.accrued(book.d) == 1'000);
  ASSERT_EQ(approve("2026-01-31"), "done");
  EXPECT_TRUE(book.last<EarningsApproved>().at(0).amount == 1'000);
}

// Accruals are kept at 10^-18 of a euro, in 127 bits: up to 1.7 x 10^20 euros. Ten million shares
// of one command must fit, so one has at most 1.7 x 10^13.
TEST(FeeShare, ThatIsTooLargeIsRefused) {
  Sharer book;
  const core::Minor large = core::power_of_ten(15).value();
  ASSERT_EQ(book.charge(large, book.partner), "done");
  ASSERT_EQ(book.charge(large, book.partner), "done");
  EXPECT_EQ(book.charge(2 * large, book.partner), "Overflow/overflow");
  EXPECT_EQ(book.charge(core::power_of_ten(23).value(), book.partner), "Overflow/overflow");
}

// --- A batch that was made, and deals that are taken back before it is paid
// -------------------------

class Batches : public Tree {
 public:
  Batches()
      : Tree([] {
          ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
          terms.payout = PayoutTerms{PayoutCycle::Daily, {}, 0, {}};
          return terms;
        }()) {}

  void earn(const std::string& ticket, const std::string& lots) {
    ASSERT_EQ(run(deal(ticket, lots, "1000")), "done");
    ASSERT_EQ(run(ApproveEarnings{d, "EUR", day("2026-02-28")}), "done");
  }
  std::string make(std::uint64_t number) {
    return run(MakePayoutBatch{tests::id<BatchId>(number), "EUR"});
  }
  std::string pay(std::uint64_t number) {
    return run(PayPayoutBatch{tests::id<BatchId>(number), bank});
  }
  core::Minor approved() const { return -balance(accounts::partner_approved(d)); }
  core::Minor payable() const { return -balance(accounts::partner_payable(d)); }
  core::Minor paid() const { return -balance(accounts::bank(bank, BankRing::House)); }
};

TEST(PayPayoutBatch, PaysNothingOfADealThatWasTakenBackSince) {
  Batches book;
  book.now = Tree::at("2026-02-28T12:00:00Z");
  book.earn("1", "10");
  book.earn("2", "4");
  ASSERT_EQ(book.make(1), "done");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "2", "busted"}), "done");
  ASSERT_EQ(book.pay(1), "done");
  const PayoutPaid paid = book.last<PayoutPaid>().at(0);
  EXPECT_TRUE(paid.amount == 5'000 && paid.kept == core::Minor{2'000});
  EXPECT_TRUE(book.paid() == 5'000 && book.payable() == 0 && book.approved() == 2'000);
  EXPECT_TRUE(book.state.partner_book->batches.begin()->second.kept.at(book.d) == 2'000);
  // What was kept is paid once he has earned it.
  book.now = Tree::at("2026-03-01T12:00:00Z");
  EXPECT_EQ(book.make(2), "Conflict/nothing_to_pay");
  ASSERT_EQ(book.run(Tree::deal("3", "4", "1000")), "done");
  ASSERT_EQ(book.make(2), "done");
  ASSERT_EQ(book.pay(2), "done");
  EXPECT_TRUE(book.paid() == 7'000 && book.approved() == 0 && book.accrued(book.d) == 0);
}

TEST(PayPayoutBatch, AllThatWasTakenBackIsKept) {
  Batches book;
  book.now = Tree::at("2026-02-28T12:00:00Z");
  book.earn("1", "10");
  ASSERT_EQ(book.make(1), "done");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "busted"}), "done");
  ASSERT_EQ(book.pay(1), "done");
  EXPECT_TRUE(book.paid() == 0 && book.approved() == 5'000);
  EXPECT_EQ(book.pay(1), "Conflict/already_paid");
}

TEST(PayPayoutBatch, WhatIsApprovedSinceCoversFirstWhatWasTakenBack) {
  Batches book;
  book.now = Tree::at("2026-02-28T12:00:00Z");
  book.earn("1", "10");
  ASSERT_EQ(book.make(1), "done");
  book.earn("2", "6");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "busted"}), "done");
  ASSERT_EQ(book.pay(1), "done");
  EXPECT_TRUE(book.paid() == 3'000 && book.approved() == 5'000);
}

// --- Churn
// ----------------------------------------------------------------------------------------

TEST(CheckChurn, HoldsTheSameEarningsOnce) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.churn = ChurnTerms{decimal("1"), {}};
  Tree book(terms);
  book.add_client(Tree::client(2), ClientCategory::Retail);
  ASSERT_EQ(book.run(AttributeClient{Tree::client(2), book.d, book.start, false}), "done");
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  RecordPartnerDeal other = Tree::deal("2", "2");
  other.client = Tree::client(2);
  ASSERT_EQ(book.run(other), "done");
  const auto held = [&](const std::string& from, const std::string& to) {
    EXPECT_EQ(
        book.run(CheckChurn{Tree::client(1), book.d, Tree::day(from), Tree::day(to), decimal("1")}),
        "done");
    EXPECT_TRUE(book.last<ChurnMeasured>().at(0).alert);
    return book.last<ChurnMeasured>().at(0).held;
  };
  EXPECT_TRUE(held("2026-01-01", "2026-02-01") == 500);
  EXPECT_TRUE(held("2026-01-01", "2026-02-01") == 0);
  EXPECT_TRUE(held("2026-01-05", "2026-01-06") == 0);  // Nor in another period with the same day.
  ASSERT_EQ(book.run(Tree::deal("3")), "done");
  EXPECT_TRUE(held("2026-01-01", "2026-02-01") == 500);
  EXPECT_TRUE(book.accrued(book.d) == 1'000);
}

// Of 5 he has half; the other half is his parent's, and not held of his.
TEST(CheckChurn, HoldsWhatThePartnerHimselfEarned) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.churn = ChurnTerms{decimal("1"), {}};
  terms.tree = TreeTerms{};
  terms.tree->mode = TreeMode::Ratio;
  terms.tree->levels = decimals({"0.5", "0.5"});
  Tree book(terms);
  book.add_client(Tree::client(2), ClientCategory::Retail);
  ASSERT_EQ(book.run(AttributeClient{Tree::client(2), book.d, book.start, false}), "done");
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  RecordPartnerDeal other = Tree::deal("2", "2");
  other.client = Tree::client(2);
  ASSERT_EQ(book.run(other), "done");
  ASSERT_EQ(book.run(CheckChurn{Tree::client(1), book.d, Tree::day("2026-01-01"),
                                Tree::day("2026-02-01"), decimal("1")}),
            "done");
  const ChurnMeasured measured = book.last<ChurnMeasured>().at(0);
  EXPECT_EQ(core::to_string(measured.commission), "5");
  EXPECT_TRUE(measured.held == 250);
}

// --- Shares by volume
// -----------------------------------------------------------------------------

class Evaluated : public Tree {
 public:
  explicit Evaluated(EvaluationWindow window = EvaluationWindow::Month, bool demotes = true)
      : Tree([&] {
          ProgrammeTerms terms = paying(PayBasis::PerLot, "10");
          terms.evaluation = EvaluationTerms{window,
                                             {{decimal("0"), decimal("0.5")},
                                              {decimal("100"), decimal("0.8")},
                                              {decimal("200"), decimal("1")}},
                                             demotes};
          return terms;
        }()) {}

  void trade(const std::string& ticket, const std::string& lots, const std::string& opened) {
    RecordPartnerDeal traded = deal(ticket, lots, "10000");
    traded.opened_at = at(opened + "T09:00:00Z");
    traded.closed_at = at(opened + "T10:00:00Z");
    ASSERT_EQ(run(traded), "done");
  }
  std::string evaluate(const std::string& to) { return run(EvaluatePartner{d, day(to), at(to)}); }
  PartnerEvaluated figures() const { return last<PartnerEvaluated>().at(0); }
};

// He began with all of it, the highest step.
TEST(EvaluatePartner, FallsByOneStepAndRisesToTheStepThatHeReached) {
  Evaluated book;
  book.trade("1", "50", "2026-01-05");
  EXPECT_EQ(book.evaluate("2026-02-01"), "Conflict/window_open");
  book.now = Tree::at("2026-04-01T12:00:00Z");
  ASSERT_EQ(book.evaluate("2026-02-01"), "done");
  const PartnerEvaluated fell = book.figures();
  EXPECT_EQ(core::to_string(fell.lots), "50");
  EXPECT_TRUE(fell.reached == 0 && fell.before == 2 && fell.after == 1);
  EXPECT_EQ(core::to_string(fell.share_before) + " " + core::to_string(fell.share), "1 0.8");
  EXPECT_EQ(book.evaluate("2026-02-01"), "Conflict/evaluated");
  book.trade("2", "250", "2026-02-05");  // 2,500: 0.8 of it, and the rest to his parent.
  EXPECT_EQ(book.lines(), "2000 500");
  ASSERT_EQ(book.evaluate("2026-03-01"), "done");
  EXPECT_TRUE(book.figures().before == 1 && book.figures().after == 2);
  book.trade("3", "1", "2026-03-05");
  EXPECT_EQ(book.lines(), "10");
}

TEST(EvaluatePartner, NobodyFallsWhereTheProgrammeDoesNotDemote) {
  Evaluated book(EvaluationWindow::Month, false);
  book.now = Tree::at("2026-04-01T12:00:00Z");
  ASSERT_EQ(book.evaluate("2026-02-01"), "done");
  EXPECT_TRUE(book.figures().reached == 0 && book.figures().after == 2);
  EXPECT_EQ(core::to_string(book.figures().share), "1");
}

TEST(EvaluatePartner, AQuarterIsThreeMonths) {
  Evaluated book(EvaluationWindow::Quarter);
  book.now = Tree::at("2026-07-01T12:00:00Z");
  book.trade("1", "60", "2026-01-05");
  book.trade("2", "60", "2026-03-31");
  book.trade("3", "60", "2026-04-01");
  EXPECT_EQ(book.evaluate("2026-03-01"), "InvalidInput/period");
  EXPECT_EQ(book.evaluate("2026-04-02"), "InvalidInput/period");
  EXPECT_EQ(book.evaluate("2026-04-01"), "Conflict/retroactive");  // A deal has paid from then on.
  ASSERT_EQ(book.run(EvaluatePartner{book.d, Tree::day("2026-04-01"), Tree::at("2026-04-02")}),
            "done");
  EXPECT_EQ(core::to_string(book.figures().from), "2026-01-01");
  EXPECT_EQ(core::to_string(book.figures().lots), "120");
  EXPECT_EQ(book.run(EvaluatePartner{book.d, Tree::day("2026-07-01"), Tree::at("2026-06-30")}),
            "InvalidInput/period");
}

TEST(EvaluatePartner, NeedsTermsThatSayHow) {
  Tree book(paying(PayBasis::PerLot, "10"));
  book.now = Tree::at("2026-04-01T12:00:00Z");
  const EvaluatePartner command{book.d, Tree::day("2026-02-01"), Tree::at("2026-02-01")};
  EXPECT_EQ(book.run(command), "Conflict/no_evaluation");
  const EvaluatePartner early{book.d, Tree::day("2026-01-01"), Tree::at("2026-02-01")};
  EXPECT_EQ(book.run(early), "Conflict/no_programme");
  ProgrammeTerms terms = paying(PayBasis::PerLot, "10");
  terms.evaluation = EvaluationTerms{};
  const auto publish = [&] {
    return book.run(PublishProgramme{tests::id<ProgrammeId>(7), book.start, "EUR", terms});
  };
  EXPECT_EQ(publish(), "InvalidInput/evaluation");
  terms.evaluation->steps = {{decimal("0"), decimal("0.5")}, {decimal("10"), decimal("0.5")}};
  EXPECT_EQ(publish(), "InvalidInput/evaluation");
  terms.evaluation->steps[1].share = decimal("0.6");
  EXPECT_EQ(publish(), "done");
  terms.tree = TreeTerms{TreeMode::Ratio, decimals({"0.5"}), {}, false};
  EXPECT_EQ(publish(), "InvalidInput/evaluation");
}

}  // namespace
}  // namespace engine::partners
