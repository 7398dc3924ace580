#pragma once

#include <rocksdb/db.h>

#include "ledger/store/rocks_log.h"

namespace ledger::store {

// Checks every live table of an open database against the checksum that was taken when it was written.
void check_live_files(rocksdb::DB& rocks, PhysicalReport& report);

}  // namespace ledger::store
