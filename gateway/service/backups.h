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
};

struct RestoreReport {
  ledger::store::Backup backup;
  VerifyOutcome verified;
};

// Restores records into a new folder and verifies every one, and the note of the backup, before the
// folder gets its name. The book is read-only: keys, references and the signer's memory are in no
// backup.
//
// Guarantees: nothing is left behind unless all of it holds.
// Errors:     Conflict/exists; NotFound/backup; Corrupt/backup; Corrupt/not_verified with the first
//             finding; Unavailable/io.
core::Result<RestoreReport> restore(const RestoreOptions& options);

// {"backup": number, "size": records at least, "root": ..., "bytes": of its files, "checkpoint":
// note} Errors: InvalidInput/checkpoint if its note is none.
core::Result<core::json::Value> backup_to_json(const ledger::store::Backup& backup);

}  // namespace gateway::service
