#include "ledger/store/backup.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"
#include "tests/support/store_folder.h"

namespace ledger::store {
namespace {

using tests::leaves_of;
using tests::outcome;
using tests::read_out;
using tests::StoreFolder;

class BackupTest : public testing::Test {
 protected:
  std::string to() const { return folder_ / "backups"; }
  std::string restored(const std::string& name = "restored") const { return folder_ / name; }

  // The records that a restored store holds.
  std::uint64_t size_of(const std::string& path) const {
    const auto log = open_rocks_log({.path = path, .mode = Mode::ReadOnly}).value();
    const std::uint64_t size = log->state().value().size;
    EXPECT_EQ(read_out(*log, 0, size).leaves, leaves_of(0, size));
    return size;
  }
  std::string latest_table() const {
    std::string latest;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(to())) {
      const std::string path = entry.path().string();
      if (path.ends_with(".sst") && path > latest) latest = path;
    }
    return latest;
  }

  StoreFolder store_;

 private:
  tests::TempDir folder_;
};

TEST_F(BackupTest, HoldsWhatWasThereWhileTheLogIsWritten) {
  const auto log = store_.take();
  StoreFolder::append(*log, {250, 300});
  EXPECT_EQ(back_up(*log, to(), "first").value().number, 1u);
  StoreFolder::append(*log, {700});
  EXPECT_EQ(back_up(*log, to(), "second").value().number, 2u);
  StoreFolder::append(*log, {900});

  ASSERT_TRUE(restore_backup(to(), 1, restored("one")).has_value());
  ASSERT_TRUE(restore_backup(to(), 2, restored("two")).has_value());
  EXPECT_EQ(size_of(restored("one")), 300u);
  EXPECT_EQ(size_of(restored("two")), 700u);
}

TEST_F(BackupTest, CopiesOnlyWhatIsNew) {
  const auto log = store_.take();
  StoreFolder::append(*log, {8000, 16000, 24000});
  ASSERT_TRUE(back_up(*log, to(), "first").has_value());
  const auto bytes_on_disk = [&] {
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(to())) {
      if (entry.is_regular_file()) bytes += entry.file_size();
    }
    return bytes;
  };
  const auto first = bytes_on_disk();
  StoreFolder::append(*log, {24001});
  ASSERT_TRUE(back_up(*log, to(), "second").has_value());
  EXPECT_LT(bytes_on_disk() - first, first / 4);
}

TEST_F(BackupTest, IsListedWithItsNote) {
  const auto log = store_.take();
  ASSERT_TRUE(back_up(*log, to(), "a note\nof two lines\n").has_value());
  const auto backups = list_backups(to()).value();
  ASSERT_EQ(backups.size(), 1u);
  EXPECT_EQ(backups.front().number, 1u);
  EXPECT_EQ(backups.front().note, "a note\nof two lines\n");
}

TEST_F(BackupTest, DamagedFileIsNotRestored) {
  {
    const auto log = store_.take();
    StoreFolder::append(*log, {500});
    ASSERT_TRUE(back_up(*log, to(), "note").has_value());
  }
  const std::string table = latest_table();
  const std::string whole = tests::read_file(table);
  tests::write_file(table, tests::flipped(whole, whole.size() / 3));
  EXPECT_EQ(outcome(restore_backup(to(), 1, restored())), "Corrupt/backup");
  tests::write_file(table, whole);
  EXPECT_TRUE(restore_backup(to(), 1, restored()).has_value());
}

TEST_F(BackupTest, OldOnesAreForgotten) {
  const auto log = store_.take();
  for (const std::uint64_t end : {10u, 20u, 30u}) {
    StoreFolder::append(*log, {end});
    ASSERT_TRUE(back_up(*log, to(), "note").has_value());
  }
  ASSERT_TRUE(purge_backups(to(), 2).has_value());
  EXPECT_EQ(list_backups(to()).value().front().number, 2u);
  EXPECT_EQ(outcome(restore_backup(to(), 1, restored())), "NotFound/backup");
  ASSERT_TRUE(restore_backup(to(), 3, restored()).has_value());
  EXPECT_EQ(size_of(restored()), 30u);
}

TEST_F(BackupTest, WhatIsNoBackupIsRefused) {
  EXPECT_EQ(outcome(list_backups(to())), "NotFound/backup");
  EXPECT_EQ(outcome(restore_backup(to(), 1, restored())), "NotFound/backup");
  const auto memory = make_memory_log();
  EXPECT_EQ(outcome(back_up(*memory, to(), "note")), "InvalidInput/log");
  store_.session({5});
  const auto reader = store_.read_only().value();
  EXPECT_EQ(outcome(back_up(*reader, to(), "note")), "InvalidInput/log");
}

}  // namespace
}  // namespace ledger::store
