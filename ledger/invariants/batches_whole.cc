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

core::Result<> BatchesWhole::check(const RecordView& record) {
  if (!open_) {
    TRY(check_start(record));
    recorded_at_ = record.recorded_at;
    any_ = true;
  } else {
    const BatchPlace expected{place_.first_seq, place_.index + 1, place_.count};
    if (record.batch != expected) return broken(record, "The batch is broken off or reordered.");
    if (record.kind == kCommand || record.kind == kGenesis) {
      return broken(record, "A command record stands inside another command's batch.");
    }
    if (record.recorded_at != recorded_at_) {
      return broken(record, "recorded_at must be the same through a batch.");
    }
  }
  place_ = record.batch;
  open_ = place_.index + 1 < place_.count;
  return core::ok();
}

}  // namespace ledger::invariants
