#pragma once

#include <cstdint>
#include <functional>

#include "ledger/index/group.h"
#include "ledger/leaf_group.h"

namespace ledger::journal {

// Whole batches, or one part of a very large batch, on their way from the deciding thread to the
// committing one. Its leaves are encoded but not sealed: they lack their salts and links.
struct PendingGroup {
  std::uint64_t first_seq = 0;
  LeafGroup leaves;
  index::Group facts;      // Of the last part of a very large batch: those of all its parts.
  bool ends_batch = true;  // False for a part that is not the last.
  std::uint64_t end_seq() const { return first_seq + leaves.count(); }

  // Keeps the memory. What was a part of a very large batch may become an ordinary group.
  void clear() {
    leaves.clear();
    facts.clear();
    ends_batch = true;
  }
};

}  // namespace ledger::journal
