#include "gateway/service/periods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "engine/closing/decide.h"
#include "gateway/service/completeness.h"
#include "tests/gateway/service/governed_book.h"

namespace gateway::service {
namespace {

using testing::ElementsAre;

constexpr const char* kJanuary = "2026-02-01T00:00:00Z";
constexpr const char* kCloseJanuary =
    R"({"command":"close_period","actor":"@one","approver":"@two","until":"2026-02-01T00:00:00Z"})";

class PeriodsTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(book.submit(R"({"command":"open_accounts","actor":"@ops","approver":"@chief",
        "accounts":["assets:house:till","assets:house:safe"]})"),
              "a value");
    ASSERT_EQ(post("assets:house:till", "5.00", "2026-01-05T08:00:00Z"), "a value");
    book.clock.set("2026-02-03T08:00:00Z");
  }

  std::string entry(const std::string& account, const std::string& amount,
                    const std::string& effective_at, const std::string& approver = "@chief",
                    const std::string& currency = "EUR") const {
    const std::string second = approver.empty() ? "" : R"("approver":")" + approver + R"(",)";
    return R"({"command":"post_entry","actor":"@ops",)" + second + R"("effective_at":")" +
           effective_at + R"(","postings":[{"account":")" + account + R"(","commodity":")" +
           currency + R"(","amount":")" + amount +
           R"("},{"account":"equity:house:capital","commodity":")" + currency + R"(","amount":"-)" +
           amount + "\"}]}";
  }
  std::string post(const std::string& account, const std::string& amount,
                   const std::string& effective_at, const std::string& currency = "EUR") {
    return book.submit(entry(account, amount, effective_at, "@chief", currency));
  }

  template <class Query>
  core::json::Value ask(const Query& query) {
    core::json::Value out;
    asked = book.book->read([&](const BookView& view) -> core::Result<> {
      TRY(out, query(view));
      return core::ok();
    });
    return out;
  }
  core::json::Value periods() {
    return ask([](const BookView& view) { return query_periods(view); });
  }
  // Account and commodity -> amount.
  std::map<std::string, std::string> frozen(const std::string& until) {
    const auto answer =
        ask([&](const BookView& view) { return query_frozen_balance(view, until); });
    std::map<std::string, std::string> out;
    if (!asked) return {{"refused", tests::outcome(asked)}};
    for (const auto& line : *answer.find("accounts")->as_array()) {
      out[std::string(line.text("account")) + " " + std::string(line.text("commodity"))] =
          line.text("amount");
    }
    return out;
  }
  // The kinds of the entries after close.
  std::vector<std::string> late(const std::string& until) {
    const auto answer =
        ask([&](const BookView& view) { return query_late_entries(view, until, "", ""); });
    std::vector<std::string> out;
    if (!asked) return {tests::outcome(asked)};
    for (const auto& record : *answer.find("records")->as_array()) {
      out.emplace_back(record.text("name"));
    }
    return out;
  }

  tests::GovernedBook book;
  core::Result<> asked = core::ok();
};

TEST_F(PeriodsTest, AClosedPeriodHasAFrozenTrialBalance) {
  ASSERT_EQ(post("assets:house:safe", "7.00", "2026-02-02T00:00:00Z"), "a value");
  ASSERT_EQ(post("assets:house:safe", "3.00", "2026-01-31T23:59:59.999999Z", "USD"), "a value");
  // On the instant of the end, so not in it.
  ASSERT_EQ(post("assets:house:safe", "2.00", kJanuary), "a value");
  ASSERT_EQ(book.submit(kCloseJanuary), "a value");
  EXPECT_THAT(book.names_of_last(), ElementsAre("command", "period_closed"));
  const std::map<std::string, std::string> expected = {{"assets:house:safe USD", "3.00"},
                                                       {"assets:house:till EUR", "5.00"},
                                                       {"equity:house:capital EUR", "-5.00"},
                                                       {"equity:house:capital USD", "-3.00"}};
  EXPECT_EQ(frozen(kJanuary), expected);
  const auto closed = periods().find("periods")->as_array()->at(0);
  EXPECT_EQ(closed.find("from"), nullptr);
  EXPECT_EQ(closed.text("until"), "2026-02-01T00:00:00.000000Z");
  EXPECT_EQ(*closed.find("lines")->as_integer(), 4);
  EXPECT_EQ(core::json::print(*closed.find("totals")),
            R"([{"ring":"house","commodity":"EUR","debit":"5.00","credit":"5.00"},)"
            R"({"ring":"house","commodity":"USD","debit":"3.00","credit":"3.00"}])");
  // Python: sha256(cbor2.dumps([["assets:house:safe","USD",300],["assets:house:till","EUR",500],
  // ["equity:house:capital","EUR",-500],["equity:house:capital","USD",-300]])).
  EXPECT_EQ(closed.text("trial_balance"),
            "d0a71d78f57226b1286a9b410cf63be28a0bdbad918a167bb38c3128d3bea41e");
  EXPECT_EQ(book.recomputed(book.leaves()), "");
}

TEST_F(PeriodsTest, APeriodIsOverBeforeItIsClosedAndClosedOnce) {
  EXPECT_EQ(book.submit(R"({"command":"close_period","actor":"@one","approver":"@two",
      "until":"2026-02-03T08:00:01Z"})"),
            "InvalidInput/period");
  EXPECT_EQ(
      book.submit(R"({"command":"close_period","actor":"@one","until":"2026-02-01T00:00:00Z"})"),
      "InvalidInput/missing_field");
  EXPECT_EQ(book.submit(kCloseJanuary), "a value");
  EXPECT_EQ(book.submit(kCloseJanuary), "Conflict/period_closed");
  EXPECT_EQ(book.submit(R"({"command":"close_period","actor":"@one","approver":"@two",
      "until":"2026-01-15T00:00:00Z"})"),
            "Conflict/period_closed");
  EXPECT_EQ(book.submit(R"({"command":"close_period","actor":"@one","approver":"@two",
      "until":"2026-02-02T00:00:00Z"})"),
            "a value");
  const auto second = periods().find("periods")->as_array()->at(1);
  EXPECT_EQ(second.text("from"), "2026-02-01T00:00:00.000000Z");
  EXPECT_EQ(frozen("2026-01-15T00:00:00Z").begin()->second, "NotFound/unknown_period");
}

TEST_F(PeriodsTest, ALateEntryNeedsTwoPeopleAndIsListed) {
  const std::string client = R"({"command":"register_client","actor":"@ops","client":"@ann",
      "category":"retail","residence":"CY","effective_at":"2026-01-20T00:00:00Z"})";
  ASSERT_EQ(book.submit(kCloseJanuary), "a value");
  const auto before = frozen(kJanuary);
  EXPECT_THAT(late(kJanuary), ElementsAre());
  // Of a command that needs none otherwise.
  EXPECT_EQ(book.submit(client), "Conflict/period_closed");
  std::string approved = client;
  approved.insert(approved.find(R"("client")"), R"("approver":"@chief",)");
  EXPECT_EQ(book.submit(approved), "a value");
  EXPECT_EQ(post("assets:house:till", "1.00", "2026-01-31T23:59:59.999999Z"), "a value");
  EXPECT_EQ(post("assets:house:till", "1.00", kJanuary), "a value");  // Not late.
  EXPECT_THAT(late(kJanuary), ElementsAre("command", "accounts_opened", "client_registered",
                                          "command", "entry_posted"));
  // What was frozen stays so.
  EXPECT_EQ(frozen(kJanuary), before);
  EXPECT_EQ(book.recomputed(book.leaves()), "");
}

TEST_F(PeriodsTest, ALateEntryMayBeProposed) {
  ASSERT_EQ(book.submit(kCloseJanuary), "a value");
  book.enrol_officers();
  const std::string client = R"({"command":"register_client","client":"@ann","category":"retail",
      "residence":"CY","effective_at":"2026-01-20T00:00:00Z"})";
  ASSERT_EQ(book.propose("@p", client, "@one", {"officer-one"}, "2026-03-01T00:00:00Z"), "a value");
  ASSERT_EQ(book.submit(book.approval("@p", "@two"), {"officer-two"}), "a value");
  EXPECT_THAT(late(kJanuary), ElementsAre("accounts_opened", "client_registered"));
}

TEST_F(PeriodsTest, TheLastPeriodCanBeOpenedAgain) {
  const char* reopen = R"({"command":"reopen_period","actor":"@one","approver":"@two",
      "until":"2026-02-01T00:00:00Z","reason":"late_entries"})";
  EXPECT_EQ(book.submit(reopen), "Conflict/period_open");
  ASSERT_EQ(book.submit(kCloseJanuary), "a value");
  ASSERT_EQ(book.submit(R"({"command":"close_period","actor":"@one","approver":"@two",
      "until":"2026-02-02T00:00:00Z"})"),
            "a value");
  EXPECT_EQ(book.submit(reopen), "Conflict/period_open");
  ASSERT_EQ(book.submit(R"({"command":"reopen_period","actor":"@one","approver":"@two",
      "until":"2026-02-02T00:00:00Z","reason":"error"})"),
            "a value");
  ASSERT_EQ(book.submit(reopen), "a value");
  EXPECT_THAT(book.names_of_last(), ElementsAre("command", "period_reopened"));
  EXPECT_EQ(book.submit(R"({"command":"register_client","actor":"@ops","client":"@ann",
      "category":"retail","residence":"CY","effective_at":"2026-01-20T00:00:00Z"})"),
            "a value");
  EXPECT_EQ(post("assets:house:till", "2.50", "2026-01-20T00:00:00Z"), "a value");
  ASSERT_EQ(book.submit(kCloseJanuary), "a value");
  EXPECT_EQ(frozen(kJanuary).at("assets:house:till EUR"), "7.50");
  EXPECT_THAT(late(kJanuary), ElementsAre());
  const auto all = *periods().find("periods")->as_array();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].text("reason"), "late_entries");
  EXPECT_EQ(all[1].text("reason"), "error");
  EXPECT_EQ(all[2].find("reason"), nullptr);
  EXPECT_EQ(book.recomputed(book.leaves()), "");
}

TEST_F(PeriodsTest, AClosingIsFollowedByAnIndexRoot) {
  const auto due = [&] {
    bool lacks = false;
    EXPECT_TRUE(book.book
                    ->read([&](const BookView& view) -> core::Result<> {
                      TRY(lacks, closing_lacks_index_root(view));
                      return core::ok();
                    })
                    .has_value());
    return lacks;
  };
  EXPECT_FALSE(due());
  ASSERT_EQ(tests::outcome(record_index_root(*book.book)), "a value");
  ASSERT_EQ(book.submit(kCloseJanuary), "a value");
  EXPECT_TRUE(due());
  ASSERT_EQ(tests::outcome(record_index_root(*book.book)), "a value");
  EXPECT_FALSE(due());
}

TEST_F(PeriodsTest, ClosedPeriodsOutliveARestart) {
  ASSERT_EQ(book.submit(kCloseJanuary), "a value");
  const Folder folder = book.book->folder();
  book.book.reset();
  book.book = std::move(Book::open(folder, book.clock).value());
  EXPECT_EQ(book.submit(R"({"command":"register_client","actor":"@ops","client":"@ann",
      "category":"retail","residence":"CY","effective_at":"2026-01-20T00:00:00Z"})"),
            "Conflict/period_closed");
}

// What a thief with the log key could write: another frozen balance.
TEST_F(PeriodsTest, RecomputingFindsAnotherFrozenBalance) {
  ASSERT_EQ(book.submit(kCloseJanuary), "a value");
  auto leaves = book.leaves();
  const std::uint64_t seq = book.last.first_seq + 1;
  ledger::RecordView view;
  ASSERT_TRUE(ledger::decode_record(leaves[seq], view).has_value());
  auto body = core::from_cbor<engine::PeriodClosed>(view.body).value();
  body.trial_balance.bytes[0] ^= 1;
  ledger::Draft draft;
  draft.kind = view.kind;
  draft.body = core::to_cbor(body);
  draft.effective_at = view.effective_at;
  leaves[seq] = ledger::encode_record(draft, {view.seq, view.prev, view.salt, view.recorded_at,
                                              view.batch, view.subjects})
                    .value();
  EXPECT_THAT(book.recomputed(leaves), testing::HasSubstr("recompute"));
}

}  // namespace
}  // namespace gateway::service
