#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "ledger/id_hash.h"

namespace ledger::journal {

// A hash map from ids or hashes of 16 bytes, without an allocation for each entry: millions are put in
// a second. Iteration is not offered, so that its order can nowhere matter.
template <class Value>
class FlatMap {
 public:
  using Key = std::array<std::uint8_t, 16>;

  std::size_t size() const { return size_; }

  const Value* find(const Key& key) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t i = home(key);; i = next(i)) {
      if (!used_[i]) return nullptr;
      if (slots_[i].first == key) return &slots_[i].second;
    }
  }

  // The value of the key, which is added if it is new.
  std::pair<Value*, bool> try_emplace(const Key& key) {
    if ((size_ + 1) * 4 > slots_.size() * 3) grow();
    std::size_t i = home(key);
    for (; used_[i]; i = next(i)) {
      if (slots_[i].first == key) return {&slots_[i].second, false};
    }
    used_[i] = true;
    slots_[i] = {key, Value{}};
    ++size_;
    return {&slots_[i].second, true};
  }

  // Closes the gap, so that no search ends too early.
  void erase(const Key& key) {
    if (slots_.empty()) return;
    std::size_t gap = home(key);
    for (; slots_[gap].first != key || !used_[gap]; gap = next(gap)) {
      if (!used_[gap]) return;
    }
    for (std::size_t i = next(gap); used_[i]; i = next(i)) {
      const std::size_t mask = slots_.size() - 1;
      const std::size_t distance = (i - home(slots_[i].first)) & mask;
      if (distance < ((i - gap) & mask)) continue;
      slots_[gap] = slots_[i];
      gap = i;
    }
    used_[gap] = false;
    --size_;
  }

 private:
  static constexpr std::size_t kFirstSlots = 64;

  std::size_t home(const Key& key) const {
    return static_cast<std::size_t>(hash_of_id(key)) & (slots_.size() - 1);
  }
  std::size_t next(std::size_t i) const { return (i + 1) & (slots_.size() - 1); }

  void grow() {
    FlatMap larger;
    larger.slots_.resize(slots_.empty() ? kFirstSlots : 2 * slots_.size());
    larger.used_.resize(larger.slots_.size());
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (used_[i]) *larger.try_emplace(slots_[i].first).first = slots_[i].second;
    }
    *this = std::move(larger);
  }

  std::vector<std::pair<Key, Value>> slots_;  // A power of two of them, or none.
  std::vector<char> used_;
  std::size_t size_ = 0;
};

}  // namespace ledger::journal
