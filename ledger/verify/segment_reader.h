#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/bytes.h"
#include "core/sha256.h"
#include "ledger/log.h"

namespace ledger::verify {

// A run of leaves that could be read, in order and without a gap.
struct Block {
  std::uint64_t first_seq = 0;
  core::Bytes bytes;                // The leaves, end to end; empty if only their hashes are wanted.
  std::vector<std::size_t> ends;    // Where each ends in `bytes`.
  std::vector<core::Hash> hashes;   // Their leaf hashes.

  std::uint64_t end_seq() const { return first_seq + hashes.size(); }
  core::ByteView leaf(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return core::ByteView(bytes).subspan(begin, ends[i] - begin);
  }
};

// What was read of one segment (65,536 records, or what there is of the last).
struct SegmentRead {
  std::uint64_t first_seq = 0;
  std::uint64_t end_seq = 0;
  std::vector<Block> blocks;          // One, unless something could not be read.
  std::vector<core::Error> findings;  // Ranges that could not be read.
  std::optional<core::Hash> root;     // Of all its leaves, if all were read.
  // Without the leaves' bytes: whether each record names its sequence and the hash of the one before
  // it in the block. Otherwise that is for whoever gets the bytes.
  std::optional<std::uint64_t> broken_link;
  core::Hash first_prev;              // What the first record names.
};

// Reads and hashes a log segment by segment on several threads, and gives the segments in order. A few
// at most are ahead, so memory stays bounded.
class SegmentReader {
 public:
  // `with_bytes`: keep the leaves' bytes.
  SegmentReader(Log& log, std::uint64_t size, unsigned threads, bool with_bytes);
  ~SegmentReader();
  SegmentReader(const SegmentReader&) = delete;
  SegmentReader& operator=(const SegmentReader&) = delete;

  // Empty after the last one.
  std::optional<SegmentRead> next();

 private:
  void run();
  SegmentRead read(std::uint64_t segment, core::Sha256& sha256);

  Log& log_;
  std::uint64_t size_;
  std::uint64_t segments_;
  std::uint64_t ahead_max_;
  bool with_bytes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_to_read_ = 0;
  std::uint64_t next_to_give_ = 0;
  std::map<std::uint64_t, SegmentRead> ready_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace ledger::verify
