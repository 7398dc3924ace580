#include "ledger/published.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "ledger/checkpoint.h"
#include "ledger/note_signatures.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;
using tests::outcome;

// A note of so many records of the example log, whose root is made up.
std::string note_of(std::uint64_t size, std::string_view root = "a") {
  const Checkpoint checkpoint{
      std::string(vectors::kLogName), size,
      core::sha256(core::as_bytes(std::string(root) + std::to_string(size)))};
  return sign_checkpoint(checkpoint, vectors::log_signer()).value();
}

class PublishedTest : public testing::Test {
 protected:
  std::string folder() const { return dir_ / "published"; }
  fs::path history(int number) const {
    return fs::path(folder()) / "history" / ("00000" + std::to_string(number) + ".notes");
  }
  std::unique_ptr<Published> open() { return std::move(Published::open(folder()).value()); }
  void publish(std::initializer_list<std::uint64_t> sizes) {
    const auto published = open();
    for (const std::uint64_t size : sizes) {
      ASSERT_TRUE(published->publish(note_of(size)).has_value()) << size;
    }
  }
  std::string read() const {
    std::string sizes;
    const auto done = read_published(folder(), 1000, [&](const PublishedNote& published) {
      EXPECT_EQ(published.note, note_of(published.size));
      sizes += std::to_string(published.size) + " ";
      return core::ok();
    });
    return sizes + outcome(done);
  }

  tests::TempDir dir_;
};

TEST_F(PublishedTest, WhatWasPublishedIsFoundAgain) {
  EXPECT_FALSE(open()->last().has_value());
  publish({3, 8, 100});
  for (const auto& published : {open(), std::move(Published::open_read_only(folder()).value())}) {
    EXPECT_EQ(published->last(), (PublishedNote{100, note_of(100)}));
    EXPECT_EQ(published->find(8).value()->note, note_of(8));
    EXPECT_EQ(published->find(100).value()->note, note_of(100));
    for (const std::uint64_t size : {0u, 2u, 4u, 99u, 101u}) {
      EXPECT_FALSE(published->find(size).value().has_value()) << size;
    }
  }
  EXPECT_EQ(read(), "3 8 100 a value");
}

TEST_F(PublishedTest, AFolderThatIsNotThereHasNothing) {
  EXPECT_FALSE(Published::open_read_only(folder()).value()->last().has_value());
  EXPECT_FALSE(fs::exists(folder()));
  EXPECT_EQ(read(), "a value");
}

TEST_F(PublishedTest, NothingSmallerOrOtherIsPublished) {
  const auto published = open();
  ASSERT_TRUE(published->publish(note_of(8)).has_value());
  EXPECT_EQ(outcome(published->publish(note_of(7))), "Conflict/published");
  EXPECT_EQ(outcome(published->publish(note_of(8, "b"))), "Conflict/published");
  EXPECT_EQ(outcome(published->publish("8")), "InvalidInput/checkpoint");
  EXPECT_EQ(published->last()->note, note_of(8));
  EXPECT_EQ(read(), "8 a value");
}

TEST_F(PublishedTest, ManyTakeSeveralFiles) {
  // With a signature that takes much room, so that a few fill a file.
  const std::string large = signature_line("stranger", 7, core::Bytes(150'000, 1));
  const auto large_note = [&](std::uint64_t size) { return note_of(size) + large; };
  const std::uint64_t count = 2 * kHistoryBytes / large_note(1).size() + 3;
  const auto published = open();
  for (std::uint64_t i = 1; i <= count; ++i) {
    ASSERT_TRUE(published->publish(large_note(3 * i)).has_value());
  }
  ASSERT_TRUE(fs::exists(history(3)));
  EXPECT_FALSE(fs::exists(history(4)));
  const auto again = open();
  for (std::uint64_t i = 1; i <= count; ++i) {
    EXPECT_EQ(published->find(3 * i).value()->note, large_note(3 * i));
    EXPECT_EQ(again->find(3 * i).value()->note, large_note(3 * i));
    EXPECT_EQ(again->find(3 * i + 1).value(), std::nullopt);
  }
  ASSERT_TRUE(again->publish(large_note(3 * count + 3)).has_value());
  EXPECT_FALSE(fs::exists(history(4)));
}

TEST_F(PublishedTest, WhatACrashLeftBehindTheLastOneIsCut) {
  publish({3, 8});
  const std::string whole = tests::read_file(history(1));
  const std::string frame = encode_published({9, note_of(9)});
  for (const std::size_t bytes : {std::size_t{1}, frame.size() - 1, frame.size()}) {
    tests::write_file(history(1), whole + frame.substr(0, bytes));
    EXPECT_EQ(read(), bytes == frame.size() ? "3 8 9 a value" : "3 8 a value");
    open();
    EXPECT_EQ(tests::read_file(history(1)), whole);
  }
  // The same at the beginning of a file.
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, frame.size()}) {
    tests::write_file(history(2), frame.substr(0, bytes));
    open();
    EXPECT_FALSE(fs::exists(history(2)));
    EXPECT_EQ(tests::read_file(history(1)), whole);
  }
  publish({10});
  EXPECT_EQ(read(), "3 8 10 a value");
}

TEST_F(PublishedTest, AFirstOneThatWasNeverPublishedIsCut) {
  publish({});
  tests::write_file(history(1), encode_published({9, note_of(9)}));
  EXPECT_FALSE(open()->last().has_value());
  EXPECT_FALSE(fs::exists(history(1)));
}

TEST_F(PublishedTest, AHistoryIsNeverThrownAway) {
  publish({3, 8});
  const std::string whole = tests::read_file(history(1));
  fs::remove(folder() + "/checkpoint");
  publish({9});
  EXPECT_EQ(tests::read_file(history(1)), whole);
  EXPECT_EQ(read(), "3 8 9 a value");
}

TEST_F(PublishedTest, WhatCannotBeWrittenIsNotPublished) {
  publish({3});
  const auto published = open();
  // A folder in the place of the file that is written beside.
  fs::create_directory(folder() + "/checkpoint.new");
  EXPECT_EQ(outcome(published->publish(note_of(8))), "Unavailable/io");
  EXPECT_EQ(outcome(published->publish(note_of(8))), "Unavailable/io");
  EXPECT_EQ(published->last()->size, 3u);
  fs::remove(folder() + "/checkpoint.new");
  ASSERT_TRUE(published->publish(note_of(8)).has_value());
  EXPECT_EQ(read(), "3 8 a value");
}

TEST_F(PublishedTest, EveryChangedByteIsFound) {
  publish({3, 8});
  const std::string checkpoint = tests::read_file(folder() + "/checkpoint");
  for (std::size_t i = 0; i < checkpoint.size(); ++i) {
    tests::write_file(folder() + "/checkpoint", tests::flipped(checkpoint, i));
    EXPECT_NE(read().find("Corrupt/published"), std::string::npos) << i;
  }
  tests::write_file(folder() + "/checkpoint", checkpoint);
  const std::string whole = tests::read_file(history(1));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    tests::write_file(history(1), tests::flipped(whole, i));
    EXPECT_NE(read().find("Corrupt/published"), std::string::npos) << i;
  }
  // It is left for people to look at, and what is published from then on stands in another file.
  const auto published = open();
  EXPECT_EQ(tests::read_file(history(1)), tests::flipped(whole, whole.size() - 1));
  ASSERT_TRUE(published->publish(note_of(12)).has_value());
  EXPECT_EQ(published->last()->size, 12u);
  EXPECT_EQ(tests::read_file(history(2)), encode_published({12, note_of(12)}));
}

TEST_F(PublishedTest, ALastOneThatCannotBeReadIsRefused) {
  publish({3});
  tests::write_file(folder() + "/checkpoint", "three");
  EXPECT_EQ(outcome(Published::open(folder())), "Corrupt/published");
}

TEST(PublishedFrame, IsWhatTheFormatSays) {
  const std::string frame = encode_published({258, "ab"});
  EXPECT_EQ(core::to_hex(core::as_bytes(frame.substr(0, 14))), "0000000000000102000000026162");
  EXPECT_EQ(core::as_bytes(frame.substr(14)).size(), 32u);
  std::string_view rest = frame;
  EXPECT_EQ(take_published(rest).value(), (PublishedNote{258, "ab"}));
  EXPECT_EQ(take_published(rest).value(), std::nullopt);
}

}  // namespace
}  // namespace ledger
