#pragma once

#include <string>

#include "core/result.h"

namespace ledger::store {

// Whether the store's manifest (its list of live table files) ends where a record ends.
//
// RocksDB takes a manifest whose last record is longer than the file for one whose writer died,
// drops that record without a word, and then deletes the tables it named: one flipped bit in a
// length can so undo a flush whose write-ahead log is already gone. A manifest that is refused here
// still opens at a point in time; the signer's memory then tells a harmless torn tail from lost
// records.
//
// Errors: Corrupt/store if it is cut short or missing; Unavailable/io if it cannot be read.
// Source: RocksDB's log format,
// https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format
core::Result<> check_manifest(const std::string& store_path);

}  // namespace ledger::store
