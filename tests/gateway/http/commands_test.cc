#include "gateway/http/commands.h"

#include <gtest/gtest.h>

#include "tests/gateway/http/served_book.h"
#include "tests/support/files.h"
#include "tests/support/held_writer.h"

namespace gateway::http {
namespace {

using tests::json_of;
using tests::problem;
using tests::ServedBook;

class Commands : public ::testing::Test {
 protected:
  Response post(const std::string& body) { return served_.post("commands", body); }
  Response post_lines(const std::string& body) {
    return served_.post("commands", body, "application/x-ndjson");
  }
  std::int64_t size() {
    return *json_of(served_.get("records?limit=1")).find("size")->as_integer();
  }

  ServedBook served_;
};

std::int64_t seq_of(const core::json::Value& receipt) { return *receipt.find("seq")->as_integer(); }
bool is_hit(const core::json::Value& receipt) { return *receipt.find("hit")->as_bool(); }

TEST_F(Commands, ANewCommandIsCreatedAndARepeatedOneIsAHit) {
  const std::int64_t before = size();
  const Response created = post(ServedBook::client("r-1", "@anna"));
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(seq_of(json_of(created)), before);
  EXPECT_FALSE(is_hit(json_of(created)));
  const std::int64_t after = size();
  EXPECT_GT(after, before);

  const Response repeated = post(ServedBook::client("r-1", "@anna"));
  EXPECT_EQ(repeated.status, 200);
  EXPECT_TRUE(is_hit(json_of(repeated)));
  EXPECT_EQ(seq_of(json_of(repeated)), before);
  EXPECT_EQ(size(), after);
}

TEST_F(Commands, ARequestIdIsNotUsedForAnotherCommand) {
  EXPECT_EQ(post(ServedBook::client("r-1", "@anna")).status, 201);
  EXPECT_EQ(problem(post(ServedBook::client("r-1", "@ben"))), "409 request_id_reused");
}

TEST_F(Commands, ADryRunSaysWhatWouldBeRecordedAndRecordsNothing) {
  const std::int64_t before = size();
  std::string dry = ServedBook::client("r-1", "@anna");
  dry.insert(1, R"("dry_run":true,)");
  const Response shown = post(dry);
  ASSERT_EQ(shown.status, 200);
  const core::json::Value answer = json_of(shown);
  const core::json::Value* preview = answer.find("preview");
  ASSERT_NE(preview, nullptr);
  const core::json::Array& records = *preview->find("records")->as_array();
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].text("name"), "accounts_opened");
  EXPECT_EQ(records[1].text("name"), "client_registered");
  EXPECT_EQ(records[0].find("seq"), nullptr);
  EXPECT_EQ(size(), before);
  // Neither the name nor the request id was used.
  EXPECT_EQ(problem(served_.get("balances?account=liabilities:cm:client:@anna:wallet")),
            "404 unknown_reference");
  EXPECT_EQ(post(ServedBook::client("r-1", "@ben")).status, 201);
  EXPECT_EQ(size(), before + 3);
}

TEST_F(Commands, ADryRunIsRefusedWhereTheCommandWouldBe) {
  EXPECT_EQ(post(ServedBook::client("r-1", "@anna")).status, 201);
  const std::string overdraft =
      R"({"command":"withdraw","request_id":"r-2","client":"@anna","amount":"1.00","currency":"EUR"})";
  std::string dry = overdraft;
  dry.insert(1, R"("dry_run":true,)");
  EXPECT_EQ(problem(post(dry)), problem(post(overdraft)));
  EXPECT_EQ(problem(post(dry)), "409 law_never_debit");
  const Response lines = post_lines(dry + "\n" + ServedBook::client("r-3", "@ben") + "\n");
  EXPECT_EQ(lines.status, 200);
  EXPECT_NE(lines.body.find("law_never_debit"), std::string::npos);
  EXPECT_NE(lines.body.find("\"receipt\""), std::string::npos);
}

TEST_F(Commands, TheTokensHolderIsTheActor) {
  std::string named = ServedBook::client("r-1", "@anna");
  named.insert(1, R"("actor":"@ops",)");
  const Response created = post(named);
  EXPECT_EQ(created.status, 201);
  std::string other = ServedBook::client("r-2", "@ben");
  other.insert(1, R"("actor":"@mallory",)");
  EXPECT_EQ(problem(post(other)), "400 actor_mismatch");
  const auto record = json_of(served_.get("records/" + std::to_string(seq_of(json_of(created)))));
  EXPECT_EQ(record.find("body")->text("client_id"), "token");
}

TEST_F(Commands, WhatIsNoCommandIsRefused) {
  EXPECT_EQ(problem(post("")), "400 json");
  EXPECT_EQ(problem(post("{} {}")), "400 json");
  EXPECT_EQ(problem(post("7")), "400 wrong_type");
  EXPECT_EQ(problem(post(R"({"command":"fly"})")), "400 unknown_command");
  EXPECT_EQ(problem(post(R"({"command":"register_client"})")), "400 missing_field");
}

TEST_F(Commands, AnArrayIsAnsweredInOrder) {
  const Response response =
      post("[" + ServedBook::client("r-1", "@anna") + ",7," + ServedBook::client("r-1", "@anna") +
           R"(,{"command":"fly"},)" + ServedBook::client("r-2", "@ben") + "]");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "application/json");
  const auto value = json_of(response);
  const core::json::Array& results = *value.as_array();
  ASSERT_EQ(results.size(), 5u);
  EXPECT_FALSE(is_hit(*results[0].find("receipt")));
  EXPECT_EQ(results[1].find("error")->text("reason"), "wrong_type");
  EXPECT_TRUE(is_hit(*results[2].find("receipt")));
  EXPECT_EQ(seq_of(*results[2].find("receipt")), seq_of(*results[0].find("receipt")));
  EXPECT_EQ(results[3].find("error")->text("reason"), "unknown_command");
  EXPECT_GT(seq_of(*results[4].find("receipt")), seq_of(*results[0].find("receipt")));
}

TEST_F(Commands, AListOfOneIsAList) {
  const auto value = json_of(post("[" + ServedBook::client("r-1", "@anna") + "]"));
  ASSERT_NE(value.as_array(), nullptr);
  EXPECT_EQ(value.as_array()->size(), 1u);
  EXPECT_EQ(post("[]").body, "[]");
}

TEST_F(Commands, AMalformedLineRefusesOnlyItself) {
  const Response response =
      post_lines("# a comment\n" + ServedBook::client("r-1", "@anna") + "\r\n\n{\"broken\n\xff\n" +
                 ServedBook::client("r-2", "@ben"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "application/x-ndjson");
  std::istringstream lines(response.body);
  std::vector<core::json::Value> results;
  for (std::string line; std::getline(lines, line);) {
    results.push_back(core::json::parse(line).value());
  }
  ASSERT_EQ(results.size(), 4u);
  EXPECT_NE(results[0].find("receipt"), nullptr);
  EXPECT_EQ(results[1].find("error")->text("reason"), "json");
  EXPECT_EQ(results[2].find("error")->text("reason"), "json");
  EXPECT_NE(results[3].find("receipt"), nullptr);
}

TEST_F(Commands, ARequestHasALimitOfCommands) {
  std::string lines;
  for (std::size_t i = 0; i < kCommandsMax; ++i) lines += "{}\n";
  EXPECT_EQ(post_lines(lines).status, 200);
  EXPECT_EQ(problem(post_lines(lines + "{}")), "413 too_large");
  std::string array = "[0";
  for (std::size_t i = 0; i < kCommandsMax; ++i) array += ",0";
  EXPECT_EQ(problem(post(array + "]")), "413 too_large");
}

TEST_F(Commands, WhileTheQueueIsFullARequestIsToBeSentAgain) {
  tests::HeldWriter held(served_.service().book);
  std::vector<service::Submission> most(service::kClientQueueMax);
  for (service::Submission& one : most) one.client_id = "token";
  const auto queued = served_.service().sequencer.queue(std::move(most));
  const std::string one = ServedBook::client("r-1", "@anna");
  for (const Response& response :
       {post(one), post("[" + one + "]"), post_lines(one + "\n" + one)}) {
    EXPECT_EQ(problem(response), "503 queue_full");
    EXPECT_EQ(tests::header(response, "Retry-After"), "1");
  }
  held.release();
  static_cast<void>(served_.service().sequencer.answers(queued));
  EXPECT_EQ(post(one).status, 201);
}

TEST_F(Commands, NamesAreWrittenBeforeTheCommandAndThoseOfARefusedLineAreNot) {
  post("[" + ServedBook::client("r-1", "@anna") + "," +
       R"({"command":"register_client","request_id":"r-2","client":"@typo","color":"red"}])");
  const auto knows = [this](const char* name) {
    const auto opened = service::open_vault_read_only(served_.folder());
    return opened.value().vault->names().contains(name);
  };
  EXPECT_TRUE(knows("@anna"));
  EXPECT_FALSE(knows("@typo"));
  post(ServedBook::client("r-3", "@ben"));
  EXPECT_TRUE(knows("@ben"));
  EXPECT_FALSE(knows("@typo"));
}

TEST_F(Commands, WhereNamesCannotBeWrittenNothingIsRecorded) {
  const std::int64_t before = size();
  const std::string keys = service::vault_paths(served_.folder()).person_keys();
  std::filesystem::remove(keys);
  std::filesystem::create_directory(keys);
  EXPECT_EQ(problem(post(ServedBook::client("r-1", "@anna"))), "503 io");
  EXPECT_EQ(size(), before);
}

}  // namespace
}  // namespace gateway::http
