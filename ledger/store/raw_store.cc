#include "ledger/store/raw_store.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include "ledger/big_endian.h"

namespace ledger::store {
namespace {

rocksdb::Slice slice(core::ByteView bytes) {
  const std::string_view text = core::as_text(bytes);
  return {text.data(), text.size()};
}

core::Result<> checked(const rocksdb::Status& status) {
  if (status.ok()) return core::ok();
  return core::unavailable("store", "", status.ToString());
}

}  // namespace

struct RawStore::Database {
  std::unique_ptr<rocksdb::DB> rocks;
};

RawStore::RawStore() : database_(std::make_unique<Database>()) {}
RawStore::~RawStore() = default;
RawStore::RawStore(RawStore&&) noexcept = default;
RawStore& RawStore::operator=(RawStore&&) noexcept = default;

core::Result<RawStore> RawStore::create(const std::string& path) {
  RawStore writer;
  rocksdb::Options options;
  options.create_if_missing = true;
  options.error_if_exists = true;
  rocksdb::DB* rocks = nullptr;
  const rocksdb::Status opened = rocksdb::DB::Open(options, path, &rocks);
  if (!opened.ok()) return core::unavailable("store", path, opened.ToString());
  writer.database_->rocks.reset(rocks);
  return writer;
}

core::Result<> RawStore::write(const LeafGroup& values) {
  rocksdb::WriteBatch batch;
  core::Bytes key;
  for (std::size_t i = 0; i < values.count(); ++i) {
    key.clear();
    append_big_endian(key, next_key_++);
    batch.Put(slice(key), slice(values.leaf(i)));
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  return checked(database_->rocks->Write(options, &batch));
}

core::Result<> RawStore::flush() {
  return checked(database_->rocks->Flush(rocksdb::FlushOptions()));
}

core::Result<std::size_t> RawStore::read(std::uint64_t key) const {
  core::Bytes bytes;
  append_big_endian(bytes, key);
  rocksdb::PinnableSlice value;
  TRY(checked(database_->rocks->Get(rocksdb::ReadOptions(), database_->rocks->DefaultColumnFamily(),
                                    slice(bytes), &value)));
  return value.size();
}

}  // namespace ledger::store
