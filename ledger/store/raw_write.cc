#include "ledger/store/raw_write.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include "ledger/big_endian.h"

namespace ledger::store {

struct RawWriter::Database {
  std::unique_ptr<rocksdb::DB> rocks;
};

RawWriter::RawWriter() : database_(std::make_unique<Database>()) {}
RawWriter::~RawWriter() = default;
RawWriter::RawWriter(RawWriter&&) noexcept = default;
RawWriter& RawWriter::operator=(RawWriter&&) noexcept = default;

core::Result<RawWriter> RawWriter::create(const std::string& path) {
  RawWriter writer;
  rocksdb::Options options;
  options.create_if_missing = true;
  options.error_if_exists = true;
  rocksdb::DB* rocks = nullptr;
  const rocksdb::Status opened = rocksdb::DB::Open(options, path, &rocks);
  if (!opened.ok()) return core::unavailable("store", path, opened.ToString());
  writer.database_->rocks.reset(rocks);
  return writer;
}

core::Result<> RawWriter::write(const LeafGroup& leaves) {
  rocksdb::WriteBatch batch;
  core::Bytes key;
  for (std::size_t i = 0; i < leaves.count(); ++i) {
    key.clear();
    append_big_endian(key, next_key_++);
    const std::string_view key_text = core::as_text(key);
    const std::string_view leaf_text = core::as_text(leaves.leaf(i));
    batch.Put({key_text.data(), key_text.size()}, {leaf_text.data(), leaf_text.size()});
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  const rocksdb::Status written = database_->rocks->Write(options, &batch);
  if (!written.ok()) return core::unavailable("store", "", written.ToString());
  return core::ok();
}

}  // namespace ledger::store
