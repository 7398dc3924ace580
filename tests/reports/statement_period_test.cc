#include <gtest/gtest.h>

#include "tests/reports/cases.h"
#include "tests/support/outcome.h"

namespace reports {
namespace {

using tests::Book;
using tests::build;
using tests::february;
using tests::instant;
using tests::kAnna;
using tests::kBoris;
using tests::kUnit;

constexpr engine::Model kPool = engine::Model::Pamm;

std::string return_rate(const Return& value) { return core::print_fixed(value.rate_e8.value(), 8); }

TEST(StatementPeriod, TakesWhatIsEffectiveAtItsStartAndNotAtItsEnd) {
  Book book(kPool);
  tests::start_pool(book);
  tests::roll_pool(book);
  auto request = february(book);
  request.from = instant("2026-02-10T22:00:00Z");
  Statement statement = build(book, request).value();
  EXPECT_EQ(statement.totals.nav_open, 98'000);
  EXPECT_EQ(statement.flows.size(), 1u);

  request.from = instant("2026-02-01T00:00:00Z");
  request.to = instant("2026-02-10T22:00:00Z");
  statement = build(book, request).value();
  EXPECT_EQ(statement.totals.nav_close, 98'000);
  EXPECT_TRUE(statement.flows.empty());

  request.to.micros += 1;
  EXPECT_EQ(build(book, request).value().totals.nav_close, 89'029);
}

TEST(StatementPeriod, TwoHalvesMakeTheWhole) {
  Book book(kPool);
  tests::start_pool(book);
  tests::roll_pool(book);
  auto first = february(book);
  first.to = instant("2026-02-10T22:00:00Z");
  auto second = february(book);
  second.from = first.to;
  const Totals a = build(book, first).value().totals;
  const Totals b = build(book, second).value().totals;
  const Totals whole = build(book, february(book)).value().totals;
  EXPECT_EQ(a.nav_close, b.nav_open);
  EXPECT_EQ(a.result + b.result, whole.result);
  EXPECT_EQ(a.fees + b.fees, whole.fees);
}

TEST(StatementPeriod, FollowsEffectiveTimeAndNotRecordingOrder) {
  Book book(kPool);
  tests::start_pool(book);
  // Recorded now, effective in January.
  engine::Postings postings;
  postings.add(engine::accounts::settled(tests::kStructure, kAnna), "EUR", -50);
  book.add(engine::EntryPosted{2}, instant("2026-01-31T23:00:00Z"), postings.take());
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(statement.totals.nav_open, 98'050);
  EXPECT_TRUE(statement.adjustments.empty());
}

TEST(StatementPeriod, WithoutEventsIsAllZeros) {
  Book book(kPool);
  tests::start_pool(book);
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(statement.totals.nav_open, 98'000);
  EXPECT_EQ(statement.totals.nav_close, 98'000);
  EXPECT_EQ(statement.totals.result, 0);
  EXPECT_EQ(return_rate(statement.time_weighted), "0.00000000");
  EXPECT_TRUE(statement.transactions.empty());
}

TEST(StatementPeriod, OfAnInvestorWithoutUnitsHasNoReturnAndNoneOfThePoolsBusiness) {
  Book book(kPool);
  const core::Instant at = instant("2026-01-31T22:00:00Z");
  book.batch({Book::subscribed(kBoris, 200'000, 0, 2'000 * kUnit, at),
              Book::completed({0, 0, 200'000, 2'000 * kUnit}, at)});
  book.deal({.profit = "30"}, instant("2026-02-03T12:00:00Z"));
  book.value_pool(203'000, instant("2026-02-10T21:55:00Z"));
  book.batch({Book::attributed(kBoris, 3'000, 0, instant("2026-02-10T22:00:00Z")),
              Book::completed({203'000, 2'000 * kUnit, 203'000, 2'000 * kUnit},
                              instant("2026-02-10T22:00:00Z"))});
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(statement.totals.nav_close, 0);
  EXPECT_EQ(statement.time_weighted.reason, "no_capital");
  EXPECT_EQ(statement.modified_dietz.reason, "no_capital");
  EXPECT_TRUE(statement.transactions.empty());
  EXPECT_TRUE(statement.valuations.empty());
  EXPECT_FALSE(statement.units->priced.has_value());
  EXPECT_EQ(statement.undistributed, 0);
}

TEST(StatementPeriod, MustEndAfterItStarts) {
  Book book(kPool);
  auto request = february(book);
  request.to = request.from;
  EXPECT_EQ(tests::outcome(build(book, request)), "InvalidInput/period");
  request.to.micros -= 1;
  EXPECT_EQ(tests::outcome(build(book, request)), "InvalidInput/period");
}

}  // namespace
}  // namespace reports
