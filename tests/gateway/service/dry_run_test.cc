#include <gtest/gtest.h>

#include "core/check.h"
#include "core/json.h"
#include "gateway/service/book.h"
#include "gateway/service/init.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::service {
namespace {

class DryRun : public testing::Test {
 protected:
  void SetUp() override {
    InitOptions options;
    options.folder = {dir.path().string()};
    options.origin = "ledger.example/test-book";
    options.simulated_seed = "dry-run";
    ASSERT_TRUE(init_book(options, clock).has_value());
    book = std::move(Book::open(options.folder, clock).value());
  }

  // Registers this client under the request id "r-1", or only says what that would record.
  ReceiptResult submit(const std::string& client, bool dry_run) {
    const auto line = core::json::parse(
        R"({"command":"register_client","actor":"@ops","client":"@)" + client +
        R"(","category":"retail","residence":"CY","request_id":"r-1","dry_run":)" +
        (dry_run ? "true" : "false") + "}");
    Submission submission;
    CHECK(book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
      TRY(submission, read_submission(line.value(), {}, store, ""));
      return core::ok();
    }));
    return book->execute({&submission, 1}).front();
  }

  std::uint64_t size() {
    std::uint64_t size = 0;
    CHECK(book->read([&](const BookView& view) {
      size = view.size;
      return core::ok();
    }));
    return size;
  }

  tests::TempDir dir;
  core::SystemClock clock;  // Never read: a simulated book goes by its own time.
  std::unique_ptr<Book> book;
};

TEST_F(DryRun, RecordsNothingAndLeavesTheRequestIdFree) {
  const std::uint64_t before = size();
  const auto answer = submit("anna", /*dry_run=*/true);
  ASSERT_EQ(tests::outcome(answer), "a value");
  ASSERT_TRUE(answer.value().preview.has_value());
  EXPECT_FALSE(answer.value().preview->find("records")->as_array()->empty());
  EXPECT_EQ(size(), before);

  const auto recorded = submit("anna", /*dry_run=*/false);
  ASSERT_EQ(tests::outcome(recorded), "a value");
  EXPECT_FALSE(recorded.value().hit);
  EXPECT_EQ(recorded.value().first_seq, before);
}

TEST_F(DryRun, OfACommandThatIsRecordedGivesItsReceipt) {
  const auto recorded = submit("anna", /*dry_run=*/false);
  ASSERT_EQ(tests::outcome(recorded), "a value");
  const auto answer = submit("anna", /*dry_run=*/true);
  ASSERT_EQ(tests::outcome(answer), "a value");
  EXPECT_FALSE(answer.value().preview.has_value());
  EXPECT_TRUE(answer.value().hit);
  EXPECT_EQ(answer.value().first_seq, recorded.value().first_seq);
}

TEST_F(DryRun, OfAnotherCommandWithAUsedRequestIdIsRefusedAsTheCommandWouldBe) {
  ASSERT_EQ(tests::outcome(submit("anna", /*dry_run=*/false)), "a value");
  EXPECT_EQ(tests::outcome(submit("ben", /*dry_run=*/true)), "Conflict/request_id_reused");
}

}  // namespace
}  // namespace gateway::service
