#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/bytes.h"

namespace ledger {

// The leaves (stored record bytes) of one group, laid out as they are stored: entry by entry of a
// tlog entry bundle (ledger/tile.h), each its length as 16 bits, big-endian, then its bytes. So the
// leaves are written once, and a chunk of the store is a slice of them.
class LeafGroup {
 public:
  LeafGroup() = default;
  explicit LeafGroup(std::span<const core::Bytes> leaves);

  // Copies a leaf in. Its size is at most kRecordBytesMax (CHECK).
  void add(core::ByteView leaf);
  // Calls `encode(bytes)`, which appends one leaf to them; anything of a failed attempt is taken out.
  // Errors: those of `encode`, which has kept the leaf within kRecordBytesMax (CHECK).
  template <class Encode>
  core::Result<> add_with(const Encode& encode) {
    const std::size_t begin = begin_entry();
    auto encoded = encode(entries_);
    if (!encoded) {
      entries_.resize(begin);
      return encoded;
    }
    end_entry(begin);
    return core::ok();
  }

  std::size_t count() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }
  // Of the leaves alone, without their lengths.
  std::size_t leaf_bytes() const { return entries_.size() - kLengthBytes * ends_.size(); }

  core::ByteView leaf(std::size_t i) const;
  // To be sealed in place; its size does not change.
  std::span<std::uint8_t> leaf_to_seal(std::size_t i);
  // The bundle entries of leaves [first, first + count).
  core::ByteView entries(std::size_t first, std::size_t count) const;

  // Keeps the first `count` leaves.
  void truncate(std::size_t count);
  // Appends leaves [first, end) of another group.
  void append_from(const LeafGroup& other, std::size_t first, std::size_t end);
  // Keeps the memory.
  void clear();

 private:
  static constexpr std::size_t kLengthBytes = 2;
  std::size_t begin_of(std::size_t i) const { return i == 0 ? 0 : ends_[i - 1]; }
  std::size_t begin_entry();
  void end_entry(std::size_t begin);

  core::Bytes entries_;
  std::vector<std::size_t> ends_;  // Where each entry ends.
};

}  // namespace ledger
