#include "gateway/vault/vault.h"

#include <sys/stat.h>

#include "tests/gateway/vault/vault_fixture.h"

namespace gateway::vault {
namespace {

using tests::outcome;
using tests::vault_id;

using VaultTest = tests::VaultTest;

TEST_F(VaultTest, WhatWasAddedIsReadAgain) {
  for (const Access access : {Access::ReadOnly, Access::ReadWrite}) {
    const auto opened = open(access).value();
    EXPECT_EQ(opened->names().find("@anna")->second, anna);
    EXPECT_EQ(opened->names().size(), 2u);
    const Person person = opened->person(anna).value();
    EXPECT_EQ(person.names, (std::vector<std::string>{"@anna"}));
    ASSERT_EQ(person.fields.size(), 1u);
    EXPECT_EQ(person.fields[0].text, "Anna Papadopoulou");
    EXPECT_TRUE(opened->person(vault_id(9)).value().names.empty());
  }
}

TEST_F(VaultTest, EveryFileIsForItsOwnerOnly) {
  struct stat info {};
  ASSERT_EQ(::stat(paths.folder.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  for (const std::string& path :
       {paths.data(), paths.person_keys(), paths.erasures(), paths.encryption_key}) {
    ASSERT_EQ(::stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u) << path;
  }
}

TEST_F(VaultTest, NothingIsReadableWithoutTheKey) {
  for (const auto& [name, content] : files()) {
    EXPECT_EQ(content.find("anna"), std::string::npos) << name;
    EXPECT_EQ(content.find("Papadopoulou"), std::string::npos) << name;
  }
}

// A flipped bit would give a client another's id, or a text another salt.
TEST_F(VaultTest, EveryFlippedByteIsFound) {
  const auto good = files();
  for (const std::string name : {"data", "person-keys", "erasures"}) {
    for (std::size_t i = 0; i < good.at(name).size(); ++i) {
      auto bad = good;
      bad[name] = tests::flipped(good.at(name), i);
      put_back(bad);
      const auto opened = open(Access::ReadOnly);
      EXPECT_FALSE(opened.has_value()) << name << " byte " << i;
      EXPECT_EQ(opened.has_error() ? opened.error().code : core::Code::InvalidInput,
                core::Code::Corrupt);
    }
  }
}

TEST_F(VaultTest, AFlippedByteOfTheEncryptionKeyLocksIt) {
  const auto good = files();
  for (std::size_t i = 0; i < good.at(paths.encryption_key).size(); ++i) {
    auto bad = good;
    bad[paths.encryption_key] = tests::flipped(good.at(paths.encryption_key), i);
    put_back(bad);
    const auto opened = open().value();
    ASSERT_TRUE(opened->locked().has_value()) << i;
    EXPECT_EQ(opened->locked()->reason, "vault_key");
    EXPECT_EQ(outcome(opened->person(anna)), "InvalidInput/vault_key");
  }
}

TEST_F(VaultTest, WhatACrashBrokeOffIsCut) {
  const auto before = files();
  const std::vector<NamedId> carl{{"@carl", vault_id(3)}};
  ASSERT_TRUE(vault->add_names(carl).has_value());
  const auto after = files();
  for (const std::string name : {"data", "person-keys"}) {
    for (std::size_t size = before.at(name).size(); size < after.at(name).size(); ++size) {
      // Keys are written first: with a part of them there is nothing else.
      auto torn = name == std::string("data") ? after : before;
      torn[name] = after.at(name).substr(0, size);
      put_back(torn);
      const auto opened = open().value();
      EXPECT_EQ(opened->names().size(), 2u) << name << " " << size;
      ASSERT_EQ(outcome(opened->add_names(carl)), "a value");
      EXPECT_EQ(open(Access::ReadOnly).value()->names().size(), 3u);
    }
    // Bytes that never reached the disk.
    auto zeros = before;
    zeros[name] += std::string(300, '\0');
    put_back(zeros);
    EXPECT_EQ(open().value()->names().size(), 2u);
    EXPECT_EQ(files().at(name), before.at(name));
  }
}

TEST_F(VaultTest, EntriesCannotBeExchanged) {
  const Entries entries = read_entries(core::as_bytes(files().at("data")), "data").value();
  ASSERT_EQ(entries.places.size(), 4u);
  const std::string data = files().at("data");
  core::Secret key(32);
  ASSERT_TRUE(vault->person_key(anna, false, key).has_value());
  const auto bytes_of = [&](const Place& place) {
    return core::as_bytes(data).subspan(place.begin, place.bytes);
  };
  const Place& own = entries.places[0];
  EXPECT_EQ(open_name(own, bytes_of(own), key.view(), entries.list_key).value(), "@anna");
  Place moved = own;
  moved.number += 1;
  EXPECT_EQ(outcome(open_name(moved, bytes_of(own), key.view(), entries.list_key)),
            "Corrupt/vault");
  moved = own;
  moved.id = ben;
  EXPECT_EQ(outcome(open_name(moved, bytes_of(own), key.view(), entries.list_key)),
            "Corrupt/vault");
  ListKey other = entries.list_key;
  other[0] ^= 1;
  EXPECT_EQ(outcome(open_name(own, bytes_of(own), key.view(), other)), "Corrupt/vault");
}

TEST_F(VaultTest, WithoutAFileItIsLockedAndSaysWhich) {
  const auto good = files();
  const auto without = [&](const std::string& name) {
    auto bad = good;
    bad.erase(name);
    put_back(bad);
    const auto opened = open().value();
    return opened->locked() ? opened->locked()->reason + " at " + opened->locked()->at : "";
  };
  EXPECT_EQ(without("data"), "vault_locked at " + paths.data());
  EXPECT_EQ(without("erasures"), "vault_locked at " + paths.erasures());
  EXPECT_EQ(without("person-keys"), "vault_key_missing at " + paths.person_keys());
  EXPECT_EQ(without(paths.encryption_key), "vault_key_missing at " + paths.encryption_key);
  put_back(good);
  EXPECT_FALSE(open().value()->locked().has_value());
}

TEST_F(VaultTest, AKeyThatOthersMayReadIsNotUsed) {
  ASSERT_EQ(::chmod(paths.encryption_key.c_str(), 0640), 0);
  EXPECT_EQ(open().value()->locked()->reason, "key_file_mode");
}

TEST_F(VaultTest, AnotherVaultsFilesAreRefused) {
  const auto own = files();
  const Paths other{folder / "other", folder / "other.kek"};
  ASSERT_TRUE(Vault::create(other, draw, {}).has_value());
  for (const std::string name : {"person-keys", "erasures"}) {
    auto mixed = own;
    mixed[name] = tests::read_file(other.folder + "/" + name);
    put_back(mixed);
    EXPECT_EQ(outcome(open()), "Corrupt/vault") << name;
  }
  auto mixed = own;
  mixed[paths.encryption_key] = tests::read_file(other.encryption_key);
  put_back(mixed);
  EXPECT_EQ(open().value()->locked()->reason, "vault_key");
}

TEST_F(VaultTest, AMissingKeyIsNoErasure) {
  const auto good = files();
  const Paths empty{folder / "empty", folder / "empty.kek"};
  auto bad = good;
  // The header alone, and Ben's key.
  bad["person-keys"] =
      good.at("person-keys").substr(0, 88) + good.at("person-keys").substr(88 + 96);
  put_back(bad);
  const auto opened = open().value();
  EXPECT_FALSE(opened->locked().has_value());
  EXPECT_FALSE(opened->erased(anna));
  EXPECT_EQ(opened->missing_keys(), (std::set<IdBytes>{anna}));
  EXPECT_EQ(outcome(opened->person(anna)), "NotFound/vault_key_missing");
  EXPECT_EQ(outcome(opened->add_fields(anna, fields_of("Anna"))), "NotFound/vault_key_missing");
  EXPECT_EQ(opened->person(ben).value().fields[0].text, "Ben Nowak");
  EXPECT_EQ(opened->inspect().value().missing, (std::vector<IdBytes>{anna}));
}

TEST_F(VaultTest, AnInspectionSeesEverything) {
  const Inspection found = vault->inspect().value();
  EXPECT_TRUE(found.damages.empty());
  EXPECT_TRUE(found.missing.empty());
  EXPECT_EQ(found.names, 2u);
  EXPECT_EQ(found.fields, 2u);
  EXPECT_EQ(found.keys, 2u);
  const Field field = vault->person(anna).value().fields[0];
  EXPECT_TRUE(found.commitments.contains({anna, commitment(field)}));
  EXPECT_FALSE(found.commitments.contains({ben, commitment(field)}));
}

}  // namespace
}  // namespace gateway::vault
