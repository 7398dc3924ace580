#include "engine/access/decide.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"

namespace engine::access {
namespace {

using tests::client_id;
using tests::outcome;

class AccessCommands : public testing::Test {
 protected:
  AccessCommands() : book([](State&, const ledger::RecordView&) { return core::ok(); }) {
    book.state.genesis.origin = "ledger.example/b/access";
  }
  RecordRead read_of(std::size_t subjects, bool bulk) {
    RecordRead command;
    command.reading.bulk = bulk;
    for (std::size_t i = 0; i < subjects; ++i) command.shown.push_back(client_id(i + 1));
    return command;
  }
  tests::EngineBook book;
};

TEST_F(AccessCommands, AReadingIsARecordOfWhomItShowed) {
  const auto drafts = decide(book.context(), read_of(2, false));
  ASSERT_EQ(outcome(drafts), "a value");
  EXPECT_EQ(drafts.value().front().subjects, (std::vector{client_id(1).bytes, client_id(2).bytes}));
  const auto bulk = decide(book.context(), read_of(1, true));
  EXPECT_EQ(bulk.value().front().subjects, (std::vector{client_id(1).bytes, bulk_subject()}));
}

TEST_F(AccessCommands, ItNamesNoMoreThanARecordCan) {
  EXPECT_EQ(outcome(decide(book.context(), read_of(16, false))), "a value");
  EXPECT_EQ(outcome(decide(book.context(), read_of(17, false))), "InvalidInput/too_long");
  EXPECT_EQ(outcome(decide(book.context(), read_of(15, true))), "a value");
  EXPECT_EQ(outcome(decide(book.context(), read_of(16, true))), "InvalidInput/too_long");
}

TEST_F(AccessCommands, ReadingsStandInALogOfReadsAlone) {
  book.state.genesis.origin = "ledger.example/b";
  EXPECT_EQ(outcome(decide(book.context(), read_of(1, false))), "Conflict/not_access_log");
}

TEST_F(AccessCommands, AnAnchorIsOfTheBooksOwnLog) {
  book.state.genesis.origin = "ledger.example/b";
  AnchorAccess command{"ledger.example/b/access", 7, {}, {}};
  EXPECT_EQ(outcome(decide(book.context(), command)), "a value");
  command.size = 0;
  EXPECT_EQ(outcome(decide(book.context(), command)), "InvalidInput/access_anchor");
  command = {"ledger.example/b/access-2", 7, {}, {}};
  EXPECT_EQ(outcome(decide(book.context(), command)), "a value");
  command = {"ledger.example/other/access", 7, {}, {}};
  EXPECT_EQ(outcome(decide(book.context(), command)), "InvalidInput/access_anchor");
}

TEST(Origins, AreTheBooksWithANumberFromTheSecondOn) {
  EXPECT_TRUE(is_log_of("x/b/access", "x/b"));
  EXPECT_TRUE(is_log_of("x/b/access-2", "x/b"));
  EXPECT_TRUE(is_log_of("x/b/access-10", "x/b"));
  for (const char* other : {"x/b", "x/b/access-", "x/b/access-1", "x/b/access-02", "x/b/access-x",
                            "x/b/accesses", "x/c/access", "x/b/access-2000000", ""}) {
    EXPECT_FALSE(is_log_of(other, "x/b")) << other;
  }
  EXPECT_EQ(next_log_origin("x/b", ""), "x/b/access");
  EXPECT_EQ(next_log_origin("x/b", "x/b/access"), "x/b/access-2");
  EXPECT_EQ(next_log_origin("x/b", "x/b/access-9"), "x/b/access-10");
}

}  // namespace
}  // namespace engine::access
