#pragma once

#include "reports/statement.h"
#include "tests/reports/books.h"

// Two months of a pool that several tests tell of, and the request for a statement of the second.
namespace tests {

// A request for February 2026 over everything in the book.
inline reports::StatementRequest february(const Book& book, const core::PartyId& client = kAnna) {
  return {.structure = kStructure,
          .client = client,
          .from = instant("2026-02-01T00:00:00Z"),
          .to = instant("2026-03-01T00:00:00Z"),
          .size = book.size(),
          .language = "en",
          .profile = test_profile()};
}

inline core::Result<reports::Statement> build(Book& book,
                                              const reports::StatementRequest& request) {
  return reports::build_statement(reports::records_of(book.log()), request);
}

inline constexpr Minor kUnit = 100'000'000;

// A pool's January: Anna pays in 1,000.00 (20.00 entry fee), Boris 2,000.00; a unit costs 1.00.
inline void start_pool(Book& book) {
  book.deposit(kAnna, 150'000, instant("2026-01-20T10:00:00Z"));
  book.deposit(kBoris, 200'000, instant("2026-01-20T10:00:00Z"));
  book.subscribe(kAnna, 100'000, instant("2026-01-30T10:00:00Z"));
  book.subscribe(kBoris, 200'000, instant("2026-01-30T10:00:00Z"));
  const core::Instant at = instant("2026-01-31T22:00:00Z");
  book.batch({Book::subscribed(kAnna, 100'000, 2'000, 980 * kUnit, at),
              Book::subscribed(kBoris, 200'000, 0, 2'000 * kUnit, at),
              Book::completed({0, 0, 298'000, 2'980 * kUnit}, at)});
}

// February: a deal of 25.50, floating 14.90, fees of 1.00 and 2.00, and Anna takes out 100.00.
// Anna's parts, worked out on paper: 8.39 settled and 4.90 floating; of the swap -0.49, of the
// commission -0.99. The fee of the rollover is `posted`, which is 1.00 in an honest book.
inline void roll_pool(Book& book, Minor posted = 100) {
  book.deal({.profit = "30", .swap = "-1.5", .commission = "-3"}, instant("2026-02-03T12:00:00Z"));
  book.value_pool(302'040, instant("2026-02-10T21:55:00Z"));
  const core::Instant at = instant("2026-02-10T22:00:00Z");
  book.batch({Book::attributed(kAnna, 839, 490, at), Book::attributed(kBoris, 1'711, 1'000, at),
              Book::charged(kAnna, engine::FeeKind::Management, 100, 98'662'430, at, posted),
              Book::charged(kAnna, engine::FeeKind::Performance, 200, 197'324'859, at),
              Book::redeemed(kAnna, 10'000, 9'866'242'882, at),
              Book::redemption_paid(kAnna, 10'000, at), Book::rebased(kAnna, -40, at),
              Book::rebased(kBoris, 40, at),
              Book::completed({302'040, 2'980 * kUnit, 291'740, 287'837'769'829}, at)});
}

}  // namespace tests
