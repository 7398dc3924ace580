#include "ledger/store/backup.h"

#include <rocksdb/utilities/backup_engine.h>

#include <filesystem>
#include <memory>

#include "ledger/store/database.h"
#include "ledger/store/database_options.h"
#include "ledger/store/rocks_handle.h"

namespace ledger::store {
namespace {

core::Error backup_error(const rocksdb::Status& status, const std::string& folder) {
  if (status.IsNotFound()) return core::not_found("backup", folder, status.ToString());
  if (is_damage(status)) return core::corrupt("backup", folder, status.ToString());
  return core::unavailable("backup", folder, status.ToString());
}

rocksdb::BackupEngineOptions options_of(const std::string& folder) {
  rocksdb::BackupEngineOptions options(folder);
  options.sync = true;
  return options;
}

core::Result<std::unique_ptr<rocksdb::BackupEngine>> open_engine(const std::string& folder) {
  rocksdb::BackupEngine* engine = nullptr;
  const rocksdb::Status status = guarded([&] {
    return rocksdb::BackupEngine::Open(options_of(folder), rocksdb::Env::Default(), &engine);
  });
  if (!status.ok()) return backup_error(status, folder);
  return std::unique_ptr<rocksdb::BackupEngine>(engine);
}

core::Result<std::unique_ptr<rocksdb::BackupEngineReadOnly>> open_for_reading(
    const std::string& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(folder, ignored)) {
    return core::not_found("backup", folder, "There is no such folder.");
  }
  rocksdb::BackupEngineReadOnly* engine = nullptr;
  const rocksdb::Status status = guarded([&] {
    return rocksdb::BackupEngineReadOnly::Open(options_of(folder), rocksdb::Env::Default(),
                                               &engine);
  });
  if (!status.ok()) return backup_error(status, folder);
  return std::unique_ptr<rocksdb::BackupEngineReadOnly>(engine);
}

Backup backup_of(const rocksdb::BackupInfo& info) {
  return {info.backup_id, info.app_metadata, info.size};
}

}  // namespace

core::Result<Backup> back_up(Log& log, const std::string& folder, const std::string& note) {
  rocksdb::DB* rocks = rocks_of(log);
  if (rocks == nullptr) {
    return core::invalid("log", folder, "Only a store that is open for writing is backed up.");
  }
  TRY(const auto engine, open_engine(folder));
  rocksdb::CreateBackupOptions options;
  // What is in memory goes into tables first, so that the copy needs no write-ahead log.
  options.flush_before_backup = true;
  const rocksdb::Status status =
      guarded([&] { return engine->CreateNewBackupWithMetadata(options, rocks, note); });
  if (!status.ok()) return backup_error(status, folder);
  std::vector<rocksdb::BackupInfo> infos;
  engine->GetBackupInfo(&infos);
  return backup_of(infos.back());
}

core::Result<std::vector<Backup>> list_backups(const std::string& folder) {
  TRY(const auto engine, open_for_reading(folder));
  std::vector<rocksdb::BackupInfo> infos;
  engine->GetBackupInfo(&infos);
  std::vector<rocksdb::BackupID> damaged;
  engine->GetCorruptedBackups(&damaged);
  if (!damaged.empty()) {
    return core::corrupt("backup", folder,
                         "Backup " + std::to_string(damaged.front()) + " cannot be read.");
  }
  if (infos.empty()) return core::not_found("backup", folder, "The folder has no backups.");
  std::vector<Backup> out;
  for (const rocksdb::BackupInfo& info : infos) out.push_back(backup_of(info));
  return out;
}

core::Result<> restore_backup(const std::string& folder, std::uint32_t number,
                              const std::string& store_path) {
  TRY(const auto engine, open_for_reading(folder));
  const rocksdb::Status status = guarded([&] {
    rocksdb::Status step = engine->VerifyBackup(number, /*verify_with_checksum=*/true);
    if (step.ok()) step = engine->RestoreDBFromBackup(number, store_path, store_path);
    return step;
  });
  if (!status.ok()) return backup_error(status, folder);
  return core::ok();
}

core::Result<> purge_backups(const std::string& folder, std::uint32_t keep) {
  TRY(const auto engine, open_engine(folder));
  const rocksdb::Status status = guarded([&] {
    rocksdb::Status step = engine->PurgeOldBackups(keep);
    if (step.ok()) step = engine->GarbageCollect();
    return step;
  });
  if (!status.ok()) return backup_error(status, folder);
  return core::ok();
}

}  // namespace ledger::store
