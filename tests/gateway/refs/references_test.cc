#include "gateway/refs/references.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::refs {
namespace {

using tests::outcome;

IdBytes person(std::uint8_t last) {
  IdBytes id{};
  id[15] = last;
  return id;
}

class ReferencesTest : public testing::Test {
 protected:
  ReferencesTest() { vault = vault::Vault::create(paths, draw, {}).value(); }

  ReferenceStore open() { return {vault.get(), mint()}; }
  // As another process finds it.
  void reopen() { vault = vault::Vault::open(paths, vault::Access::ReadWrite, draw).value(); }
  // Ids 1, 2, 3, ... in the order of minting, over all stores.
  Mint mint() {
    return [this](std::string_view name) {
      minted.emplace_back(name);
      return person(static_cast<std::uint8_t>(minted.size()));
    };
  }
  std::size_t data_bytes() const { return tests::read_file(paths.data()).size(); }

  tests::TempDir folder;
  vault::Paths paths{folder / "vault", folder / "vault.kek"};
  vault::Draw draw = [](std::string_view, std::span<std::uint8_t> out) {
    core::SystemRandom().fill(out);
  };
  std::unique_ptr<vault::Vault> vault;
  std::vector<std::string> minted;
};

TEST_F(ReferencesTest, ANewNameIsMintedOnce) {
  ReferenceStore store = open();
  EXPECT_EQ(store.resolve("@anna").value(), person(1));
  EXPECT_EQ(store.resolve("@ben").value(), person(2));
  EXPECT_EQ(store.resolve("@anna").value(), person(1));
  EXPECT_EQ(minted, (std::vector<std::string>{"@anna", "@ben"}));
}

TEST_F(ReferencesTest, NamesDifferByEveryLetter) {
  ReferenceStore store = open();
  EXPECT_NE(store.resolve("@anna").value(), store.resolve("@Anna").value());
  EXPECT_NE(store.resolve("@a-b").value(), store.resolve("@a_b").value());
}

TEST_F(ReferencesTest, NothingIsWrittenBeforeItIsSaved) {
  ReferenceStore store = open();
  const std::size_t before = data_bytes();
  ASSERT_TRUE(store.resolve("@anna").has_value());
  store.keep();
  EXPECT_EQ(data_bytes(), before);
  ASSERT_EQ(outcome(store.save()), "a value");
  EXPECT_GT(data_bytes(), before);
}

TEST_F(ReferencesTest, SavedNamesAreKnownToTheNextStore) {
  {
    ReferenceStore store = open();
    ASSERT_TRUE(store.resolve("@anna").has_value());
    ASSERT_EQ(outcome(store.save()), "a value");
    ASSERT_TRUE(store.resolve("@ben").has_value());
    ASSERT_EQ(outcome(store.save()), "a value");
  }
  reopen();
  ReferenceStore store = open();
  EXPECT_EQ(store.resolve("@anna").value(), person(1));
  EXPECT_EQ(store.find("@ben").value(), person(2));
  EXPECT_EQ(minted.size(), 2u);
}

TEST_F(ReferencesTest, NoNameStandsInAnyFile) {
  ReferenceStore store = open();
  ASSERT_TRUE(store.resolve("@anna-papadopoulou").has_value());
  ASSERT_EQ(outcome(store.save()), "a value");
  for (const auto& [name, content] : tests::read_folder(paths.folder)) {
    EXPECT_EQ(content.find("papadopoulou"), std::string::npos) << name;
  }
}

TEST_F(ReferencesTest, SavingNothingWritesNothing) {
  ReferenceStore store = open();
  const std::size_t before = data_bytes();
  EXPECT_EQ(outcome(store.save()), "a value");
  EXPECT_EQ(data_bytes(), before);
}

TEST_F(ReferencesTest, WhatARefusedCommandMadeIsForgotten) {
  ReferenceStore store = open();
  ASSERT_TRUE(store.resolve("@anna").has_value());
  store.keep();
  ASSERT_TRUE(store.resolve("@ben").has_value());
  store.discard();
  EXPECT_EQ(store.resolve("@anna").value(), person(1));
  EXPECT_EQ(store.resolve("@ben").value(), person(3));
  store.discard();
  ASSERT_EQ(outcome(store.save()), "a value");
  reopen();
  EXPECT_EQ(vault->names().size(), 1u);
  EXPECT_EQ(open().find("@anna").value(), person(1));
}

TEST_F(ReferencesTest, SaveWritesWhatIsPendingToo) {
  ReferenceStore store = open();
  ASSERT_TRUE(store.resolve("@ben").has_value());
  store.keep();
  ASSERT_TRUE(store.resolve("@anna").has_value());
  ASSERT_EQ(outcome(store.save()), "a value");
  const std::size_t before = data_bytes();
  ASSERT_EQ(outcome(store.save()), "a value");
  EXPECT_EQ(data_bytes(), before);
  reopen();
  EXPECT_EQ(open().find("@anna").value(), person(2));
  EXPECT_EQ(open().find("@ben").value(), person(1));
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
  EXPECT_EQ(known.resolve("@anna").value(), person(1));
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

TEST_F(ReferencesTest, AFailedSaveIsMadeGoodByTheNext) {
  ReferenceStore store = open();
  ASSERT_TRUE(store.resolve("@anna").has_value());
  ASSERT_EQ(outcome(store.save()), "a value");
  ASSERT_TRUE(store.resolve("@ben").has_value());
  // The disk is full in the middle of the entry.
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit limit{data_bytes() + 7, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  const std::string saved = outcome(store.save());
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(saved, "Unavailable/io");
  EXPECT_EQ(outcome(store.find("@ben")), "NotFound/unknown_reference");
  EXPECT_EQ(store.resolve("@ben").value(), person(2));

  ASSERT_EQ(outcome(store.save()), "a value");
  EXPECT_EQ(store.find("@ben").value(), person(2));
  reopen();
  EXPECT_EQ(open().find("@ben").value(), person(2));
  EXPECT_EQ(open().find("@anna").value(), person(1));
}

TEST_F(ReferencesTest, ALockedVaultRefusesEveryName) {
  std::filesystem::remove(paths.encryption_key);
  reopen();
  ReferenceStore store = open();
  EXPECT_EQ(outcome(store.resolve("@anna")), "Unavailable/vault_key_missing");
  EXPECT_EQ(outcome(store.find("@anna")), "Unavailable/vault_key_missing");
  EXPECT_EQ(outcome(store.find("anna")), "InvalidInput/reference");
  EXPECT_TRUE(minted.empty());
}

// It may be a name that cannot be read: a second id would split a person in two.
TEST_F(ReferencesTest, WhileKeysAreMissingNoNameIsTakenForNew) {
  const std::string without_anna = tests::read_file(paths.person_keys());
  {
    ReferenceStore store = open();
    ASSERT_TRUE(store.resolve("@anna").has_value());
    ASSERT_EQ(outcome(store.save()), "a value");
  }
  tests::write_file(paths.person_keys(), without_anna);
  reopen();
  ReferenceStore store = open();
  EXPECT_EQ(outcome(store.resolve("@anna")), "Unavailable/vault_key_missing");
  EXPECT_EQ(outcome(store.resolve("@ben")), "Unavailable/vault_key_missing");
  EXPECT_EQ(minted.size(), 1u);
}

TEST_F(ReferencesTest, NamesFromBeforeTheVaultAreOnlyRead) {
  const std::vector<vault::NamedId> names{{"@anna", person(9)}};
  ReferenceStore store(names);
  EXPECT_EQ(store.find("@anna").value(), person(9));
  EXPECT_EQ(outcome(store.resolve("@ben")), "NotFound/unknown_reference");
  EXPECT_EQ(outcome(store.save()), "a value");
}

}  // namespace
}  // namespace gateway::refs
