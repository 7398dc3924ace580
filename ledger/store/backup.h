#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "ledger/log.h"

// Copies of a store in a folder of backups (RocksDB's BackupEngine): each is whole, tables that two
// of them share are kept once, and every file has a checksum.
namespace ledger::store {

struct Backup {
  std::uint32_t number = 0;
  std::string note;  // The signed checkpoint it was made with; it holds at least its records.
  std::uint64_t bytes = 0;  // Of its files, shared ones included.
};

// Backs up a log of open_rocks_log() that was opened for writing, while it may be written. `note`
// is the last signed one. Errors: InvalidInput/log for another kind of log; Unavailable/backup with
// what RocksDB says.
core::Result<Backup> back_up(Log& log, const std::string& folder, const std::string& note);

// Oldest first. Errors: NotFound/backup if the folder has none; Corrupt/backup.
core::Result<std::vector<Backup>> list_backups(const std::string& folder);

// Checks the files of a backup against their checksums and copies them into a new folder.
// Errors: NotFound/backup; Corrupt/backup if a file is not what was backed up; Unavailable/backup.
core::Result<> restore_backup(const std::string& folder, std::uint32_t number,
                              const std::string& store_path);

// Forgets all but the newest `keep`. Errors: Unavailable/backup.
core::Result<> purge_backups(const std::string& folder, std::uint32_t keep);

}  // namespace ledger::store
