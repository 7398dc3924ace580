#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ledger/store/chunk.h"
#include "ledger/store/database.h"

namespace ledger::store {

// Reads chunks in order of their sequences. It scans; when a scan meets damage it goes on with
// single look-ups, because a scan over one damaged table fails as a whole and would name the wrong
// record.
class ChunkReader {
 public:
  // `database` must outlive the reader.
  explicit ChunkReader(Database& database);

  struct View {
    std::uint64_t first = 0;
    std::vector<core::ByteView> records;  // Valid until the next call.
    std::uint64_t end() const { return first + records.size(); }
  };

  // The chunk that holds `seq`.
  // Errors: Corrupt/chunk at "seq N" if it is missing, damaged or does not reach to `seq`;
  //         Unavailable/store at "seq N".
  core::Result<View> at(std::uint64_t seq);

  // How many records there are by the last chunk.
  // Errors: Corrupt/chunk or Unavailable/store if it cannot be read.
  core::Result<std::uint64_t> size();

  // A size that is not beyond the last chunk's, even if that chunk cannot be read; then its first
  // record still counts, so that reading up to this size meets the damage.
  // Errors: Corrupt/chunk or Unavailable/store.
  core::Result<std::uint64_t> size_in_spite_of_damage();

 private:
  core::Result<View> at_scan(std::uint64_t seq);
  core::Result<View> at_look_up(std::uint64_t seq);

  Database& database_;
  std::string limit_;
  rocksdb::Slice limit_slice_;  // The iterator keeps its address.
  std::unique_ptr<rocksdb::Iterator> scan_;
  bool scanning_ = true;
  std::uint64_t next_ = 0;  // What the scan is positioned for, if it is valid.
  std::string value_;
};

}  // namespace ledger::store
