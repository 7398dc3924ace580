#pragma once

#include <optional>

#include "ledger/bodies.h"
#include "ledger/completeness/subject_table.h"

namespace ledger::completeness {

// Holds every index_root record of a log that is read from its beginning to what the records before it
// say.
class IndexRootCheck {
 public:
  // The next record that took effect; record 0 first, whose salt is the book's.
  // Errors: Corrupt/index_root at the sequence.
  core::Result<> take(const RecordView& record, const core::Hash& leaf);

  std::uint64_t roots() const { return roots_; }  // Checked, and sound.

 private:
  core::Result<> check(const RecordView& record);

  std::optional<Salt> salt_;
  std::optional<RunningTable> table_;
  std::uint64_t roots_ = 0;
};

}  // namespace ledger::completeness
