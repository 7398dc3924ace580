#include <gtest/gtest.h>

#include "engine/accounts.h"
#include "engine/correction_records.h"
#include "tests/reports/cases.h"

namespace reports {
namespace {

using tests::Book;
using tests::build;
using tests::february;
using tests::instant;
using tests::kAnna;
using tests::kBoris;
using tests::kUnit;

constexpr engine::Model kPamm = engine::Model::Pamm;

std::string rate(const Return& value) { return core::print_fixed(value.rate_e8.value(), 8); }

Statement pool_statement() {
  Book book(kPamm);
  tests::start_pool(book);
  tests::roll_pool(book);
  return build(book, february(book)).value();
}

TEST(PoolStatement, OpensAndClosesWithTheBooksEntitlement) {
  const Statement statement = pool_statement();
  EXPECT_EQ(statement.totals.nav_open, 98'000);
  EXPECT_EQ(statement.totals.nav_close, 89'029);
  ASSERT_EQ(statement.holdings.size(), 1u);
  EXPECT_EQ(statement.holdings[0].close.settled, 88'579);
  EXPECT_EQ(statement.holdings[0].close.floating, 450);
}

TEST(PoolStatement, ShowsWhatTheValueChangedBy) {
  const Totals totals = pool_statement().totals;
  EXPECT_EQ(totals.net_flows, -10'000);
  // 8.39 attributed, with -0.49 of swap and -0.99 of commission inside.
  EXPECT_EQ(totals.realised, 987);
  EXPECT_EQ(totals.change_unrealised, 490);
  EXPECT_EQ(totals.income, -49);
  EXPECT_EQ(totals.fees_charged, 100 + 200 + 99);
  EXPECT_EQ(totals.result, 1'029);
}

TEST(PoolStatement, SeparatesFeesByKindWithTheirRecords) {
  const Statement statement = pool_statement();
  EXPECT_EQ(statement.totals.fees_of(FeeClass::Management), 100);
  EXPECT_EQ(statement.totals.fees_of(FeeClass::Performance), 200);
  EXPECT_EQ(statement.totals.fees_of(FeeClass::Entry), 0);
  EXPECT_EQ(statement.totals.fees_of(FeeClass::Execution), 99);
  EXPECT_EQ(statement.totals.fees_of(FeeClass::Other), 0);
  ASSERT_EQ(statement.fees.size(), 3u);
  EXPECT_EQ(statement.fees[0].evidence.seq + 1, statement.fees[1].evidence.seq);
}

TEST(PoolStatement, SharesOfCostsSumToThePoolsOverAllInvestors) {
  Book book(kPamm);
  tests::start_pool(book);
  tests::roll_pool(book);
  const Statement anna = build(book, february(book)).value();
  const Statement boris = build(book, february(book, kBoris)).value();
  EXPECT_EQ(anna.totals.swap + boris.totals.swap, -150);
  EXPECT_EQ(anna.totals.fees_of(FeeClass::Execution) + boris.totals.fees_of(FeeClass::Execution),
            300);
}

TEST(PoolStatement, TakesFinancingRowsAsSwap) {
  Book book(kPamm);
  tests::start_pool(book);
  engine::BalanceOperationRecorded body;
  body.operation.structure = tests::kStructure;
  body.operation.cash_class = engine::CashClass::Financing;
  body.amount = -298;
  book.add(body, instant("2026-02-02T00:00:00Z"));
  const core::Instant at = instant("2026-02-10T22:00:00Z");
  book.batch({Book::attributed(kAnna, -98, 0, at), Book::attributed(kBoris, -200, 0, at),
              Book::completed({297'702, 2'980 * kUnit, 297'702, 2'980 * kUnit}, at)});
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(statement.totals.swap, -98);
  EXPECT_EQ(statement.totals.realised, 0);
}

TEST(PoolStatement, ShowsACorrectedFeeTakenBackAndChargedAnew) {
  Book book(kPamm);
  tests::start_pool(book);
  tests::roll_pool(book);
  // The performance fee of 2.00 should have been 0.50.
  const core::Instant at = instant("2026-02-10T22:00:00Z");
  engine::FeeReversed back;
  back.structure = tests::kStructure;
  back.client = kAnna;
  back.fee = engine::FeeKind::Performance;
  back.amount = 200;
  engine::FeeCorrected right;
  right.structure = tests::kStructure;
  right.client = kAnna;
  right.fee = engine::FeeKind::Performance;
  right.amount = 50;
  const std::string settled = engine::accounts::settled(tests::kStructure, kAnna);
  book.batch({Book::record(back, at, {{settled, "EUR", -200}}),
              Book::record(right, at, {{settled, "EUR", 50}})});
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(statement.totals.fees_of(FeeClass::Performance), 50);
  EXPECT_EQ(statement.totals.fees_of(FeeClass::Management), 100);
  EXPECT_EQ(statement.totals.nav_close, 89'029 + 150);
  ASSERT_EQ(statement.fees.size(), 5u);
  EXPECT_EQ(statement.fees[3].amount, -200);
  EXPECT_EQ(statement.fees[4].amount, 50);
}

TEST(PoolStatement, MeasuresTheReturnNetOfFeesAndWithoutFlows) {
  const Statement statement = pool_statement();
  // 980.00 became 990.29 before 100.00 were taken out.
  EXPECT_EQ(rate(statement.time_weighted), "0.01050000");
  EXPECT_EQ(statement.time_weighted.method, "twr/1");
  EXPECT_EQ(statement.modified_dietz.method, "modified_dietz/1");
  ASSERT_EQ(statement.sub_periods.size(), 2u);
  EXPECT_EQ(statement.sub_periods[0].close, 99'029);
  EXPECT_EQ(statement.sub_periods[1].open, 89'029);
}

TEST(PoolStatement, SaysAsOfWhenFloatingIs) {
  const Statement statement = pool_statement();
  EXPECT_FALSE(statement.holdings[0].open.valued.has_value());
  ASSERT_TRUE(statement.holdings[0].close.valued.has_value());
  EXPECT_EQ(statement.holdings[0].close.valued->at, instant("2026-02-10T21:55:00Z"));
  ASSERT_EQ(statement.valuations.size(), 1u);
  EXPECT_EQ(statement.valuations[0].equity, 302'040);
  EXPECT_EQ(statement.valuations[0].source->row, 7u);
}

TEST(PoolStatement, ShowsUnitsWithThePriceOfTheLastRollover) {
  const UnitHolding units = pool_statement().units.value();
  EXPECT_EQ(units.open, 980 * kUnit);
  EXPECT_EQ(units.close, 980 * kUnit - 98'662'430 - 197'324'859 - 9'866'242'882);
  EXPECT_EQ(units.price_equity, 302'040);
  EXPECT_EQ(units.price_units, 2'980 * kUnit);
  // 3,020.40 / 2,980
  EXPECT_EQ(core::print_fixed(units.price_e8, kUnitPriceScale), "1.01355705");
}

TEST(PoolStatement, ShowsTheMarkAtBothEnds) {
  const Mark mark = pool_statement().mark.value();
  EXPECT_EQ(mark.open, 98'000);
  EXPECT_EQ(mark.close, 98'000);
}

TEST(PoolStatement, ListsThePoolsDealsWhileUnitsAreHeld) {
  Book book(kPamm);
  book.deal({.ticket = "before"}, instant("2026-02-01T00:00:00Z"));
  const core::Instant at = instant("2026-02-02T22:00:00Z");
  book.batch({Book::subscribed(kAnna, 100'000, 0, 1'000 * kUnit, at)});
  book.deal({.ticket = "mine"}, instant("2026-02-03T12:00:00Z"));
  book.batch({Book::redeemed(kAnna, 100'000, 1'000 * kUnit, instant("2026-02-04T22:00:00Z"))});
  book.deal({.ticket = "after"}, instant("2026-02-05T12:00:00Z"));
  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.transactions.size(), 1u);
  EXPECT_EQ(statement.transactions[0].reference, "mine");
}

TEST(PoolStatement, KeepsCashApartAndAddsItUp) {
  const Statement statement = pool_statement();
  EXPECT_EQ(statement.cash_open.wallet, 50'000);
  EXPECT_EQ(statement.cash_close.wallet, 60'000);
  EXPECT_EQ(statement.cash_open.pending_in, 0);
  ASSERT_EQ(statement.cash_lines.size(), 1u);
  EXPECT_EQ(statement.cash_lines[0].what, "redemption_paid");
  EXPECT_EQ(statement.cash_lines[0].amount, 10'000);
}

TEST(PoolStatement, ShowsMoneyThatWaitsToBeInvested) {
  Book book(kPamm);
  book.deposit(kAnna, 70'000, instant("2026-02-20T10:00:00Z"));
  book.subscribe(kAnna, 60'000, instant("2026-02-28T10:00:00Z"));
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(statement.totals.nav_close, 0);
  EXPECT_EQ(statement.cash_close.wallet, 10'000);
  EXPECT_EQ(statement.cash_close.pending_in, 60'000);
  EXPECT_EQ(statement.cash_lines.size(), 2u);
}

TEST(PoolStatement, FlowsAreNetOfTheEntryFee) {
  Book book(kPamm);
  tests::start_pool(book);
  auto request = february(book);
  request.from = instant("2026-01-01T00:00:00Z");
  const Statement statement = build(book, request).value();
  ASSERT_EQ(statement.flows.size(), 1u);
  EXPECT_EQ(statement.flows[0].gross, 100'000);
  EXPECT_EQ(statement.flows[0].entry_fee, 2'000);
  EXPECT_EQ(statement.totals.net_flows, 98'000);
  EXPECT_EQ(statement.totals.fees_of(FeeClass::Entry), 2'000);
  EXPECT_EQ(statement.totals.fees, 2'000);
  EXPECT_EQ(statement.totals.fees_charged, 0);
  // The entry fee is taken before the money is in.
  EXPECT_EQ(rate(statement.time_weighted), "0.00000000");
}

TEST(PoolStatement, ShowsRebatesIntoTheWalletOutsideTheValue) {
  Book book(kPamm);
  tests::start_pool(book);
  engine::Postings postings;
  postings.add(engine::accounts::wallet(kAnna), "EUR", -321);
  book.add(engine::RebatePassed{tests::kStructure, kAnna, 321, 1, 2},
           instant("2026-02-15T00:00:00Z"), postings.take());
  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.rebates.size(), 1u);
  EXPECT_FALSE(statement.rebates[0].in_portfolio);
  EXPECT_EQ(statement.totals.income, 0);
  EXPECT_EQ(statement.cash_close.wallet, 50'321);
}

TEST(PoolStatement, CountsRebatesIntoThePortfolioAsIncome) {
  Book book(kPamm);
  tests::start_pool(book);
  engine::Postings postings;
  postings.add(engine::accounts::settled(tests::kStructure, kAnna), "EUR", -321);
  book.add(engine::RebatePassed{tests::kStructure, kAnna, 321, 1, 2},
           instant("2026-02-15T00:00:00Z"), postings.take());
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(statement.totals.income, 321);
  EXPECT_EQ(statement.totals.nav_close, 98'321);
}

TEST(PoolStatement, ShowsManualEntriesByThemselves) {
  Book book(kPamm);
  tests::start_pool(book);
  engine::Postings postings;
  postings.add(engine::accounts::settled(tests::kStructure, kAnna), "EUR", -50);
  book.add(engine::EntryPosted{2}, instant("2026-02-15T00:00:00Z"), postings.take());
  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.adjustments.size(), 1u);
  EXPECT_EQ(statement.totals.adjustments, 50);
  EXPECT_EQ(statement.totals.realised, 0);
}

TEST(PoolStatement, SaysWhatIsClosedAndNotAttributed) {
  Book book(kPamm);
  tests::start_pool(book);
  book.deal({.profit = "12.34"}, instant("2026-02-27T12:00:00Z"));
  EXPECT_EQ(build(book, february(book)).value().undistributed, 1'234);
}

}  // namespace
}  // namespace reports
