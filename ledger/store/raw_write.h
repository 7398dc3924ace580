#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/result.h"
#include "ledger/leaf_group.h"

namespace ledger::store {

// The raw limit beside which ingest is measured: the same leaves, one key each, in bare synced
// RocksDB batches, without index, chunk, hash or checkpoint. Used by tally bench alone.
class RawWriter {
 public:
  // Makes a database in a folder that does not exist. Errors: Unavailable/store.
  static core::Result<RawWriter> create(const std::string& path);
  ~RawWriter();
  RawWriter(RawWriter&&) noexcept;
  RawWriter& operator=(RawWriter&&) noexcept;

  // One batch, one sync. Errors: Unavailable/store.
  core::Result<> write(const LeafGroup& leaves);

 private:
  struct Database;
  RawWriter();
  std::unique_ptr<Database> database_;
  std::uint64_t next_key_ = 0;
};

}  // namespace ledger::store
