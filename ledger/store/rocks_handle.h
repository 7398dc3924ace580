#pragma once

#include "ledger/log.h"

namespace rocksdb {
class DB;
}

namespace ledger::store {

// The database of a log that open_rocks_log() made for writing; null for any other.
rocksdb::DB* rocks_of(Log& log);

}  // namespace ledger::store
