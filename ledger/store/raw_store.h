#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/result.h"
#include "ledger/leaf_group.h"

namespace ledger::store {

// The raw limit beside which we are measured: values under counted keys in a bare RocksDB with its
// default options, without index, chunk, hash or checkpoint. Used by tally bench alone.
class RawStore {
 public:
  // Makes a database in a folder that does not exist. Errors: Unavailable/store.
  static core::Result<RawStore> create(const std::string& path);
  ~RawStore();
  RawStore(RawStore&&) noexcept;
  RawStore& operator=(RawStore&&) noexcept;

  // The next keys, in one batch with one sync. Errors: Unavailable/store.
  core::Result<> write(const LeafGroup& values);
  // Moves everything from memory into tables. Errors: Unavailable/store.
  core::Result<> flush();
  // A point read; gives the size of the value. Errors: Unavailable/store.
  core::Result<std::size_t> read(std::uint64_t key) const;

 private:
  struct Database;
  RawStore();
  std::unique_ptr<Database> database_;
  std::uint64_t next_key_ = 0;
};

}  // namespace ledger::store
