#pragma once

#include <rocksdb/db.h>

#include "ledger/store/rocks_log.h"

namespace ledger::store {

// Checks every live table of an open database against the checksum that was taken when it was written;
// tables of chunks only if they hold records from `first_seq` on.
void check_live_files(rocksdb::DB& rocks, PhysicalReport& report, std::uint64_t first_seq = 0);

}  // namespace ledger::store
