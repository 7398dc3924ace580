#include "core/sealing.h"
#include "tests/gateway/vault/vault_fixture.h"

namespace gateway::vault {
namespace {

using tests::outcome;
using tests::vault_id;

constexpr std::uint64_t kSize = 40;  // Of the book, once the erasure was recorded.

class ErasingTest : public tests::VaultTest {
 protected:
  Erasing erasing() const { return {anna, vault_id(77)}; }
  void erase_anna() {
    ASSERT_EQ(outcome(vault->begin_erasure(erasing())), "a value");
    ASSERT_EQ(outcome(vault->finish_erasure(kSize)), "a value");
  }
  void expect_erased(const Vault& opened) const {
    EXPECT_FALSE(opened.locked().has_value());
    EXPECT_TRUE(opened.erased(anna));
    EXPECT_FALSE(opened.erased(ben));
    EXPECT_FALSE(opened.erasing().has_value());
    EXPECT_FALSE(opened.person_keys().contains(anna));
    EXPECT_EQ(opened.names().size(), 1u);
    EXPECT_EQ(opened.person(ben).value().fields.at(0).text, "Ben Nowak");
    EXPECT_TRUE(opened.person(anna).value().fields.empty());
    EXPECT_TRUE(opened.inspect().value().missing.empty());
  }
};

TEST_F(ErasingTest, NothingOfThePersonStays) {
  erase_anna();
  expect_erased(*vault);
  expect_erased(*open().value());
  expect_erased(*open(Access::ReadOnly).value());
  const core::ByteView id(anna);
  for (const auto& [name, content] : files()) {
    EXPECT_EQ(content.find(core::as_text(id)), std::string::npos) << name;
    EXPECT_EQ(content.find(core::to_hex(id)), std::string::npos) << name;
  }
}

TEST_F(ErasingTest, TheOldKeyOpensNothingAnyMore) {
  const EncryptionKey old = read_encryption_key(paths.encryption_key).value();
  erase_anna();
  const auto opened = open().value();
  EXPECT_FALSE(opened->person_keys().opens_with(old));
  EXPECT_NE(read_encryption_key(paths.encryption_key).value().id, old.id);
  EXPECT_FALSE(core::file_exists(paths.next_encryption_key()));
  core::Secret key(core::kSealKeyBytes);
  EXPECT_EQ(outcome(opened->person_keys().open(ben, old, key)), "Corrupt/vault_keys");
}

TEST_F(ErasingTest, AnErasedIdIsNeverUsedAgain) {
  erase_anna();
  EXPECT_EQ(outcome(vault->add_fields(anna, fields_of("Anna"))), "Conflict/person_erased");
  core::Secret key(core::kSealKeyBytes);
  EXPECT_EQ(outcome(vault->person_key(anna, true, key)), "Conflict/person_erased");
  const std::vector<NamedId> again{{"@anna", vault_id(5)}};
  ASSERT_EQ(outcome(vault->add_names(again)), "a value");
  EXPECT_EQ(open().value()->names().find("@anna")->second, vault_id(5));
}

TEST_F(ErasingTest, WhatGoesOnAfterwardsIsKept) {
  erase_anna();
  ASSERT_EQ(outcome(vault->add_fields(ben, fields_of("Ben B. Nowak"))), "a value");
  const std::vector<NamedId> carl{{"@carl", vault_id(3)}};
  ASSERT_EQ(outcome(vault->add_names(carl)), "a value");
  const auto opened = open().value();
  EXPECT_EQ(opened->person(ben).value().fields.size(), 2u);
  EXPECT_EQ(opened->names().size(), 2u);
}

TEST_F(ErasingTest, OneAtATimeAndItCanBeDropped) {
  ASSERT_EQ(outcome(vault->begin_erasure(erasing())), "a value");
  EXPECT_EQ(outcome(vault->begin_erasure({ben, vault_id(78)})), "Unavailable/erasure_running");
  EXPECT_EQ(open(Access::ReadOnly).value()->erasing(), erasing());
  ASSERT_EQ(outcome(vault->drop_erasure()), "a value");
  EXPECT_FALSE(core::file_exists(paths.erasing()));
  EXPECT_EQ(open().value()->names().size(), 2u);
}

TEST_F(ErasingTest, AnAlteredNoteOfABegunErasureIsRefused) {
  ASSERT_EQ(outcome(vault->begin_erasure(erasing())), "a value");
  const std::string good = tests::read_file(paths.erasing());
  for (std::size_t i = 0; i < good.size(); ++i) {
    tests::write_file(paths.erasing(), tests::flipped(good, i));
    EXPECT_EQ(outcome(open(Access::ReadOnly)), "Corrupt/vault") << i;
  }
}

// Every mixture of files that a crash between two steps can leave.
TEST_F(ErasingTest, TheNextOpeningGoesOnFromEveryStep) {
  ASSERT_EQ(outcome(vault->begin_erasure(erasing())), "a value");
  const auto before = files();
  ASSERT_EQ(outcome(vault->finish_erasure(kSize)), "a value");
  const auto after = files();
  const std::string next = paths.next_encryption_key();
  // In the order of writing; after each one the power fails.
  auto now = before;
  const auto check = [&](const std::string& step) {
    SCOPED_TRACE(step);
    put_back(now);
    auto opened = open();
    ASSERT_TRUE(opened.has_value()) << core::to_string(opened.error());
    ASSERT_FALSE(opened.value()->locked().has_value())
        << core::to_string(*opened.value()->locked());
    if (opened.value()->erasing()) {
      EXPECT_EQ(outcome(opened.value()->finish_erasure(kSize)), "a value");
    }
    expect_erased(*opened.value());
    expect_erased(*open().value());
    EXPECT_FALSE(core::file_exists(next));
    EXPECT_EQ(open().value()->erasures().list.size(), 1u);
  };
  check("begun");
  now["erasures"] = after.at("erasures");
  check("listed");
  now[next] = after.at(paths.encryption_key);
  check("next key");
  now["person-keys"] = after.at("person-keys");
  check("keys");
  now.erase(paths.encryption_key);
  check("old key destroyed");
  now[paths.encryption_key] = after.at(paths.encryption_key);
  check("a copy of the next key");
  now.erase(next);
  check("next key named");
  now["data"] = after.at("data");
  check("entries");
  now.erase("erasing");
  check("all");
}

TEST_F(ErasingTest, AKeyThatWasDrawnAndNeverUsedIsDestroyed) {
  ASSERT_TRUE(
      write_encryption_key(paths.next_encryption_key(), draw_encryption_key(draw, "")).has_value());
  const auto opened = open().value();
  EXPECT_EQ(opened->names().size(), 2u);
  EXPECT_FALSE(core::file_exists(paths.next_encryption_key()));
}

// Somebody puts old files of keys back beside the list.
TEST_F(ErasingTest, KeysFromBeforeAreDroppedAgain) {
  const auto before = files();
  erase_anna();
  auto mixed = files();
  for (const std::string& name :
       {std::string("data"), std::string("person-keys"), paths.encryption_key}) {
    mixed[name] = before.at(name);
  }
  put_back(mixed);
  EXPECT_EQ(open(Access::ReadOnly).value()->names().size(), 1u);
  expect_erased(*open().value());
  EXPECT_NE(files().at(paths.encryption_key), before.at(paths.encryption_key));
}

TEST_F(ErasingTest, ARestoredVaultHasNothingOfTheErased) {
  const std::string old = tests::read_file(paths.data());
  erase_anna();
  const std::string text = print_erasures(vault->erasures(), kSize + 2);
  const Erasures list = read_erasures(text, "list").value();
  const Paths restored{folder / "restored", folder / "restored.kek"};
  std::filesystem::create_directory(restored.folder);
  EXPECT_EQ(outcome(admit_erasures(restored, old, list, kSize + 3)), "Conflict/erasure_list");
  EXPECT_FALSE(core::file_exists(restored.data()));
  EXPECT_EQ(admit_erasures(restored, old, list, kSize + 2).value(), 2u);
  tests::write_file(restored.person_keys(), tests::read_file(paths.person_keys()));
  std::filesystem::copy_file(paths.encryption_key, restored.encryption_key);
  const auto opened = Vault::open(restored, Access::ReadOnly, draw).value();
  expect_erased(*opened);
  // As it lies in the book's folder, a list does not say how far it goes.
  const Erasures open_ended = read_erasures(tests::read_file(paths.erasures()), "list").value();
  EXPECT_EQ(outcome(admit_erasures(restored, old, open_ended, 1)), "Conflict/erasure_list");
}

TEST_F(ErasingTest, AnotherVaultsListIsRefused) {
  const Paths other{folder / "other", folder / "other.kek"};
  const auto theirs = Vault::create(other, draw, {}).value();
  const Erasures list = read_erasures(print_erasures(theirs->erasures(), 99), "list").value();
  EXPECT_EQ(outcome(admit_erasures(paths, tests::read_file(paths.data()), list, 1)),
            "Conflict/erasure_list");
}

}  // namespace
}  // namespace gateway::vault
