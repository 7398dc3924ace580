#include "gateway/vault/key_backup.h"

#include <filesystem>

#include "core/files.h"
#include "core/json.h"
#include "gateway/vault/check.h"

namespace gateway::vault {
namespace {

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
constexpr std::size_t kFileBytesMax = std::size_t{2} << 30;

struct Files {
  std::string folder;
  std::string keys() const { return folder + "/person-keys"; }
  std::string encryption_key() const { return folder + "/vault.kek"; }
  std::string statement() const { return folder + "/key-backup.json"; }
};

std::string remembered(const Paths& paths) { return paths.folder + "/key-backup"; }

core::Error damaged(const std::string& path, const std::string& why) {
  return core::corrupt("key_backup", path, why + " Take another backup of the keys.");
}

// {"made_at", "max_age_days", "keys", "check"}: the check covers what stands before it.
std::string print(const KeyBackup& backup) {
  core::json::Object out{{"made_at", core::to_string(backup.made_at)},
                         {"max_age_days", static_cast<std::int64_t>(backup.max_age_days)},
                         {"keys", static_cast<std::int64_t>(backup.keys)}};
  const auto check = check_of(core::as_bytes(core::json::print(out)));
  out.emplace_back("check", core::to_hex(check));
  return core::json::print_pretty(out);
}

core::Result<KeyBackup> read_statement(const std::string& path) {
  TRY(const std::string text, core::read_file(path, 4096));
  const auto value = core::json::parse(text);
  if (value) {
    const auto made_at = core::parse_instant(value.value().text("made_at"));
    const auto* days = value.value().find("max_age_days");
    const auto* keys = value.value().find("keys");
    if (made_at && days != nullptr && days->as_integer() != nullptr && keys != nullptr &&
        keys->as_integer() != nullptr) {
      KeyBackup out{made_at.value(), static_cast<std::uint64_t>(*days->as_integer()),
                    static_cast<std::uint64_t>(*keys->as_integer())};
      if (print(out) == text && out.max_age_days <= kKeyBackupDaysMax) return out;
    }
  }
  return damaged(path, "This does not say how old the backup is, or was altered.");
}

// Whether the two files are a pair, and this vault's.
core::Result<> check_pair(const Paths& paths, const Files& files, std::string_view keys) {
  TRY(const PersonKeys read, PersonKeys::read(core::as_bytes(keys), files.keys()));
  TRY(const EncryptionKey key, read_encryption_key(files.encryption_key()));
  if (!read.opens_with(key)) {
    return damaged(files.folder, "Its key does not open its person keys.");
  }
  TRY(const std::string data, core::read_file(paths.data(), kFileBytesMax));
  TRY(const Entries entries, read_entries(core::as_bytes(data), paths.data()));
  if (tag_of(entries.list_key) == read.vault()) return core::ok();
  return damaged(files.folder, "These keys are another vault's.");
}

// The vault's own keys open, and are newer than the backup's: none of them is replaced.
core::Result<> add_missing(const Paths& paths, const Vault& looked, const PersonKeys& from,
                           const EncryptionKey& key, const Draw& draw) {
  if (looked.missing_keys().empty()) {
    return core::conflict("exists", paths.person_keys(),
                          "The vault's own keys are here and open what is in it.");
  }
  TRY(const auto vault, Vault::open(paths, Access::ReadWrite, draw));
  return vault->take_keys(from, key);
}

}  // namespace

core::Instant KeyBackup::expires_at() const {
  return {made_at.micros + static_cast<std::int64_t>(max_age_days) * kMicrosPerDay};
}

core::Result<KeyBackup> back_up_keys(const Vault& vault, const std::string& folder,
                                     core::Instant now, std::uint64_t max_age_days) {
  if (vault.locked()) return *vault.locked();
  if (max_age_days == 0 || max_age_days > kKeyBackupDaysMax) {
    return core::invalid("key_backup_age", "max-age",
                         "Backups of the keys live 1 to 365 days: for so long, what is erased can "
                         "be read by whoever has them and an old backup of the data.");
  }
  if (core::file_exists(folder)) {
    return core::conflict("exists", folder, "Name a folder that does not exist.");
  }
  const Files files{folder};
  const KeyBackup backup{now, max_age_days, vault.keys()};
  TRY(core::make_folder(folder, core::FileAccess::OwnerOnly));
  const core::Bytes keys = vault.person_keys().print();
  TRY(core::write_file(files.keys(), core::as_text(keys), core::FileAccess::OwnerOnly));
  TRY(write_encryption_key(files.encryption_key(), *vault.encryption_key()));
  TRY(core::write_file(files.statement(), print(backup), core::FileAccess::OwnerOnly));
  TRY(core::write_file(remembered(vault.paths()), print(backup), core::FileAccess::OwnerOnly));
  return backup;
}

core::Result<std::optional<KeyBackup>> last_key_backup(const Paths& paths) {
  if (!core::file_exists(remembered(paths))) return std::optional<KeyBackup>();
  TRY(const KeyBackup backup, read_statement(remembered(paths)));
  return std::optional<KeyBackup>(backup);
}

core::Result<KeyBackup> restore_keys(const Paths& paths, const std::string& folder,
                                     core::Instant now, const Draw& draw) {
  const Files files{folder};
  TRY(const KeyBackup backup, read_statement(files.statement()));
  if (now > backup.expires_at()) {
    return core::conflict("key_backup_old", folder,
                          "This backup of the keys was to be deleted by " +
                              core::to_string(backup.expires_at()) +
                              "; it may hold keys of people who were erased since.");
  }
  TRY(const std::string keys, core::read_file(files.keys(), kFileBytesMax));
  TRY(check_pair(paths, files, keys));
  TRY(const PersonKeys read, PersonKeys::read(core::as_bytes(keys), files.keys()));
  TRY(const EncryptionKey key, read_encryption_key(files.encryption_key()));
  const auto own = Vault::open(paths, Access::ReadOnly, draw);
  if (own && !own.value()->locked()) {
    TRY(add_missing(paths, *own.value(), read, key, draw));
    return backup;
  }
  if (own && own.value()->locked()->reason == "vault_locked") return *own.value()->locked();
  const auto keys_folder = std::filesystem::path(paths.encryption_key).parent_path();
  TRY(core::make_folder(keys_folder.string(), core::FileAccess::OwnerOnly));
  TRY(write_encryption_key(paths.next_encryption_key(), key));
  TRY(core::write_file(paths.person_keys(), keys, core::FileAccess::OwnerOnly));
  TRY(destroy_file(paths.encryption_key));
  TRY(write_encryption_key(paths.encryption_key, key));
  TRY(destroy_file(paths.next_encryption_key()));
  // Keys of whom the list names go, under a fresh encryption key.
  TRY(Vault::open(paths, Access::ReadWrite, draw));
  return backup;
}

}  // namespace gateway::vault
