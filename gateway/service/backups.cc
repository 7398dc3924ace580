#include "gateway/service/backups.h"

#include <algorithm>
#include <filesystem>

#include "core/files.h"
#include "gateway/documents/store.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"

namespace gateway::service {
namespace {

namespace fs = std::filesystem;

core::Result<ledger::store::Backup> choose(const RestoreOptions& options) {
  TRY(const auto backups, ledger::store::list_backups(options.backups));
  if (!options.number) return backups.back();
  const auto found = std::ranges::find(backups, *options.number, &ledger::store::Backup::number);
  if (found != backups.end()) return *found;
  return core::not_found("backup", options.backups,
                         "There is no backup " + std::to_string(*options.number) + " here.");
}

core::Result<RestoreReport> restore_into(const RestoreOptions& options, const Folder& folder) {
  RestoreReport report;
  TRY(report.backup, choose(options));
  TRY(core::make_folder(folder.root, core::FileAccess::OwnerOnly));
  TRY(ledger::store::restore_backup(options.backups, report.backup.number, folder.store()));
  TRY(core::write_file(folder.restored_note(), report.backup.note));
  documents::Store restored(folder.documents());
  TRY(documents::Store(options.backups + "/documents").copy_to(restored));
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

core::Result<core::json::Value> backup_to_json(const ledger::store::Backup& backup) {
  TRY(const auto checkpoint, ledger::parse_checkpoint(ledger::text_of_note(backup.note)));
  return core::json::Value(core::json::Object{{"backup", static_cast<std::int64_t>(backup.number)},
                                              {"size", static_cast<std::int64_t>(checkpoint.size)},
                                              {"root", core::to_base64(checkpoint.root.bytes)},
                                              {"bytes", static_cast<std::int64_t>(backup.bytes)},
                                              {"checkpoint", backup.note}});
}

}  // namespace gateway::service
