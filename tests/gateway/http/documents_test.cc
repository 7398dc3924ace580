#include "gateway/http/documents.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "gateway/http/media_types.h"
#include "ledger/completeness/history_proof.h"
#include "ledger/note.h"
#include "tests/gateway/http/served_book.h"

namespace gateway::http {
namespace {

using tests::json_of;
using tests::problem;
using tests::ServedBook;

constexpr const char* kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Response add(ServedBook& served, const std::string& bytes) {
  return served.post("documents", bytes, "application/octet-stream");
}

TEST(Documents, AreTakenOnceAndGivenAsTheyCame) {
  ServedBook served;
  const Response added = add(served, "abc");
  EXPECT_EQ(added.status, 201);
  EXPECT_EQ(json_of(added).text("digest"), kAbc);
  EXPECT_EQ(*json_of(added).find("bytes")->as_integer(), 3);
  EXPECT_EQ(add(served, "abc").status, 200);
  const Response given = served.get("documents/" + std::string(kAbc));
  EXPECT_EQ(given.status, 200);
  EXPECT_EQ(given.body, "abc");
  EXPECT_EQ(given.content_type, kBytes);
  // Nothing that a browser would run.
  EXPECT_NE(std::ranges::find(given.headers, std::pair<std::string, std::string>(
                                                 "Content-Disposition", "attachment")),
            given.headers.end());
}

TEST(Documents, WhatIsNotThereOrNotWholeIsNotGiven) {
  ServedBook served;
  EXPECT_EQ(served.get("documents/" + std::string(64, '0')).status, 404);
  EXPECT_EQ(served.get("documents/..%2F..%2Fkeys%2Flog.key").status, 400);
  EXPECT_EQ(add(served, "abc").status, 201);
  std::ofstream(served.folder().documents() + "/ba/" + kAbc) << "abd";
  const Response altered = served.get("documents/" + std::string(kAbc));
  EXPECT_EQ(altered.status, 500);
  EXPECT_EQ(json_of(altered).text("reason"), "document");
}

TEST(Documents, TheAuditorReadsAndAddsNone) {
  ServedBook served;
  served.service().auditor_token = "auditor";
  EXPECT_EQ(add(served, "abc").status, 201);
  auto get = ServedBook::request("GET", "/v1/books/test-book/documents/" + std::string(kAbc));
  auto post =
      ServedBook::request("POST", "/v1/books/test-book/documents", "x", std::string(kBytes));
  for (auto* request : {&get, &post}) request->headers["authorization"] = "Bearer auditor";
  EXPECT_EQ(served.ask(get).status, 200);
  EXPECT_EQ(served.ask(post).status, 403);
  get.headers.erase("authorization");
  EXPECT_EQ(served.ask(get).status, 401);
}

// A subject's records and the index root that they are complete by, over HTTP.
TEST(SubjectProof, ShowsAllRecordsUpToTheLastIndexRoot) {
  ServedBook served;
  EXPECT_EQ(served.get("subjects/@anna/proof").status, 404);
  ASSERT_EQ(served.post("commands", ServedBook::client("c-1", "@anna")).status, 201);
  EXPECT_EQ(problem(served.get("subjects/@anna/proof")), "404 no_index_root");
  EXPECT_EQ(served.post("index-roots", "").status, 201);
  const Response proof = served.get("subjects/@anna/proof");
  ASSERT_EQ(proof.status, 200) << proof.body;
  EXPECT_EQ(proof.content_type, kJsonLines);
  const std::string vkey(json_of(served.ask(ServedBook::request("GET", "/v1/books")))
                             .find("books")
                             ->as_array()
                             ->front()
                             .text("verifier_key"));
  const auto key = ledger::parse_verifier_key(vkey).value();
  ledger::completeness::HistoryProofCheck check(
      [&](std::string_view note) { return ledger::open_checkpoint(note, std::span(&key, 1)); });
  std::istringstream lines(proof.body);
  for (std::string line; std::getline(lines, line);) ASSERT_TRUE(check.take(line)) << line;
  const auto proven = check.finish();
  ASSERT_TRUE(proven);
  EXPECT_EQ(proven.value().records, 2u);  // Her registration, and her accounts.
  // The same again comes from what was kept.
  EXPECT_EQ(served.get("subjects/@anna/proof").body, proof.body);
}

}  // namespace
}  // namespace gateway::http
