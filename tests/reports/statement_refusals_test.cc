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

constexpr engine::Model kRefusedModel = engine::Model::Pamm;

TEST(StatementIdentity, IsRefusedWhenARecordPostedACentMoreThanItSays) {
  Book book(kRefusedModel);
  tests::start_pool(book);
  tests::roll_pool(book, 101);
  const auto statement = build(book, february(book));
  EXPECT_EQ(tests::outcome(statement), "Corrupt/statement_identity");
  EXPECT_EQ(statement.error().at, "nav_close");
}

TEST(StatementIdentity, IsRefusedWhenFloatingWentWhereNoRecordSays) {
  Book book(kRefusedModel);
  tests::start_pool(book);
  // Says it moved 1.00 from settled to floating, but posted 2.00: the value is right, its parts
  // not.
  auto rebased = Book::rebased(kAnna, 200, instant("2026-02-10T22:00:00Z"));
  rebased.body = core::to_cbor(engine::FloatingRebased{tests::kStructure, kAnna, 100});
  book.batch({rebased});
  const auto statement = build(book, february(book));
  EXPECT_EQ(tests::outcome(statement), "Corrupt/statement_identity");
  EXPECT_EQ(statement.error().at, "floating_close");
}

TEST(StatementIdentity, IsRefusedWhenAnUnknownRecordMovedTheValue) {
  Book book(kRefusedModel);
  tests::start_pool(book);
  ledger::Draft draft;
  draft.kind = 9'999;
  draft.body = {0xa0};
  draft.effective_at = instant("2026-02-10T22:00:00Z");
  draft.postings = {{engine::accounts::settled(tests::kStructure, kAnna), "EUR", -1}};
  book.batch({draft});
  EXPECT_EQ(tests::outcome(build(book, february(book))), "Corrupt/statement_identity");
}

TEST(BuildStatement, RefusesWhatIsNotInTheBook) {
  Book book(kRefusedModel);
  auto request = february(book);
  request.structure = tests::kOtherStructure;
  EXPECT_EQ(tests::outcome(build(book, request)), "NotFound/unknown_structure");
  request = february(book, tests::make_id<core::PartyId>(0x77));
  EXPECT_EQ(tests::outcome(build(book, request)), "NotFound/unknown_client");
  request = february(book);
  request.size = 3;
  EXPECT_EQ(tests::outcome(build(book, request)), "NotFound/unknown_structure");
}

TEST(BuildStatement, RefusesASizeThatIsNoCheckpoints) {
  Book book(kRefusedModel);
  auto request = february(book);
  request.size = book.size() - 1;
  EXPECT_EQ(tests::outcome(build(book, request)), "InvalidInput/inside_batch");
  request.size = book.size() + 1;
  EXPECT_EQ(tests::outcome(build(book, request)), "InvalidInput/range");
}

TEST(BuildStatement, RefusesALanguageItDoesNotHave) {
  Book book(kRefusedModel);
  auto request = february(book);
  request.language = "de";
  EXPECT_EQ(tests::outcome(build(book, request)), "InvalidInput/language");
}

TEST(BuildStatement, RefusesRecordsOfALaterProgram) {
  Book book(kRefusedModel);
  auto draft = Book::rebased(kAnna, 1, instant("2026-02-10T22:00:00Z"));
  draft.version = 2;
  book.batch({draft});
  EXPECT_EQ(tests::outcome(build(book, february(book))), "Unavailable/not_interpreted");
}

TEST(BuildStatement, RefusesABodyItCannotRead) {
  Book book(kRefusedModel);
  auto draft = Book::rebased(kAnna, 1, instant("2026-02-10T22:00:00Z"));
  draft.body = {0xa0};
  book.batch({draft});
  EXPECT_EQ(tests::outcome(build(book, february(book))), "Corrupt/record");
}

TEST(BuildStatement, NamesTheRecordsItIsMadeFrom) {
  Book book(kRefusedModel, true);
  const Statement statement = build(book, february(book)).value();
  EXPECT_EQ(statement.size, book.size());
  EXPECT_EQ(statement.root, book.root());
  EXPECT_EQ(statement.firm, "ledger.broker.example/main");
  EXPECT_EQ(statement.simulated_seed, "seed-1");
}

TEST(BuildStatement, DoesNotChangeWithWhatIsRecordedLater) {
  Book book(kRefusedModel);
  tests::start_pool(book);
  const auto request = february(book);
  const auto before = render_statement(build(book, request).value()).value();
  tests::roll_pool(book);
  const auto after = render_statement(build(book, request).value()).value();
  EXPECT_EQ(before.json_digest, after.json_digest);
  EXPECT_EQ(before.html_digest, after.html_digest);
}

}  // namespace
}  // namespace reports
