#include "gateway/spool/spool.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <thread>

#include "core/files.h"
#include "gateway/spool/frame.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::spool {
namespace {

core::Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

class SpoolTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(tests::outcome(Spool::create(path)), "a value");
    open();
  }
  void open() { spool = std::move(Spool::open(path).value()); }
  std::string append(std::string_view text) {
    const auto number = spool->append(bytes(text));
    return number ? std::to_string(number.value()) : tests::outcome(number);
  }
  // "1 one,2 two", or what is wrong with the file.
  std::string content() {
    std::string out;
    const auto read = read_spool(path, [&](Entry entry) -> core::Result<bool> {
      out += (out.empty() ? "" : ",") + std::to_string(entry.number) + " " +
             std::string(core::as_text(entry.payload));
      return true;
    });
    if (!read) return tests::outcome(read);
    return out + (read.value().torn ? " torn" : "");
  }
  std::string raw() { return core::read_file(path).value(); }
  void set_raw(const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    ASSERT_TRUE(file.good());
  }

  tests::TempDir dir;
  std::string path = (dir.path() / "spool").string();
  std::unique_ptr<Spool> spool;
};

TEST_F(SpoolTest, EntriesAreNumberedWithoutGap) {
  EXPECT_EQ(content(), "");
  EXPECT_EQ(append("one"), "1");
  EXPECT_EQ(append(""), "2");
  open();
  EXPECT_EQ(append("three"), "3");
  EXPECT_EQ(content(), "1 one,2 ,3 three");
}

TEST_F(SpoolTest, NothingThatIsThereIsOverwritten) {
  EXPECT_EQ(tests::outcome(Spool::create(path)), "Conflict/exists");
  ASSERT_TRUE(core::remove_file(path).has_value());
  EXPECT_EQ(append("one"), "Unavailable/access_log");
  EXPECT_EQ(content(), "NotFound/access_spool");
}

TEST_F(SpoolTest, WhatWasTakenOutIsGoneAndNumbersGoOn) {
  for (const char* text : {"one", "two", "three"}) append(text);
  ASSERT_EQ(tests::outcome(spool->cut(3)), "a value");
  EXPECT_EQ(content(), "3 three");
  ASSERT_EQ(tests::outcome(spool->cut(4)), "a value");
  EXPECT_EQ(content(), "");
  EXPECT_EQ(append("four"), "4");
  open();
  EXPECT_EQ(append("five"), "5");
  EXPECT_EQ(tests::outcome(spool->cut(99)), "Corrupt/access_spool");
  EXPECT_EQ(content(), "4 four,5 five");
}

// Cut at every byte: the whole entries stay, and the next append goes on behind them.
TEST_F(SpoolTest, ATornTailIsCut) {
  append("one");
  const std::size_t first = raw().size();
  append("two");
  const std::string whole = raw();
  for (std::size_t size = kHeadBytes; size < whole.size(); ++size) {
    set_raw(whole.substr(0, size));
    open();
    EXPECT_EQ(append("new"), size < first ? "1" : "2") << size;
    EXPECT_EQ(content(), size < first ? "1 new" : "1 one,2 new") << size;
  }
  // Zeros behind the end are what a power cut may leave.
  set_raw(whole + std::string(100, '\0'));
  EXPECT_EQ(content(), "1 one,2 two torn");
  open();
  EXPECT_EQ(append("three"), "3");
  EXPECT_EQ(content(), "1 one,2 two,3 three");
}

// Every bit of every byte: told, and nothing is put down.
TEST_F(SpoolTest, AFlippedBitIsFound) {
  append("one");
  append("two");
  const std::string whole = raw();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = whole;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      set_raw(flipped);
      EXPECT_EQ(content(), "Corrupt/access_spool") << i;
    }
    EXPECT_EQ(append("three"), "Corrupt/access_spool") << i;
    const auto other = std::move(Spool::open(path).value());
    EXPECT_EQ(tests::outcome(other->append({})), "Corrupt/access_spool") << i;
  }
}

TEST_F(SpoolTest, AFileThatShrankIsNotWrittenOn) {
  append("one");
  const std::string before = raw();
  append("two");
  // In place: the same file.
  ASSERT_EQ(::truncate(path.c_str(), static_cast<::off_t>(before.size())), 0);
  EXPECT_EQ(append("three"), "Corrupt/access_spool");
  // Mended, it goes on.
  set_raw(before);
  ASSERT_TRUE(core::remove_file(path).has_value());
  ASSERT_TRUE(Spool::create(path, 9).has_value());
  EXPECT_EQ(append("nine"), "9");
}

TEST_F(SpoolTest, TwoProcessesTakeTurns) {
  const auto other = std::move(Spool::open(path).value());
  EXPECT_EQ(append("one"), "1");
  EXPECT_EQ(other->append(bytes("two")).value(), 2u);
  EXPECT_EQ(append("three"), "3");
  ASSERT_EQ(tests::outcome(other->cut(3)), "a value");
  EXPECT_EQ(append("four"), "4");
  EXPECT_EQ(content(), "3 three,4 four");
}

TEST_F(SpoolTest, WhoCannotHaveTheLockIsRefused) {
  const core::Descriptor held(::open((path + ".lock").c_str(), O_RDWR));
  ASSERT_EQ(::flock(held.number(), LOCK_EX), 0);
  EXPECT_EQ(append("one"), "Unavailable/access_log");
  ASSERT_EQ(::flock(held.number(), LOCK_UN), 0);
  EXPECT_EQ(append("one"), "1");
}

TEST_F(SpoolTest, ThreadsAndTwoSpoolsLoseAndDoubleNothing) {
  constexpr int kThreads = 8;
  constexpr int kEach = 50;
  const auto other = std::move(Spool::open(path).value());
  std::mutex mutex;
  std::set<std::uint64_t> numbers;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      Spool& mine = t % 2 == 0 ? *spool : *other;
      for (int i = 0; i < kEach; ++i) {
        const auto number = mine.append(bytes(std::to_string(t) + "/" + std::to_string(i)));
        const std::lock_guard lock(mutex);
        if (number) numbers.insert(number.value());
      }
    });
  }
  // Meanwhile somebody takes out.
  std::vector<std::string> taken;
  std::uint64_t next = 1;
  const auto take = [&] {
    const auto read = read_spool(path, [&](Entry entry) -> core::Result<bool> {
      if (entry.number < next) return true;
      EXPECT_EQ(entry.number, next);
      ++next;
      taken.emplace_back(core::as_text(entry.payload));
      return true;
    });
    EXPECT_EQ(tests::outcome(read), "a value");
    EXPECT_EQ(tests::outcome(spool->cut(next)), "a value");
  };
  for (int i = 0; i < 20; ++i) take();
  for (std::thread& thread : threads) thread.join();
  take();
  EXPECT_EQ(numbers.size(), kThreads * kEach);
  EXPECT_EQ(*numbers.rbegin(), kThreads * kEach);
  std::ranges::sort(taken);
  EXPECT_EQ(taken.size(), kThreads * kEach);
  EXPECT_EQ(std::ranges::adjacent_find(taken), taken.end());
  EXPECT_EQ(content(), "");
}

// docs/formats/access.md; the digests are Python's hashlib's.
TEST_F(SpoolTest, IsWrittenAsTheFormatSays) {
  ASSERT_TRUE(core::remove_file(path).has_value());
  ASSERT_TRUE(Spool::create(path, 7).has_value());
  open();
  ASSERT_EQ(spool->append({0xa0}).value(), 7u);
  EXPECT_EQ(core::to_hex(core::as_bytes(raw())),
            "54414c4c595350310000000000000007"
            "cd9f63c20cbbdbe6a1da5b8fddf9fc7b5592e454eaa038809d61e3c3b41c56d0"
            "54535045000000000000000700000001ba3234c3bdd3590ea0"
            "8c68d342dd6041fa953cb861b0a3e4d972b743bcd41812b767cb84e7e73f9af3");
}

TEST_F(SpoolTest, AnEntryHasASize) {
  EXPECT_EQ(tests::outcome(spool->append(core::Bytes(kEntryBytesMax + 1))),
            "Unavailable/access_log");
  EXPECT_TRUE(spool->append(core::Bytes(kEntryBytesMax)).has_value());
}

}  // namespace
}  // namespace gateway::spool
