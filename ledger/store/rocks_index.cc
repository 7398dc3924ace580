#include "ledger/store/rocks_index.h"

#include <rocksdb/db.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>

#include <atomic>
#include <filesystem>

#include "core/check.h"
#include "ledger/big_endian.h"
#include "ledger/store/database.h"
#include "ledger/store/database_options.h"
#include "ledger/store/file_check.h"

namespace ledger::store {
namespace {

namespace fs = std::filesystem;
using index::IndexStore;
using index::KeyValue;

constexpr std::string_view kIncoming = "incoming.sst";
constexpr std::string_view kIndexSchemaKey = "schema";
constexpr std::uint64_t kIndexSchemaVersion = 1;
constexpr std::string_view kIndexMetaFamily = "meta";
constexpr std::size_t kCacheBytes = 32u << 20;
constexpr int kBloomBitsPerKey = 10;

std::string full_key(std::uint32_t segment, std::string_view key) {
  core::Bytes bytes;
  append_big_endian(bytes, segment);
  return std::string(core::as_text(bytes)).append(key);
}

core::Error store_failure(const rocksdb::Status& status, const std::string& path) {
  if (is_damage(status)) {
    return core::corrupt("index", path,
                         status.ToString() +
                             " The records are not concerned: tally doctor --rebuild "
                             "makes the index again from them.");
  }
  return core::unavailable("index", path, status.ToString());
}

rocksdb::ColumnFamilyOptions run_options() {
  rocksdb::ColumnFamilyOptions family = meta_options();
  rocksdb::BlockBasedTableOptions table;
  table.block_size = 16 * 1024;
  table.format_version = 5;
  table.block_cache = rocksdb::NewLRUCache(kCacheBytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // Runs never overlap and stay as they are.
  family.disable_auto_compactions = true;
  return family;
}

class RocksIndex final : public IndexStore {
 public:
  static core::Result<std::unique_ptr<RocksIndex>> open(const std::string& path, Mode mode) {
    std::unique_ptr<RocksIndex> store(new RocksIndex(path));
    const Database::Options options{.path = path, .mode = mode, .create = true};
    store->options_ = rocksdb::Options(database_options(options, true), run_options());
    if (mode == Mode::ReadWrite) {
      std::error_code ignored;
      fs::create_directories(path, ignored);
      // Of a writer that was killed before the run was taken in.
      fs::remove(fs::path(path) / kIncoming, ignored);
    }
    const std::vector<rocksdb::ColumnFamilyDescriptor> families = {
        {rocksdb::kDefaultColumnFamilyName, run_options()},
        {std::string(kIndexMetaFamily), meta_options()}};
    rocksdb::DB* rocks = nullptr;
    const rocksdb::Status status = guarded([&] {
      return mode == Mode::ReadOnly
                 ? rocksdb::DB::OpenForReadOnly(store->options_, path, families, &store->families_,
                                                &rocks)
                 : rocksdb::DB::Open(store->options_, path, families, &store->families_, &rocks);
    });
    store->rocks_.reset(rocks);
    if (!status.ok()) return store_failure(status, path);
    TRY(store->check_schema(mode));
    TRY(store->count_segments());
    return store;
  }

  ~RocksIndex() override {
    for (rocksdb::ColumnFamilyHandle* family : families_) {
      rocks_->DestroyColumnFamilyHandle(family).PermitUncheckedError();
    }
  }

  core::Result<> write_segment(std::uint32_t segment, const std::vector<KeyValue>& run) override {
    CHECK(segment == segments_ && !run.empty());
    const std::string incoming = (fs::path(path_) / kIncoming).string();
    const rocksdb::Status status = guarded([&] {
      rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options_);
      rocksdb::Status step = writer.Open(incoming);
      for (const KeyValue& entry : run) {
        if (step.ok()) step = writer.Put(full_key(segment, entry.key), entry.value);
      }
      if (step.ok()) step = writer.Finish();
      rocksdb::IngestExternalFileOptions take;
      take.move_files = true;
      take.write_global_seqno = false;
      if (step.ok()) step = rocks_->IngestExternalFile(families_[0], {incoming}, take);
      return step;
    });
    if (!status.ok()) {
      std::error_code ignored;
      fs::remove(incoming, ignored);
      return store_failure(status, path_);
    }
    segments_ = segment + 1;
    return core::ok();
  }

  std::uint32_t segments() const override { return segments_; }

  core::Result<std::optional<std::string>> get(std::uint32_t segment,
                                               std::string_view key) const override {
    std::string value;
    rocksdb::ReadOptions options;
    options.verify_checksums = true;
    const rocksdb::Status status =
        guarded([&] { return rocks_->Get(options, families_[0], full_key(segment, key), &value); });
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return damage(status, segment);
    return std::optional(std::move(value));
  }

  core::Result<> scan(std::uint32_t segment, std::string_view prefix,
                      const Visitor& visit) const override {
    const std::string run = full_key(segment, "");
    const std::string begin = full_key(segment, prefix);
    const std::string end = full_key(segment + 1, "");
    const rocksdb::Slice limit(end);
    rocksdb::ReadOptions options = read_options();
    options.iterate_upper_bound = &limit;
    const std::unique_ptr<rocksdb::Iterator> keys(rocks_->NewIterator(options, families_[0]));
    for (keys->Seek(begin); keys->Valid(); keys->Next()) {
      const std::string_view key = keys->key().ToStringView();
      if (!key.starts_with(begin)) break;
      TRY(visit(key.substr(run.size()), keys->value().ToStringView()));
    }
    if (!keys->status().ok()) return damage(keys->status(), segment);
    return core::ok();
  }

  rocksdb::DB& rocks() { return *rocks_; }

 private:
  explicit RocksIndex(std::string path) : path_(std::move(path)) {}

  core::Error damage(const rocksdb::Status& status, std::uint32_t segment) const {
    if (is_damage(status)) return index::index_damage(segment, status.ToString());
    return core::unavailable("index", path_, status.ToString());
  }

  core::Result<> check_schema(Mode mode) {
    std::string value;
    const rocksdb::Status status =
        guarded([&] { return rocks_->Get(read_options(), families_[1], kIndexSchemaKey, &value); });
    if (status.IsNotFound() && mode == Mode::ReadWrite) {
      core::Bytes version;
      append_big_endian(version, kIndexSchemaVersion);
      rocksdb::WriteOptions synced;
      synced.sync = true;
      const rocksdb::Status put = guarded([&] {
        rocksdb::Status step =
            rocks_->Put(synced, families_[1], kIndexSchemaKey, core::as_text(version));
        if (step.ok()) step = rocks_->Flush(rocksdb::FlushOptions(), families_[1]);
        return step;
      });
      if (!put.ok()) return store_failure(put, path_);
      return core::ok();
    }
    if (!status.ok()) return store_failure(status, path_);
    const core::ByteView bytes = core::as_bytes(value);
    if (bytes.size() != sizeof kIndexSchemaVersion) {
      return store_failure(rocksdb::Status::Corruption("the schema version is not a number"),
                           path_);
    }
    const auto version = read_big_endian<std::uint64_t>(bytes);
    if (version > kIndexSchemaVersion) {
      return core::conflict("schema_newer", path_,
                            "The index was written by a newer version of this program; use that "
                            "one. See docs/runbooks/newer-schema.md.");
    }
    return core::ok();
  }

  core::Result<> count_segments() {
    const std::unique_ptr<rocksdb::Iterator> keys(
        rocks_->NewIterator(read_options(), families_[0]));
    keys->SeekToLast();
    if (!keys->status().ok()) return store_failure(keys->status(), path_);
    if (!keys->Valid()) return core::ok();
    const core::ByteView key = core::as_bytes(keys->key().ToStringView());
    if (key.size() < sizeof(std::uint32_t)) {
      return store_failure(rocksdb::Status::Corruption("a key that is none"), path_);
    }
    segments_ = read_big_endian<std::uint32_t>(key.first(sizeof(std::uint32_t))) + 1;
    return core::ok();
  }

  std::string path_;
  rocksdb::Options options_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  std::unique_ptr<rocksdb::DB> rocks_;
  std::atomic<std::uint32_t> segments_ = 0;
};

}  // namespace

core::Result<std::unique_ptr<IndexStore>> open_rocks_index(const std::string& path, Mode mode) {
  if (mode == Mode::ReadOnly && !fs::exists(fs::path(path) / "CURRENT")) {
    return index::make_memory_index_store();
  }
  TRY(auto store, RocksIndex::open(path, mode));
  return std::unique_ptr<IndexStore>(std::move(store));
}

core::Result<PhysicalReport> verify_index_files(const std::string& path) {
  PhysicalReport report;
  if (!fs::exists(fs::path(path) / "CURRENT")) return report;
  TRY(const auto store, RocksIndex::open(path, Mode::ReadOnly));
  check_live_files(store->rocks(), report);
  return report;
}

}  // namespace ledger::store
