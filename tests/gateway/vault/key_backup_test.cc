#include "gateway/vault/key_backup.h"

#include "tests/gateway/vault/vault_fixture.h"

namespace gateway::vault {
namespace {

using tests::outcome;

constexpr core::Instant kNow{1'800'000'000'000'000};
constexpr std::int64_t kDay = 86'400'000'000;

class KeyBackupTest : public tests::VaultTest {
 protected:
  std::string back_up(std::uint64_t days = 30) {
    return outcome(back_up_keys(*vault, backup, kNow, days));
  }
  std::string restore(std::int64_t days_later = 1) {
    return outcome(restore_keys(paths, backup, {kNow.micros + days_later * kDay}, draw));
  }
  void lose_keys() {
    std::filesystem::remove(paths.person_keys());
    std::filesystem::remove(paths.encryption_key);
  }

  std::string backup = folder / "keys";
};

TEST_F(KeyBackupTest, BringsBackWhatWasLost) {
  ASSERT_EQ(back_up(), "a value");
  EXPECT_EQ(last_key_backup(paths).value()->expires_at().micros, kNow.micros + 30 * kDay);
  lose_keys();
  EXPECT_TRUE(open().value()->locked().has_value());
  ASSERT_EQ(restore(), "a value");
  EXPECT_EQ(open().value()->person(anna).value().fields.at(0).text, "Anna Papadopoulou");
}

TEST_F(KeyBackupTest, IsRefusedOnceItIsTooOld) {
  ASSERT_EQ(back_up(30), "a value");
  lose_keys();
  EXPECT_EQ(restore(31), "Conflict/key_backup_old");
  EXPECT_FALSE(core::file_exists(paths.person_keys()));
  EXPECT_EQ(restore(30), "a value");
}

TEST_F(KeyBackupTest, DoesNotReplaceKeysThatOpen) {
  ASSERT_EQ(back_up(), "a value");
  EXPECT_EQ(restore(), "Conflict/exists");
}

TEST_F(KeyBackupTest, DoesNotBringBackTheErased) {
  ASSERT_EQ(back_up(), "a value");
  ASSERT_TRUE(vault->begin_erasure({anna, tests::vault_id(7)}).has_value());
  ASSERT_TRUE(vault->finish_erasure(9).has_value());
  lose_keys();
  ASSERT_EQ(restore(), "a value");
  const auto opened = open(Access::ReadOnly).value();
  EXPECT_FALSE(opened->person_keys().contains(anna));
  EXPECT_EQ(opened->person(ben).value().fields.at(0).text, "Ben Nowak");
  // The backup's own key is not the one that is left.
  EXPECT_NE(tests::read_file(paths.encryption_key), tests::read_file(backup + "/vault.kek"));
}

TEST_F(KeyBackupTest, AddsWhatIsMissingAndReplacesNothing) {
  ASSERT_EQ(back_up(), "a value");
  const std::vector<NamedId> carl{{"@carl", tests::vault_id(3)}};
  ASSERT_TRUE(vault->add_names(carl).has_value());
  // Anna's key is lost; Carl's came after the backup.
  std::string keys = tests::read_file(paths.person_keys());
  keys.erase(88, 96);
  tests::write_file(paths.person_keys(), keys);
  EXPECT_EQ(open(Access::ReadOnly).value()->missing_keys().size(), 1u);
  ASSERT_EQ(restore(), "a value");
  const auto opened = open().value();
  EXPECT_TRUE(opened->missing_keys().empty());
  EXPECT_EQ(opened->names().size(), 3u);
  EXPECT_EQ(opened->person(anna).value().fields.at(0).text, "Anna Papadopoulou");
}

TEST_F(KeyBackupTest, WaitsForTheErasureList) {
  ASSERT_EQ(back_up(), "a value");
  lose_keys();
  std::filesystem::remove(paths.erasures());
  EXPECT_EQ(restore(), "Conflict/vault_locked");
}

TEST_F(KeyBackupTest, AnyAlteredFileIsRefused) {
  ASSERT_EQ(back_up(), "a value");
  lose_keys();
  for (const std::string name : {"person-keys", "vault.kek", "key-backup.json"}) {
    const std::string path = backup + "/" + name;
    const std::string good = tests::read_file(path);
    for (std::size_t i = 0; i < good.size(); ++i) {
      tests::write_file(path, tests::flipped(good, i));
      EXPECT_NE(restore(), "a value") << name << " byte " << i;
      ASSERT_FALSE(core::file_exists(paths.person_keys()));
    }
    tests::write_file(path, good);
  }
  EXPECT_EQ(restore(), "a value");
}

TEST_F(KeyBackupTest, AnotherVaultsKeysAreRefused) {
  const Paths other{folder / "other", folder / "other.kek"};
  const auto theirs = Vault::create(other, draw, {}).value();
  ASSERT_TRUE(back_up_keys(*theirs, backup, kNow, 30).has_value());
  lose_keys();
  EXPECT_EQ(restore(), "Corrupt/key_backup");
}

TEST_F(KeyBackupTest, HasAnAgeWithinLimits) {
  EXPECT_EQ(back_up(0), "InvalidInput/key_backup_age");
  EXPECT_EQ(back_up(366), "InvalidInput/key_backup_age");
  EXPECT_FALSE(core::file_exists(backup));
  EXPECT_EQ(back_up(365), "a value");
  EXPECT_EQ(back_up(30), "Conflict/exists");
}

}  // namespace
}  // namespace gateway::vault
