#include "gateway/service/retention.h"

#include <gtest/gtest.h>

#include "gateway/service/init.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::service {
namespace {

using core::json::Value;

// A simulated book: its time passes by the commands.
class RetentionTest : public testing::Test {
 protected:
  void SetUp() override { open("cysec"); }

  void open(const std::string& profile) {
    InitOptions options;
    options.folder = {dir.path().string() + "/" + profile};
    options.origin = "ledger.example/test-book";
    options.profile = profile;
    options.time_zone = "Asia/Nicosia";
    options.simulated_seed = "retention";
    ASSERT_EQ(tests::outcome(init_book(options, clock)), "a value");
    book = std::move(Book::open(options.folder, clock).value());
  }
  std::string submit(const std::string& members) {
    std::vector<Submission> one;
    const auto read = book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
      TRY(const auto value, core::json::parse(R"({"actor":"@ops",)" + members + "}"));
      TRY(auto submission, read_submission(value, {}, store, "r-" + std::to_string(++requests)));
      one.push_back(std::move(submission));
      return store.save();
    });
    if (!read) return tests::outcome(read);
    return tests::outcome(book->execute(one).front());
  }
  void add_client(const std::string& at, const std::string& name = "@anna") {
    ASSERT_EQ(submit(R"("command":"register_client","at":")" + at + R"(","client":")" + name +
                     R"(","category":"retail","residence":"CY")"),
              "a value");
  }
  std::string end(const std::string& at) {
    return submit(R"("command":"end_relationship","approver":"@chief","at":")" + at +
                  R"(","party":"@anna")");
  }
  std::string place_hold(const std::string& hold, const std::string& subject) {
    const std::string on = subject.empty() ? "" : R"(,"subject":")" + subject + "\"";
    return submit(R"("command":"place_hold","approver":"@chief","hold":")" + hold + "\"" + on +
                  R"(,"basis":"litigation","document":")" + std::string(64, 'a') + "\"");
  }
  ledger::SubjectId anna() { return book->find_reference("@anna").value(); }
  ErasureStanding on(const std::string& day) {
    const auto moment = moment_of_day(*book, clock, day);
    CHECK(moment);
    const auto standing = erasure_standing(*book, anna(), moment.value());
    CHECK(standing);
    return standing.value();
  }
  std::string earliest(const std::string& day) {
    const auto standing = on(day);
    return standing.earliest ? core::to_string(*standing.earliest) : "none";
  }

  tests::TempDir dir;
  core::SystemClock clock;
  std::unique_ptr<Book> book;
  int requests = 0;
};

TEST_F(RetentionTest, NothingIsOverWhileTheRelationshipLasts) {
  add_client("2020-01-05T08:00:00Z");
  const auto standing = on("2090-01-01");
  EXPECT_FALSE(standing.allowed);
  EXPECT_FALSE(standing.earliest);
  EXPECT_EQ(tests::outcome(check_erasure(standing)), "Conflict/under_retention");
}

TEST_F(RetentionTest, FiveYearsAfterALeapDayEndOnTheFirstOfMarch) {
  add_client("2020-01-05T08:00:00Z");
  ASSERT_EQ(end("2024-02-29T12:00:00Z"), "a value");
  EXPECT_EQ(earliest("2026-01-01"), "2029-03-01");
  EXPECT_FALSE(on("2029-02-28").allowed);
  EXPECT_TRUE(on("2029-03-01").allowed);
  EXPECT_EQ(tests::outcome(check_erasure(on("2029-03-01"))), "a value");
}

TEST_F(RetentionTest, TheDayIsThatOfTheBooksZone) {
  add_client("2020-01-05T08:00:00Z");
  // 22:30 UTC on 31 March is 1 April in Nicosia.
  ASSERT_EQ(end("2024-03-31T22:30:00Z"), "a value");
  EXPECT_EQ(earliest("2026-01-01"), "2029-04-02");
}

TEST_F(RetentionTest, BusinessAfterTheEndTakesItBack) {
  add_client("2020-01-05T08:00:00Z");
  ASSERT_EQ(submit(R"("command":"register_bank","bank":"@bank","ring":"client_money")"), "a value");
  ASSERT_EQ(end("2021-01-05T08:00:00Z"), "a value");
  EXPECT_TRUE(on("2030-01-01").allowed);
  ASSERT_EQ(submit(R"("command":"deposit","at":"2022-01-05T08:00:00Z","client":"@anna",
      "bank":"@bank","amount":"1.00","currency":"EUR")"),
            "a value");
  EXPECT_FALSE(on("2090-01-01").allowed);
  ASSERT_EQ(end("2022-02-01T08:00:00Z"), "a value");
  // Money: six years from the end of 2022 are longer than five from the end of the relationship.
  EXPECT_EQ(earliest("2026-01-01"), "2029-01-01");
}

TEST_F(RetentionTest, AHoldKeepsWhatTheRulesWouldLetGo) {
  add_client("2010-01-05T08:00:00Z");
  ASSERT_EQ(end("2011-01-05T08:00:00Z"), "a value");
  EXPECT_TRUE(on("2026-01-01").allowed);
  ASSERT_EQ(place_hold("@h1", "@anna"), "a value");
  ASSERT_EQ(place_hold("@h2", ""), "a value");
  const auto held = on("2026-01-01");
  EXPECT_FALSE(held.allowed);
  EXPECT_EQ(held.holds.size(), 2u);
  const auto refused = check_erasure(held);
  EXPECT_EQ(tests::outcome(refused), "Conflict/under_hold");
  EXPECT_NE(refused.error().detail.find("Earliest date: 2017-01-01."), std::string::npos);
  for (const std::string hold : {"@h1", "@h2"}) {
    EXPECT_FALSE(on("2026-01-01").allowed);
    ASSERT_EQ(submit(R"("command":"release_hold","approver":"@chief","hold":")" + hold + "\""),
              "a value");
  }
  EXPECT_TRUE(on("2026-01-01").allowed);  // Holds of before start no period of their own.
}

TEST_F(RetentionTest, HoldsNeedTwoPeople) {
  add_client("2020-01-05T08:00:00Z");
  EXPECT_EQ(submit(R"("command":"place_hold","hold":"@h","basis":"other","document":")" +
                   std::string(64, 'a') + "\""),
            "InvalidInput/missing_field");
  EXPECT_EQ(submit(R"("command":"place_hold","approver":"@ops","hold":"@h","basis":"other",
      "document":")" +
                   std::string(64, 'a') + "\""),
            "InvalidInput/same_person");
}

TEST_F(RetentionTest, TheFirmMayKeepLonger) {
  add_client("2010-01-05T08:00:00Z");
  ASSERT_EQ(end("2011-01-05T08:00:00Z"), "a value");
  ASSERT_EQ(submit(R"("command":"extend_retention","approver":"@chief","record_class":"identity",
      "years":30,"counted_from":"record")"),
            "a value");
  EXPECT_EQ(earliest("2026-01-01"), "2040-01-06");
  EXPECT_EQ(earliest("2011-01-05"), "2040-01-06");  // From the day on which it was recorded,
  EXPECT_EQ(earliest("2011-01-04"), "2017-01-01");  // and not before.
}

TEST_F(RetentionTest, AustraliaAsksForSevenYears) {
  open("asic");
  add_client("2020-01-05T08:00:00Z");
  ASSERT_EQ(end("2021-06-30T01:00:00Z"), "a value");
  EXPECT_EQ(earliest("2026-01-01"), "2028-07-01");
}

// Its first record is found behind many others, piece by piece.
TEST_F(RetentionTest, ALongHistoryIsReadBackToItsFirstRecord) {
  add_client("2020-01-05T08:00:00Z");
  ASSERT_EQ(submit(R"("command":"register_bank","bank":"@bank","ring":"client_money")"), "a value");
  std::vector<Submission> deposits;
  const auto read = book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    TRY(const auto value, core::json::parse(R"({"actor":"@ops","command":"deposit",
        "client":"@anna","bank":"@bank","amount":"1.00","currency":"EUR"})"));
    for (int i = 0; i < 1500; ++i) {
      TRY(auto submission, read_submission(value, {}, store, "d-" + std::to_string(i)));
      deposits.push_back(std::move(submission));
    }
    return store.save();
  });
  ASSERT_EQ(tests::outcome(read), "a value");
  for (const auto& answer : book->execute(deposits)) ASSERT_EQ(tests::outcome(answer), "a value");
  const auto standing = on("2026-01-01");
  ASSERT_EQ(standing.standing.classes.size(), 2u);
  EXPECT_EQ(standing.standing.classes[0].record_class, engine::RecordClass::Identity);
  EXPECT_LT(standing.standing.classes[0].last.seq, 10u);
  EXPECT_GT(standing.standing.classes[1].last.seq, 2000u);
}

TEST_F(RetentionTest, QuestionsNameTheRulesAndTellTheUnknownApart) {
  add_client("2020-01-05T08:00:00Z");
  ASSERT_EQ(place_hold("@h1", "@anna"), "a value");
  const auto all = query_retention(*book, core::parse_instant("2026-01-01T00:00:00Z").value());
  ASSERT_EQ(tests::outcome(all), "a value");
  EXPECT_GE(all.value().find("rules")->as_array()->size(), 5u);
  EXPECT_EQ(all.value().find("holds")->as_array()->size(), 1u);
  const auto now = core::parse_instant("2026-01-01T00:00:00Z").value();
  EXPECT_EQ(tests::outcome(query_subject_retention(*book, ledger::SubjectId{9}, now)),
            "NotFound/unknown_subject");
  const auto one = query_subject_retention(*book, anna(), now);
  ASSERT_EQ(tests::outcome(one), "a value");
  EXPECT_EQ(one.value().text("on"), "2026-01-01");
  EXPECT_EQ(*one.value().find("erasure")->find("allowed"), Value(false));
  // A subject without records is kept by holds alone.
  const auto nobody = erasure_standing(*book, ledger::SubjectId{9}, now);
  ASSERT_EQ(tests::outcome(nobody), "a value");
  EXPECT_TRUE(nobody.value().allowed);
}

TEST_F(RetentionTest, AnOpenedBookKnowsTheHoldsOfBefore) {
  add_client("2020-01-05T08:00:00Z");
  ASSERT_EQ(place_hold("@h1", "@anna"), "a value");
  const Folder folder = book->folder();
  book.reset();  // Saves a snapshot.
  book = std::move(Book::open(folder, clock).value());
  EXPECT_EQ(on("2026-01-01").holds.size(), 1u);
}

}  // namespace
}  // namespace gateway::service
