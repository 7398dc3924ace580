#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace ledger::journal {

// Finds the number of a name among names numbered from 0, which the caller keeps: `name_of(number)`
// gives one back for comparison. Looked into four times for every entry, so it is one flat table.
class NameTable {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  template <class NameOf>
  std::uint32_t find(std::string_view name, const NameOf& name_of) const {
    if (slots_.empty()) return kNone;
    const std::uint64_t hash = hash_of(name);
    for (std::size_t i = hash & mask();; i = (i + 1) & mask()) {
      const Slot& slot = slots_[i];
      if (slot.number == kNone) return kNone;
      if (slot.hash == hash && name_of(slot.number) == name) return slot.number;
    }
  }

  // Adds the next number; the name is new.
  void add(std::string_view name) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    put({hash_of(name), count_++});
  }

  // Takes the last number back.
  void remove_last(std::string_view name) {
    --count_;
    std::size_t gap = hash_of(name) & mask();
    while (slots_[gap].number != count_) gap = (gap + 1) & mask();
    for (std::size_t i = (gap + 1) & mask(); slots_[i].number != kNone; i = (i + 1) & mask()) {
      const std::size_t distance = (i - slots_[i].hash) & mask();
      if (distance < ((i - gap) & mask())) continue;
      slots_[gap] = slots_[i];
      gap = i;
    }
    slots_[gap] = {};
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t number = kNone;
  };
  static std::uint64_t hash_of(std::string_view name) {
    return std::hash<std::string_view>{}(name);
  }
  std::size_t mask() const { return slots_.size() - 1; }
  void put(const Slot& slot) {
    std::size_t i = slot.hash & mask();
    while (slots_[i].number != kNone) i = (i + 1) & mask();
    slots_[i] = slot;
  }
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.number != kNone) put(slot);
    }
  }

  std::vector<Slot> slots_;  // A power of two of them, or none.
  std::uint32_t count_ = 0;
};

}  // namespace ledger::journal
