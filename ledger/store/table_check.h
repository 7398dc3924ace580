#pragma once

#include <string>

#include "core/result.h"

namespace ledger::store {

// Whether a table of the store would end the process when RocksDB opens it.
//
// RocksDB 7.8 parses a table's properties before it checks their checksum. One bit there, which
// says that the block ends in a hash index, runs into an assertion, and Debian's build has
// assertions. A properties block never has such an index. All other damage is RocksDB's to find,
// and it does (tests/ledger/store/rocks_damage_test.cc).
//
// Errors: Corrupt/store at the table's file name; Unavailable/io if the folder cannot be read.
core::Result<> check_tables(const std::string& store_path);

}  // namespace ledger::store
