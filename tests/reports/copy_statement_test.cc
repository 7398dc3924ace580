// Statements of a client who copies a manager.

#include <gmock/gmock.h>

#include "engine/copy_event_records.h"
#include "engine/copy_records.h"
#include "tests/reports/cases.h"
#include "tests/support/outcome.h"

namespace reports {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::Book;
using tests::build;
using tests::dec;
using tests::february;
using tests::instant;
using tests::kAnna;
using tests::kStructure;

const core::AccountId kCopier = tests::make_id<core::AccountId>(0xac);
constexpr Minor kLot = 100'000'000;

void signal(Book& book, std::string_view id, engine::Side side, Minor before, Minor after,
            core::Instant at) {
  engine::SignalRecorded body;
  body.signal.structure = kStructure;
  body.signal.signal = std::string(id);
  body.signal.position = "p";
  body.signal.symbol = "EURUSD";
  body.signal.side = side;
  body.lineage = after > before ? std::string(id) : "s1";
  body.volume = after > before ? after - before : before - after;
  body.before = before;
  body.after = after;
  book.add(body, at);
}

engine::Postings result_of(Minor sum) {
  engine::Postings postings;
  postings.add(engine::accounts::account_balance(kAnna, kCopier), "EUR", -sum);
  postings.in("EUR", sum);
  return postings;
}

void fill(Book& book, std::string_view id, Minor volume, std::string_view price, Minor commission,
          core::Instant at) {
  engine::CopyFilled body;
  body.fill.account = kCopier;
  body.fill.signal = "s1";
  body.fill.fill = std::string(id);
  body.fill.price = dec(price);
  body.structure = kStructure;
  body.client = kAnna;
  body.lineage = "s1";
  body.volume = volume;
  body.commission = commission;
  book.add(body, at, result_of(commission).take());
}

void close(Book& book, Minor volume, Minor profit, Minor swap, Minor commission, core::Instant at) {
  engine::CopyClosed body;
  body.close.account = kCopier;
  body.close.signal = "s3";
  body.close.close = "c1";
  body.close.price = dec("1.3");
  body.structure = kStructure;
  body.client = kAnna;
  body.lineage = "s1";
  body.volume = volume;
  body.profit = profit;
  body.swap = swap;
  body.commission = commission;
  book.add(body, at, result_of(profit + swap + commission).take());
}

// The close was of 0.20 with 8.00 less.
engine::CopyAmended amendment() {
  engine::CopyAmended body;
  body.amended.account = kCopier;
  body.amended.close = "c1";
  body.amended.price = dec("1.3");
  body.amended.reason = "venue";
  body.structure = kStructure;
  body.client = kAnna;
  body.signal = "s3";
  body.lineage = "s1";
  body.volume = kLot / 5;
  body.volume_change = -kLot / 20;
  body.profit_change = -800;
  return body;
}

// January: 1,000.00 paid in, a copy of 0.50 ordered and 0.30 of it filled. February: the rest, a
// signal that is not copied, and a close of 0.25 that is put right.
Book copied_book() {
  Book book(engine::Model::CopyAutomatic);
  book.deposit(kAnna, 200'000, instant("2026-01-05T00:00:00Z"));
  book.open_account(kCopier, kAnna, instant("2026-01-05T00:00:00Z"));
  book.move_cash("account_funded", kCopier, 100'000, instant("2026-01-06T00:00:00Z"));
  signal(book, "s1", engine::Side::Buy, 0, kLot, instant("2026-01-10T00:00:00Z"));
  engine::CopySized sized;
  sized.structure = kStructure;
  sized.account = kCopier;
  sized.client = kAnna;
  sized.signal = "s1";
  sized.lineage = "s1";
  sized.volume = kLot / 2;
  book.add(sized, instant("2026-01-10T00:00:00Z"));
  fill(book, "f1", kLot * 3 / 10, "1.1", -30, instant("2026-01-10T00:00:01Z"));
  fill(book, "f2", kLot / 5, "1.2", 0, instant("2026-02-02T00:00:00Z"));
  signal(book, "s2", engine::Side::Sell, 0, kLot / 100, instant("2026-02-03T00:00:00Z"));
  engine::CopySkipped skipped;
  skipped.structure = kStructure;
  skipped.account = kCopier;
  skipped.client = kAnna;
  skipped.signal = "s2";
  skipped.reason = engine::CopySkip::BelowMinimum;
  book.add(skipped, instant("2026-02-03T00:00:00Z"));
  signal(book, "s3", engine::Side::Sell, kLot, kLot / 2, instant("2026-02-04T00:00:00Z"));
  engine::CopyCloseAsked asked;
  asked.structure = kStructure;
  asked.account = kCopier;
  asked.client = kAnna;
  asked.signal = "s3";
  asked.lineage = "s1";
  asked.volume = kLot / 4;
  book.add(asked, instant("2026-02-04T00:00:00Z"));
  close(book, kLot / 4, 4'000, -120, -35, instant("2026-02-04T00:00:01Z"));
  book.add(amendment(), instant("2026-02-05T00:00:00Z"), result_of(-800).take());
  return book;
}

TEST(CopyStatement, WhatCopiesMadeAddsUp) {
  Book book = copied_book();
  const auto built = build(book, february(book));
  ASSERT_TRUE(built.has_value()) << tests::outcome(built);
  const Totals& totals = built.value().totals;
  EXPECT_EQ(totals.nav_open, 99'970);
  EXPECT_EQ(totals.realised, 3'200);
  EXPECT_EQ(totals.swap, -120);
  EXPECT_EQ(totals.fees_of(FeeClass::Execution), 35);
  EXPECT_EQ(totals.nav_close, 103'015);
}

TEST(CopyStatement, ItListsWhatBecameOfEachSignal) {
  Book book = copied_book();
  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.copies.size(), 3u);
  EXPECT_EQ(statement.copies[0].event, CopyEvent::Skipped);
  EXPECT_EQ(statement.copies[0].reason, "below_minimum");
  EXPECT_EQ(statement.copies[0].side, engine::Side::Sell);
  EXPECT_EQ(statement.copies[1].event, CopyEvent::CloseAsked);
  EXPECT_EQ(core::to_string(statement.copies[1].lots), "0.25");
  EXPECT_EQ(statement.copies[1].side, engine::Side::Buy);
  EXPECT_EQ(statement.copies[2].event, CopyEvent::Amended);
  auto request = february(book);
  request.from = instant("2026-01-01T00:00:00Z");
  EXPECT_EQ(build(book, request).value().copies[0].event, CopyEvent::Ordered);
}

// 0.30 at 1.1 and 0.20 at 1.2: 1.14 on average; of 0.50 then 0.20 are closed.
TEST(CopyStatement, ItListsFillsClosesAndWhatIsOpen) {
  Book book = copied_book();
  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.transactions.size(), 3u);
  EXPECT_EQ(statement.transactions[0].reference, "f2");
  const Transaction& closed = statement.transactions[1];
  EXPECT_EQ(closed.kind, TransactionKind::Close);
  EXPECT_EQ(closed.side, engine::Side::Sell);
  EXPECT_EQ(core::to_string(*closed.opened_price), "1.14");
  EXPECT_EQ(closed.result, 3'845);
  EXPECT_EQ(core::to_string(statement.transactions[2].lots), "-0.05");
  EXPECT_EQ(statement.transactions[2].result, -800);
  ASSERT_EQ(statement.positions.size(), 1u);
  EXPECT_EQ(core::to_string(statement.positions[0].lots), "0.3");
  EXPECT_EQ(core::to_string(statement.positions[0].average_price), "1.14");
}

// The first fill was of 0.10 at 1.5: 0.15 + 0.24 over 0.30 is 1.3, and 0.10 are open.
TEST(CopyStatement, AFillThatIsPutRightMovesTheAverage) {
  Book book = copied_book();
  engine::CopyAmended body = amendment();
  body.amended.close.reset();
  body.amended.fill = "f1";
  body.amended.price = dec("1.5");
  body.volume = kLot / 10;
  body.volume_change = -kLot / 5;
  body.profit_change = 0;
  book.add(body, instant("2026-02-06T00:00:00Z"));
  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.positions.size(), 1u);
  EXPECT_EQ(core::to_string(statement.positions[0].lots), "0.1");
  EXPECT_EQ(core::to_string(statement.positions[0].average_price), "1.3");
}

// 1.00 at 1.1, of which 0.50 are closed, and 0.50 more at 1.2.
Book added_to() {
  Book book(engine::Model::CopyAutomatic);
  book.deposit(kAnna, 200'000, instant("2026-01-05T00:00:00Z"));
  book.open_account(kCopier, kAnna, instant("2026-01-05T00:00:00Z"));
  signal(book, "s1", engine::Side::Buy, 0, kLot, instant("2026-02-02T00:00:00Z"));
  fill(book, "f1", kLot, "1.1", 0, instant("2026-02-02T00:00:01Z"));
  close(book, kLot / 2, 0, 0, 0, instant("2026-02-03T00:00:00Z"));
  fill(book, "f2", kLot / 2, "1.2", 0, instant("2026-02-04T00:00:00Z"));
  return book;
}

// "0.5 at 1.15": what is open at the end of February.
std::string open_in(Book& book) {
  const Statement statement = build(book, february(book)).value();
  std::string out;
  for (const Position& line : statement.positions) {
    out += core::to_string(line.lots) + " at " + core::to_string(line.average_price);
  }
  return out;
}

TEST(CopyStatement, WhatIsClosedLeavesTheAverageToWhatIsOpen) {
  Book book = added_to();
  EXPECT_EQ(open_in(book), "1 at 1.15");
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(core::to_string(*statement.transactions.at(1).opened_price), "1.1");
}

TEST(CopyStatement, AllThatIsClosedHasAnAverageAndAnotherFillItsOwn) {
  Book book = added_to();
  close(book, kLot, 0, 0, 0, instant("2026-02-05T00:00:00Z"));
  fill(book, "f3", kLot / 2, "1.4", 0, instant("2026-02-06T00:00:00Z"));
  EXPECT_EQ(open_in(book), "0.5 at 1.4");
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(core::to_string(*statement.transactions.at(3).opened_price), "1.15");
}

// The close was of 0.25: 0.75 at 1.1 and 0.50 at 1.2 are 1.425 for 1.25.
TEST(CopyStatement, ACloseThatIsPutRightGivesItsCostBack) {
  Book book = added_to();
  engine::CopyAmended body = amendment();
  body.volume = kLot / 4;
  body.volume_change = -kLot / 4;
  body.profit_change = 0;
  book.add(body, instant("2026-02-05T00:00:00Z"));
  EXPECT_EQ(open_in(book), "1.25 at 1.14");
}

// The first fill was at 1.3: 0.50 of it are left, and 0.50 at 1.2.
TEST(CopyStatement, AFillThatIsPutRightAfterACloseCountsAsItStands) {
  Book book = added_to();
  engine::CopyAmended body = amendment();
  body.amended.close.reset();
  body.amended.fill = "f1";
  body.volume = kLot;
  body.volume_change = 0;
  body.profit_change = 0;
  book.add(body, instant("2026-02-05T00:00:00Z"));
  EXPECT_EQ(open_in(book), "1 at 1.25");
}

// 0.30 at 1.14 by 1 for 4 are 0.075: 0.07 at 4.56, and 2.00 for the rest; then a dividend of 3.00
// and financing of -1.00.
TEST(CopyStatement, SplitsAndDividendsAreInIt) {
  Book book = copied_book();
  engine::CopySplitAllocated split;
  split.structure = kStructure;
  split.account = kCopier;
  split.client = kAnna;
  split.split = "e1";
  split.lineage = "s1";
  split.before = kLot * 3 / 10;
  split.after = kLot * 7 / 100;
  split.fraction = {500'000, 1};
  split.cash = 200;
  book.add(split, instant("2026-02-06T00:00:00Z"), result_of(200).take());
  engine::CopyAdjusted adjusted;
  adjusted.structure = kStructure;
  adjusted.account = kCopier;
  adjusted.client = kAnna;
  adjusted.kind = engine::AdjustmentKind::Dividend;
  adjusted.amount = 300;
  book.add(adjusted, instant("2026-02-07T00:00:00Z"), result_of(300).take());
  adjusted.kind = engine::AdjustmentKind::Financing;
  adjusted.amount = -100;
  book.add(adjusted, instant("2026-02-07T00:00:00Z"), result_of(-100).take());
  const auto built = build(book, february(book));
  ASSERT_TRUE(built.has_value()) << tests::outcome(built);
  const Statement& statement = built.value();
  EXPECT_EQ(statement.totals.realised, 3'200 + 200 + 300);
  EXPECT_EQ(statement.totals.swap, -220);
  EXPECT_EQ(statement.totals.nav_close, 103'415);
  EXPECT_EQ(statement.copies.back().event, CopyEvent::Split);
  ASSERT_EQ(statement.positions.size(), 1u);
  EXPECT_EQ(core::to_string(statement.positions[0].lots), "0.07");
  EXPECT_EQ(core::to_string(statement.positions[0].average_price), "4.56");
}

TEST(CopyStatement, OthersAccountsAreNotInIt) {
  Book book = copied_book();
  const auto built = build(book, february(book, tests::kBoris));
  ASSERT_TRUE(built.has_value()) << tests::outcome(built);
  EXPECT_TRUE(built.value().copies.empty());
  EXPECT_TRUE(built.value().transactions.empty());
  EXPECT_TRUE(built.value().positions.empty());
}

TEST(CopyStatement, BothFormsShowTheCopies) {
  Book book = copied_book();
  auto request = february(book);
  const auto english = render_statement(build(book, request).value()).value();
  EXPECT_THAT(english.json, HasSubstr("\"copies\": ["));
  EXPECT_THAT(english.json, HasSubstr("\"event\": \"close_asked\""));
  EXPECT_THAT(english.json, HasSubstr("\"reason\": \"below_minimum\""));
  EXPECT_THAT(english.html, HasSubstr("Not copied"));
  request.language = "el";
  const auto greek = render_statement(build(book, request).value()).value();
  EXPECT_THAT(greek.html, HasSubstr("Δεν αντιγράφηκε"));
  Book pool(engine::Model::Pamm);
  const auto other = render_statement(build(pool, february(pool)).value()).value();
  EXPECT_THAT(other.json, Not(HasSubstr("\"copies\"")));
}

TEST(CopyStatement, ACopyOfASignalThatNeverCameIsCorrupt) {
  Book book(engine::Model::CopyAutomatic);
  book.open_account(kCopier, kAnna, instant("2026-01-05T00:00:00Z"));
  fill(book, "f1", kLot, "1.1", 0, instant("2026-01-10T00:00:01Z"));
  EXPECT_EQ(tests::outcome(build(book, february(book))), "Corrupt/record");
}

}  // namespace
}  // namespace reports
