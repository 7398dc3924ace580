#include "gateway/refs/references.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "core/files.h"
#include "core/sha256.h"
#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::refs {
namespace {

using tests::outcome;

// Of docs/formats/store.md.
constexpr std::string_view kDocumentedCheck = "24ce28c6";

IdBytes id_of(std::uint8_t last) {
  IdBytes id{};
  id[15] = last;
  return id;
}

// With the check that makes it one.
std::string checked(const std::string& name_and_id) {
  const core::Hash digest = core::sha256(core::as_bytes(name_and_id));
  return name_and_id + " " + core::to_hex(digest.bytes).substr(0, 8);
}

std::string line_of(const std::string& name, std::uint8_t last) {
  return checked(name + " " + core::to_hex(id_of(last))) + "\n";
}

class ReferencesTest : public testing::Test {
 protected:
  ReferenceStore open() { return ReferenceStore::open(path, mint()).value(); }
  // Ids 1, 2, 3, ... in the order of minting, over all stores.
  Mint mint() {
    return [this](std::string_view name) {
      minted.emplace_back(name);
      return id_of(static_cast<std::uint8_t>(minted.size()));
    };
  }
  std::string opened(const std::string& content) {
    tests::write_file(path, content);
    const auto store = ReferenceStore::open(path, mint());
    return outcome(store) + (store ? "" : " at " + store.error().at);
  }

  tests::TempDir folder;
  std::string path = folder / "refs";
  std::vector<std::string> minted;
};

TEST_F(ReferencesTest, ANewNameIsMintedOnce) {
  ReferenceStore store = open();
  EXPECT_EQ(store.resolve("@anna").value(), id_of(1));
  EXPECT_EQ(store.resolve("@ben").value(), id_of(2));
  EXPECT_EQ(store.resolve("@anna").value(), id_of(1));
  EXPECT_EQ(minted, (std::vector<std::string>{"@anna", "@ben"}));
}

TEST_F(ReferencesTest, NamesDifferByEveryLetter) {
  ReferenceStore store = open();
  EXPECT_NE(store.resolve("@anna").value(), store.resolve("@Anna").value());
  EXPECT_NE(store.resolve("@a-b").value(), store.resolve("@a_b").value());
}

TEST_F(ReferencesTest, NothingIsWrittenBeforeItIsSaved) {
  ReferenceStore store = open();
  ASSERT_TRUE(store.resolve("@anna").has_value());
  store.keep();
  EXPECT_FALSE(core::file_exists(path));
  ASSERT_EQ(outcome(store.save()), "a value");
  EXPECT_EQ(tests::read_file(path), line_of("@anna", 1));
}

TEST_F(ReferencesTest, SavedNamesAreKnownToTheNextStore) {
  {
    ReferenceStore store = open();
    ASSERT_TRUE(store.resolve("@anna").has_value());
    ASSERT_EQ(outcome(store.save()), "a value");
    ASSERT_TRUE(store.resolve("@ben").has_value());
    ASSERT_EQ(outcome(store.save()), "a value");
  }
  ReferenceStore store = open();
  EXPECT_EQ(store.resolve("@anna").value(), id_of(1));
  EXPECT_EQ(store.find("@ben").value(), id_of(2));
  EXPECT_EQ(minted.size(), 2u);
  EXPECT_EQ(tests::read_file(path), line_of("@anna", 1) + line_of("@ben", 2));
}

TEST_F(ReferencesTest, TheFileIsForItsOwnerOnly) {
  ReferenceStore store = open();
  ASSERT_TRUE(store.resolve("@anna").has_value());
  ASSERT_EQ(outcome(store.save()), "a value");
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(ReferencesTest, SavingNothingMakesNoFile) {
  ReferenceStore store = open();
  EXPECT_EQ(outcome(store.save()), "a value");
  EXPECT_FALSE(core::file_exists(path));
}

TEST_F(ReferencesTest, WhatARefusedCommandMadeIsForgotten) {
  ReferenceStore store = open();
  ASSERT_TRUE(store.resolve("@anna").has_value());
  store.keep();
  ASSERT_TRUE(store.resolve("@ben").has_value());
  store.discard();
  EXPECT_EQ(store.resolve("@anna").value(), id_of(1));
  EXPECT_EQ(store.resolve("@ben").value(), id_of(3));
  store.discard();
  ASSERT_EQ(outcome(store.save()), "a value");
  EXPECT_EQ(tests::read_file(path), line_of("@anna", 1));
}

TEST_F(ReferencesTest, SaveWritesWhatIsPendingToo) {
  ReferenceStore store = open();
  ASSERT_TRUE(store.resolve("@ben").has_value());
  store.keep();
  ASSERT_TRUE(store.resolve("@anna").has_value());
  ASSERT_EQ(outcome(store.save()), "a value");
  EXPECT_EQ(tests::read_file(path), line_of("@anna", 2) + line_of("@ben", 1));
  ASSERT_EQ(outcome(store.save()), "a value");
  EXPECT_EQ(tests::read_file(path), line_of("@anna", 2) + line_of("@ben", 1));
}

TEST_F(ReferencesTest, FindMintsNothing) {
  ReferenceStore store = open();
  EXPECT_EQ(outcome(store.find("@anna")), "NotFound/unknown_reference");
  EXPECT_EQ(outcome(store.find("anna")), "InvalidInput/reference");
  EXPECT_TRUE(minted.empty());
  ASSERT_TRUE(store.resolve("@anna").has_value());
  // Not durable yet, so not known yet.
  EXPECT_EQ(outcome(store.find("@anna")), "NotFound/unknown_reference");
  ASSERT_EQ(outcome(store.save()), "a value");
  KnownReferences known(store);
  EXPECT_EQ(known.resolve("@anna").value(), id_of(1));
  EXPECT_EQ(outcome(known.resolve("@ben")), "NotFound/unknown_reference");
}

TEST_F(ReferencesTest, NamesHaveTheirForm) {
  ReferenceStore store = open();
  for (const char* name : {"@a", "@Z9", "@anna.maria_2-b", "@-", "@.", "@0"}) {
    SCOPED_TRACE(name);
    EXPECT_TRUE(store.resolve(name).has_value());
  }
  EXPECT_TRUE(store.resolve("@" + std::string(64, 'x')).has_value());
  store.discard();
  minted.clear();
  using std::string_view_literals::operator""sv;
  for (const std::string_view name :
       {""sv, "@"sv, "anna"sv, "@an na"sv, "@an\nna"sv, "@anna\n"sv, "@@anna"sv, "@an:na"sv,
        "@\xc3\xa4nna"sv, "@a\0b"sv, " @a"sv, "@a/b"sv}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(outcome(store.resolve(name)), "InvalidInput/reference");
  }
  const auto long_name = store.resolve("@" + std::string(100'000, 'x'));
  EXPECT_EQ(outcome(long_name), "InvalidInput/reference");
  EXPECT_LE(long_name.error().at.size(), 65u);
  EXPECT_TRUE(minted.empty());
}

TEST_F(ReferencesTest, ATornLastLineIsLeftOutAndRepairedByTheNextSave) {
  for (const std::string torn : {"@", "@ben", "@ben ", "@ben 0000", "no reference at all"}) {
    SCOPED_TRACE(torn);
    minted.clear();
    tests::write_file(path, line_of("@anna", 9) + torn);
    ReferenceStore store = open();
    EXPECT_EQ(store.find("@anna").value(), id_of(9));
    ASSERT_TRUE(store.resolve("@ben").has_value());
    ASSERT_EQ(outcome(store.save()), "a value");
    EXPECT_EQ(tests::read_file(path), line_of("@anna", 9) + line_of("@ben", 1));
    ASSERT_TRUE(store.resolve("@carl").has_value());
    ASSERT_EQ(outcome(store.save()), "a value");
    EXPECT_EQ(open().find("@carl").value(), id_of(2));
  }
}

TEST_F(ReferencesTest, ALineThatOnlyLacksItsEndIsTornToo) {
  std::string content = line_of("@anna", 9);
  content.pop_back();
  tests::write_file(path, content);
  EXPECT_EQ(outcome(open().find("@anna")), "NotFound/unknown_reference");
}

TEST_F(ReferencesTest, ACorruptLineIsRefusedAndNamed) {
  const std::string good = line_of("@anna", 9);
  const std::string id = core::to_hex(id_of(8));
  for (const std::string& line :
       {std::string(), std::string("@ben"), "@ben  " + id, "@ben " + id + " ", "ben " + id,
        "@ben " + id.substr(1), "@ben " + id + "0", "@ben " + std::string(31, '0') + "A",
        "@be n " + id, "@ben\t" + id, "@ben " + id + "@carl " + id}) {
    SCOPED_TRACE(line);
    EXPECT_EQ(opened(good + checked(line) + "\n" + good), "Corrupt/refs at " + path + ": line 2");
    EXPECT_EQ(opened(good + line + "\n" + good), "Corrupt/refs at " + path + ": line 2");
  }
}

// A name with another's id would be worse than none.
TEST_F(ReferencesTest, EveryFlippedBitIsFound) {
  const std::string good = line_of("@anna", 9) + line_of("@ben", 8);
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    std::string flipped = good;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    SCOPED_TRACE(flipped);
    EXPECT_TRUE(opened(flipped).starts_with("Corrupt/refs at " + path)) << opened(flipped);
  }
}

TEST_F(ReferencesTest, TheFormatIsThatOfTheDocument) {
  EXPECT_EQ(
      opened("@anna 00000000000000000000000000000009 " + std::string(kDocumentedCheck) + "\n"),
      "a value");
}

TEST_F(ReferencesTest, ANameWithTwoIdsIsRefused) {
  EXPECT_EQ(opened(line_of("@anna", 1) + line_of("@ben", 2) + line_of("@anna", 3)),
            "Corrupt/refs at " + path + ": line 3");
  EXPECT_EQ(opened(line_of("@anna", 1) + line_of("@anna", 1)), "a value");
}

TEST_F(ReferencesTest, AFailedSaveIsMadeGoodByTheNext) {
  ReferenceStore store = open();
  ASSERT_TRUE(store.resolve("@anna").has_value());
  ASSERT_EQ(outcome(store.save()), "a value");
  ASSERT_TRUE(store.resolve("@ben").has_value());
  // The disk is full in the middle of the line.
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit limit{line_of("@anna", 1).size() + 7, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  const std::string saved = outcome(store.save());
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(saved, "Unavailable/io");
  EXPECT_EQ(outcome(store.find("@ben")), "NotFound/unknown_reference");
  EXPECT_EQ(store.resolve("@ben").value(), id_of(2));

  ASSERT_EQ(outcome(store.save()), "a value");
  EXPECT_EQ(tests::read_file(path), line_of("@anna", 1) + line_of("@ben", 2));
  EXPECT_EQ(store.find("@ben").value(), id_of(2));
}

TEST_F(ReferencesTest, AFileThatCannotBeReadIsAnError) {
  std::filesystem::create_directory(path);
  EXPECT_EQ(outcome(ReferenceStore::open(path, mint())), "Unavailable/io");
}

}  // namespace
}  // namespace gateway::refs
