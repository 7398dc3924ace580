// What closes of copies pay partners.

#include <gtest/gtest.h>

#include "tests/engine/copy/copying.h"
#include "tests/engine/partners/tree.h"

namespace engine::copy {
namespace {

using partners::paying;
using tests::decimal;

core::Result<> apply_paid_record(State& state, const ledger::RecordView& record) {
  TRY(apply_copy_record(state, record));
  TRY(partners::apply_partner_record(state, record));
  return tests::apply_one_of<PartnerDealAwaited>(
      state, record, [](State& to, const auto& body, const ledger::RecordView& view) {
        partners::apply(to, body, view);
      });
}

// A base, so that it is there before the book has its first records.
struct KeptRecords {
  mutable partners::Records kept;
};

// A copier of 1.00 for each lot of the master. Partner d brought him, alone in his tree.
class PaidCopies : private KeptRecords, public Copying {
 public:
  explicit PaidCopies(const ProgrammeTerms& terms)
      : Copying(Model::CopyAutomatic, {}, [this](State& to, const ledger::RecordView& record) {
          kept.keep(record);
          return apply_paid_record(to, record);
        }) {
    state.partners[d] = {d, PartnerKind::IntroducingBroker, "CY"};
    open(accounts::partner_accrued(d), {ledger::LawKind::NeverDebit});
    open(accounts::partner_expense(d));
    EXPECT_EQ(run(PublishProgramme{programme, now, "EUR", terms}), "done");
    EXPECT_EQ(run(AssignProgramme{d, programme, now, {}}), "done");
    // Before he has an account.
    state.partner_book->clients[tests::client_id(1)] = {{now, d, false}};
    CopyTerms one_to_one;
    one_to_one.sizing = CopySizing::Multiplier;
    one_to_one.parameter = decimal("1");
    add_copier(1, 10'000, one_to_one);
  }

  template <class Command>
  std::string run(const Command& command) {
    using engine::copy::decide;
    using engine::partners::decide;
    using engine::trading::decide;
    return commit(decide(Context{state, books, now, now, kept}, command));
  }
  void open_copy(const std::string& signal, const std::string& lots, const std::string& price,
                 const std::string& position = "p", Side side = Side::Buy) {
    RecordSignal told = signal_of(signal, side, lots, position);
    told.price = decimal(price);
    ASSERT_EQ(run(told), "done");
    RecordCopyFill command = fill_of(1, signal, "f-" + signal, lots);
    command.price = decimal(price);
    command.commission = decimal("-1");
    ASSERT_EQ(run(command), "done");
  }
  std::string close_copy(const std::string& signal, const std::string& id, const std::string& lots,
                         const std::string& commission = "-20") {
    now.micros += 600'000'000;
    RecordCopyClose command = close_of(1, signal, id, lots);
    command.commission = decimal(commission);
    return run(command);
  }
  RecordPartnerDeal deal() const { return last<PartnerDealRecorded>().at(0).deal; }
  DealLeg leg() const { return last<PartnerDealRecorded>().at(0).legs.at(0); }
  std::string earned() const {
    return core::to_string(partners::written(partners::earnings_of(state, d, "EUR").exact));
  }

  const ProgrammeId programme = tests::id<ProgrammeId>(500);
  const core::PartyId d = tests::id<core::PartyId>(902);
};

TEST(CopyPartnerCloses, AClosePaysByTheCopysOwnFills) {
  PaidCopies book(paying(PayBasis::PerMillion, "10"));
  book.open_copy("s1", "1", "1.1");
  book.now.micros += 60'000'000;
  book.open_copy("s2", "2", "1.13");
  ASSERT_EQ(book.close_copy("s1", "x", "3"), "done");
  // 1.12 on average, 336,000 in all; since the first fill; 20 and both fills' 1.
  EXPECT_EQ(core::to_string(book.deal().open_price), "1.12");
  EXPECT_EQ(core::to_string(book.deal().commission.value()), "22");
  EXPECT_EQ((book.deal().closed_at.micros - book.deal().opened_at.micros) / 1'000'000, 660);
  EXPECT_EQ(book.deal().ticket, "x/" + Copying::account(1).hex());
  EXPECT_EQ(book.earned(), "3.36");
}

TEST(CopyPartnerCloses, WhatWasFlatBeginsAnew) {
  PaidCopies book(paying(PayBasis::PerMillion, "10"));
  book.open_copy("s1", "1", "1.1");
  ASSERT_EQ(book.close_copy("s1", "x", "0.5"), "done");
  EXPECT_EQ(core::to_string(book.deal().commission.value()), "20.5");
  ASSERT_EQ(book.close_copy("s1", "y", "0.5"), "done");
  EXPECT_EQ(core::to_string(book.deal().commission.value()), "20.5");
  book.open_copy("s2", "1", "1.3");
  ASSERT_EQ(book.close_copy("s2", "z", "1"), "done");
  EXPECT_EQ(core::to_string(book.deal().open_price), "1.3");
  EXPECT_EQ((book.deal().closed_at.micros - book.deal().opened_at.micros) / 1'000'000, 600);
}

TEST(CopyPartnerCloses, AnAmendedFillCountsForWhatIsClosedAfterIt) {
  PaidCopies book(paying(PayBasis::PerMillion, "10"));
  book.open_copy("s1", "1", "1.1");
  AmendCopy amended{Copying::account(1), "f-s1",     {}, decimal("1"), decimal("1.2"), {}, {},
                    decimal("-3"),       "told late"};
  ASSERT_EQ(book.run(amended), "done");
  ASSERT_EQ(book.close_copy("s1", "x", "1"), "done");
  EXPECT_EQ(core::to_string(book.deal().open_price), "1.2");
  EXPECT_EQ(core::to_string(book.deal().commission.value()), "23");
}

TEST(CopyPartnerCloses, AnAmendedCloseIsWorkedOutAnew) {
  PaidCopies book(paying(PayBasis::PerLot, "5"));
  book.open_copy("s1", "1", "1.1");
  ASSERT_EQ(book.close_copy("s1", "x", "0.5"), "done");
  EXPECT_EQ(book.earned(), "2.5");
  const RecordPartnerDeal before = book.deal();
  book.now.micros += 600'000'000;
  AmendCopy amended{Copying::account(1), {},         "x", decimal("0.4"), decimal("1.25"), {}, {},
                    decimal("-1.2"),     "told late"};
  ASSERT_EQ(book.run(amended), "done");
  EXPECT_EQ(book.last<PartnerDealReversed>().size(), 1u);
  // 0.4 lots for 5 are 2; the broker has 0.5 of the fill and 1.2 of the close.
  EXPECT_EQ(core::to_string(book.deal().commission.value()), "1.7");
  EXPECT_EQ(book.earned(), "1.7");
  EXPECT_EQ(core::to_string(book.deal().close_price), "1.25");
  EXPECT_TRUE(book.deal().closed_at == before.closed_at);
  // The money alone.
  amended.commission = decimal("-20");
  ASSERT_EQ(book.run(amended), "done");
  EXPECT_EQ(book.earned(), "2");
  // It never was.
  AmendCopy busted{Copying::account(1), {}, "x", {}, decimal("1.25"), {}, {}, {}, "busted"};
  ASSERT_EQ(book.run(busted), "done");
  EXPECT_EQ(book.earned(), "0");
  EXPECT_TRUE(book.balance(accounts::partner_accrued(book.d)) == 0);
}

TEST(CopyPartnerCloses, CopiesThatHedgeEachOtherCountAsTheLarger) {
  PaidCopies book(paying(PayBasis::PerLot, "5"));
  ValueMaster hedging;
  hedging.structure = book.structure;
  hedging.equity = decimal("10000");
  hedging.mode = PositionMode::Hedging;
  ASSERT_EQ(book.run(hedging), "done");
  book.open_copy("s1", "1", "1.1", "p");
  book.open_copy("s2", "1.5", "1.1", "q", Side::Sell);
  ASSERT_EQ(book.close_copy("s1", "x", "1"), "done");
  EXPECT_EQ(core::to_string(book.leg().lots), "1");
  ASSERT_EQ(book.close_copy("s2", "y", "1.5"), "done");
  EXPECT_EQ(core::to_string(book.leg().lots), "0.5");
  EXPECT_EQ(book.earned(), "7.5");
}

TEST(CopyPartnerCloses, AfterASplitThePriceIsNotKnownAndTheDealIsAwaited) {
  PaidCopies book(paying(PayBasis::PerLot, "5"));
  book.open_copy("s1", "1", "1.1");
  SplitCopies split;
  split.structure = book.structure;
  split.symbol = "EURUSD";
  split.split = "2:1";
  split.numerator = 2;
  split.denominator = 1;
  ASSERT_EQ(book.run(split), "done");
  ASSERT_EQ(book.close_copy("s1", "x", "2"), "done");
  const auto awaited = book.last<PartnerDealAwaited>();
  ASSERT_EQ(awaited.size(), 1u);
  EXPECT_EQ(awaited[0].field, "open_price");
  RecordPartnerDeal deal = awaited[0].deal;
  deal.open_price = decimal("0.55");
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.earned(), "10");
}

TEST(CopyPartnerCloses, NoCopyIsRecordedByAnotherTicket) {
  PaidCopies book(paying(PayBasis::PerLot, "5"));
  RecordPartnerDeal deal = partners::Tree::deal("m-1");
  deal.symbol = "EURUSD";
  deal.account = Copying::account(1);
  EXPECT_EQ(book.run(deal), "done");  // It copies nothing yet.
  book.open_copy("s1", "1", "1.1");
  deal.ticket = "m-2";
  EXPECT_EQ(book.run(deal), "Conflict/managed_close");
  ASSERT_EQ(book.close_copy("s1", "x", "1"), "done");
  deal.server = book.deal().server;
  deal.ticket = book.deal().ticket;
  EXPECT_EQ(book.run(deal), "Conflict/duplicate_deal");
}

}  // namespace
}  // namespace engine::copy
