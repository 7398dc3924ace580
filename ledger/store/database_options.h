#pragma once

#include <rocksdb/options.h>

#include "ledger/store/database.h"

namespace ledger::store {

// `strict` refuses to open at the first sign of damage; without it, reading tells.
rocksdb::DBOptions database_options(const Database::Options& options, bool strict);
rocksdb::ColumnFamilyOptions chunk_options();
rocksdb::ColumnFamilyOptions meta_options();

}  // namespace ledger::store
