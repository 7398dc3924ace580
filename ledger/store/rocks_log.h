#pragma once

#include <memory>
#include <string>

#include "ledger/log.h"

namespace ledger::store {

enum class Mode { ReadWrite, ReadOnly };

struct RocksOptions {
  std::string path;
  Mode mode = Mode::ReadWrite;
  bool create = false;
  // Read-only only: reads past damage in the write-ahead log at the last consistent point, and past
  // damaged tables, instead of refusing to open, so that verify can say where the damage begins.
  bool point_in_time = false;
  // Read-write only: cuts what follows the first damage in the write-ahead log. Ask for it only
  // after a read-only opening at a point in time has shown that nothing durable is lost: a kill in
  // mid-append tears the tail, and only the signer's memory can tell that from lost records.
  bool cut_torn_tail = false;
};

// The log in RocksDB: key = first sequence (8 bytes, big-endian, after a one-byte column prefix),
// value = tlog entry-bundle bytes of one group, cut at multiples of 256, never rewritten.
//
// A failed write or sync is never retried: append answers Unknown, and the log accepts nothing more
// until open(), which opens the store itself anew. There a torn tail is cut without being asked:
// this log knows what it has answered as durable, and Corrupt/store tells of anything less. A log
// opened for writing moves everything into tables when it is destroyed, so a closed book has an
// empty write-ahead log; a read-only one leaves the folder exactly as it was.
//
// Errors: NotFound/store if there is none and create is false; Corrupt/store when RocksDB finds
//         damage (its message in detail); Conflict/schema_newer if a newer program wrote it;
//         Unavailable/store for a lock or I/O failure; Unavailable/io.
core::Result<std::unique_ptr<Log>> open_rocks_log(const RocksOptions& options);

struct PhysicalReport {
  std::uint64_t files_checked = 0;
  std::vector<core::Error> damages;     // Corrupt/file at the file's name, or Corrupt/store.
  std::vector<std::string> unreadable;  // Tables among them that are missing or cannot be read.
};

// Checks every live table against its checksum (as VerifyFileChecksums does, but beyond the first
// failure) and every block (VerifyChecksum), block cache bypassed. The write-ahead log and the
// manifest are checked by opening the log without point_in_time. Info logs and obsolete files are
// exempt. A table that is gone because its book, being written meanwhile, merged it into another is
// looked for in a newer listing. With a `first_seq` above 0 only tables that hold records from
// there on, and no blocks. Errors: as open_rocks_log, read-only.
core::Result<PhysicalReport> verify_files(const std::string& path, std::uint64_t first_seq = 0);

}  // namespace ledger::store
