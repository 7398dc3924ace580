#include "ledger/store/rocks_log.h"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "core/check.h"
#include "ledger/big_endian.h"
#include "ledger/store/chunk.h"
#include "ledger/store/chunk_reader.h"
#include "ledger/store/database.h"
#include "ledger/store/rocks_handle.h"

namespace ledger::store {
namespace {

constexpr std::string_view kEpochKey = "epoch";
constexpr std::string_view kHolderKey = "holder";

rocksdb::WriteOptions synced() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

// A store that is open, and what it holds.
struct Opened {
  std::unique_ptr<Database> database;
  LogState state;
};

core::Result<Opened> open_database(const Database::Options& options) {
  Opened opened;
  TRY(opened.database, Database::open(options));
  const bool searching = options.mode == Mode::ReadOnly && options.damage == Damage::StopBefore;
  ChunkReader chunks(*opened.database);
  auto size = searching ? chunks.size_in_spite_of_damage() : chunks.size();
  if (!size && size.error().code == core::Code::Corrupt) {
    return core::corrupt("store", options.path, "The last chunk: " + size.error().detail);
  }
  TRY(opened.state.size, std::move(size));
  const auto epoch = opened.database->get_meta_number(kEpochKey);
  // Who searches for damaged records can do without the epoch: it only matters to a writer.
  if (!epoch && !(searching && epoch.error().code == core::Code::Corrupt)) return epoch.error();
  opened.state.epoch = epoch ? epoch.value().value_or(0) : 0;
  return opened;
}

class RocksLog final : public Log {
 public:
  RocksLog(Database::Options options, Opened opened)
      : options_(std::move(options)),
        database_(std::move(opened.database)),
        epoch_(opened.state.epoch),
        size_(opened.state.size) {}

  ~RocksLog() override {
    // What was answered as durable is in the write-ahead log; failing to move it loses nothing.
    if (database_ && usable_ && writes()) database_->flush().PermitUncheckedError();
  }

  core::Result<Tenure> open(std::string_view holder) override {
    if (!writes()) return core::conflict("read_only", "", "The log was opened for reading only.");
    taken_ = false;
    if (!usable_) {
      TRY(reopen());
    }
    TRY(mint(epoch_ + 1, holder));
    taken_ = true;
    return Tenure{epoch_, size_};
  }

  AppendOutcome append_group(std::uint64_t expected_size, std::uint64_t epoch,
                             const LeafGroup& leaves) override {
    CHECK(fits_one_group(leaves));
    if (!usable_ || !taken_ || epoch != epoch_ || expected_size != size_) {
      return AppendOutcome::Conflict;
    }
    if (leaves.empty()) return AppendOutcome::Durable;
    group_.Clear();
    for (const ChunkSlice& chunk : cut_into_chunks(expected_size, leaves)) {
      const auto status = group_.Put(database_->chunks(), chunk.key, core::as_text(chunk.value));
      CHECK(status.ok());
    }
    const rocksdb::Status status =
        guarded([&] { return database_->rocks().Write(synced(), &group_); });
    if (!status.ok()) {
      failure_ = status.ToString();
      usable_ = false;
      return AppendOutcome::Unknown;
    }
    size_ = expected_size + leaves.count();
    return AppendOutcome::Durable;
  }

  core::Result<LogState> read(std::uint64_t first, std::uint64_t end,
                              const Visitor& visit) override {
    // After a failed write too: what was answered as durable does not become less so, and nothing
    // beyond it is shown.
    if (!database_) return outcome_unknown();
    const LogState seen{epoch_, size_};
    TRY(check_range(first, end, seen.size));
    if (first == end) return seen;
    ChunkReader chunks(*database_);
    for (std::uint64_t seq = first; seq < end;) {
      TRY(const ChunkReader::View chunk, chunks.at(seq));
      const std::uint64_t chunk_end = std::min(end, chunk.end());
      for (; seq < chunk_end; ++seq) {
        TRY(visit(seq, chunk.records[seq - chunk.first]));
      }
    }
    return seen;
  }

  rocksdb::DB* rocks() { return database_ && usable_ && writes() ? &database_->rocks() : nullptr; }

  core::Result<LogState> state() override {
    if (usable_) return LogState{epoch_, size_};
    core::Error error = outcome_unknown();
    if (!failure_.empty()) error.detail += " (" + failure_ + ")";
    return error;
  }

 private:
  bool writes() const { return options_.mode == Mode::ReadWrite; }

  // Makes the epoch durable and this log's. It goes into a table at once, so that the oldest
  // write-ahead log is not kept for the sake of one key.
  core::Result<> mint(std::uint64_t epoch, std::string_view holder) {
    core::Bytes number;
    append_big_endian(number, epoch);
    rocksdb::WriteBatch batch;
    const rocksdb::Status status = guarded([&] {
      rocksdb::Status step = batch.Put(database_->meta(), kEpochKey, core::as_text(number));
      if (step.ok()) step = batch.Put(database_->meta(), kHolderKey, holder);
      if (step.ok()) step = database_->rocks().Write(synced(), &batch);
      if (step.ok()) step = database_->rocks().Flush(rocksdb::FlushOptions(), database_->meta());
      return step;
    });
    if (!status.ok()) {
      usable_ = false;
      return store_error(status, options_.path);
    }
    epoch_ = epoch;
    return core::ok();
  }

  // Opens the store anew after a failed write. What this log answered as durable must still be
  // there.
  core::Result<> reopen() {
    database_.reset();
    Database::Options options = options_;
    options.create = false;
    options.damage = Damage::Refuse;
    core::Result<Opened> opened = open_database(options);
    if (!opened && opened.error().code == core::Code::Corrupt) {
      TRY(expect_durable_records());
      options.damage = Damage::StopBefore;
      opened = open_database(options);
    }
    if (!opened) return opened.error();
    if (opened.value().state.size < size_) return fewer_records(opened.value().state.size);
    database_ = std::move(opened.value().database);
    size_ = opened.value().state.size;
    epoch_ = std::max(epoch_.load(), opened.value().state.epoch);
    usable_ = true;
    return core::ok();
  }

  // Looks before the tail is cut, because cutting cannot be undone.
  core::Result<> expect_durable_records() {
    Database::Options options = options_;
    options.mode = Mode::ReadOnly;
    options.damage = Damage::StopBefore;
    TRY(const Opened opened, open_database(options));
    if (opened.state.size < size_) return fewer_records(opened.state.size);
    return core::ok();
  }

  core::Error fewer_records(std::uint64_t size) const {
    return core::corrupt("store", options_.path,
                         "The store has " + std::to_string(size) + " records, and " +
                             std::to_string(size_) + " were answered as durable.");
  }

  const Database::Options options_;
  std::unique_ptr<Database> database_;
  rocksdb::WriteBatch group_;  // Of the append in flight; its memory is used again.
  std::atomic<std::uint64_t> epoch_;
  std::atomic<std::uint64_t> size_;
  std::string failure_;              // Of the append that failed; written before usable_ is false.
  std::atomic<bool> usable_ = true;  // False after a failed write, until the store is opened anew.
  std::atomic<bool> taken_ = false;
};

}  // namespace

rocksdb::DB* rocks_of(Log& log) {
  auto* const rocks_log = dynamic_cast<RocksLog*>(&log);
  return rocks_log == nullptr ? nullptr : rocks_log->rocks();
}

core::Result<std::unique_ptr<Log>> open_rocks_log(const RocksOptions& options) {
  const bool past_damage =
      options.mode == Mode::ReadOnly ? options.point_in_time : options.cut_torn_tail;
  const Database::Options database_options{
      .path = options.path,
      .mode = options.mode,
      .create = options.create && options.mode == Mode::ReadWrite,
      .damage = past_damage ? Damage::StopBefore : Damage::Refuse};
  TRY(auto opened, open_database(database_options));
  return std::unique_ptr<Log>(std::make_unique<RocksLog>(database_options, std::move(opened)));
}

}  // namespace ledger::store
