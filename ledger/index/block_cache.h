#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "ledger/index/blocks.h"

namespace ledger::index {

// The blocks of finished runs that were read of late, decoded. A run never changes, so neither does
// what is kept. When room is needed, the oldest block goes that was not asked for since its last
// turn (the CLOCK algorithm: a hit touches no other block). Any thread may call.
template <class Entry>
class BlockCache {
 public:
  using BlockPtr = std::shared_ptr<const Block<Entry>>;
  struct Key {
    std::uint32_t run = 0;
    std::string block;  // See block_key().
    bool operator==(const Key&) const = default;
  };

  explicit BlockCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // nullptr if it is not kept.
  BlockPtr find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(key);
    if (found == kept_.end()) return nullptr;
    found->second.asked = true;
    return found->second.block;
  }

  // A block that would fill much of the cache by itself is not kept.
  void keep(const Key& key, BlockPtr block) {
    const std::size_t bytes = bytes_of(key, *block);
    if (bytes > bytes_max_ / 16) return;
    const std::lock_guard lock(mutex_);
    const auto [place, is_new] = kept_.try_emplace(key, Kept{std::move(block), bytes, false});
    if (!is_new) return;  // Another thread read it meanwhile.
    turns_.push_back(&place->first);
    for (bytes_ += bytes; bytes_ > bytes_max_;) take_turn();
  }

  std::size_t bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
  }

 private:
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::string>{}(key.block) ^ key.run * std::size_t{0x9e3779b97f4a7c15};
    }
  };
  struct Kept {
    BlockPtr block;
    std::size_t bytes = 0;
    bool asked = false;
  };

  void take_turn() {
    const Key* key = turns_.front();
    turns_.pop_front();
    const auto kept = kept_.find(*key);
    if (std::exchange(kept->second.asked, false)) {
      turns_.push_back(key);
      return;
    }
    bytes_ -= kept->second.bytes;
    kept_.erase(kept);
  }

  // What the containers need for a block besides what is in it; a guess that is not too low.
  static constexpr std::size_t kOverhead = 256;
  static std::size_t bytes_of(const Key& key, const Block<Entry>& block) {
    std::size_t bytes = kOverhead + key.block.size() + block.entries.capacity() * sizeof(Entry);
    if (block.head) {
      bytes += block.head->links.runs.capacity() * sizeof(std::uint32_t) +
               block.head->block_firsts.capacity() * sizeof(std::uint64_t) +
               block.head->block_earliest.capacity() * sizeof(core::Instant);
    }
    return bytes;
  }

  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::unordered_map<Key, Kept, KeyHash> kept_;
  std::deque<const Key*> turns_;  // Each key in kept_, which keeps addresses, once.
};

}  // namespace ledger::index
