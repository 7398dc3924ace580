// Nothing there, not there yet, never heard of: told apart by every question, on both axes.

#include "gateway/service/as_of.h"

#include <gtest/gtest.h>

#include "gateway/service/queries.h"
#include "tests/gateway/service/queried_book.h"

namespace gateway::service {
namespace {

using tests::command_draft;
using tests::opened_draft;
using tests::opening_of;
using tests::QueriedBook;

const std::string kMoved = "assets:house:moved";
const std::string kIdle = "assets:house:idle";
const std::string kOther = "assets:house:other";
// "x,y": what was asked for, and of when.
constexpr const char* kBeforeAll = "2026-01-01T00:00:00Z";

// Record 0: the genesis. 1, 2: other is opened. 3, 4: moved and idle are opened. 5, 6: moved moves
// for subject 1. 7, 8: it moves for subject 2, effective before all that was recorded.
class AsOf : public testing::Test {
 protected:
  AsOf() {
    book.record({now(tests::genesis_draft())});
    book.record({now(command_draft("1")), now(opened_draft({opening_of(kOther)}))});
    opened_at = core::to_string(book.next_time());
    book.record(
        {now(command_draft("2")), now(opened_draft({opening_of(kMoved), opening_of(kIdle)}))});
    book.record({now(command_draft("3")),
                 now(tests::moved_draft(kMoved, kOther, 500, "EUR", {tests::subject_of(1)}))});
    auto late = tests::moved_draft(kMoved, kOther, 100, "EUR", {tests::subject_of(2)});
    late.effective_at = core::parse_instant("2025-12-01T00:00:00Z").value();
    book.record({now(command_draft("4")), late});
  }
  ledger::Draft now(ledger::Draft draft) {
    draft.effective_at = book.next_time();
    return draft;
  }

  static std::string text(const core::Result<core::json::Value>& answer, const char* list) {
    if (!answer) return tests::outcome(answer) + " at " + answer.error().at;
    return std::to_string(answer.value().find(list)->as_array()->size()) + " as of " +
           std::to_string(*answer.value().find("as_of")->find("seq")->as_integer());
  }
  std::string balances(const std::string& account, const std::string& as_of = "",
                       const std::string& effective_at = "") {
    QueriedBook::NumberedReferences references;
    return text(query_balances(book.view(), references, {account, as_of, effective_at}),
                "balances");
  }
  std::string history(const std::string& account, const std::string& as_of = "",
                      const std::string& effective_at = "") {
    return text(book.ask({.account = account, .as_of = as_of, .effective_at = effective_at}),
                "lines");
  }
  std::string subject(const std::string& name, const std::string& as_of = "") {
    return text(book.ask({.subject = name, .as_of = as_of}), "records");
  }
  std::string trial(const std::string& as_of = "", const std::string& effective_at = "") {
    const auto made = make_trial_balance(book.view(), as_of, effective_at);
    if (!made) return tests::outcome(made) + " at " + made.error().at;
    return text(trial_balance_to_json(made.value()), "accounts");
  }

  QueriedBook book;
  std::string opened_at;
};

TEST_F(AsOf, WhatNeverWasIsUnknownAtAnyMoment) {
  for (const std::string as_of : {"", "2", "8"}) {
    SCOPED_TRACE(as_of);
    for (const std::string effective_at : {"", kBeforeAll, "2030-01-01T00:00:00Z"}) {
      EXPECT_EQ(balances("assets:house:never", as_of, effective_at),
                "NotFound/unknown_account at account");
      EXPECT_EQ(history("assets:house:never", as_of, effective_at),
                "NotFound/unknown_account at account");
    }
    EXPECT_EQ(subject("@9", as_of), "NotFound/unknown_subject at subject");
  }
  // A prefix has balances, and no history of its own; part of a name is neither.
  EXPECT_EQ(balances("assets:house"), "2 as of 8");
  EXPECT_EQ(history("assets:house"), "NotFound/unknown_account at account");
  EXPECT_EQ(balances("assets:house:mov"), "NotFound/unknown_account at account");
}

TEST_F(AsOf, WhatWasOpenedLaterHasNoDataYet) {
  for (const std::string as_of : {"0", "1", "2", "3"}) {
    SCOPED_TRACE(as_of);
    EXPECT_EQ(balances(kIdle, as_of), "NotFound/no_data_yet at as_of");
    EXPECT_EQ(history(kIdle, as_of), "NotFound/no_data_yet at as_of");
    EXPECT_EQ(history(kMoved, as_of), "NotFound/no_data_yet at as_of");
    EXPECT_EQ(history(kMoved, as_of, "2030-01-01T00:00:00Z"), "NotFound/no_data_yet at as_of");
  }
  for (const std::string as_of : {"0", "5"}) {
    EXPECT_EQ(subject("@1", as_of), "NotFound/no_data_yet at as_of");
  }
  EXPECT_EQ(subject("@2", "6"), "NotFound/no_data_yet at as_of");
}

TEST_F(AsOf, TheRecordWhereItBeginsIsNamed) {
  const auto account = book.ask({.account = kIdle, .as_of = "2"});
  EXPECT_NE(account.error().detail.find("record 4, recorded at " + opened_at), std::string::npos)
      << account.error().detail;
  const auto subject = book.ask({.subject = "@2", .as_of = "2"});
  EXPECT_NE(subject.error().detail.find("record 8, recorded at"), std::string::npos)
      << subject.error().detail;
}

TEST_F(AsOf, WhatIsThereAndDidNotMoveIsEmpty) {
  EXPECT_EQ(balances(kIdle), "0 as of 8");
  EXPECT_EQ(history(kIdle), "0 as of 8");
  EXPECT_EQ(history(kIdle, "", "2030-01-01T00:00:00Z"), "0 as of 8");
  EXPECT_EQ(balances(kMoved, "4"), "0 as of 4");
  EXPECT_EQ(history(kMoved, "4"), "0 as of 4");
  EXPECT_EQ(balances(kOther, "2"), "0 as of 2");
  EXPECT_EQ(trial("4"), "0 as of 4");
  // The moment inside a batch is the one before it.
  EXPECT_EQ(history(kMoved, "5"), "0 as of 4");
}

TEST_F(AsOf, WhatMovedIsShown) {
  EXPECT_EQ(balances(kMoved, "6"), "1 as of 6");
  EXPECT_EQ(history(kMoved, "6"), "1 as of 6");
  EXPECT_EQ(history(kMoved), "2 as of 8");
  EXPECT_EQ(subject("@1"), "1 as of 8");
  EXPECT_EQ(trial(), "2 as of 8");
}

TEST_F(AsOf, BeforeTheBookThereIsNoAnswer) {
  EXPECT_EQ(balances("", kBeforeAll), "NotFound/no_data_yet at as_of");
  EXPECT_EQ(balances(kMoved, kBeforeAll), "NotFound/no_data_yet at as_of");
  EXPECT_EQ(history(kMoved, kBeforeAll), "NotFound/no_data_yet at as_of");
  EXPECT_EQ(subject("@1", kBeforeAll), "NotFound/no_data_yet at as_of");
  EXPECT_EQ(trial(kBeforeAll), "NotFound/no_data_yet at as_of");
  EXPECT_EQ(text(book.ask({.as_of = kBeforeAll}), "records"), "NotFound/no_data_yet at as_of");
  EXPECT_EQ(text(book.ask({.kind = "1", .as_of = kBeforeAll}), "records"),
            "NotFound/no_data_yet at as_of");
}

TEST_F(AsOf, OnTheAxisOfEffectAnAccountBeginsWithItsFirstEffect) {
  // Nothing is effective yet, and the account is not either.
  const std::string early = "2025-11-30T00:00:00Z";
  EXPECT_EQ(balances(kMoved, "", early), "NotFound/no_data_yet at effective_at");
  EXPECT_EQ(history(kMoved, "", early), "NotFound/no_data_yet at effective_at");
  EXPECT_EQ(balances("", "", early), "NotFound/no_data_yet at effective_at");
  EXPECT_EQ(trial("", early), "NotFound/no_data_yet at effective_at");
  // The late entry is effective before the record that opened the account.
  EXPECT_EQ(balances(kMoved, "", kBeforeAll), "1 as of 8");
  EXPECT_EQ(history(kMoved, "", kBeforeAll), "1 as of 8");
  EXPECT_EQ(trial("", kBeforeAll), "2 as of 8");
  // What had no entry begins when it was opened.
  EXPECT_EQ(balances(kIdle, "", kBeforeAll), "NotFound/no_data_yet at effective_at");
  EXPECT_EQ(history(kIdle, "", kBeforeAll), "NotFound/no_data_yet at effective_at");
  EXPECT_EQ(balances(kIdle, "", opened_at), "0 as of 8");
  EXPECT_EQ(history(kIdle, "", opened_at), "0 as of 8");
  // As the book knew it before the late entry was recorded.
  EXPECT_EQ(balances(kMoved, "6", kBeforeAll), "NotFound/no_data_yet at effective_at");
  EXPECT_EQ(history(kMoved, "6", kBeforeAll), "NotFound/no_data_yet at effective_at");
  EXPECT_EQ(trial("6", kBeforeAll), "NotFound/no_data_yet at effective_at");
}

TEST_F(AsOf, EffectsThatCancelAreAZeroAndNotNothing) {
  auto back = tests::moved_draft(kOther, kMoved, 100);
  back.effective_at = core::parse_instant("2025-12-02T00:00:00Z").value();
  book.record({now(command_draft("5")), back});
  EXPECT_EQ(balances(kMoved, "", kBeforeAll), "0 as of 10");
  EXPECT_EQ(history(kMoved, "", kBeforeAll), "2 as of 10");
  EXPECT_EQ(trial("", kBeforeAll), "0 as of 10");
}

TEST_F(AsOf, AWindowThatHoldsNothingIsAnEmptyPage) {
  EXPECT_EQ(text(book.ask({.account = kMoved, .recorded_to = kBeforeAll}), "lines"), "0 as of 8");
  EXPECT_EQ(text(book.ask({.subject = "@1", .effective_to = "2025-01-01T00:00:00Z"}), "records"),
            "0 as of 8");
  EXPECT_EQ(text(book.ask({.kind = "77"}), "records"), "0 as of 8");
}

}  // namespace
}  // namespace gateway::service
