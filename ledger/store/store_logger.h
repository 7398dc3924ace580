#pragma once

#include <rocksdb/env.h>

#include <memory>
#include <string>

namespace ledger::store {

// Writes nothing: reading must leave the store's folder as it is.
std::shared_ptr<rocksdb::Logger> make_silent_logger();

// Warnings and errors of RocksDB's, for operators, in the folder's file LOG; the one before is kept
// as LOG.old once it is long. RocksDB's own logger must not be used: it ends the process (an
// assertion in Debian's build) when it logs again after its disk was full.
std::shared_ptr<rocksdb::Logger> make_file_logger(const std::string& store_path);

}  // namespace ledger::store
