#include "ledger/store/database_options.h"

#include <rocksdb/convenience.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/table.h>

#include <algorithm>

#include "ledger/store/store_logger.h"

namespace ledger::store {
namespace {

// Half of the usual limit of a process; tables beyond it are opened when they are read.
constexpr int kOpenFilesMax = 512;

rocksdb::CompressionType compression() {
  const auto supported = rocksdb::GetSupportedCompressions();
  const bool has_lz4 = std::ranges::find(supported, rocksdb::kLZ4Compression) != supported.end();
  return has_lz4 ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
}

}  // namespace

rocksdb::DBOptions database_options(const Database::Options& options, bool strict) {
  rocksdb::DBOptions db;
  db.create_if_missing = options.create;
  db.create_missing_column_families = options.create;
  db.paranoid_checks = strict;
  // RocksDB's default drops synced records after one flipped byte and says nothing.
  db.wal_recovery_mode = options.damage == Damage::Refuse
                             ? rocksdb::WALRecoveryMode::kAbsoluteConsistency
                             : rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  db.recycle_log_file_num = 0;  // A recycled log's old tail would look like damage.
  db.track_and_verify_wals_in_manifest = true;
  // From the first day: a file without a checksum can never be given one afterwards.
  db.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  db.max_open_files = kOpenFilesMax;
  db.max_background_jobs = 2;
  // The options lie beside the records, and their folder is synced with them: a sync that failed there
  // would be a loss of names that nobody tells.
  db.fail_if_options_file_error = true;
  // A failed write ends writing until the store is opened anew; RocksDB would try again by itself.
  db.max_bgerror_resume_count = 0;
  db.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  db.stats_dump_period_sec = 0;
  db.stats_persist_period_sec = 0;
  db.info_log =
      options.mode == Mode::ReadOnly ? make_silent_logger() : make_file_logger(options.path);
  return db;
}

rocksdb::ColumnFamilyOptions chunk_options() {
  rocksdb::BlockBasedTableOptions table;
  // Scans would fill a cache with what nobody reads twice, and verification must see the disk.
  table.no_block_cache = true;
  table.block_size = 16 * 1024;
  table.format_version = 5;

  rocksdb::ColumnFamilyOptions family;
  family.compression = compression();
  // A table of chunks leaves level 0 at once, which costs an entry in the manifest and no copy.
  // Below it RocksDB opens only the table that a key falls in, so one damaged table hides no other.
  family.level0_file_num_compaction_trigger = 1;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return family;
}

rocksdb::ColumnFamilyOptions meta_options() {
  rocksdb::ColumnFamilyOptions family = chunk_options();
  family.write_buffer_size = 1024 * 1024;
  return family;
}

}  // namespace ledger::store
