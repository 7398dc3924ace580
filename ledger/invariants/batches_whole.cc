#include "ledger/invariants/batches_whole.h"

#include <string>

#include "ledger/bodies.h"

namespace ledger::invariants {
namespace {

core::Error broken(const RecordView& record, std::string why) {
  return core::corrupt("batch", "seq " + std::to_string(record.seq), std::move(why));
}

}  // namespace

core::Result<> BatchesWhole::check_start(const RecordView& record) const {
  if (record.batch.index != 0 || record.batch.first_seq != record.seq || record.batch.count == 0) {
    return broken(record, "A batch must start here, at index 0, with its own sequence.");
  }
  const std::uint64_t expected = record.seq == 0 ? kGenesis : kCommand;
  if (record.kind != expected) {
    return broken(record, "A batch must start with its command record (the genesis at 0).");
  }
  if (any_ && record.recorded_at <= recorded_at_) {
    return broken(record, "recorded_at must be later than the batch before.");
  }
  return core::ok();
}

core::Result<> BatchesWhole::check_void(const RecordView& record) const {
  if (record.batch != BatchPlace{record.seq, 0, 1}) {
    return broken(record, "What voids a batch must be a batch of one.");
  }
  TRY(const auto body, core::from_cbor<BatchVoided>(record.body));
  if (body.first_seq != place_.first_seq || body.last_seq + 1 != record.seq) {
    return broken(record, "It voids other records than those of the open batch.");
  }
  if (record.recorded_at <= recorded_at_) {
    return broken(record, "recorded_at must be later than the batch before.");
  }
  return core::ok();
}

core::Result<> BatchesWhole::check_next(const RecordView& record) const {
  const BatchPlace expected{place_.first_seq, place_.index + 1, place_.count};
  if (record.batch != expected) return broken(record, "The batch is broken off or reordered.");
  if (record.kind == kCommand || record.kind == kGenesis) {
    return broken(record, "A command record stands inside another command's batch.");
  }
  const bool last = expected.index + 1 == expected.count;
  if (record.kind == kBatchVoid || (record.kind == kBatchEnd && !last)) {
    return broken(record, "The end of a batch, or what voids one, stands inside a batch.");
  }
  if (record.recorded_at != recorded_at_) {
    return broken(record, "recorded_at must be the same through a batch.");
  }
  return core::ok();
}

void BatchesWhole::resume(core::Instant recorded_at) {
  any_ = true;
  recorded_at_ = recorded_at;
}

core::Result<> BatchesWhole::check(const RecordView& record) {
  voided_ = open_ && record.kind == kBatchVoid;
  if (voided_) {
    TRY(check_void(record));
    recorded_at_ = record.recorded_at;
  } else if (open_) {
    TRY(check_next(record));
  } else {
    TRY(check_start(record));
    recorded_at_ = record.recorded_at;
    any_ = true;
  }
  place_ = record.batch;
  open_ = place_.index + 1 < place_.count;
  return core::ok();
}

}  // namespace ledger::invariants
