#include "core/files.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/check.h"
#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace core {
namespace {

using tests::outcome;

mode_t mode_of(const std::string& path) {
  struct stat info {};
  EXPECT_EQ(::stat(path.c_str(), &info), 0);
  return info.st_mode & 0777;
}

class Files : public testing::Test {
 protected:
  void TearDown() override { ::umask(umask_before_); }

  const mode_t umask_before_ = ::umask(022);
  tests::TempDir folder;
  const std::string path = folder / "file";
};

TEST_F(Files, WhatIsWrittenIsReadBack) {
  const std::string content("a\0b\n\xff", 5);
  ASSERT_EQ(outcome(write_file(path, content)), "a value");
  EXPECT_EQ(read_file(path).value(), content);
  ASSERT_EQ(outcome(write_file(path, "")), "a value");
  EXPECT_EQ(read_file(path).value(), "");
}

TEST_F(Files, LargeContentIsReadBack) {
  std::string content(1'000'000, 'x');
  content.back() = 'y';
  ASSERT_EQ(outcome(write_file(path, content)), "a value");
  EXPECT_EQ(read_file(path).value(), content);
}

TEST_F(Files, NothingElseIsLeftInTheFolder) {
  ASSERT_EQ(outcome(write_file(path, "first")), "a value");
  ASSERT_EQ(outcome(write_file(path, "second")), "a value");
  EXPECT_EQ(tests::read_folder(folder.path()),
            (std::map<std::string, std::string>{{"file", "second"}}));
}

TEST_F(Files, WhatACrashLeftBesideIsNoHindrance) {
  tests::write_file(path + ".new", "half of a longer file that was never renamed");
  ASSERT_EQ(outcome(write_file(path, "whole")), "a value");
  EXPECT_EQ(tests::read_folder(folder.path()),
            (std::map<std::string, std::string>{{"file", "whole"}}));
}

TEST_F(Files, MissingFileIsNotFound) {
  EXPECT_FALSE(file_exists(path));
  const auto read = read_file(path);
  EXPECT_EQ(outcome(read), "NotFound/file");
  EXPECT_EQ(read.error().at, path);
}

TEST_F(Files, FolderInPlaceOfAFileIsAnError) {
  EXPECT_TRUE(file_exists(folder.path().string()));
  EXPECT_EQ(outcome(read_file(folder.path().string())), "Unavailable/io");
  std::filesystem::create_directory(path);
  EXPECT_EQ(outcome(write_file(path, "x")), "Unavailable/io");
  EXPECT_EQ(outcome(append_file(path, "x")), "Unavailable/io");
}

TEST_F(Files, MissingFolderIsAnErrorThatNamesThePath) {
  const auto written = write_file(folder / "none/file", "x");
  EXPECT_EQ(outcome(written), "Unavailable/io");
  EXPECT_NE(written.error().at.find("none/file"), std::string::npos);
  EXPECT_EQ(outcome(append_file(folder / "none/file", "x")), "Unavailable/io");
}

TEST_F(Files, FailedWriteLeavesTheOldContent) {
  ASSERT_EQ(outcome(write_file(path, "old")), "a value");
  // A folder where the new content would be written beside.
  std::filesystem::create_directory(path + ".new");
  EXPECT_EQ(outcome(write_file(path, "new")), "Unavailable/io");
  EXPECT_EQ(read_file(path).value(), "old");
}

// What a file may grow to, until the end of the block: a disk that is full.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::size_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    CHECK(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
    const rlimit limit{bytes, before_.rlim_max};
    CHECK(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  ~FileSizeLimit() { CHECK(::setrlimit(RLIMIT_FSIZE, &before_) == 0); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

TEST_F(Files, OnAFullDiskAWriteLeavesTheOldContentAndNothingBeside) {
  ASSERT_EQ(outcome(write_file(path, "old")), "a value");
  {
    const FileSizeLimit full(10);
    EXPECT_EQ(outcome(write_file(path, "more than ten bytes")), "Unavailable/io");
  }
  EXPECT_EQ(read_file(path).value(), "old");
  EXPECT_FALSE(file_exists(path + ".new"));
}

TEST_F(Files, OnAFullDiskAnAppendIsCutBack) {
  ASSERT_EQ(outcome(append_file(path, "one\n")), "a value");
  {
    const FileSizeLimit full(10);
    EXPECT_EQ(outcome(append_file(path, "two and three\n")), "Unavailable/io");
  }
  EXPECT_EQ(read_file(path).value(), "one\n");
}

TEST_F(Files, OnlyWhatIsThereCanBeSynced) {
  EXPECT_EQ(outcome(sync_file(path)), "Unavailable/io");
  EXPECT_EQ(outcome(sync_folder(path)), "Unavailable/io");
  ASSERT_EQ(outcome(write_file(path, "x")), "a value");
  EXPECT_EQ(outcome(sync_file(path)), "a value");
  EXPECT_EQ(outcome(sync_folder(folder.path().string())), "a value");
  EXPECT_EQ(outcome(sync_folder(path)), "Unavailable/io");
}

TEST_F(Files, DeletingWhatIsNotThereIsFine) {
  ASSERT_EQ(outcome(write_file(path, "x")), "a value");
  EXPECT_EQ(outcome(remove_file(path)), "a value");
  EXPECT_FALSE(file_exists(path));
  EXPECT_EQ(outcome(remove_file(path)), "a value");
  EXPECT_EQ(outcome(remove_file(folder.path().string())), "Unavailable/io");
}

TEST_F(Files, ReadingHasALimit) {
  ASSERT_EQ(outcome(write_file(path, std::string(100, 'x'))), "a value");
  EXPECT_EQ(outcome(read_file(path, 100)), "a value");
  EXPECT_EQ(outcome(read_file(path, 99)), "InvalidInput/too_large");
}

TEST_F(Files, SecretsAreForTheirOwnerOnly) {
  ASSERT_EQ(outcome(write_file(path, "key", FileAccess::OwnerOnly)), "a value");
  EXPECT_EQ(mode_of(path), 0600u);
  ASSERT_EQ(outcome(write_file(folder / "public", "x")), "a value");
  EXPECT_EQ(mode_of(folder / "public"), 0644u);
  // Written again, a public file becomes secret.
  ASSERT_EQ(outcome(write_file(folder / "public", "x", FileAccess::OwnerOnly)), "a value");
  EXPECT_EQ(mode_of(folder / "public"), 0600u);
}

TEST_F(Files, AppendAddsAtTheEndAndMakesAFileForItsOwner) {
  ASSERT_EQ(outcome(append_file(path, "one\n")), "a value");
  EXPECT_EQ(mode_of(path), 0600u);
  ASSERT_EQ(outcome(append_file(path, "two\n")), "a value");
  ASSERT_EQ(outcome(append_file(path, "")), "a value");
  EXPECT_EQ(read_file(path).value(), "one\ntwo\n");
}

TEST_F(Files, MakesAFolderAndThoseAboveIt) {
  ASSERT_EQ(outcome(make_folder(folder / "a/b/c")), "a value");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a/b/c"));
  EXPECT_EQ(outcome(make_folder(folder / "a/b/c")), "a value");
  ASSERT_EQ(outcome(make_folder(folder / "keys", FileAccess::OwnerOnly)), "a value");
  EXPECT_EQ(mode_of(folder / "keys"), 0700u);
  // One that is there already becomes as private as is asked.
  ASSERT_EQ(outcome(make_folder(folder / "a", FileAccess::OwnerOnly)), "a value");
  EXPECT_EQ(mode_of(folder / "a"), 0700u);
}

TEST_F(Files, FileInPlaceOfAFolderIsAnError) {
  ASSERT_EQ(outcome(write_file(path, "x")), "a value");
  EXPECT_EQ(outcome(make_folder(path)), "Unavailable/io");
  EXPECT_EQ(outcome(make_folder(path + "/below")), "Unavailable/io");
}

}  // namespace
}  // namespace core
