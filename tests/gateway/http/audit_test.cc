#include "gateway/http/audit.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "tests/gateway/http/served_book.h"

namespace gateway::http {
namespace {

using tests::problem;

// A served book whose readings are put down.
class Audited : public testing::Test {
 protected:
  void SetUp() override {
    const auto& genesis = book.book().genesis();
    ASSERT_TRUE(service::make_access_log(book.folder(), genesis, clock).has_value());
    log = std::move(access::AccessLog::open(book.folder(), clock).value());
    reads = std::make_unique<access::AccessBook>(book.folder(), *log, clock);
    book.service().access = log.get();
    book.service().access_book = reads.get();
    book.service().auditor_token = "auditor";
    book.service().auditor = core::PartyId{{9}};
    ASSERT_EQ(book.post("commands", tests::ServedBook::client("r1", "@anna")).status, 201);
    anna = core::to_hex(book.book().find_reference("@anna").value());
  }
  Response get(const std::string& path, const std::string& purpose = "",
               const std::string& token = "secret") {
    auto request = tests::ServedBook::request("GET", "/v1/books/test-book/" + path);
    request.headers["authorization"] = "Bearer " + token;
    if (!purpose.empty()) request.headers["tally-purpose"] = purpose;
    return book.ask(request);
  }
  // "question?query" of what waits in the spool.
  std::vector<std::string> waiting() {
    std::vector<std::string> out;
    const auto read = spool::read_spool(log->spool().path(), [&](spool::Entry entry) {
      const auto command = core::from_cbor<engine::RecordRead>(entry.payload).value();
      last = command;
      out.push_back(command.reading.question + "?" + command.reading.query);
      return core::Result<bool>(true);
    });
    EXPECT_TRUE(read.has_value());
    return out;
  }

  tests::ServedBook book;
  core::SystemClock clock;
  std::unique_ptr<access::AccessLog> log;
  std::unique_ptr<access::AccessBook> reads;
  std::string anna;
  engine::RecordRead last;
};

using Lines = std::vector<std::string>;

TEST_F(Audited, WhatIsShownIsPutDown) {
  EXPECT_EQ(get("history?subject=@anna&limit=5", "complaint C-7").status, 200);
  EXPECT_EQ(waiting(), Lines{"history?limit=5&subject=" + anna});
  EXPECT_EQ(last.reading.purpose, engine::Purpose::Complaint);
  EXPECT_EQ(last.reading.reference, "C-7");
  EXPECT_EQ(last.reading.authentication, ledger::Authentication::Token);
  EXPECT_EQ(last.reading.records, 2u);
  ASSERT_EQ(last.shown.size(), 1u);
  EXPECT_EQ(last.shown[0].hex(), anna);
  EXPECT_FALSE(last.reading.bulk);
}

TEST_F(Audited, RecordsBalancesAndBundlesToo) {
  EXPECT_EQ(get("records/3", "", "auditor").status, 200);
  waiting();
  EXPECT_EQ(last.shown.size(), 1u);
  EXPECT_EQ(last.reading.actor, core::PartyId{{9}});
  auto raw = tests::ServedBook::request("GET", "/v1/books/test-book/records/3");
  raw.headers["accept"] = "application/octet-stream";
  EXPECT_EQ(book.ask(raw).status, 200);
  waiting();
  EXPECT_EQ(last.shown.size(), 1u);
  EXPECT_EQ(get("balances?account=liabilities:cm:client:@anna").status, 200);
  EXPECT_EQ(waiting().back(), "balances?account=liabilities:cm:client:" + anna);
  EXPECT_EQ(last.shown.size(), 1u);
  EXPECT_EQ(get("tile/entries/000.p/3", "", "auditor").status, 200);
  EXPECT_EQ(waiting().back(), "tile/entries/{index}?index=000.p/3");
  EXPECT_TRUE(last.reading.bulk);
  EXPECT_EQ(last.reading.records, 3u);
  EXPECT_EQ(get("retention").status, 200);
  EXPECT_EQ(get("subjects/@anna/retention").status, 200);
  EXPECT_EQ(waiting().back(), "subjects/{subject}/retention?subject=" + anna);
}

// Before anything is done, so that nothing is recorded by a request that is refused.
TEST_F(Audited, APurposeThatIsNoneIsRefusedFirst) {
  auto request =
      tests::ServedBook::request("POST", "/v1/books/test-book/commands",
                                 tests::ServedBook::client("r9", "@ben"), "application/json");
  request.headers["tally-purpose"] = "curiosity";
  EXPECT_EQ(problem(book.ask(request)), "400 purpose");
  request.headers["tally-purpose"] = "test";
  EXPECT_EQ(book.ask(request).status, 201);
  EXPECT_EQ(waiting(), Lines{});  // A receipt shows nobody.
}

TEST_F(Audited, ADryRunShowsSomebody) {
  EXPECT_EQ(book.post("commands", R"({"command":"withdraw","request_id":"r2","client":"@anna",
      "amount":"5.00","currency":"EUR","dry_run":true})")
                .status,
            409);
  EXPECT_EQ(waiting(), Lines{});
  EXPECT_EQ(book.post("commands", R"({"command":"issue_report","request_id":"r3","report":"@r",
      "name":"statement","version":1,"profile":"cysec","language":"en","size":2,"client":"@anna",
      "from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","json_digest":")" +
                                      std::string(64, 'a') + R"(","html_digest":")" +
                                      std::string(64, 'b') + R"(","dry_run":true})")
                .status,
            200);
  EXPECT_EQ(waiting(), Lines{"commands?"});
  ASSERT_EQ(last.shown.size(), 1u);
  EXPECT_EQ(last.shown[0].hex(), anna);
}

// The records in it are base64; who is beside the subject in them is looked up.
TEST_F(Audited, AProofOfCompletenessNamesWhoIsInItsRecords) {
  const auto post = [&](const std::string& line) {
    EXPECT_EQ(book.post("commands", line).status, 201) << line;
  };
  post(R"({"command":"register_manager","request_id":"r2","manager":"@mia","home":"CY"})");
  post(R"({"command":"publish_offer","request_id":"r3","offer":"@o","model":"pamm","currency":"EUR",
      "terms":{"management_fee_rate":"0","performance_fee_rate":"0.2","mark_basis":"net",
      "entry_fee_rate":"0","residual":"sainte_lague"}})");
  post(R"({"command":"record_decision","request_id":"r4","approver":"@chief","decision":"@d",
      "manager":"@mia","jurisdiction":"cysec","model":"pamm","verdict":"allow",
      "valid_from":"2026-01-01T00:00:00Z","valid_until":"2027-01-01T00:00:00Z","document":")" +
       std::string(64, 'a') + R"("})");
  post(R"({"command":"open_structure","request_id":"r5","structure":"@pool","manager":"@mia",
      "offer":"@o","jurisdiction":"cysec","server":"mt4"})");
  EXPECT_EQ(book.post("index-roots", "").status, 201);
  EXPECT_EQ(get("subjects/@pool/proof").status, 200);
  EXPECT_EQ(waiting().size(), 1u);
  EXPECT_FALSE(last.reading.bulk);
  std::set<std::string> shown;
  for (const auto& one : last.shown) shown.insert(one.hex());
  EXPECT_TRUE(shown.contains(core::to_hex(book.book().find_reference("@mia").value())));
  EXPECT_TRUE(shown.contains(core::to_hex(book.book().find_reference("@pool").value())));
}

TEST_F(Audited, WhatShowsNobodyIsNot) {
  for (const char* path : {"checkpoint", "proofs/1", "key-history", "tile/0/000.p/2"}) {
    EXPECT_EQ(get(path).status, 200) << path;
  }
  EXPECT_EQ(get("history?subject=@nobody").status, 404);
  EXPECT_EQ(get("records/1", "", "wrong").status, 401);
  EXPECT_EQ(waiting(), Lines{});
}

TEST_F(Audited, WithoutAnEntryThereIsNoAnswer) {
  EXPECT_EQ(problem(get("records/1", "I am curious")), "400 purpose");
  // The spool is damaged: told, and nothing leaves.
  ASSERT_EQ(get("records/1").status, 200);
  {
    std::fstream file(log->spool().path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(70);
    file.put('X');
  }
  EXPECT_EQ(problem(get("records/1")), "500 access_spool");
  EXPECT_EQ(get("checkpoint").status, 200);
  // It is gone.
  std::filesystem::remove(log->spool().path());
  EXPECT_EQ(problem(get("records/1")), "503 access_log");
  // It cannot be written: a folder stands there.
  std::filesystem::create_directory(log->spool().path());
  EXPECT_EQ(problem(get("records/1")), "503 access_log");
}

TEST_F(Audited, QuestionsAboutItAreAnsweredAndPutDown) {
  EXPECT_EQ(get("records/3").status, 200);
  const auto answer = tests::json_of(get("access?subject=@anna"));
  EXPECT_EQ(answer.find("waiting")->as_array()->size(), 1u);
  EXPECT_EQ(waiting().back(), "access?subject=" + anna);
  EXPECT_EQ(problem(get("access?subject=@nobody")), "404 unknown_reference");
}

TEST_F(Audited, ADocumentAboutAPersonIsReadOfHim) {
  const auto added =
      book.post("documents?person=@anna", "her passport", "application/octet-stream");
  ASSERT_EQ(added.status, 201);
  const std::string digest(tests::json_of(added).text("digest"));
  EXPECT_EQ(get("documents/" + digest).body, "her passport");
  const auto answer = tests::json_of(get("access?subject=@anna"));
  const auto& waiting_reads = *answer.find("waiting")->as_array();
  ASSERT_EQ(waiting_reads.size(), 1u);
  EXPECT_EQ(waiting_reads[0].text("question"), "documents/{digest}");
  EXPECT_EQ(*waiting_reads[0].find("named"), core::json::Value(true));
}

TEST_F(Audited, AnchorsAreMadeOnRequest) {
  EXPECT_EQ(get("records/3").status, 200);
  EXPECT_EQ(book.post("access/anchors", "").status, 201);
  EXPECT_EQ(*tests::json_of(book.post("access/anchors", "")).find("anchored"),
            core::json::Value(false));
  EXPECT_EQ(waiting(), Lines{});
}

TEST(Unaudited, ABookWithoutALogSaysNothing) {
  tests::ServedBook book;
  EXPECT_EQ(book.get("records/1").status, 200);
  EXPECT_EQ(problem(book.get("access")), "404 no_access_log");
  EXPECT_EQ(problem(book.post("access/anchors", "")), "404 no_access_log");
}

// A route that is new must be looked at: what shows nobody anything is listed in audit.cc, and the
// rest here.
TEST(Routes, AreKnownToTheAudit) {
  const std::set<std::string_view> shown = {"/v1/books/{book}/access",
                                            "/v1/books/{book}/balances",
                                            "/v1/books/{book}/documents/{digest}",
                                            "/v1/books/{book}/gate/checks",
                                            "/v1/books/{book}/gate/decisions/{decision}/replay",
                                            "/v1/books/{book}/gate/mandates/{client}",
                                            "/v1/books/{book}/gate/packs/{pack}/cells/{cell}",
                                            "/v1/books/{book}/gate/queue",
                                            "/v1/books/{book}/history",
                                            "/v1/books/{book}/people",
                                            "/v1/books/{book}/periods",
                                            "/v1/books/{book}/periods/{until}",
                                            "/v1/books/{book}/periods/{until}/entries-after-close",
                                            "/v1/books/{book}/proposals",
                                            "/v1/books/{book}/proposals/{proposal}",
                                            "/v1/books/{book}/records",
                                            "/v1/books/{book}/records/{seq}",
                                            "/v1/books/{book}/records/{seq}/explanation",
                                            "/v1/books/{book}/retention",
                                            "/v1/books/{book}/segregation",
                                            "/v1/books/{book}/statements",
                                            "/v1/books/{book}/statements/{report}",
                                            "/v1/books/{book}/subjects/{subject}/proof",
                                            "/v1/books/{book}/subjects/{subject}/retention",
                                            "/v1/books/{book}/tile/entries/{index}",
                                            "/v1/books/{book}/vault/persons/{person}",
                                            "/v1/books/{book}/vault/persons/{person}/export",
                                            "/v1/books/{book}/trial-balance"};
  for (const Route& route : routes()) {
    EXPECT_EQ(shows(route) != Shows::Nobody, shown.contains(route.path)) << route.path;
  }
}

}  // namespace
}  // namespace gateway::http
