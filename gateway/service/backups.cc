#include "gateway/service/backups.h"

#include <algorithm>
#include <filesystem>

#include "core/files.h"
#include "gateway/documents/store.h"
#include "gateway/service/open_vault.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"

namespace gateway::service {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kVaultBytesMax = std::size_t{2} << 30;

core::Result<ledger::store::Backup> choose(const RestoreOptions& options) {
  TRY(const auto backups, ledger::store::list_backups(options.backups));
  if (!options.number) return backups.back();
  const auto found = std::ranges::find(backups, *options.number, &ledger::store::Backup::number);
  if (found != backups.end()) return *found;
  return core::not_found("backup", options.backups,
                         "There is no backup " + std::to_string(*options.number) + " here.");
}

// Of the backup's note and of what the caller kept.
core::Result<std::uint64_t> newest_size(const RestoreOptions& options, const std::string& note) {
  TRY(const auto own, ledger::parse_checkpoint(ledger::text_of_note(note)));
  std::uint64_t newest = own.size;
  std::vector<std::string> notes = options.trusted_notes;
  notes.insert(notes.end(), options.newest_notes.begin(), options.newest_notes.end());
  for (const std::string& kept : notes) {
    TRY(const auto checkpoint, ledger::parse_checkpoint(ledger::text_of_note(kept)));
    newest = std::max(newest, checkpoint.size);
  }
  return newest;
}

// The entries of the vault, without those that were erased since.
core::Result<> restore_vault(const RestoreOptions& options, const Folder& folder,
                             RestoreReport& report) {
  const std::string copy = vault_copy_path(options.backups, report.backup.number);
  if (!core::file_exists(copy)) return core::ok();
  const vault::Paths paths = vault_paths(folder);
  TRY(const std::string data, core::read_file(copy, kVaultBytesMax));
  TRY(core::make_folder(paths.folder, core::FileAccess::OwnerOnly));
  if (!options.erasures) {
    return core::write_file(paths.data(), data, core::FileAccess::OwnerOnly);
  }
  TRY(const auto list, vault::read_erasures(*options.erasures, "erasures"));
  TRY(const std::uint64_t newest, newest_size(options, report.backup.note));
  TRY(report.erased_entries, vault::admit_erasures(paths, data, list, newest));
  return core::ok();
}

core::Result<RestoreReport> restore_into(const RestoreOptions& options, const Folder& folder) {
  RestoreReport report;
  TRY(report.backup, choose(options));
  TRY(core::make_folder(folder.root, core::FileAccess::OwnerOnly));
  TRY(ledger::store::restore_backup(options.backups, report.backup.number, folder.store()));
  TRY(core::write_file(folder.restored_note(), report.backup.note));
  documents::Store restored(folder.documents());
  TRY(documents::Store(options.backups + "/documents").copy_to(restored));
  TRY(restore_vault(options, folder, report));
  VerifyOptions verify;
  verify.folder = folder;
  verify.key = options.key;
  verify.root_key = options.root_key;
  verify.trusted_notes = options.trusted_notes;
  TRY(report.verified, verify_book(verify));
  if (report.verified.report.clean()) return report;
  const auto& findings = report.verified.report.findings;
  return core::corrupt("not_verified", options.backups,
                       "The restored records do not verify: " +
                           (findings.empty() ? "" : core::to_string(findings.front())));
}

}  // namespace

core::Result<RestoreReport> restore(const RestoreOptions& options) {
  if (core::file_exists(options.into.root)) {
    return core::conflict("exists", options.into.root,
                          "Restore into a folder that does not exist.");
  }
  const Folder partial{options.into.root + ".partial"};
  if (core::file_exists(partial.root)) {
    return core::conflict("exists", partial.root,
                          "A restore that was ended left it; delete it and restore again.");
  }
  auto restored = restore_into(options, partial);
  std::error_code failure;
  if (!restored) {
    fs::remove_all(partial.root, failure);
    return restored;
  }
  TRY(core::sync_folder_tree(partial.root));
  fs::rename(partial.root, options.into.root, failure);
  if (failure) return core::unavailable("io", options.into.root, failure.message());
  return restored;
}

std::string vault_copy_path(const std::string& backups, std::uint32_t number) {
  return backups + "/vault/" + std::to_string(number) + ".data";
}

core::Result<> prune_vault_copies(const std::string& backups) {
  TRY(const auto kept, ledger::store::list_backups(backups));
  std::error_code failure;
  std::vector<std::string> old;
  for (const auto& entry : fs::directory_iterator(backups + "/vault", failure)) {
    const bool is_kept = std::ranges::any_of(kept, [&](const ledger::store::Backup& backup) {
      return entry.path() == vault_copy_path(backups, backup.number);
    });
    if (!is_kept) old.push_back(entry.path().string());
  }
  for (const std::string& path : old) {
    TRY(core::remove_file(path));
  }
  return core::ok();
}

core::Result<core::json::Value> backup_to_json(const ledger::store::Backup& backup) {
  TRY(const auto checkpoint, ledger::parse_checkpoint(ledger::text_of_note(backup.note)));
  return core::json::Value(core::json::Object{{"backup", static_cast<std::int64_t>(backup.number)},
                                              {"size", static_cast<std::int64_t>(checkpoint.size)},
                                              {"root", core::to_base64(checkpoint.root.bytes)},
                                              {"bytes", static_cast<std::int64_t>(backup.bytes)},
                                              {"checkpoint", backup.note}});
}

}  // namespace gateway::service
