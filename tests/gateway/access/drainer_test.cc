#include "gateway/access/drainer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "core/files.h"
#include "gateway/access/anchors.h"
#include "gateway/service/verify_book.h"
#include "tests/gateway/access/reading_book.h"

namespace gateway::access {
namespace {

using tests::ReadingBook;
using Queries = std::vector<std::string>;
namespace fs = std::filesystem;

std::string drain(ReadingBook& book) {
  const auto done = book.reads->drain();
  return done ? "done" : tests::outcome(done);
}

TEST(Drain, RecordsWhatWaitsInOrderAndTakesItOut) {
  ReadingBook book;
  for (const char* query : {"a=1", "a=2", "a=3"}) book.put_down({"history", query});
  EXPECT_EQ(book.queries({}, "waiting"), (Queries{"a=1", "a=2", "a=3"}));
  EXPECT_EQ(drain(book), "done");
  EXPECT_EQ(book.queries({}), (Queries{"a=3", "a=2", "a=1"}));
  EXPECT_EQ(book.queries({}, "waiting"), Queries{});
  EXPECT_EQ(drain(book), "done");
  EXPECT_EQ(book.queries({}).size(), 3u);
}

// As if the process was killed after recording and before taking out: the spool of before is back.
TEST(Drain, WhatIsDrainedTwiceIsRecordedOnce) {
  ReadingBook book;
  for (const char* query : {"a=1", "a=2"}) book.put_down({"history", query});
  const std::string spooled = core::read_file(book.folder().access_spool()).value();
  EXPECT_EQ(drain(book), "done");
  book.reads.reset();
  ASSERT_TRUE(core::write_file(book.folder().access_spool(), spooled).has_value());
  book.open_log();
  EXPECT_EQ(book.queries({}, "waiting"), Queries{});  // Recorded already.
  book.put_down({"history", "a=3"});
  EXPECT_EQ(drain(book), "done");
  EXPECT_EQ(book.queries({}), (Queries{"a=3", "a=2", "a=1"}));
}

TEST(Drain, GoesOnAfterTheLogWasOpenedAnew) {
  ReadingBook book;
  book.put_down({"history", "a=1"});
  EXPECT_EQ(drain(book), "done");
  book.open_log();
  book.put_down({"history", "a=2"});
  EXPECT_EQ(drain(book), "done");
  EXPECT_EQ(book.queries({}), (Queries{"a=2", "a=1"}));
}

TEST(Drain, TakesManyInPieces) {
  ReadingBook book;
  for (int i = 0; i < 1100; ++i) {
    ASSERT_EQ(book.put_down({"history", "i=" + std::to_string(i)}), "done");
  }
  EXPECT_EQ(drain(book), "done");
  EXPECT_EQ(*book.ask({}).find("reads")->as_array()->front().find("number"),
            core::json::Value(1100));
  // Page by page, each once.
  Queries all;
  std::string before;
  do {
    AccessRequest request;
    request.limit = "300";
    request.before = before;
    const auto page = book.ask(request);
    for (const auto& one : *page.find("reads")->as_array()) all.emplace_back(one.text("query"));
    const auto* next = page.find("next");
    before = next == nullptr ? "" : std::to_string(*next->as_integer());
  } while (!before.empty());
  EXPECT_EQ(all.size(), 1100u);
  EXPECT_EQ(all.front(), "i=1099");
  EXPECT_EQ(all.back(), "i=0");
}

TEST(Drain, WhatIsNoReadingStops) {
  ReadingBook book;
  ASSERT_TRUE(book.log->spool().append({0xa0, 0xa0}).has_value());
  EXPECT_EQ(drain(book), "Corrupt/access_entry");
}

TEST(Drainer, DrainsWhileReadingsComeAndWorksWhileTheMainBookIsStopped) {
  ReadingBook book;
  // Nothing but the view of the main book is needed: it may be read-only, or gone from the disk.
  fs::remove_all(book.folder().keys());
  {
    const Drainer drainer(*book.reads, *book.log, {});
    std::vector<std::thread> readers;
    for (int t = 0; t < 4; ++t) {
      readers.emplace_back([&book] {
        for (int i = 0; i < 25; ++i) EXPECT_EQ(book.put_down({"history", "a=1"}), "done");
      });
    }
    for (std::thread& reader : readers) reader.join();
  }
  AccessRequest request;
  request.limit = "1000";
  EXPECT_EQ(book.queries(request).size(), 100u);
}

TEST(Drainer, TellsOnceThatItCannotAndOnceThatItCanAgain) {
  ReadingBook book;
  const std::string keys = book.log_folder().log_key();
  fs::rename(keys, keys + ".away");
  std::vector<std::string> told;
  std::mutex mutex;
  const auto told_times = [&] {
    const std::lock_guard lock(mutex);
    return told.size();
  };
  {
    const Drainer drainer(*book.reads, *book.log, [&](const std::optional<core::Error>& error) {
      const std::lock_guard lock(mutex);
      told.push_back(error ? error->reason : "works");
    });
    book.put_down({"history", "a=1"});
    while (told_times() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(book.put_down({"history", "a=2"}), "done");  // The spool goes on.
    fs::rename(keys + ".away", keys);
  }
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told.back(), "works");
  EXPECT_EQ(book.queries({}), (Queries{"a=2", "a=1"}));
}

TEST(Questions, AreOfASubjectAReaderAndATime) {
  ReadingBook book;
  book.put_down({"history", "subject=@c0"});
  book.reader.actor = core::PartyId{{8}};
  book.put_down({"history", "subject=@c1"});
  Question everything{"export", "format=jsonl"};
  everything.bulk = true;
  book.put_down(everything);
  ASSERT_EQ(drain(book), "done");
  const std::string c0 = "subject=" + book.id("@c0");
  AccessRequest request;
  request.subject = "@c0";
  // The bulk read may have shown it, and is told apart.
  EXPECT_EQ(book.queries(request), (Queries{"format=jsonl", c0}));
  const auto reads = *book.ask(request).find("reads")->as_array();
  EXPECT_EQ(*reads[0].find("named"), core::json::Value(false));
  EXPECT_EQ(*reads[1].find("named"), core::json::Value(true));
  request.actor = core::PartyId{{7}}.hex();
  EXPECT_EQ(book.queries(request), Queries{c0});
  request.from = "2999-01-01T00:00:00Z";
  EXPECT_EQ(book.queries(request), Queries{});
  request.from = "";
  request.to = "2020-01-01T00:00:00Z";
  EXPECT_EQ(book.queries(request), Queries{});
  const auto refused = [&](AccessRequest bad) {
    return tests::outcome(read_access_query(bad, book.find()));
  };
  EXPECT_EQ(refused({.subject = "@nobody"}), "NotFound/unknown_reference");
  EXPECT_EQ(refused({.subject = "x"}), "InvalidInput/id");
  EXPECT_EQ(refused({.limit = "0"}), "InvalidInput/limit");
  EXPECT_EQ(refused({.from = "2026-01-02T00:00:00Z", .to = "2026-01-01T00:00:00Z"}),
            "InvalidInput/period");
}

TEST(MakeAccessLog, ALostSpoolLeavesAGap) {
  ReadingBook book;
  book.put_down({"history", "a=1"});
  ASSERT_EQ(drain(book), "done");
  book.reads.reset();
  fs::remove(book.folder().access_spool());
  ASSERT_EQ(
      tests::outcome(service::make_access_log(book.folder(), book.book->genesis(), book.clock)),
      "a value");
  book.open_log();
  book.put_down({"history", "a=2"});
  ASSERT_EQ(drain(book), "done");
  EXPECT_EQ(*book.ask({}).find("reads")->as_array()->front().find("number"), core::json::Value(3));
}

// --- Anchors. ---

class Anchored : public testing::Test {
 protected:
  std::string anchor(std::optional<std::string> now = {}) {
    std::optional<core::Instant> when;
    if (now) when = core::parse_instant(*now).value();
    auto command = anchor_command(*book.book, *book.reads, core::PartyId{{9}}, when);
    if (!command) return tests::outcome(command);
    if (!command.value()) return "not due";
    return tests::outcome(book.book->execute(std::span(&*command.value(), 1)).front());
  }
  void read(const std::string& query) {
    ASSERT_EQ(book.put_down({"history", query}), "done");
    ASSERT_EQ(drain(book), "done");
  }
  std::string verify() {
    service::VerifyOptions options;
    options.folder = book.folder();
    const auto outcome = service::verify_book(options);
    if (!outcome) return tests::outcome(outcome);
    anchors = outcome.value().access_anchors;
    const auto& findings = outcome.value().report.findings;
    return findings.empty() ? "clean" : findings.front().reason + " at " + findings.front().at;
  }
  // The log of reads as it lies there, without being open.
  void close() {
    book.reads.reset();
    book.log.reset();
  }

  ReadingBook book;
  std::uint64_t anchors = 0;
};

TEST_F(Anchored, OnceADayIfAnythingWasRead) {
  EXPECT_EQ(anchor("2026-01-05T08:00:00Z"), "a value");
  read("a=1");
  // The simulated main book stands at the year 2000: any later day is another one.
  EXPECT_EQ(anchor("2000-01-01T23:59:59Z"), "not due");
  EXPECT_EQ(anchor("2000-01-02T00:00:00Z"), "a value");
  EXPECT_EQ(anchor("2000-01-03T00:00:00Z"), "not due");  // Nothing is new.
  EXPECT_EQ(anchor(), "not due");
  read("a=2");
  EXPECT_EQ(anchor(), "a value");
  EXPECT_EQ(verify(), "clean");
  EXPECT_EQ(anchors, 3u);
}

TEST_F(Anchored, AnotherLogInItsPlaceIsFound) {
  read("a=1");
  ASSERT_EQ(anchor(), "a value");
  ASSERT_EQ(verify(), "clean");
  close();
  fs::remove_all(book.folder().access());
  ASSERT_EQ(
      tests::outcome(service::make_access_log(book.folder(), book.book->genesis(), book.clock)),
      "a value");
  book.open_log();
  read("a=1");  // As long as before, and as sound by itself.
  close();
  EXPECT_NE(verify(), "clean");
}

TEST_F(Anchored, ALogThatWasLostIsFollowedByOneThatTheBookTellsOf) {
  read("a=1");
  ASSERT_EQ(anchor(), "a value");
  close();
  fs::remove_all(book.folder().access());
  const auto last = last_anchor(*book.book);
  ASSERT_TRUE(last.has_value() && last.value());
  ASSERT_EQ(tests::outcome(begin_after_loss(*book.book, *last.value(), book.clock)), "a value");
  EXPECT_EQ(verify(), "clean");
  EXPECT_EQ(anchors, 2u);
  EXPECT_EQ(last_anchor(*book.book).value()->body.origin, "ledger.example/test-book/access-2");
  book.open_log();
  read("a=2");
  ASSERT_EQ(anchor(), "a value");
  close();
  EXPECT_EQ(verify(), "clean");
  // The first one, put back behind everybody's back, is not the one that the book tells of.
  fs::remove_all(book.folder().access());
  ASSERT_EQ(tests::outcome(service::make_access_log(book.folder(), book.book->genesis(), book.clock,
                                                    "ledger.example/test-book/access-2")),
            "a value");
  EXPECT_EQ(verify(), "access_log_replaced at access");
}

TEST_F(Anchored, AShortenedLogIsFound) {
  close();
  fs::copy(book.folder().access(), book.folder().access() + ".old", fs::copy_options::recursive);
  book.open_log();
  read("a=1");
  ASSERT_EQ(anchor(), "a value");
  close();
  fs::remove_all(book.folder().access());
  fs::rename(book.folder().access() + ".old", book.folder().access());
  EXPECT_NE(verify(), "clean");
}

TEST_F(Anchored, ALogThatIsAwayIsNotHeldToThem) {
  read("a=1");
  ASSERT_EQ(anchor(), "a value");
  close();
  fs::remove_all(book.folder().access());
  EXPECT_EQ(verify(), "clean");
  EXPECT_EQ(anchors, 1u);
}

TEST_F(Anchored, ADamagedSpoolIsFound) {
  ASSERT_EQ(book.put_down({"history", "a=1"}), "done");
  close();
  std::string spooled = core::read_file(book.folder().access_spool()).value();
  spooled[spooled.size() - 40] ^= 1;
  ASSERT_TRUE(core::write_file(book.folder().access_spool(), spooled).has_value());
  EXPECT_TRUE(verify().starts_with("access_spool"));
}

}  // namespace
}  // namespace gateway::access
