#pragma once

#include "core/result.h"
#include "ledger/record.h"

namespace ledger::invariants {

// Records come in whole batches: an unbroken run that starts with its command record (the genesis
// for the first), shares one recorded_at, later than the batch before. A very large batch ends with
// a record of its own; broken off, it is followed by a batch of one that voids it.
class BatchesWhole {
 public:
  // Goes on behind a whole batch that was checked before and was recorded then.
  void resume(core::Instant recorded_at);
  // Errors: Corrupt/batch with the sequence.
  core::Result<> check(const RecordView& record);
  // Whether the last record checked has voided the batch that was open before it.
  bool voided() const { return voided_; }
  // True between a batch's first and last record.
  bool open() const { return open_; }
  std::uint64_t first_seq() const { return place_.first_seq; }

 private:
  core::Result<> check_start(const RecordView& record) const;
  core::Result<> check_void(const RecordView& record) const;
  core::Result<> check_next(const RecordView& record) const;

  bool voided_ = false;
  bool open_ = false;
  bool any_ = false;
  BatchPlace place_;
  core::Instant recorded_at_;
};

}  // namespace ledger::invariants
