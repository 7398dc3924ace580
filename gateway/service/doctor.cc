#include "gateway/service/doctor.h"

#include <sys/stat.h>

#include <filesystem>

#include "core/files.h"
#include "gateway/service/book.h"
#include "gateway/service/derived.h"
#include "gateway/service/log_keys.h"
#include "gateway/service/open_log.h"
#include "gateway/spool/spool.h"
#include "gateway/service/open_vault.h"
#include "gateway/vault/key_backup.h"
#include "ledger/bodies.h"
#include "ledger/store/rocks_index.h"

namespace gateway::service {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kFreeBytesMin = std::uintmax_t{1} << 30;
constexpr mode_t kOthersMask = 077;

class Examination {
 public:
  explicit Examination(const Folder& folder) : folder_(folder) {}

  std::vector<Symptom> run() {
    if (!core::file_exists(folder_.store())) {
      problem("store", "There is no store in this folder. Check the path; or restore a backup.");
      return std::move(symptoms_);
    }
    check_private_files();
    check_log_key();
    check_vault();
    check_disk();
    check_leftovers();
    check_store();
    check_index();
    check_snapshot();
    check_access();
    return std::move(symptoms_);
  }

 private:
  void ok(std::string check, std::string detail) {
    add(std::move(check), Health::Ok, std::move(detail));
  }
  void warning(std::string check, std::string detail) {
    add(std::move(check), Health::Warning, std::move(detail));
  }
  void problem(std::string check, std::string detail) {
    add(std::move(check), Health::Problem, std::move(detail));
  }
  void add(std::string check, Health health, std::string detail) {
    symptoms_.push_back({std::move(check), health, std::move(detail)});
  }

  void check_private_files() {
    bool open_to_others = false;
    for (const std::string& folder :
         {folder_.keys(), folder_.private_folder(), vault_paths(folder_).folder}) {
      std::error_code failure;
      for (const auto& entry : fs::recursive_directory_iterator(folder, failure)) {
        struct stat status {};
        if (!entry.is_regular_file() || ::stat(entry.path().c_str(), &status) != 0) continue;
        if ((status.st_mode & kOthersMask) == 0) continue;
        open_to_others = true;
        problem("keys", entry.path().string() +
                            " can be read by others; chmod 600 it, and think "
                            "about whether it has been.");
      }
    }
    if (!open_to_others) ok("keys", "Keys and tokens can be read by their owner alone.");
  }

  // Whether the key that signs by now is here; in a book that cannot be read, the first one.
  void check_log_key() {
    const auto found = [&]() -> core::Result<std::string> {
      const auto book = ReadOnlyBook::open(folder_);
      if (!book) {
        if (core::file_exists(folder_.log_key())) return std::string("a file");
        return core::not_found("key_missing", folder_.log_key(), "There is no log key.");
      }
      std::optional<ledger::VerifierKey> key;
      TRY(book.value()->read_state([&](const engine::State& state) -> core::Result<> {
        TRY(key, verifier_key_of(state.log_keys, state.log_keys.keys.back()));
        return core::ok();
      }));
      TRY(const auto file, find_log_key_file(folder_, *key));
      return std::string(ledger::keys::name_of(file.form));
    }();
    if (found) {
      ok("log_key", "The key that signs is here, " + found.value() + ".");
    } else {
      warning("log_key",
              "The book can be read and verified, not written: " + core::to_string(found.error()));
    }
  }

  // Whether names can be read, and how much of them a loss of the keys would cost.
  void check_vault() {
    const auto opened = open_vault_read_only(folder_);
    if (!opened) return problem("vault", core::to_string(opened.error()));
    if (!opened.value().vault) {
      return ok("vault", "There is none yet; the next opening for writing makes it.");
    }
    const vault::Vault& vault = *opened.value().vault;
    if (vault.locked()) {
      // What was restored waits for its keys.
      const bool waits = core::file_exists(folder_.restored_note());
      return add("vault", waits ? Health::Warning : Health::Problem,
                 core::to_string(*vault.locked()));
    }
    if (!vault.missing_keys().empty()) {
      return problem("vault", "Keys of " + std::to_string(vault.missing_keys().size()) +
                                  " ids are missing; see docs/runbooks/erasure.md.");
    }
    if (vault.erasing()) {
      return warning("vault", "An erasure was begun; the next opening for writing settles it.");
    }
    const auto backup = vault::last_key_backup(vault.paths());
    if (!backup || !backup.value()) {
      return warning("vault", "Its keys were never backed up: tally vault backup-keys.");
    }
    ok("vault", std::to_string(vault.names().size()) + " names; its keys were backed up at " +
                    core::to_string(backup.value()->made_at) + ", to be deleted by " +
                    core::to_string(backup.value()->expires_at()) + ".");
  }

  void check_disk() {
    std::error_code failure;
    const fs::space_info space = fs::space(folder_.root, failure);
    if (failure) {
      warning("disk", "Free space cannot be told: " + failure.message());
    } else if (space.available < kFreeBytesMin) {
      problem("disk",
              "Less than 1 GiB is free. A full disk stops the book; see "
              "docs/runbooks/disk-full.md.");
    } else {
      ok("disk", std::to_string(space.available >> 30) + " GiB are free.");
    }
  }

  void check_leftovers() {
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder_.root, failure)) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".tmp") || name.ends_with(".partial")) {
        warning("leftovers", name + " was left by a program that was ended; it may be deleted.");
      }
    }
  }

  void check_store() {
    auto opened = open_log_read_only(folder_);
    if (!opened) {
      problem("store", core::to_string(opened.error()) + " See docs/runbooks/corrupt.md.");
      return;
    }
    const OpenedLog& log = opened.value();
    size_ = log.size;
    if (log.damage) {
      problem("store", core::to_string(*log.damage));
    } else if (log.torn_tail) {
      warning("store",
              "An append was broken off behind the last acknowledged record; the next "
              "opening cuts it.");
    } else {
      ok("store", std::to_string(log.size) + " records.");
    }
    if (log.restored) {
      warning("signer",
              "Restored from a backup: read-only until the signer's memory is put beside "
              "it; see docs/runbooks/backup-and-restore.md.");
    } else {
      ok("signer", "The signer remembers " + std::to_string(log.signer.durable_size) + " records.");
    }
  }

  void check_index() {
    const auto runs =
        ledger::store::open_rocks_index(folder_.index(), ledger::store::Mode::ReadOnly);
    if (!runs) {
      problem("index", core::to_string(runs.error()));
      return;
    }
    const std::uint64_t wanted = size_ / ledger::index::kSegmentRecords;
    const std::uint64_t there = runs.value()->segments();
    if (there > wanted) {
      problem("index", "It is ahead of the records: tally doctor --rebuild.");
    } else if (there < wanted) {
      warning("index", std::to_string(wanted - there) + " of " + std::to_string(wanted) +
                           " runs are not written; the next opening writes them.");
    } else {
      ok("index", std::to_string(there) + " runs.");
    }
  }

  void check_snapshot() {
    if (!core::file_exists(folder_.snapshot())) {
      warning("snapshot", "There is none: the next opening reads all records.");
    } else if (const auto snapshot = read_own_snapshot(folder_)) {
      ok("snapshot", "Of " + std::to_string(snapshot->size) + " records.");
    } else {
      warning("snapshot",
              "It is damaged, or another version wrote it; the next opening reads all "
              "records.");
    }
  }

  void check_access() {
    if (!core::file_exists(folder_.access())) return;
    const auto spooled = spool::read_spool(
        folder_.access_spool(), [](const spool::Entry&) -> core::Result<bool> { return true; });
    if (!spooled) {
      problem("access", core::to_string(spooled.error()));
    } else {
      ok("access", std::to_string(spooled.value().entries) +
                       " readings wait in the spool of the log of reads.");
    }
  }

  const Folder& folder_;
  std::vector<Symptom> symptoms_;
  std::uint64_t size_ = 0;
};

}  // namespace

std::vector<Symptom> examine(const Folder& folder) { return Examination(folder).run(); }

core::Result<std::uint64_t> rebuild_derived(const Folder& folder, core::Clock& clock) {
  {
    // Only while nobody else has the book.
    ledger::store::RocksOptions options;
    options.path = folder.store();
    auto held = ledger::store::open_rocks_log(options);
    if (!held) return std::move(held.error());
    std::error_code failure;
    fs::remove_all(folder.index(), failure);
    if (!failure) fs::remove(folder.snapshot(), failure);
    if (failure) return core::unavailable("io", folder.root, failure.message());
  }
  TRY(const auto book, Book::open(folder, clock));
  return book->durable_size();
}

}  // namespace gateway::service
