#pragma once

#include <optional>
#include <string>

#include "core/time.h"
#include "gateway/vault/vault.h"

// Backups of a vault's keys, apart from those of the data: whoever has both an old backup of the
// keys and an old one of the data has what was erased since. So they have a greatest age, which is
// stated in them, and after which they must be deleted. Source: docs/formats/vault.md.
namespace gateway::vault {

inline constexpr std::uint64_t kKeyBackupDaysDefault = 30;
inline constexpr std::uint64_t kKeyBackupDaysMax = 365;

struct KeyBackup {
  core::Instant made_at;
  std::uint64_t max_age_days = kKeyBackupDaysDefault;
  std::uint64_t keys = 0;

  core::Instant expires_at() const;
};

// Writes the two files of keys, and what says how old they may become, into a folder that does not
// exist (0700). The vault remembers when.
// Errors: Conflict/exists; InvalidInput/key_backup_age; those of a locked vault; Unavailable/io.
core::Result<KeyBackup> back_up_keys(const Vault& vault, const std::string& folder,
                                     core::Instant now, std::uint64_t max_age_days);

// The newest one that the vault remembers. Errors: Corrupt/key_backup.
core::Result<std::optional<KeyBackup>> last_key_backup(const Paths& paths);

// Puts the keys of a backup into a vault that has none that open, or adds those that it lacks;
// without those of people who were erased since.
// Errors: Conflict/key_backup_old if it is older than it may become; Conflict/exists if the vault
//         lacks none; Conflict/vault_locked without an erasure list; Corrupt/key_backup if a
//         file was altered or is another vault's.
core::Result<KeyBackup> restore_keys(const Paths& paths, const std::string& folder,
                                     core::Instant now, const Draw& draw);

}  // namespace gateway::vault
