#include "ledger/store/database.h"

#include <rocksdb/env.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/files.h"
#include "ledger/big_endian.h"
#include "ledger/store/database_options.h"
#include "ledger/store/manifest_check.h"
#include "ledger/store/table_check.h"

namespace ledger::store {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSchemaVersion = 1;
constexpr std::string_view kSchemaKey = "schema";
constexpr std::string_view kMetaFamily = "meta";

// Whether there is a store. Without CURRENT, RocksDB would make a new one over what is left of the
// old. Errors: Corrupt/store if only CURRENT is missing; Unavailable/io.
core::Result<bool> store_exists(const std::string& path) {
  std::error_code failure;
  if (fs::exists(fs::path(path) / "CURRENT", failure)) return true;
  fs::directory_iterator files(path, failure);
  if (failure == std::errc::no_such_file_or_directory) return false;
  for (; !failure && files != fs::directory_iterator(); files.increment(failure)) {
    const fs::path extension = files->path().extension();
    if (extension == ".sst" || extension == ".log") {
      return core::corrupt("store", path,
                           "The folder has records, and the file CURRENT is missing.");
    }
  }
  if (failure) return core::unavailable("io", path, failure.message());
  return false;
}

core::Result<> make_folder(const std::string& path) {
  std::error_code failure;
  fs::create_directory(path, failure);
  if (failure) return core::unavailable("io", path, failure.message());
  return core::sync_folder(fs::path(path).parent_path().string());
}

// What RocksDB does not notice, or does not survive.
core::Result<> check_closed_files(const Database::Options& options) {
  if (options.damage == Damage::Refuse) {
    TRY(check_manifest(options.path));
  }
  return check_tables(options.path);
}

// Files only keep still while nobody else has the store, which a writer can make sure of.
core::Result<> check_before_opening(const Database::Options& options) {
  if (options.mode == Mode::ReadOnly) return check_closed_files(options);
  rocksdb::Env* env = rocksdb::Env::Default();
  rocksdb::FileLock* lock = nullptr;
  const std::string lock_path = (fs::path(options.path) / "LOCK").string();
  const rocksdb::Status status = env->LockFile(lock_path, &lock);
  if (!status.ok()) return store_error(status, options.path);
  core::Result<> checked = check_closed_files(options);
  // RocksDB takes the same lock next, and reports what may be wrong with it.
  env->UnlockFile(lock).PermitUncheckedError();
  return checked;
}

// A later schema may bring column families that this one cannot open.
bool has_unknown_family(const std::string& path) {
  std::vector<std::string> names;
  const rocksdb::Status status =
      guarded([&] { return rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), path, &names); });
  return status.ok() && std::ranges::any_of(names, [](const std::string& name) {
           return name != rocksdb::kDefaultColumnFamilyName && name != kMetaFamily;
         });
}

core::Error schema_newer() {
  return core::conflict("schema_newer", "",
                        "The store was written by a newer version of this program; use that one. "
                        "See docs/runbooks/newer-schema.md.");
}

}  // namespace

core::Result<std::unique_ptr<Database>> Database::open(const Options& options) {
  TRY(const bool exists, store_exists(options.path));
  if (!exists && (!options.create || options.mode == Mode::ReadOnly)) {
    return core::not_found("store", options.path, "There is no store in this folder.");
  }
  if (exists) {
    TRY(check_before_opening(options));
  } else {
    TRY(make_folder(options.path));
  }
  std::unique_ptr<Database> database(new Database());
  rocksdb::Status status = open_rocks(options, true, *database);
  const bool may_search = options.mode == Mode::ReadOnly && options.damage == Damage::StopBefore;
  if (may_search && is_damage(status)) {
    // A damaged table keeps the store from opening; without that check, reading names the records.
    status = open_rocks(options, false, *database);
  }
  if (status.IsInvalidArgument() && has_unknown_family(options.path)) return schema_newer();
  if (!status.ok()) return store_error(status, options.path);
  const core::Result<> schema = database->check_schema(options.create);
  const bool tolerated = may_search && !schema && schema.error().code == core::Code::Corrupt;
  if (!schema && !tolerated) return schema.error();
  return database;
}

rocksdb::Status Database::open_rocks(const Options& options, bool strict, Database& database) {
  const std::vector<rocksdb::ColumnFamilyDescriptor> families = {
      {rocksdb::kDefaultColumnFamilyName, chunk_options()},
      {std::string(kMetaFamily), meta_options()}};
  const rocksdb::DBOptions db_options = database_options(options, strict);
  rocksdb::DB* rocks = nullptr;
  const rocksdb::Status status = guarded([&] {
    return options.mode == Mode::ReadOnly
               ? rocksdb::DB::OpenForReadOnly(db_options, options.path, families,
                                              &database.families_, &rocks)
               : rocksdb::DB::Open(db_options, options.path, families, &database.families_, &rocks);
  });
  database.rocks_.reset(rocks);
  return status;
}

Database::~Database() {
  if (!rocks_) return;
  for (rocksdb::ColumnFamilyHandle* family : families_) {
    rocks_->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
}

core::Result<std::optional<core::Bytes>> Database::get_meta(std::string_view key) {
  std::string value;
  const rocksdb::Status status =
      guarded([&] { return rocks_->Get(read_options(), meta(), key, &value); });
  if (status.IsNotFound()) return std::optional<core::Bytes>();
  if (!status.ok()) return store_error(status, std::string(key));
  const core::ByteView bytes = core::as_bytes(value);
  return std::optional(core::Bytes(bytes.begin(), bytes.end()));
}

core::Result<std::optional<std::uint64_t>> Database::get_meta_number(std::string_view key) {
  TRY(const std::optional<core::Bytes> value, get_meta(key));
  if (!value) return std::optional<std::uint64_t>();
  if (value->size() != sizeof(std::uint64_t)) {
    return core::corrupt("store", std::string(key), "The stored number does not have 8 bytes.");
  }
  return std::optional(read_big_endian<std::uint64_t>(*value));
}

rocksdb::Status Database::flush() {
  return guarded([&] { return rocks_->Flush(rocksdb::FlushOptions(), families_); });
}

// A store without a schema is one whose creation was interrupted, or one that lost its log.
core::Result<> Database::check_schema(bool create) {
  TRY(const std::optional<std::uint64_t> version, get_meta_number(kSchemaKey));
  if (version && *version > kSchemaVersion) return schema_newer();
  if (version == kSchemaVersion) return core::ok();
  if (version || !create || !is_empty()) {
    return core::corrupt("store", std::string(kSchemaKey), "The schema version is missing.");
  }
  core::Bytes value;
  append_big_endian(value, kSchemaVersion);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const rocksdb::Status status =
      guarded([&] { return rocks_->Put(synced, meta(), kSchemaKey, core::as_text(value)); });
  if (!status.ok()) return store_error(status, std::string(kSchemaKey));
  return core::ok();
}

bool Database::is_empty() {
  for (rocksdb::ColumnFamilyHandle* family : families_) {
    const std::unique_ptr<rocksdb::Iterator> keys(rocks_->NewIterator(read_options(), family));
    keys->SeekToFirst();
    if (keys->Valid() || !keys->status().ok()) return false;
  }
  return true;
}

rocksdb::ReadOptions read_options() {
  rocksdb::ReadOptions options;
  options.verify_checksums = true;
  options.fill_cache = false;
  return options;
}

bool is_damage(const rocksdb::Status& status) {
  return status.IsCorruption() || status.IsNotFound() || status.IsNotSupported() ||
         status.IsInvalidArgument() || status.IsPathNotFound();
}

// Another process, or another part of this one, has the lock. A lock file that cannot be opened
// says nothing of the kind: the disk may be full, read-only or gone.
bool is_locked(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  return status.IsIOError() && (text.find("While lock file") != std::string::npos ||
                                text.find("lock hold by current process") != std::string::npos);
}

core::Error store_error(const rocksdb::Status& status, std::string at) {
  if (is_damage(status)) return core::corrupt("store", std::move(at), status.ToString());
  if (is_locked(status)) return core::unavailable("book_in_use", std::move(at), status.ToString());
  return core::unavailable("store", std::move(at), status.ToString());
}

}  // namespace ledger::store
