#pragma once

#include <memory>
#include <string>

#include "ledger/index/store.h"
#include "ledger/store/rocks_log.h"

namespace ledger::store {

// The index's runs in a RocksDB of their own, one table a run. A run is written beside the database and
// then taken in as a whole, so that it costs no write-ahead log, no memory and no compaction. Nothing
// in it is irreplaceable: the folder may be deleted while nobody has it open.
//
// Read-only, a folder that does not exist is an index without runs.
// Errors: Corrupt/index if it cannot be opened as it is; Conflict/schema_newer if a newer program wrote
//         it; Unavailable/index for a lock or I/O failure.
core::Result<std::unique_ptr<index::IndexStore>> open_rocks_index(const std::string& path,
                                                                  Mode mode);

// Every table against its checksum, block cache bypassed. Errors: as open_rocks_index.
core::Result<PhysicalReport> verify_index_files(const std::string& path);

}  // namespace ledger::store
