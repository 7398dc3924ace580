#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "ledger/index/group.h"
#include "ledger/leaf_group.h"
#include "ledger/note.h"

namespace ledger::journal {

// From a checkpoint on another key signs: the first one that covers the record which says so.
struct HandOver {
  std::shared_ptr<const Signer> next;
  // The old key signs that first checkpoint too, for whoever knows only the old one. Not where the
  // root key had to say so: then the old key may be lost, or be another's as well.
  bool overlap = true;
};

// Whole batches, or one part of a very large batch, on their way from the deciding thread to the
// committing one. Its leaves are encoded but not sealed: they lack their salts and links.
struct PendingGroup {
  std::uint64_t first_seq = 0;
  LeafGroup leaves;
  index::Group facts;      // Of the last part of a very large batch: those of all its parts.
  bool ends_batch = true;  // False for a part that is not the last.
  std::optional<HandOver> hand_over;  // Its last batch is a rotation.
  std::uint64_t end_seq() const { return first_seq + leaves.count(); }

  // Keeps the memory. What was a part of a very large batch may become an ordinary group.
  void clear() {
    leaves.clear();
    facts.clear();
    ends_batch = true;
    hand_over.reset();
  }
};

}  // namespace ledger::journal
