#include "gateway/http/reads.h"

#include <gtest/gtest.h>

#include "core/sha256.h"
#include "ledger/merkle.h"
#include "ledger/key_history_file.h"
#include "ledger/proof_file.h"
#include "tests/gateway/http/served_book.h"

namespace gateway::http {
namespace {

using tests::json_of;
using tests::problem;
using tests::ServedBook;

// A book in which Anna deposited 100 EUR.
class Reads : public ::testing::Test {
 protected:
  Reads() {
    command(R"({"command":"register_bank","request_id":"b-1","at":"2026-01-02T08:00:00Z",)"
            R"("bank":"@trust","ring":"client_money"})");
    command(ServedBook::client("c-1", "@anna"));
    command(R"({"command":"deposit","request_id":"d-1","at":"2026-01-05T08:00:00Z",)"
            R"("client":"@anna","bank":"@trust","amount":"100.00","currency":"EUR"})");
    size_ = *json_of(served_.get("records?limit=1")).find("size")->as_integer();
  }
  void command(const std::string& text) {
    const Response response = served_.post("commands", text);
    EXPECT_EQ(response.status, 201) << response.body;
  }
  // "amount" of the only balance, or how many there are.
  std::string balance(const std::string& parameters) {
    const Response response = served_.get("balances?" + parameters);
    if (response.status != 200) return problem(response);
    const auto value = json_of(response);
    const auto& balances = *value.find("balances")->as_array();
    if (balances.size() != 1) return std::to_string(balances.size()) + " balances";
    return std::string(balances[0].text("amount"));
  }

  ServedBook served_;
  std::int64_t size_ = 0;
};

TEST_F(Reads, BooksAreListedWithTheKeysThatVerifyThem) {
  const auto value = json_of(served_.ask(ServedBook::request("GET", "/v1/books")));
  ASSERT_EQ(value.find("books")->as_array()->size(), 1u);
  const auto& book = value.find("books")->as_array()->front();
  EXPECT_EQ(book.text("book"), "test-book");
  EXPECT_EQ(book.text("origin"), "ledger.example/test-book");
  EXPECT_TRUE(book.text("verifier_key").starts_with("ledger.example/test-book+"));
  EXPECT_EQ(book.text("signing_key"), book.text("verifier_key"));
}

TEST_F(Reads, ARecordIsReadAsJsonAndAsItsBytes) {
  const auto value = json_of(served_.get("records/0"));
  EXPECT_EQ(*value.find("seq")->as_integer(), 0);
  const Response bytes = served_.get("records/0", "application/octet-stream");
  EXPECT_EQ(bytes.content_type, "application/octet-stream");
  core::Sha256 sha256;
  EXPECT_EQ(core::to_hex(ledger::leaf_hash(sha256, core::as_bytes(bytes.body)).bytes),
            json_of(served_.get("records/1")).text("prev"));
}

TEST_F(Reads, ARecordThatIsNotThereIsSaidSo) {
  EXPECT_EQ(problem(served_.get("records/" + std::to_string(size_))), "404 unknown_record");
  EXPECT_EQ(problem(served_.get("records/18446744073709551615")), "404 unknown_record");
  for (const std::string_view seq : {"-1", "1x", "18446744073709551616", "0x1", "%31%20"}) {
    SCOPED_TRACE(seq);
    EXPECT_EQ(problem(served_.get("records/" + std::string(seq))), "400 number");
  }
  EXPECT_EQ(problem(served_.get("records/0", "text/html")), "406 not_acceptable");
}

TEST_F(Reads, PagesFollowOneAnother) {
  std::int64_t next = 0;
  std::int64_t seen = 0;
  while (true) {
    const auto page = json_of(served_.get("records?limit=2&from=" + std::to_string(next)));
    for (const auto& record : *page.find("records")->as_array()) {
      EXPECT_EQ(*record.find("seq")->as_integer(), seen++);
    }
    if (page.find("next") == nullptr) break;
    next = *page.find("next")->as_integer();
  }
  EXPECT_EQ(seen, size_);
}

TEST_F(Reads, APageBeyondTheEndIsEmpty) {
  for (const std::string_view from : {"1000000", "18446744073709551615"}) {
    SCOPED_TRACE(from);
    const auto page = json_of(served_.get("records?from=" + std::string(from)));
    EXPECT_TRUE(page.find("records")->as_array()->empty());
    EXPECT_EQ(page.find("next"), nullptr);
  }
}

TEST_F(Reads, APageHasALimit) {
  EXPECT_EQ(problem(served_.get("records?limit=0")), "400 limit");
  EXPECT_EQ(problem(served_.get("records?limit=1001")), "400 limit");
  EXPECT_EQ(problem(served_.get("records?limit=ten")), "400 number");
  EXPECT_EQ(problem(served_.get("records?from=-1")), "400 number");
  EXPECT_EQ(served_.get("records?limit=1000&from=").status, 200);
}

TEST_F(Reads, BalancesAreGivenForNamesAndMoments) {
  EXPECT_EQ(balance("account=liabilities:cm:client:@anna"), "-100.00");
  EXPECT_EQ(balance("account=assets:cm&as_of="), "100.00");
  EXPECT_EQ(balance("account=assets:cm&as_of=2026-01-04T00:00:00%2B00:00"), "0 balances");
  EXPECT_EQ(balance("account=assets:house:never"), "404 unknown_account");
  EXPECT_EQ(balance("account=assets:cm&as_of=2026-01-06T00:00:00+00:00"), "100.00");
  EXPECT_EQ(balance("account=assets:cm&effective_at=2026-01-04T00:00:00Z"), "0 balances");
}

TEST_F(Reads, AQueryMakesNoNames) {
  EXPECT_EQ(balance("account=liabilities:cm:client:@nobody"), "404 unknown_reference");
  EXPECT_EQ(balance("account=liabilities:cm:client:@nobody"), "404 unknown_reference");
  EXPECT_EQ(balance("account=liabilities:cm:client:@"), "400 reference");
}

TEST_F(Reads, MomentsThatAreNoneAreRefused) {
  EXPECT_EQ(balance("as_of=1999-01-01T00:00:00Z"), "404 no_data_yet");
  // The first batch, which opens the book's accounts, ends later: half of it is no answer.
  EXPECT_EQ(balance("as_of=0"), "404 no_data_yet");
  EXPECT_EQ(balance("as_of=99999"), "404 unknown_record");
  EXPECT_EQ(balance("as_of=yesterday"), "400 number");
  EXPECT_EQ(balance("effective_at=noon"), "400 time");
}

TEST_F(Reads, ATrialBalanceHasTwoEqualSides) {
  const auto value = json_of(served_.get("trial-balance"));
  const auto& accounts = *value.find("accounts")->as_array();
  ASSERT_EQ(accounts.size(), 2u);
  EXPECT_EQ(accounts[0].text("debit"), "100.00");
  EXPECT_EQ(accounts[1].text("credit"), "100.00");
  const auto& total = value.find("totals")->as_array()->at(0);
  EXPECT_EQ(total.text("ring"), "cm");
  EXPECT_EQ(total.text("debit"), "100.00");
  EXPECT_EQ(total.text("credit"), "100.00");
  EXPECT_TRUE(json_of(served_.get("trial-balance?as_of=2026-01-04T00:00:00Z"))
                  .find("accounts")
                  ->as_array()
                  ->empty());
  EXPECT_EQ(problem(served_.get("trial-balance?as_of=1999-01-01T00:00:00Z")), "404 no_data_yet");
  EXPECT_EQ(problem(served_.get("trial-balance?effective_at=1999-01-01T00:00:00Z")),
            "404 no_data_yet");
  EXPECT_EQ(problem(served_.get("trial-balance?account=assets")), "400 unknown_parameter");
}

TEST_F(Reads, AHistoryIsWalkedByItsCursors) {
  command(R"({"command":"deposit","request_id":"d-2","at":"2026-01-06T08:00:00Z",)"
          R"("effective_at":"2026-01-03T00:00:00Z","client":"@anna","bank":"@trust",)"
          R"("amount":"5.00","currency":"EUR"})");
  const std::string wallet = "history?account=liabilities:cm:client:@anna:wallet";
  const auto first = json_of(served_.get(wallet + "&limit=1"));
  const auto& line = first.find("lines")->as_array()->at(0);
  EXPECT_EQ(line.text("change"), "-100.00");
  EXPECT_EQ(line.text("balance"), "-100.00");
  EXPECT_EQ(line.text("name"), "cash_moved");
  // What is recorded meanwhile is not in the history that was begun.
  command(R"({"command":"deposit","request_id":"d-3","at":"2026-01-07T08:00:00Z",)"
          R"("client":"@anna","bank":"@trust","amount":"1.00","currency":"EUR"})");
  const std::string cursor(first.text("cursor"));
  const auto second = json_of(served_.get(wallet + "&limit=1&cursor=" + cursor));
  EXPECT_EQ(second.find("lines")->as_array()->at(0).text("balance"), "-105.00");
  EXPECT_EQ(second.find("cursor"), nullptr);
  EXPECT_EQ(*second.find("as_of"), *first.find("as_of"));
}

TEST_F(Reads, AHistoryIsOfOneThingAndNamesWhatIsWrong) {
  const auto by_kind = json_of(served_.get("history?kind=cash_moved"));
  ASSERT_EQ(by_kind.find("records")->as_array()->size(), 1u);
  const auto seq = *by_kind.find("records")->as_array()->at(0).find("seq")->as_integer();
  EXPECT_EQ(by_kind.find("records")->as_array()->at(0),
            json_of(served_.get("records/" + std::to_string(seq))));
  const auto by_subject = json_of(served_.get("history?subject=@anna&order=descending"));
  EXPECT_EQ(by_subject.find("records")->as_array()->at(0),
            by_kind.find("records")->as_array()->at(0));
  const auto all = json_of(served_.get("history?limit=1000"));
  EXPECT_EQ(all.find("records")->as_array()->size(), static_cast<std::size_t>(size_));
  EXPECT_EQ(problem(served_.get("history?subject=@nobody")), "404 unknown_reference");
  EXPECT_EQ(problem(served_.get("history?subject=00000000000000000000000000000001")),
            "404 unknown_subject");
  EXPECT_EQ(problem(served_.get("history?account=assets:cm:nobody")), "404 unknown_account");
  EXPECT_EQ(problem(served_.get("history?subject=@anna&kind=1")), "400 one_of");
  EXPECT_EQ(problem(served_.get("history?cursor=x")), "400 cursor");
  EXPECT_EQ(problem(served_.get("history?limit=0")), "400 limit");
  EXPECT_EQ(problem(served_.get("history?from=0")), "400 unknown_parameter");
}

TEST_F(Reads, KeyHistoryIsOfTheBookAndUnderItsCheckpoint) {
  const Response answer = served_.get("key-history");
  ASSERT_EQ(answer.status, 200);
  const auto file = ledger::parse_key_history_file(answer.body).value();
  EXPECT_EQ(file.checkpoint, served_.get("checkpoint").body);
  const auto history = ledger::verify_key_history(file, {}).value();
  EXPECT_EQ(history.keys.size(), 1u);
  EXPECT_EQ(history.origin, "ledger.example/test-book");
}

TEST_F(Reads, TheCheckpointIsTheRawNoteAndAProofLeadsToIt) {
  const Response note = served_.get("checkpoint");
  EXPECT_EQ(note.content_type, "text/plain; charset=utf-8");
  EXPECT_TRUE(note.body.starts_with("ledger.example/test-book\n" + std::to_string(size_) + "\n"));
  const Response text = served_.get("proofs/1");
  EXPECT_EQ(text.content_type, "text/plain; charset=utf-8");
  const auto proof = ledger::parse_proof_file(text.body);
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof.value().index, 1u);
  EXPECT_EQ(proof.value().checkpoint, note.body);
  EXPECT_EQ(problem(served_.get("proofs/" + std::to_string(size_))), "404 unknown_record");
}

TEST_F(Reads, ConsistencyIsProvedFromAnOlderNote) {
  const std::string old_note = served_.get("checkpoint").body;
  command(ServedBook::client("c-2", "@ben"));
  const Response proof = served_.post("consistency", old_note, "text/plain; charset=utf-8");
  EXPECT_EQ(proof.status, 200);
  EXPECT_TRUE(proof.body.starts_with("old " + std::to_string(size_) + "\n"));
  EXPECT_TRUE(proof.body.ends_with("\n\n" + served_.get("checkpoint").body));
  EXPECT_EQ(problem(served_.post("consistency", "nonsense", "text/plain")), "400 checkpoint");
  std::string foreign = old_note;
  foreign.replace(foreign.find("test-book"), 9, "best-book");
  EXPECT_EQ(problem(served_.post("consistency", foreign, "text/plain")), "409 other_book");
}

}  // namespace
}  // namespace gateway::http
