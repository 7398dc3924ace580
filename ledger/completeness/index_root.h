#pragma once

#include <optional>

#include "ledger/bodies.h"
#include "ledger/completeness/subject_table.h"

namespace ledger::completeness {

// Whether an index root stands where it must: as the one effect of its command. Then the record
// itself ends its batch, so that it took effect; one in a larger batch may have been voided, and
// nobody would have checked it.
bool is_alone_with_its_command(const BatchPlace& batch);

// Holds every index_root record of a log that is read from its beginning to what the records before
// it say.
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
