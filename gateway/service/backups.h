#pragma once

#include <optional>
#include <string>

#include "core/json.h"
#include "gateway/service/folder.h"
#include "gateway/service/verify_book.h"
#include "ledger/store/backup.h"

namespace gateway::service {

struct RestoreOptions {
  std::string backups;                  // The folder of backups.
  std::optional<std::uint32_t> number;  // Absent: the newest.
  Folder into;                          // Must not exist.
  std::optional<std::string> key;       // vkey the caller trusts.
  std::optional<std::string> root_key;
  std::vector<std::string> trusted_notes;
  // The newest erasure list: what was erased after the backup is not restored. Without it the vault
  // stays locked.
  std::optional<std::string> erasures;
  // Newer notes than the backup may have: the list must reach them.
  std::vector<std::string> newest_notes;
};

struct RestoreReport {
  ledger::store::Backup backup;
  VerifyOutcome verified;
  std::uint64_t erased_entries = 0;  // That the backup still had.
};

// Restores records into a new folder and verifies every one, and the note of the backup, before the
// folder gets its name. The book is read-only: keys and the signer's memory are in no backup.
//
// Guarantees: nothing is left behind unless all of it holds.
// Errors:     Conflict/exists; Conflict/erasure_list if the list is older than the newest
// checkpoint
//             known, or another vault's; Corrupt/erasure_list; NotFound/backup; Corrupt/backup;
//             Corrupt/not_verified with the first finding; Unavailable/io.
core::Result<RestoreReport> restore(const RestoreOptions& options);

// Where a backup keeps the vault's entries.
std::string vault_copy_path(const std::string& backups, std::uint32_t number);
// Deletes the copies whose backup is there no more. Errors: those of listing; Unavailable/io.
core::Result<> prune_vault_copies(const std::string& backups);

// {"backup": number, "size": records at least, "root": ..., "bytes": of its files, "checkpoint":
// note} Errors: InvalidInput/checkpoint if its note is none.
core::Result<core::json::Value> backup_to_json(const ledger::store::Backup& backup);

}  // namespace gateway::service
