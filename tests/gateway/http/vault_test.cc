#include "gateway/http/vault.h"

#include <gtest/gtest.h>

#include "tests/gateway/http/served_book.h"

namespace gateway::http {
namespace {

using tests::json_of;
using tests::problem;
using tests::ServedBook;

constexpr const char* kJsonBody = "application/json";
constexpr const char* kAnna = "vault/persons/@anna";

class VaultOverHttp : public testing::Test {
 protected:
  VaultOverHttp() {
    served.service().audit = [this](const service::ReadOf& read) -> core::Result<> {
      if (is_full) return core::unavailable("io", "", "No space.");
      reads.push_back(read.what);
      return core::ok();
    };
  }
  Response import(const std::string& body = R"({"fields":{"name":"Anna Papadopoulou"}})") {
    return served.post(kAnna, body, kJsonBody);
  }
  Response erase(const std::string& body) {
    return served.post(std::string(kAnna) + "/erasure", body, kJsonBody);
  }

  ServedBook served;
  std::vector<std::string> reads;
  bool is_full = false;
};

TEST_F(VaultOverHttp, PersonalDataIsTakenOnceAndShownWithANote) {
  EXPECT_EQ(import().status, 201);
  EXPECT_EQ(import().status, 200);
  const Response shown = served.get(kAnna);
  EXPECT_EQ(shown.status, 200);
  EXPECT_NE(shown.body.find("Anna Papadopoulou"), std::string::npos);
  EXPECT_EQ(tests::header(shown, "Cache-Control"), "no-store");
  const Response given = served.get(std::string(kAnna) + "/export");
  EXPECT_EQ(json_of(given).find("fields")->as_array()->size(), 1u);
  EXPECT_EQ(reads, (std::vector<std::string>{"view", "export"}));
}

TEST_F(VaultOverHttp, NothingIsShownThatCannotBeNoted) {
  EXPECT_EQ(import().status, 201);
  is_full = true;
  EXPECT_EQ(problem(served.get(kAnna)), "503 io");
  EXPECT_EQ(problem(served.get(std::string(kAnna) + "/export")), "503 io");
}

TEST_F(VaultOverHttp, WhoMayOnlyReadTheBookSeesNobody) {
  EXPECT_EQ(import().status, 201);
  served.service().auditor_token = "auditor";
  for (const std::string path : {"", "/export"}) {
    auto request = ServedBook::request("GET", "/v1/books/test-book/" + std::string(kAnna) + path);
    request.headers["authorization"] = "Bearer auditor";
    EXPECT_EQ(served.ask(request).status, 403) << path;
  }
  auto status = ServedBook::request("GET", "/v1/books/test-book/vault");
  status.headers["authorization"] = "Bearer auditor";
  EXPECT_EQ(served.ask(status).status, 200);
  EXPECT_TRUE(reads.empty());
}

TEST_F(VaultOverHttp, BadBodiesAreRefused) {
  EXPECT_EQ(problem(import("[]")), "400 wrong_type");
  EXPECT_EQ(problem(import(R"({"fields":{}})")), "400 missing_field");
  EXPECT_EQ(problem(import(R"({"person":"@ben","fields":{"name":"x"}})")), "400 unknown_field");
  EXPECT_EQ(problem(served.post("vault/persons/anna", R"({"fields":{"name":"x"}})", kJsonBody)),
            "400 id");
  EXPECT_EQ(problem(served.get("vault/persons/@nobody")), "404 unknown_reference");
  EXPECT_EQ(problem(served.get("vault/persons/" + std::string(32, '0'))), "404 nothing_held");
}

TEST_F(VaultOverHttp, AnErasureNeedsASecondPersonWhomTheBookKnows) {
  EXPECT_EQ(import().status, 201);
  served.post("commands", ServedBook::client("r-9", "@chief"), kJsonBody);
  const Response dry = erase(R"({"dry_run":true})");
  EXPECT_EQ(dry.status, 200);
  EXPECT_EQ(*json_of(dry).find("fields")->as_integer(), 1);
  EXPECT_EQ(problem(erase("{}")), "400 missing_field");
  EXPECT_EQ(problem(erase(R"({"approver":"@ops"})")), "400 same_person");
  EXPECT_EQ(problem(erase(R"({"approver":"@stranger"})")), "404 unknown_reference");
  const Response done = erase(R"({"approver":"@chief"})");
  EXPECT_EQ(done.status, 201);
  EXPECT_EQ(problem(served.get(kAnna)), "404 unknown_reference");
}

TEST_F(VaultOverHttp, AnErasureIsPreparedForTwoPeopleAndADryRunIsOne) {
  EXPECT_EQ(import().status, 201);
  served.post("commands", ServedBook::client("r-7", "@chief"), kJsonBody);
  EXPECT_EQ(problem(erase(R"({"prepare":true})")), "400 missing_field");
  EXPECT_EQ(problem(erase(R"({"prepare":true,"dry_run":true})")), "400 unused_field");
  EXPECT_EQ(problem(erase(R"({"dry_run":true,"signed":{}})")), "400 id");
  EXPECT_EQ(problem(erase(R"({"signed":{},"nothing":1})")), "400 unknown_field");
  const Response line = erase(R"({"prepare":true,"approver":"@chief"})");
  ASSERT_EQ(line.status, 200);
  EXPECT_EQ(json_of(line).text("command"), "erase_personal_data");
  const std::string anna(json_of(served.get(kAnna)).text("person"));
  ASSERT_EQ(anna.size(), 32u);
  EXPECT_EQ(line.body.find(anna), std::string::npos);
  const Response dry = erase(R"({"dry_run":true,"signed":)" + line.body + "}");
  EXPECT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(served.get(kAnna).status, 200);
}

TEST_F(VaultOverHttp, RetentionIsAsked) {
  EXPECT_EQ(import().status, 201);
  served.post("commands", ServedBook::client("r-8", "@anna"), kJsonBody);
  EXPECT_EQ(problem(erase(R"({"dry_run":true})")), "409 under_retention");
}

TEST_F(VaultOverHttp, ADocumentAboutAPersonGoesWithHim) {
  EXPECT_EQ(import().status, 201);
  served.post("commands", ServedBook::client("r-9", "@chief"), kJsonBody);
  const Response added =
      served.post("documents?person=@anna", "her passport", "application/octet-stream");
  ASSERT_EQ(added.status, 201);
  const std::string path = "documents/" + std::string(json_of(added).text("digest"));
  EXPECT_EQ(served.get(path).body, "her passport");
  EXPECT_EQ(reads.size(), 1u);
  served.service().auditor_token = "auditor";
  auto request = ServedBook::request("GET", "/v1/books/test-book/" + path);
  request.headers["authorization"] = "Bearer auditor";
  EXPECT_EQ(served.ask(request).status, 403);
  EXPECT_EQ(erase(R"({"approver":"@chief"})").status, 201);
  EXPECT_EQ(problem(served.get(path)), "410 document_erased");
  EXPECT_EQ(problem(served.post("documents?person=@nobody", "x", "application/octet-stream")),
            "404 unknown_reference");
}

}  // namespace
}  // namespace gateway::http
