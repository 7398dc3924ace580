#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "core/bytes.h"
#include "core/json.h"
#include "core/sha256.h"
#include "ledger/checkpoint.h"
#include "ledger/merkle.h"
#include "tests/gateway/rpc/served_book.h"

namespace {

using tally::rpc::Balances;
using tally::rpc::Command;
using tally::rpc::Record;
using tests::kBook;
using tests::kToken;
using tests::refusal;
using tests::text;

class Submit : public tests::ServedBook {};
class Queries : public tests::ServedBook {
 protected:
  Balances balances(const std::string& account, const std::string& as_of = "",
                    const std::string& effective_at = "") const {
    Balances out;
    client()->get_balances(out, kToken, kBook, account, as_of, effective_at);
    return out;
  }
};

TEST_F(Submit, EachCommandOfABatchGetsItsReceiptInOrder) {
  prepare();
  const auto results = client().submit({deposit("d-1", "100.00"), deposit("d-2", "50.00")});
  ASSERT_EQ(results.size(), 2u);
  for (const auto& result : results) {
    ASSERT_EQ(text(result), "a receipt");
    EXPECT_FALSE(result.__isset.problem);
    EXPECT_FALSE(result.receipt.hit);
    EXPECT_EQ(result.receipt.recorded_at.substr(0, 19), "2026-01-02T09:00:00");
    EXPECT_EQ(result.receipt.leaf_hashes.size(), static_cast<std::size_t>(result.receipt.count));
  }
  EXPECT_EQ(results[1].receipt.seq, results[0].receipt.seq + results[0].receipt.count);
}

TEST_F(Submit, ADryRunSaysWhatWouldBeRecordedAndRecordsNothing) {
  prepare();
  Command dry = deposit("d-1", "100.00");
  dry.__set_dry_run(true);
  const auto shown = client().submit(dry);
  EXPECT_FALSE(shown.__isset.receipt);
  ASSERT_TRUE(shown.__isset.preview_json);
  const auto preview = core::json::parse(shown.preview_json).value();
  EXPECT_EQ(preview.find("records")->as_array()->size(), 1u);
  EXPECT_FALSE(client().submit(deposit("d-1", "100.00")).receipt.hit);
}

TEST_F(Submit, NoCommandsGiveNoResults) {
  EXPECT_TRUE(client().submit(std::vector<Command>{}).empty());
}

TEST_F(Submit, TheSameRequestAgainIsAHitWithTheSameReceipt) {
  prepare();
  const auto first = client().submit(deposit("d-1", "100.00"));
  const auto again = client().submit(deposit("d-1", "100.00"));
  ASSERT_EQ(text(again), "a receipt");
  EXPECT_TRUE(again.receipt.hit);
  EXPECT_EQ(again.receipt.seq, first.receipt.seq);
  EXPECT_EQ(again.receipt.leaf_hashes, first.receipt.leaf_hashes);
}

TEST_F(Submit, OtherContentUnderAUsedRequestIdIsAConflict) {
  prepare();
  client().submit(deposit("d-1", "100.00"));
  EXPECT_EQ(text(client().submit(deposit("d-1", "100.01"))),
            "Conflict/request_id_reused at request_id (409)");
}

TEST_F(Submit, ARefusalNamesTheFieldAndStopsNoneOfTheOthers) {
  prepare();
  const auto results = client().submit(
      {deposit("d-1", "100.00"), deposit("d-2", "a hundred"), deposit("d-3", "50.00")});
  ASSERT_EQ(results.size(), 3u);
  EXPECT_EQ(text(results[0]), "a receipt");
  EXPECT_EQ(results[1].problem.at, "amount");
  EXPECT_EQ(results[1].problem.code, "InvalidInput");
  EXPECT_EQ(results[1].problem.status, 400);
  EXPECT_FALSE(results[1].problem.detail.empty());
  EXPECT_EQ(text(results[2]), "a receipt");
}

TEST_F(Submit, ARefusalFreesTheRequestId) {
  prepare();
  EXPECT_NE(text(client().submit(deposit("d-1", "a hundred"))), "a receipt");
  EXPECT_EQ(text(client().submit(deposit("d-1", "100.00"))), "a receipt");
}

TEST_F(Submit, AReferenceInARefusedCommandIsForgotten) {
  const auto refused = command("register_client", "ghost",
                               R"({"client": "@ghost", "category": "retail", "unknown": "x"})");
  EXPECT_NE(text(client().submit(refused)), "a receipt");
  Balances out;
  EXPECT_EQ(refusal([&] {
              client()->get_balances(out, kToken, kBook, "liabilities:cm:client:@ghost", "", "");
            }).substr(0, 26),
            "NotFound/unknown_reference");
}

TEST_F(Submit, FieldsThatAreNoJsonObjectAreRefused) {
  EXPECT_EQ(text(client().submit(command("deposit", "r", "{"))).substr(0, 32),
            "InvalidInput/json at fields_json");
  EXPECT_EQ(text(client().submit(command("deposit", "r", "[]"))),
            "InvalidInput/wrong_type at fields_json (400)");
  EXPECT_EQ(text(client().submit(command("deposit", "r", std::string(1 << 20, ' ') + "{}"))),
            "InvalidInput/too_large at fields_json (413)");
}

TEST_F(Submit, AFieldWithAPlaceOfItsOwnCannotStandInTheFields) {
  for (const std::string name :
       {"command", "request_id", "actor", "approver", "effective_at", "at"}) {
    EXPECT_EQ(text(client().submit(command("deposit", "r", "{\"" + name + "\": \"x\"}"))),
              "InvalidInput/unknown_field at fields_json: " + name + " (400)");
  }
}

TEST_F(Submit, WhatIsMissingIsNamed) {
  EXPECT_EQ(text(client().submit(command("", "r", "{}"))),
            "InvalidInput/missing_field at command (400)");
  EXPECT_EQ(text(client().submit(command("deposit", "", "{}"))),
            "InvalidInput/missing_field at request_id (400)");
  EXPECT_EQ(text(client().submit(command("deposit", "r", ""))),
            "InvalidInput/missing_field at client (400)");
  Command nobody = deposit("r", "1.00");
  nobody.actor.clear();
  EXPECT_EQ(text(client().submit(nobody)), "InvalidInput/missing_field at actor (400)");
}

TEST_F(Submit, TextThatIsNotUtf8IsRefused) {
  EXPECT_EQ(text(client().submit(command("deposit\xff", "r", "{}"))),
            "InvalidInput/utf8 at command (400)");
}

TEST_F(Submit, MoreCommandsThanACallMayHaveAreRefusedTogether) {
  const std::vector<Command> commands(10'001);
  EXPECT_EQ(refusal([&] { client().submit(commands); }),
            "InvalidInput/too_large at commands (413)");
}

TEST_F(Submit, TwoClientsRacingWithOneRequestIdRecordItOnce) {
  prepare();
  std::array<tally::rpc::SubmitResult, 2> results;
  std::barrier both(2);
  for (int round = 0; round < 10; ++round) {
    const auto race = [&](std::size_t side) {
      tests::RpcClient racer = client();
      both.arrive_and_wait();
      results.at(side) = racer.submit(deposit("race-" + std::to_string(round), "1.00"));
    };
    std::thread other(race, 1);
    race(0);
    other.join();
    ASSERT_EQ(text(results[0]), "a receipt");
    ASSERT_EQ(text(results[1]), "a receipt");
    EXPECT_EQ(results[0].receipt.seq, results[1].receipt.seq);
    EXPECT_NE(results[0].receipt.hit, results[1].receipt.hit);
  }
}

TEST_F(Queries, ARecordIsTheBytesOfItsLeafHash) {
  prepare();
  const auto receipt = client().submit(deposit("d-1", "100.00")).receipt;
  Record record;
  client()->get_record(record, kToken, kBook, receipt.seq);
  core::Sha256 sha256;
  EXPECT_EQ(core::to_hex(ledger::leaf_hash(sha256, core::as_bytes(record.leaf)).bytes),
            receipt.leaf_hashes.at(0));
  EXPECT_EQ(record.seq, receipt.seq);
  EXPECT_NE(record.record_json.find("\"d-1\""), std::string::npos);
}

TEST_F(Queries, ARecordBeyondTheBookIsNotFound) {
  for (const std::int64_t seq : {std::int64_t{1'000'000}, std::int64_t{-1}}) {
    Record record;
    EXPECT_EQ(refusal([&] { client()->get_record(record, kToken, kBook, seq); }),
              "NotFound/unknown_record at seq (404)");
  }
}

TEST_F(Queries, ABalanceIsADecimalStringAndSaysForWhichRecordItIsTrue) {
  prepare();
  const auto first = client().submit(deposit("d-1", "100.00")).receipt;
  const auto second = client().submit(deposit("d-2", "50.00")).receipt;
  const auto now = balances("liabilities:cm:client:@anna:wallet");
  ASSERT_EQ(now.balances.size(), 1u);
  EXPECT_EQ(now.balances[0].amount, "-150.00");
  EXPECT_EQ(now.balances[0].commodity, "EUR");
  EXPECT_EQ(now.balances[0].account.substr(0, 22), "liabilities:cm:client:");
  EXPECT_EQ(now.as_of.seq, second.seq + second.count - 1);
  EXPECT_EQ(now.as_of.recorded_at, second.recorded_at);
  EXPECT_FALSE(now.as_of.__isset.effective_at);

  const std::int64_t first_end = first.seq + first.count - 1;
  const auto before = balances("liabilities:cm:client:@anna:wallet", std::to_string(first_end));
  ASSERT_EQ(before.balances.size(), 1u);
  EXPECT_EQ(before.balances[0].amount, "-100.00");
  EXPECT_EQ(before.as_of.seq, first_end);
}

TEST_F(Queries, ABalanceCountsOnlyWhatWasEffective) {
  prepare();
  Command earlier = deposit("d-1", "100.00");
  earlier.__set_effective_at("2026-01-01T00:00:00Z");
  client().submit({earlier, deposit("d-2", "50.00")});
  const auto then = balances("liabilities:cm:client:@anna", "", "2026-01-01T12:00:00Z");
  ASSERT_EQ(then.balances.size(), 1u);
  EXPECT_EQ(then.balances[0].amount, "-100.00");
  EXPECT_EQ(then.as_of.effective_at.substr(0, 19), "2026-01-01T12:00:00");
}

TEST_F(Queries, AllBalancesAreGivenWithoutAnAccount) {
  prepare();
  client().submit(deposit("d-1", "100.00"));
  EXPECT_GE(balances("").balances.size(), 2u);
}

TEST_F(Queries, ABadBalanceQueryNamesTheField) {
  prepare();
  EXPECT_EQ(refusal([&] { balances("", "yesterday"); }), "InvalidInput/number at as_of (400)");
  EXPECT_EQ(refusal([&] { balances("", "2026-13-01T00:00:00Z"); }),
            "InvalidInput/time at as_of (400)");
  EXPECT_EQ(refusal([&] { balances("", "", "noon"); }), "InvalidInput/time at effective_at (400)");
  EXPECT_EQ(refusal([&] { balances("", "1000000"); }), "NotFound/unknown_record at as_of (404)");
  EXPECT_EQ(refusal([&] { balances("", "1999-01-01T00:00:00Z"); }),
            "NotFound/no_data_yet at as_of (404)");
  EXPECT_EQ(refusal([&] { balances("liabilities:\xff"); }), "InvalidInput/utf8 at account (400)");
  EXPECT_EQ(refusal([&] { balances("liabilities:cm:client:@nobody"); }),
            "NotFound/unknown_reference at account: @nobody (404)");
}

TEST_F(Queries, AnAccountThatIsUnknownIsToldFromOneThatIsEmpty) {
  prepare();
  EXPECT_TRUE(balances("liabilities:cm:client:@anna").balances.empty());
  EXPECT_EQ(refusal([&] { balances("liabilities:cm:nobody"); }),
            "NotFound/unknown_account at account (404)");
  EXPECT_EQ(refusal([&] { balances("liabilities:cm:client:@anna", "2"); }),
            "NotFound/no_data_yet at as_of (404)");
}

TEST_F(Queries, ATrialBalanceHasTwoEqualSides) {
  prepare();
  client().submit(deposit("d-1", "100.00"));
  tally::rpc::TrialBalance balance;
  client()->get_trial_balance(balance, kToken, kBook, "", "");
  ASSERT_EQ(balance.accounts.size(), 2u);
  EXPECT_EQ(balance.accounts[0].debit, "100.00");
  EXPECT_EQ(balance.accounts[1].credit, "100.00");
  ASSERT_EQ(balance.totals.size(), 1u);
  EXPECT_EQ(balance.totals[0].ring, "cm");
  EXPECT_EQ(balance.totals[0].debit, balance.totals[0].credit);
  EXPECT_EQ(refusal([&] {
              client()->get_trial_balance(balance, kToken, kBook, "1999-01-01T00:00:00Z", "");
            }),
            "NotFound/no_data_yet at as_of (404)");
}

TEST_F(Queries, AHistoryIsWalkedByItsCursors) {
  prepare();
  client().submit({deposit("d-1", "100.00"), deposit("d-2", "50.00")});
  tally::rpc::HistoryQuery query;
  query.account = "liabilities:cm:client:@anna:wallet";
  query.limit = 1;
  std::vector<std::string> lines;
  do {
    tally::rpc::HistoryPage page;
    client()->get_history(page, kToken, kBook, query);
    ASSERT_EQ(page.lines.size(), 1u);
    EXPECT_TRUE(page.records_json.empty());
    lines.push_back(page.lines[0].name + " " + page.lines[0].change + " " + page.lines[0].balance);
    query.cursor = page.cursor;
    client().submit(deposit("later-" + std::to_string(lines.size()), "1.00"));
  } while (!query.cursor.empty());
  EXPECT_EQ(lines,
            (std::vector<std::string>{"cash_moved -100.00 -100.00", "cash_moved -50.00 -150.00"}));
}

TEST_F(Queries, AHistoryOfRecordsGivesThemAsJson) {
  prepare();
  client().submit(deposit("d-1", "100.00"));
  tally::rpc::HistoryQuery query;
  query.subject = "@anna";
  query.order = "descending";
  tally::rpc::HistoryPage page;
  client()->get_history(page, kToken, kBook, query);
  ASSERT_FALSE(page.records_json.empty());
  EXPECT_TRUE(page.lines.empty());
  const auto record = core::json::parse(page.records_json.front()).value();
  Record same;
  client()->get_record(same, kToken, kBook, *record.find("seq")->as_integer());
  EXPECT_EQ(same.record_json, page.records_json.front());
}

TEST_F(Queries, ABadHistoryQueryNamesTheField) {
  prepare();
  const auto refused = [&](auto change) {
    tally::rpc::HistoryQuery query;
    change(query);
    tally::rpc::HistoryPage page;
    return refusal([&] { client()->get_history(page, kToken, kBook, query); });
  };
  EXPECT_EQ(refused([](auto& q) { q.limit = 1001; }), "InvalidInput/limit at limit (400)");
  EXPECT_EQ(refused([](auto& q) { q.limit = -1; }), "InvalidInput/number at limit (400)");
  EXPECT_EQ(refused([](auto& q) { q.cursor = "x"; }), "InvalidInput/cursor at cursor (400)");
  EXPECT_EQ(refused([](auto& q) { q.kind = "x"; }), "InvalidInput/unknown_kind at kind (400)");
  EXPECT_EQ(refused([](auto& q) { q.subject = "\xff"; }), "InvalidInput/utf8 at subject (400)");
  EXPECT_EQ(refused([](auto& q) { q.subject = "@nobody"; }),
            "NotFound/unknown_reference at subject: @nobody (404)");
  EXPECT_EQ(refused([](auto& q) { q.account = "assets:cm:nobody"; }),
            "NotFound/unknown_account at account (404)");
}

TEST_F(Queries, TheCheckpointIsSignedAndCoversTheLastReceipt) {
  prepare();
  const auto receipt = client().submit(deposit("d-1", "100.00")).receipt;
  tally::rpc::Checkpoint checkpoint;
  client()->get_checkpoint(checkpoint, kToken, kBook);
  const std::vector known{ledger::parse_verifier_key(verifier_key_).value()};
  const auto opened = ledger::open_checkpoint(checkpoint.note, known).value();
  EXPECT_EQ(checkpoint.size, receipt.seq + receipt.count);
  EXPECT_EQ(opened.size, static_cast<std::uint64_t>(checkpoint.size));
  EXPECT_EQ(core::to_base64(opened.root.bytes), checkpoint.root);
}

// --- Who may call. ---

class Callers : public tests::ServedBook {
 protected:
  // What each call is refused with.
  std::vector<std::string> refusals(const std::string& token, const std::string& book) const {
    std::vector<tally::rpc::SubmitResult> results;
    Record record;
    Balances balances;
    tally::rpc::TrialBalance trial;
    tally::rpc::HistoryPage page;
    tally::rpc::Checkpoint checkpoint;
    return {
        refusal([&] { client()->submit(results, token, book, {}); }),
        refusal([&] { client()->get_record(record, token, book, 0); }),
        refusal([&] { client()->get_balances(balances, token, book, "", "", ""); }),
        refusal([&] { client()->get_trial_balance(trial, token, book, "", ""); }),
        refusal([&] { client()->get_history(page, token, book, {}); }),
        refusal([&] { client()->get_checkpoint(checkpoint, token, book); }),
    };
  }
};

TEST_F(Callers, WithoutTheTokenNothingIsAnswered) {
  const std::string token = kToken;
  for (const std::string& wrong : {std::string(), token + "0", token.substr(1), "x" + token}) {
    for (const std::string& refused : refusals(wrong, kBook)) {
      EXPECT_EQ(refused, "InvalidInput/unauthorized at token (401)");
    }
  }
}

TEST_F(Callers, WithoutTheTokenNobodyLearnsWhichBookIsServed) {
  for (const std::string& refused : refusals("wrong", "no-such-book")) {
    EXPECT_EQ(refused, "InvalidInput/unauthorized at token (401)");
  }
}

TEST_F(Callers, AnotherBookIsNotFound) {
  for (const std::string& refused : refusals(kToken, "broker-2")) {
    EXPECT_EQ(refused, "NotFound/unknown_book at book (404)");
  }
}

}  // namespace
