#pragma once

#include <rocksdb/db.h>

#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>

#include "core/bytes.h"
#include "ledger/store/rocks_log.h"

namespace ledger::store {

// What to do about damage at the end of the store's journals.
enum class Damage { Refuse, StopBefore };

// A RocksDB database in two column families: "default" for the chunks and "meta" for a handful of
// keys. They are apart so that tables of chunks never overlap: RocksDB then moves them down the
// levels as they are, and a record is written twice in its life, once to the log and once to a
// table.
class Database {
 public:
  struct Options {
    std::string path;
    Mode mode = Mode::ReadWrite;
    bool create = false;
    Damage damage = Damage::Refuse;
  };

  // Errors: NotFound/store; Corrupt/store; Conflict/schema_newer; Unavailable/store;
  // Unavailable/io.
  static core::Result<std::unique_ptr<Database>> open(const Options& options);

  // Does not flush: after a failed write nothing more may be written.
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB& rocks() { return *rocks_; }
  rocksdb::ColumnFamilyHandle* chunks() { return families_[0]; }
  rocksdb::ColumnFamilyHandle* meta() { return families_[1]; }

  // A meta value. Empty if there is none. Errors: Corrupt/store; Unavailable/store.
  core::Result<std::optional<core::Bytes>> get_meta(std::string_view key);
  // A meta value that is a number. Errors: as get_meta.
  core::Result<std::optional<std::uint64_t>> get_meta_number(std::string_view key);

  // Moves everything from memory into tables, and the write-ahead log becomes empty.
  rocksdb::Status flush();

 private:
  Database() = default;
  static rocksdb::Status open_rocks(const Options& options, bool strict, Database& database);
  core::Result<> check_schema(bool create);
  bool is_empty();

  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  std::unique_ptr<rocksdb::DB> rocks_;
};

// Never from a cache, and never unverified.
rocksdb::ReadOptions read_options();

// Whether the status says that stored bytes are wrong or gone, rather than out of reach.
bool is_damage(const rocksdb::Status& status);
// Corrupt/store or Unavailable/store.
core::Error store_error(const rocksdb::Status& status, std::string at);

// Runs a call into RocksDB; an exception becomes a status. Out of memory still ends the process.
template <class F>
rocksdb::Status guarded(const F& call) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& exception) {
    return rocksdb::Status::Aborted(exception.what());
  }
}

}  // namespace ledger::store
