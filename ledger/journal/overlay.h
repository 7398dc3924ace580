#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "ledger/journal/flat_map.h"

namespace ledger::journal {

// What recent records say of ids, on top of the runs that the index has written: one layer a segment,
// dropped as a whole once the segment's run is there. So the deciding thread looks at what is recent
// without a lock. Changes since begin_batch() can be taken back.
template <class Value>
class Overlay {
 public:
  using Key = typename FlatMap<Value>::Key;

  const Value* find(const Key& key) const {
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
      if (const Value* found = layer->values.find(key)) return found;
    }
    return nullptr;
  }

  void put(const Key& key, const Value& value) {
    if (layers_.empty()) layers_.emplace_back();
    const auto [place, added] = layers_.back().values.try_emplace(key);
    undo_.emplace_back(key, added ? std::nullopt : std::optional<Value>(*place));
    *place = value;
  }

  void begin_batch() { undo_.clear(); }
  void roll_back() {
    for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) {
      FlatMap<Value>& values = layers_.back().values;
      if (undo->second) {
        *values.try_emplace(undo->first).first = *undo->second;
      } else {
        values.erase(undo->first);
      }
    }
    undo_.clear();
  }

  // What has been put so far concerns records before `end`; what follows gets a layer of its own.
  void end_layer(std::uint64_t end) {
    if (layers_.empty()) return;
    layers_.back().end = end;
    layers_.emplace_back();
    undo_.clear();
  }
  // Drops the layers whose records all are before `end`.
  void drop_until(std::uint64_t end) {
    while (layers_.size() > 1 && layers_.front().end <= end) layers_.pop_front();
  }

 private:
  struct Layer {
    std::uint64_t end = 0;
    FlatMap<Value> values;
  };
  std::deque<Layer> layers_;
  std::vector<std::pair<Key, std::optional<Value>>> undo_;
};

}  // namespace ledger::journal
