#include "gateway/service/publisher.h"

#include <gtest/gtest.h>

#include "core/json.h"
#include "gateway/service/init.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::service {
namespace {

using tests::outcome;

class PublisherTest : public testing::Test {
 protected:
  void SetUp() override {
    InitOptions options;
    options.folder = folder();
    options.origin = "ledger.example/test-book";
    options.simulated_seed = "publisher";
    ASSERT_TRUE(init_book(options, clock).has_value());
    book = std::move(Book::open(options.folder, clock).value());
  }
  Folder folder() const { return {dir.path().string()}; }

  void add_client() {
    std::vector<Submission> one;
    ASSERT_TRUE(book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
      const std::string name = "c-" + std::to_string(++clients);
      TRY(const auto value,
          core::json::parse(R"({"command":"register_client","actor":"@ops","client":"@)" + name +
                            R"(","category":"retail","residence":"CY"})"));
      TRY(auto submission, read_submission(value, {}, store, name));
      one.push_back(std::move(submission));
      return store.save();
    }));
    ASSERT_EQ(outcome(book->execute(one).front()), "a value");
  }
  // The last signed note, and the last published one.
  ledger::PublishedNote signed_note() {
    ledger::PublishedNote out;
    EXPECT_TRUE(book->read([&](const BookView& view) -> core::Result<> {
      out = {view.size, view.checkpoint};
      return core::ok();
    }));
    return out;
  }
  std::optional<ledger::PublishedNote> published() {
    std::optional<ledger::PublishedNote> out;
    EXPECT_TRUE(book->read([&](const BookView& view) -> core::Result<> {
      out = view.published.last();
      return core::ok();
    }));
    return out;
  }

  tests::TempDir dir;
  core::SystemClock clock;  // Never read: a simulated book goes by its lines' `at`.
  std::unique_ptr<Book> book;
  int clients = 0;
};

TEST_F(PublisherTest, PublishesWhatIsNew) {
  Publisher publisher(*book, {});
  EXPECT_FALSE(published().has_value());
  ASSERT_TRUE(publisher.publish().has_value());
  EXPECT_EQ(published(), signed_note());
  add_client();
  add_client();
  EXPECT_NE(published(), signed_note());
  ASSERT_TRUE(publisher.publish().has_value());
  EXPECT_EQ(published(), signed_note());
}

TEST_F(PublisherTest, WhatWasPublishedOutlivesTheProcess) {
  ASSERT_TRUE(Publisher(*book, {}).publish().has_value());
  const auto before = published();
  add_client();
  book.reset();
  book = std::move(Book::open(folder(), clock).value());
  EXPECT_EQ(published(), before);
  const auto reader = ReadOnlyBook::open(folder());
  ASSERT_TRUE(reader.value()->read([&](const BookView& view) -> core::Result<> {
    EXPECT_EQ(view.last_published(), before);
    EXPECT_GT(view.size, before->size);
    return core::ok();
  }));
}

TEST_F(PublisherTest, WhatIsPreparedIsPublished) {
  Publisher::Options options;
  int asked = 0;
  options.prepare = [&](const ledger::PublishedNote& note) -> core::Result<std::string> {
    ++asked;
    return note.note + "\xe2\x80\x94 witness AAAAAAE=\n";
  };
  Publisher publisher(*book, options);
  ASSERT_TRUE(publisher.publish().has_value());
  EXPECT_EQ(published()->note, signed_note().note + "\xe2\x80\x94 witness AAAAAAE=\n");
  ASSERT_TRUE(publisher.publish().has_value());
  EXPECT_EQ(asked, 1);
}

TEST_F(PublisherTest, WhatCannotBePreparedIsNotPublishedAndNothingIsLost) {
  ASSERT_TRUE(Publisher(*book, {}).publish().has_value());
  const auto before = published();
  Publisher::Options options;
  options.prepare = [&](const ledger::PublishedNote&) -> core::Result<std::string> {
    return core::unavailable("quorum", "", "Nobody is there.");
  };
  Publisher publisher(*book, options);
  add_client();
  EXPECT_EQ(outcome(publisher.publish()), "Unavailable/quorum");
  EXPECT_EQ(published(), before);
  add_client();  // The writer does not mind.
  EXPECT_GT(signed_note().size, before->size);
}

TEST_F(PublisherTest, ANoteThatNoLongerSufficesIsPublishedAgain) {
  ASSERT_TRUE(Publisher(*book, {}).publish().has_value());
  Publisher::Options options;
  options.prepare = [](const ledger::PublishedNote& note) -> core::Result<std::string> {
    return note.note + "\xe2\x80\x94 witness AAAAAAE=\n";
  };
  options.suffices = [](const std::string& note) { return note.find("witness") != note.npos; };
  Publisher publisher(*book, options);
  ASSERT_TRUE(publisher.publish().has_value());
  EXPECT_NE(published()->note.find("witness"), std::string::npos);
  EXPECT_EQ(published()->size, signed_note().size);
}

TEST_F(PublisherTest, FailuresAreToldOnceAndTheirEndToo) {
  std::string told;
  bool down = true;
  Publisher::Options options;
  options.prepare = [&](const ledger::PublishedNote& note) -> core::Result<std::string> {
    if (down) return core::unavailable("quorum", "", "Nobody is there.");
    return note.note;
  };
  options.failed = [&](const core::Error& error) { told += error.reason + "; "; };
  options.recovered = [&](std::uint64_t size) { told += std::to_string(size) + "; "; };
  Publisher publisher(*book, options);
  publisher.publish_and_tell();
  publisher.publish_and_tell();
  EXPECT_EQ(told, "quorum; ");
  down = false;
  publisher.publish_and_tell();
  publisher.publish_and_tell();
  EXPECT_EQ(told, "quorum; " + std::to_string(signed_note().size) + "; ");
}

TEST_F(PublisherTest, PublishesWhenItStarts) {
  Publisher publisher(*book, {});
  publisher.start();
  EXPECT_EQ(published(), signed_note());
}

}  // namespace
}  // namespace gateway::service
