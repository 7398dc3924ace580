#include "ledger/leaf_group.h"

#include "core/check.h"
#include "ledger/log.h"

namespace ledger {

LeafGroup::LeafGroup(std::span<const core::Bytes> leaves) {
  for (const core::Bytes& leaf : leaves) add(leaf);
}

void LeafGroup::add(core::ByteView leaf) {
  const std::size_t begin = begin_entry();
  entries_.insert(entries_.end(), leaf.begin(), leaf.end());
  end_entry(begin);
}

std::size_t LeafGroup::begin_entry() {
  const std::size_t begin = entries_.size();
  entries_.resize(begin + kLengthBytes);
  return begin;
}

void LeafGroup::end_entry(std::size_t begin) {
  const std::size_t size = entries_.size() - begin - kLengthBytes;
  CHECK(size <= kRecordBytesMax);
  entries_[begin] = static_cast<std::uint8_t>(size >> 8);
  entries_[begin + 1] = static_cast<std::uint8_t>(size & 0xff);
  ends_.push_back(entries_.size());
}

core::ByteView LeafGroup::leaf(std::size_t i) const {
  const std::size_t begin = begin_of(i) + kLengthBytes;
  return core::ByteView(entries_).subspan(begin, ends_[i] - begin);
}

std::span<std::uint8_t> LeafGroup::leaf_to_seal(std::size_t i) {
  const std::size_t begin = begin_of(i) + kLengthBytes;
  return std::span<std::uint8_t>(entries_).subspan(begin, ends_[i] - begin);
}

core::ByteView LeafGroup::entries(std::size_t first, std::size_t count) const {
  const std::size_t begin = begin_of(first);
  return core::ByteView(entries_).subspan(begin, begin_of(first + count) - begin);
}

void LeafGroup::truncate(std::size_t count) {
  CHECK(count <= ends_.size());
  entries_.resize(begin_of(count));
  ends_.resize(count);
}

void LeafGroup::append_from(const LeafGroup& other, std::size_t first, std::size_t end) {
  const core::ByteView moved = other.entries(first, end - first);
  const std::size_t shift = entries_.size();
  entries_.insert(entries_.end(), moved.begin(), moved.end());
  for (std::size_t i = first; i < end; ++i) {
    ends_.push_back(shift + other.ends_[i] - other.begin_of(first));
  }
}

void LeafGroup::clear() {
  entries_.clear();
  ends_.clear();
}

}  // namespace ledger
