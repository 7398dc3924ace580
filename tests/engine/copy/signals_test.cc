#include <gtest/gtest.h>

#include "tests/engine/copy/copying.h"

namespace engine::copy {
namespace {

using tests::decimal;

TEST(RecordSignal, EachSubscriptionIsSizedOnItsOwnEquity) {
  Copying book;
  book.add_copier(1, 5'000);
  book.add_copier(2, 2'500);
  ASSERT_EQ(book.buy("s1", "2"), "done");
  EXPECT_EQ(book.sized(), "1 0.5");
  ASSERT_EQ(book.last<SignalRecorded>().size(), 1u);
  EXPECT_EQ(book.last<SignalRecorded>()[0].kind, SignalKind::Open);
  EXPECT_TRUE(book.last<SignalRecorded>()[0].decision.has_value());
}

TEST(RecordSignal, TheEquityCountsFloating) {
  Copying book;
  book.add_copier(1, 5'000);
  ASSERT_EQ(book.equity(1, "7500"), "done");
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "0.75");
  CopyTerms terms;
  terms.sizing = CopySizing::Balance;
  ASSERT_EQ(book.set_terms(1, terms), "done");
  ValueMaster master;
  master.structure = book.structure;
  master.equity = decimal("1");
  master.balance = decimal("20000");
  ASSERT_EQ(book.run(master), "done");
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  EXPECT_EQ(book.sized(), "0.25");
}

// Source: the worked examples, COPY-04: the vendor sizes each subscription on all the client has,
// so that two managers have twice the exposure. Ours does not, unless the terms ask for it.
TEST(RecordSignal, TwoManagersOfOneClientAreSizedApart) {
  Copying book;
  book.add_copier(1, 2'000);
  const auto other = tests::id<core::StructureId>(701);
  book.add_structure(other, Model::CopyAutomatic, book.manager, {});
  book.state.structures.at(other).mandates.emplace(tests::client_id(1), core::DecisionId{});
  const auto second = tests::id<core::AccountId>(999);
  book.post(std::string(Copying::kBank), accounts::wallet(tests::client_id(1)), "EUR", 300'000);
  ASSERT_EQ(book.run(OpenTradingAccount{second, other, tests::client_id(1)}), "done");
  ASSERT_EQ(book.run(FundAccount{second, decimal("3000")}), "done");
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "0.2");
  CopyTerms terms;
  terms.sizing = CopySizing::ClientTotal;
  ASSERT_EQ(book.set_terms(1, terms), "done");
  ASSERT_EQ(book.buy("s2", "1"), "done");
  EXPECT_EQ(book.sized(), "0.5");
}

// A client gives each manager a part of what he has: the parts are copied, never the whole twice.
TEST(RecordSignal, ManagersAreSizedByWhatIsAllocatedToEach) {
  Copying book;
  CopyTerms terms;
  terms.sizing = CopySizing::Allocated;
  terms.base = decimal("2000");
  book.add_copier(1, 5'000, terms);
  const auto other = tests::id<core::StructureId>(701);
  book.add_structure(other, Model::CopyAutomatic, book.manager, {});
  book.state.structures.at(other).mandates.emplace(tests::client_id(1), core::DecisionId{});
  const auto second = tests::id<core::AccountId>(999);
  book.post(std::string(Copying::kBank), accounts::wallet(tests::client_id(1)), "EUR", 500'000);
  ASSERT_EQ(book.run(OpenTradingAccount{second, other, tests::client_id(1)}), "done");
  ASSERT_EQ(book.run(FundAccount{second, decimal("5000")}), "done");
  terms.base = decimal("3000");
  ASSERT_EQ(book.run(SetCopyTerms{second, terms}), "done");
  ValueMaster master;
  master.structure = other;
  master.equity = decimal("10000");
  ASSERT_EQ(book.run(master), "done");
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "0.2");
  auto command = book.signal_of("s1", Side::Buy, "1");
  command.structure = other;
  ASSERT_EQ(book.run(command), "done");
  EXPECT_EQ(book.sized(), "0.3");
  // What one of them loses is not the other's business.
  ASSERT_EQ(book.fill(1, "s1", "f", "0.2"), "done");
  ASSERT_EQ(book.close(1, "s1", "c", "0.2", "-1000"), "done");
  command.signal = "s2";
  ASSERT_EQ(book.run(command), "done");
  EXPECT_EQ(book.sized(), "0.3");
}

// Source: the worked examples, COPY-08: what is added counts from the next signal on, and what is
// open is not resized.
TEST(RecordSignal, AddedMoneyCountsFromTheNextSignalOn) {
  Copying book;
  CopyTerms terms;
  terms.sizing = CopySizing::Allocated;
  book.add_copier(1, 1'000, terms);
  ASSERT_EQ(book.buy("s1", "10"), "done");
  EXPECT_EQ(book.sized(), "1");
  ASSERT_EQ(book.fill(1, "s1", "f", "1"), "done");
  book.post(std::string(Copying::kBank), accounts::wallet(tests::client_id(1)), "EUR", 50'000);
  ASSERT_EQ(book.run(FundAccount{Copying::account(1), decimal("500")}), "done");
  EXPECT_EQ(book.open(1, "s1"), "1");
  ASSERT_EQ(book.buy("s2", "10", "q"), "done");
  EXPECT_EQ(book.sized(), "1.5");
  // A result is not allocated money: 1,500 still.
  ASSERT_EQ(book.close(1, "s1", "c", "1", "700"), "done");
  ASSERT_EQ(book.buy("s3", "10", "r"), "done");
  EXPECT_EQ(book.sized(), "1.5");
}

TEST(RecordSignal, WhoCannotCopyIsSkippedWithTheReason) {
  Copying book;
  book.add_account(1, 1'000);
  book.add_copier(2, 1'000);
  book.add_copier(3, 1);
  book.add_copier(4, 1'000);
  ASSERT_EQ(book.run(StopCopying{Copying::account(4), false}), "done");
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "0.1");
  EXPECT_EQ(book.skipped(), "no_terms below_minimum stopped");
  const auto skipped = book.last<CopySkipped>();
  EXPECT_FALSE(skipped[0].facts.has_value());
  ASSERT_TRUE(skipped[1].facts.has_value());
  EXPECT_TRUE(skipped[1].size->rounded == 0);
}

TEST(RecordSignal, EveryAccountGetsOneRecordOfEachSignal) {
  Copying book;
  for (std::uint64_t number = 1; number <= 20; ++number) {
    book.add_copier(number, number % 3 == 0 ? 1 : 1'000);
  }
  for (int i = 0; i < 30; ++i) {
    const auto id = std::to_string(i);
    ASSERT_EQ(book.buy(id, "1", id), "done");
    EXPECT_EQ(book.last<CopySized>().size() + book.last<CopySkipped>().size(), 20u);
  }
}

// Complaint: two or six copies of one order after a reconnect.
TEST(RecordSignal, TheSameSignalAgainChangesNothing) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.last_size(), 0u);
  EXPECT_EQ(book.copy(1, "s1").orders.size(), 1u);
  EXPECT_EQ(book.buy("s1", "1.01"), "Conflict/different_content");
  EXPECT_EQ(book.sell("s1", "1"), "Conflict/different_content");
}

TEST(RecordSignal, ASuspendedManagerMayOnlyReduce) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "f", "1"), "done");
  book.add_decision(book.manager, Model::CopyAutomatic, Verdict::Block);
  ASSERT_EQ(book.buy("s2", "1"), "done");
  EXPECT_EQ(book.skipped(), "not_authorised");
  EXPECT_FALSE(book.last<SignalRecorded>()[0].decision.has_value());
  ASSERT_EQ(book.sell("s3", "1"), "done");  // 2 less 1: half of what was opened is asked back.
  EXPECT_EQ(book.asked(), "0.5");
  ASSERT_EQ(book.sell("s4", "1"), "done");
  EXPECT_EQ(book.asked(), "0.5");
}

TEST(RecordSignal, AReversalIsACloseAndThenAnOpening) {
  Copying book;
  book.add_copier(1, 5'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "f1", "0.5"), "done");
  ASSERT_EQ(book.sell("s2", "3"), "done");
  const auto steps = book.last<SignalRecorded>();
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[0].kind, SignalKind::Close);
  EXPECT_EQ(steps[1].kind, SignalKind::Open);
  EXPECT_EQ(book.asked(), "0.5");
  EXPECT_EQ(book.sized(), "1");
  ASSERT_EQ(book.fill(1, "s2", "f2", "1"), "done");
  ASSERT_EQ(book.close(1, "s2", "c1", "0.5"), "done");  // The old position first.
  EXPECT_EQ(book.open(1, "s1"), "0");
  EXPECT_EQ(book.open(1, "s2"), "1");
  EXPECT_EQ(book.position(1), "-1");
}

TEST(RecordSignal, AReversalsTwoPositionsAreToldApart) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "f1", "1"), "done");
  ASSERT_EQ(book.sell("s2", "2"), "done");
  ASSERT_EQ(book.fill(1, "s2", "f2", "1"), "done");
  auto command = book.close_of(1, "s2", "c1", "1");
  command.lineage = "s9";
  EXPECT_EQ(book.run(command), "NotFound/unknown_copy");
  command.lineage = "s2";
  ASSERT_EQ(book.run(command), "done");
  EXPECT_EQ(book.open(1, "s2"), "0");
  EXPECT_EQ(book.open(1, "s1"), "1");
}

TEST(RecordSignal, PartsOfATurnedPositionCloseByItsOwnLineage) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "f1", "0.6"), "done");
  ASSERT_EQ(book.sell("s2", "3"), "done");
  EXPECT_EQ(book.asked(), "0.6");
  EXPECT_EQ(book.sized(), "2");
  ASSERT_EQ(book.fill(1, "s2", "f2", "2"), "done");
  // The old position's close is still on its way, and the new one shrinks already.
  ASSERT_EQ(book.buy("s3", "0.5"), "done");
  EXPECT_EQ(book.asked(), "0.5");
  EXPECT_EQ(book.last<CopyCloseAsked>()[0].lineage, "s2");
  ASSERT_EQ(book.fill(1, "s1", "late", "0.4"), "done");
  EXPECT_EQ(book.asked(), "0.4");
  EXPECT_EQ(book.last<CopyCloseAsked>()[0].lineage, "s1");
  ASSERT_EQ(book.close(1, "s3", "c1", "0.5"), "done");
  ASSERT_EQ(book.close(1, "s2", "c2", "1"), "done");  // Of the old one, as long as it is open.
  EXPECT_EQ(book.open(1, "s1"), "0");
  EXPECT_EQ(book.open(1, "s2"), "1.5");
  EXPECT_EQ(book.position(1), "-1.5");
  ASSERT_EQ(book.buy("s4", "1.5"), "done");
  EXPECT_EQ(book.asked(), "1.5");
  ASSERT_EQ(book.close(1, "s4", "c3", "1.5"), "done");
  EXPECT_EQ(book.position(1), "0");
  EXPECT_TRUE(book.balance(accounts::street(1), "LOT.S1") == 0);
}

TEST(RecordSignal, AHedgingTicketNeitherTurnsRoundNorComesBack) {
  Copying book;
  book.add_copier(1, 10'000);
  ValueMaster master;
  master.structure = book.structure;
  master.equity = decimal("10000");
  master.mode = PositionMode::Hedging;
  ASSERT_EQ(book.run(master), "done");
  ASSERT_EQ(book.value_master("10000"), "done");  // The mode stays.
  ASSERT_EQ(book.buy("s1", "1", "t1"), "done");
  ASSERT_EQ(book.sell("s2", "1", "t2"), "done");  // Another ticket: both are open.
  EXPECT_EQ(book.asked(), "");
  EXPECT_EQ(book.sell("s3", "1.01", "t1"), "Conflict/overclose");
  ASSERT_EQ(book.sell("s3", "1", "t1"), "done");
  EXPECT_EQ(book.buy("s4", "1", "t1"), "Conflict/position_closed");
}

TEST(RecordSignal, ANettingPositionComesBackAsAnother) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.sell("s2", "1"), "done");
  ASSERT_EQ(book.buy("s3", "1"), "done");
  EXPECT_EQ(book.last<SignalRecorded>()[0].lineage, "s3");
  // A fill of the first one that comes only now is closed at once, and the second is untouched.
  ASSERT_EQ(book.fill(1, "s1", "late", "1"), "done");
  EXPECT_TRUE(book.last<CopyFilled>()[0].late);
  EXPECT_EQ(book.asked(), "1");
  EXPECT_EQ(book.copy(1, "s3").asked == 0, true);
}

TEST(RecordSignal, WhatThePlatformCallsItMustAgree) {
  Copying book;
  auto command = book.signal_of("s1", Side::Buy, "1");
  command.kind = SignalKind::Close;
  EXPECT_EQ(book.run(command), "Conflict/wrong_kind");
  command.kind = SignalKind::Open;
  EXPECT_EQ(book.run(command), "done");
  auto reduce = book.signal_of("s2", Side::Sell, "0.4");
  reduce.kind = SignalKind::Close;
  EXPECT_EQ(book.run(reduce), "Conflict/wrong_kind");
  reduce.kind = SignalKind::Reduce;
  EXPECT_EQ(book.run(reduce), "done");
}

TEST(RecordSignal, SymbolsMayHaveOtherSpellings) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.run(AliasSymbol{"EURUSD.m", "EURUSD"}), "done");
  auto command = book.signal_of("s1", Side::Buy, "1");
  command.symbol = "EURUSD.m";
  ASSERT_EQ(book.run(command), "done");
  EXPECT_EQ(book.last<SignalRecorded>()[0].signal.symbol, "EURUSD");
  ASSERT_EQ(book.sell("s2", "1"), "done");
  book.add_symbol("GBPUSD", "EUR");
  ASSERT_EQ(book.buy("s3", "1"), "done");
  auto other = book.signal_of("s4", Side::Sell, "1");
  other.symbol = "GBPUSD";
  EXPECT_EQ(book.run(other), "Conflict/wrong_symbol");
}

TEST(RecordSignal, BadOnesAreRefused) {
  Copying book;
  EXPECT_EQ(book.buy("", "1"), "InvalidInput/signal");
  EXPECT_EQ(book.buy(std::string(65, 'x'), "1"), "InvalidInput/signal");
  EXPECT_EQ(book.buy("s", "1", ""), "InvalidInput/position");
  EXPECT_EQ(book.buy("s", "0"), "InvalidInput/not_positive");
  EXPECT_EQ(book.buy("s", "-1"), "InvalidInput/not_positive");
  EXPECT_EQ(book.buy("s", "0.000000001"), "InvalidInput/precision");
  auto command = book.signal_of("s", Side::Buy, "1");
  command.symbol = "XXX";
  EXPECT_EQ(book.run(command), "NotFound/unknown_symbol");
  command.structure = tests::id<core::StructureId>(1);
  EXPECT_EQ(book.run(command), "NotFound/unknown_structure");
  book.add_structure(command.structure, Model::Mam, book.manager, {});
  EXPECT_EQ(book.run(command), "Conflict/wrong_model");
  book.add_symbol("GBPUSD", "EUR");
  command = book.signal_of("s", Side::Buy, "1");
  command.symbol = "GBPUSD";
  EXPECT_EQ(book.run(command), "Conflict/no_contract");
}

// Caps are measured by the price of what opens: at zero they would let everything through.
TEST(RecordSignal, WhatOpensHasAPriceAboveZero) {
  Copying book;
  CopyTerms terms;
  terms.max_exposure = decimal("1");
  book.add_copier(1, 10'000, terms);
  const auto outcome = [&](const std::string& price, const std::string& stop_loss) {
    auto command = book.signal_of("s1", Side::Buy, "1");
    command.price = decimal(price);
    if (!stop_loss.empty()) command.stop_loss = decimal(stop_loss);
    return book.run(command);
  };
  EXPECT_EQ(outcome("0", ""), "InvalidInput/not_positive");
  EXPECT_EQ(outcome("-1.1", ""), "InvalidInput/not_positive");
  EXPECT_EQ(outcome("1.1", "0"), "InvalidInput/not_positive");
  EXPECT_EQ(outcome("1.1", "-1"), "InvalidInput/not_positive");
  EXPECT_EQ(outcome("1000000000000.000001", ""), "Overflow/overflow");
  EXPECT_EQ(outcome("1.1", "1000000000000.1"), "Overflow/overflow");
  EXPECT_EQ(outcome("99999999999999999999999999999999999999", ""), "Overflow/overflow");
  EXPECT_EQ(outcome("1000000000000", "0.000000000000000001"), "done");
}

// Source: crude oil, 20 April 2020: what must be closed is closed at any price.
TEST(RecordSignal, WhatClosesMayHaveAPriceBelowZero) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "f", "1"), "done");
  auto command = book.signal_of("s2", Side::Sell, "0.5");
  command.price = decimal("-37.63");
  command.stop_loss = decimal("0");
  ASSERT_EQ(book.run(command), "done");
  EXPECT_EQ(book.asked(), "0.5");
  EXPECT_EQ(core::to_string(book.lineage("s1").price), "-37.63");
  command.signal = "s3";
  command.lots = decimal("0.6");  // It would turn round: the opening part has no price to go by.
  EXPECT_EQ(book.run(command), "InvalidInput/not_positive");
  command.price = decimal("-1000000000000.1");
  command.lots = decimal("0.5");
  EXPECT_EQ(book.run(command), "Overflow/overflow");
  command.price = decimal("-37.63");
  ASSERT_EQ(book.run(command), "done");
  EXPECT_EQ(book.asked(), "0.5");
  auto close = book.close_of(1, "s3", "c", "1", "-99");
  close.price = decimal("1000000000000.1");
  EXPECT_EQ(book.run(close), "Overflow/overflow");
  close.price = decimal("-37.63");
  EXPECT_EQ(book.run(close), "done");
}

TEST(RecordSignal, AClosePriceOfZeroMeasuresNothing) {
  Copying book;
  CopyTerms terms;
  terms.max_exposure = decimal("11");
  book.add_copier(1, 10'000, terms);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  auto command = book.signal_of("s2", Side::Sell, "0.5");
  command.price = decimal("0");
  ASSERT_EQ(book.run(command), "done");
  ASSERT_EQ(book.buy("s3", "1", "q"), "done");
  EXPECT_EQ(book.skipped(), "cap_reached");  // 1.00 may still be filled of the first.
}

TEST(RecordSignal, TheContractOfTheSignalsOwnTimeCounts) {
  Copying book;
  book.add_copier(1, 1'234);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "0.12");
  book.set_contract("0.1", "0.1", "0.3");
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  EXPECT_EQ(book.sized(), "0.1");
  ASSERT_EQ(book.buy("s3", "9", "r"), "done");
  EXPECT_EQ(book.sized(), "0.3");
  // What was sized in finer steps is filled in them.
  EXPECT_EQ(book.fill(1, "s1", "f", "0.12"), "done");
}

TEST(RecordSignal, MoneyInAnotherCurrencyIsConverted) {
  Copying book;
  book.add_copier(1, 10'000);
  ValueMaster master;
  master.structure = book.structure;
  master.equity = decimal("25400");
  master.currency = "USD";
  ASSERT_EQ(book.run(master), "done");
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.skipped(), "no_rate");
  book.state.structures.at(book.structure).server = "demo-1";
  ASSERT_EQ(book.run(RecordPlatformRate{"demo-1", "EUR", "USD", decimal("1.27"), {1}}), "done");
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  EXPECT_EQ(book.sized(), "0.5");
  EXPECT_EQ(book.last<CopySized>()[0].facts.rate->source, RateSource::Platform);
}

// Complaint: the free balance is stale after the first copy.
TEST(RecordSignal, ExposureCountsWhatIsOrderedAndNotFilled) {
  Copying book;
  CopyTerms terms;
  terms.max_exposure = decimal("16.5");  // 165,000 of 10,000: one and a half lots.
  book.add_copier(1, 10'000, terms);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "1");
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  EXPECT_EQ(book.sized(), "0.5");
  EXPECT_EQ(core::to_string(*book.last<CopySized>()[0].facts.exposure), "110000");
  ASSERT_EQ(book.buy("s3", "1", "r"), "done");
  EXPECT_EQ(book.skipped(), "cap_reached");
  ASSERT_EQ(book.reject(1, "s1"), "done");
  ASSERT_EQ(book.buy("s4", "1", "t"), "done");
  EXPECT_EQ(book.sized(), "1");
}

TEST(RecordSignal, WithoutAValuedMasterOnlyFixedSizesCopy) {
  Copying book;
  const auto other = tests::id<core::StructureId>(701);
  book.add_structure(other, Model::CopyAutomatic, book.manager, {});
  book.add_client(tests::client_id(1), ClientCategory::Retail, 100'000);
  book.state.structures.at(other).mandates.emplace(tests::client_id(1), core::DecisionId{});
  ASSERT_EQ(book.run(OpenTradingAccount{Copying::account(1), other, tests::client_id(1)}), "done");
  ASSERT_EQ(book.run(FundAccount{Copying::account(1), decimal("1000")}), "done");
  ASSERT_EQ(book.set_terms(1, {}), "done");
  auto command = book.signal_of("s1", Side::Buy, "1");
  command.structure = other;
  ASSERT_EQ(book.run(command), "done");
  EXPECT_EQ(book.skipped(), "no_master");
  CopyTerms terms;
  terms.sizing = CopySizing::FixedLots;
  terms.parameter = decimal("0.2");
  ASSERT_EQ(book.set_terms(1, terms), "done");
  command.signal = "s2";
  ASSERT_EQ(book.run(command), "done");
  EXPECT_EQ(book.sized(), "0.2");
}

}  // namespace
}  // namespace engine::copy
