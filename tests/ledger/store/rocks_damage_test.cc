#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "ledger/store/manifest_check.h"
#include "ledger/store/rocks_log.h"
#include "ledger/store/table_check.h"
#include "tests/support/store_folder.h"

// What a flipped byte, a torn tail or a missing file does to a stored book: it is always noticed,
// and never makes records vanish silently.
namespace ledger::store {
namespace {

using tests::flipped;
using tests::leaves_of;
using tests::read_file;
using tests::read_out;
using tests::StoreFolder;
using tests::write_file;

// Calls `look` with each of about this many bytes of the file flipped, one at a time, and
// everything else in the folder as it was.
void for_each_flip(const StoreFolder& store, const std::string& name, std::size_t flips,
                   const std::function<void()>& look) {
  const auto folder = tests::read_folder(store.path());
  const std::string& whole = folder.at(name);
  const std::size_t step = std::max<std::size_t>(1, whole.size() / flips);
  for (std::size_t i = 0; i < whole.size(); i += step) {
    SCOPED_TRACE(name + " byte " + std::to_string(i) + " of " + std::to_string(whole.size()));
    write_file(store.file(name), flipped(whole, i));
    look();
    tests::write_folder(store.path(), folder);
  }
}

// The table that holds the chunk which begins at `first`, as verify_files tells it.
std::string table_of_chunk(const StoreFolder& store, std::uint64_t first) {
  std::string found;
  for (const std::string& name : tests::names_in(store.path(), ".sst")) {
    const std::string whole = read_file(store.file(name));
    write_file(store.file(name), flipped(whole, 0));
    const std::string detail = verify_files(store.path()).value().damages.at(0).detail;
    if (detail.find("from seq " + std::to_string(first) + " ") != std::string::npos) found = name;
    write_file(store.file(name), whole);
  }
  return found;
}

TEST(RocksDamage, EveryFlipInTheWriteAheadLogKeepsTheBookFromBeingOpened) {
  const StoreFolder store;
  store.crashed_session({1, 3, 10, 30});
  for_each_flip(store, store.latest_name(".log"), 150, [&] {
    EXPECT_EQ(store.read_only().error().code, core::Code::Corrupt);
    EXPECT_EQ(open_rocks_log({.path = store.path()}).error().reason, "store");
    const auto log = store.read_only(true);
    ASSERT_TRUE(log.has_value());
    const std::uint64_t size = log.value()->state().value().size;
    EXPECT_LT(size, 30u);
    EXPECT_EQ(read_out(*log.value(), 0, size).leaves, leaves_of(0, size));
  });
  EXPECT_EQ(read_out(*store.take(), 0, 30).leaves, leaves_of(0, 30));
}

// A kill in mid-append, at every byte of the last group. A cut between two groups is not damage
// that the store can see: there the signer's memory knows better.
TEST(RocksDamage, TornTailIsRefusedUntilItIsCutOnRequest) {
  const StoreFolder store;
  store.crashed_session({1, 3, 10});
  const std::string before = read_file(store.latest_file(".log"));
  const StoreFolder later;
  later.crashed_session({1, 3, 10, 30});
  const std::string name = later.latest_file(".log");
  const auto folder = tests::read_folder(later.path());
  const std::string whole = read_file(name);
  ASSERT_TRUE(whole.starts_with(before.substr(before.size())));
  for (std::size_t torn = before.size() + 1; torn < whole.size(); torn += 13) {
    SCOPED_TRACE(torn);
    tests::write_folder(later.path(), folder);
    write_file(name, whole.substr(0, torn));
    EXPECT_EQ(open_rocks_log({.path = later.path()}).error().code, core::Code::Corrupt);
    EXPECT_EQ(later.read_only(true).value()->state().value().size, 10u);
    {
      const auto log = open_rocks_log({.path = later.path(), .cut_torn_tail = true}).value();
      EXPECT_EQ(log->open("test").value().size, 10u);
      StoreFolder::append(*log, {20});
    }
    EXPECT_EQ(read_out(*later.take(), 0, 20).leaves, leaves_of(0, 20));
  }
}

TEST(RocksDamage, EveryFlipInATableIsFoundByVerifyFiles) {
  const StoreFolder store;
  store.session({250, 300});
  for (const std::string& name : tests::names_in(store.path(), ".sst")) {
    for_each_flip(store, name, 150, [&] {
      const auto report = verify_files(store.path());
      // A table that RocksDB would not survive is refused before it is opened.
      const auto damages = report ? report.value().damages : std::vector{report.error()};
      ASSERT_EQ(damages.size(), 1u);
      EXPECT_EQ(damages[0].code, core::Code::Corrupt);
      EXPECT_EQ(damages[0].at, name);
    });
  }
  EXPECT_EQ(verify_files(store.path()).value().damages.size(), 0u);
  EXPECT_EQ(verify_files(store.path()).value().files_checked, 2u);
}

// Reading never gives a wrong leaf, whatever byte of a table is wrong.
TEST(RocksDamage, FlipInATableNamesTheFirstSequenceOrChangesNoLeaf) {
  const StoreFolder store;
  store.session({100});
  store.session({150, 200});
  store.session({300});
  const std::string middle = table_of_chunk(store, 100);
  std::size_t named = 0;
  for_each_flip(store, middle, 150, [&] {
    const auto log = store.read_only(true);
    if (!log) {
      EXPECT_EQ(log.error().at, middle) << to_string(log.error());
      return;
    }
    ASSERT_EQ(log.value()->state().value().size, 300u);
    const auto all = read_out(*log.value(), 0, 300);
    EXPECT_EQ(all.leaves, leaves_of(0, all.leaves.size()));
    if (all.outcome) return;
    ++named;
    EXPECT_EQ(all.outcome.error().reason, "chunk");
    EXPECT_EQ(all.outcome.error().at, "seq " + std::to_string(all.leaves.size()));
    EXPECT_GE(all.leaves.size(), 100u);
    EXPECT_LT(all.leaves.size(), 200u);
    // What lies before and behind the damaged table is still there for a restore.
    EXPECT_EQ(read_out(*log.value(), 200, 300).leaves, leaves_of(200, 300));
  });
  EXPECT_GT(named, 50u);
}

TEST(RocksDamage, MissingTableIsNamed) {
  const StoreFolder store;
  store.session({100});
  store.session({200});
  store.session({300});
  const auto folder = tests::read_folder(store.path());
  for (const std::string& name : tests::names_in(store.path(), ".sst")) {
    SCOPED_TRACE(name);
    std::filesystem::remove(store.file(name));
    EXPECT_EQ(store.read_only().error().code, core::Code::Corrupt);
    EXPECT_EQ(open_rocks_log({.path = store.path()}).error().code, core::Code::Corrupt);
    const auto report = verify_files(store.path()).value();
    ASSERT_EQ(report.damages.size(), 1u);
    EXPECT_EQ(report.damages[0].at, name);
    const auto log = store.read_only(true).value();
    const auto all = read_out(*log, 0, log->state().value().size);
    if (!all.outcome) {
      EXPECT_EQ(all.outcome.error().at, "seq " + std::to_string(all.leaves.size()));
      EXPECT_EQ(all.leaves.size() % 100, 0u);
    }
    tests::write_folder(store.path(), folder);
  }
}

// RocksDB alone would drop the last flush of a closed book for some of these, and delete its table.
TEST(RocksDamage, FlipInTheManifestNeverLosesRecords) {
  const StoreFolder store;
  store.session({100});
  store.session({200});
  for (const std::string part : {"MANIFEST", "CURRENT"}) {
    for_each_flip(store, store.latest_name(part), 400, [&] {
      const auto log = open_rocks_log({.path = store.path()});
      if (log) {
        EXPECT_EQ(read_out(*log.value(), 0, 200).leaves, leaves_of(0, 200));
      } else {
        EXPECT_EQ(log.error().code, core::Code::Corrupt) << to_string(log.error());
      }
    });
  }
}

TEST(RocksDamage, ShortenedManifestIsRefused) {
  const StoreFolder store;
  store.session({100});
  const std::string manifest = store.latest_file("MANIFEST");
  const std::string whole = read_file(manifest);
  EXPECT_TRUE(check_manifest(store.path()).has_value());
  for (const std::size_t missing : {1u, 5u, 20u, 40u}) {
    write_file(manifest, whole.substr(0, whole.size() - missing));
    EXPECT_EQ(check_manifest(store.path()).error().reason, "store") << missing;
    EXPECT_EQ(open_rocks_log({.path = store.path()}).error().code, core::Code::Corrupt);
  }
  std::filesystem::remove(manifest);
  EXPECT_EQ(open_rocks_log({.path = store.path()}).error().code, core::Code::Corrupt);
}

// One bit in a table's properties runs RocksDB into an assertion: found before RocksDB sees it.
TEST(RocksDamage, BitThatRocksDoesNotSurviveIsRefused) {
  const StoreFolder store;
  store.session({250, 300});
  for (const std::string& name : tests::names_in(store.path(), ".sst")) {
    const std::string whole = read_file(store.file(name));
    int refused = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      write_file(store.file(name), flipped(whole, i));
      if (check_tables(store.path()).has_value()) continue;
      ++refused;
      EXPECT_EQ(open_rocks_log({.path = store.path()}).error().at, name);
      EXPECT_EQ(store.read_only(true).error().at, name);
    }
    EXPECT_EQ(refused, 1);
    write_file(store.file(name), whole.substr(0, whole.size() / 2));
    EXPECT_TRUE(check_tables(store.path()).has_value());  // Cut short is for RocksDB to tell.
    write_file(store.file(name), whole);
  }
  EXPECT_TRUE(check_tables(store.path()).has_value());
}

// What the store cannot know, and the signer's memory is there for.
TEST(RocksDamage, MissingWriteAheadLogLooksLikeAShorterBook) {
  const StoreFolder store;
  store.session({10});
  store.crashed_session({30});
  for (const std::string& name : tests::names_in(store.path(), ".log")) {
    std::filesystem::remove(store.file(name));
  }
  EXPECT_EQ(store.read_only().value()->state().value().size, 10u);
}

}  // namespace
}  // namespace ledger::store
