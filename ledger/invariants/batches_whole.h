#pragma once

#include "core/result.h"
#include "ledger/record.h"

namespace ledger::invariants {

// Records come in whole batches: an unbroken run that starts with its command record (the genesis
// for the first), shares one recorded_at, later than the batch before.
class BatchesWhole {
 public:
  // Errors: Corrupt/batch with the sequence.
  core::Result<> check(const RecordView& record);
  // True between a batch's first and last record.
  bool open() const { return open_; }
  std::uint64_t first_seq() const { return place_.first_seq; }

 private:
  core::Result<> check_start(const RecordView& record) const;

  bool open_ = false;
  bool any_ = false;
  BatchPlace place_;
  core::Instant recorded_at_;
};

}  // namespace ledger::invariants
