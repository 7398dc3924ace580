#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "core/bytes.h"
#include "core/sha256.h"

namespace ledger::verify {

// A run of leaves on its way from the reading thread to the checking one.
struct Block {
  std::uint64_t first_seq = 0;
  core::Bytes bytes;                // The leaves, end to end.
  std::vector<std::size_t> ends;    // Where each ends in `bytes`.
  std::vector<core::Hash> hashes;   // Their leaf hashes.

  core::ByteView leaf(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return core::ByteView(bytes).subspan(begin, ends[i] - begin);
  }
};

// Hands blocks over in order; holds back the reader while the checker is behind.
class BlockQueue {
 public:
  void push(Block block);
  void close();
  // Empty when closed and drained.
  std::optional<Block> pop();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Block> blocks_;
  bool closed_ = false;
};

}  // namespace ledger::verify
