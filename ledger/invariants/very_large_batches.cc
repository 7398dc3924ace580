#include "ledger/invariants/very_large_batches.h"

#include <string>

#include "ledger/bodies.h"
#include "ledger/log.h"

namespace ledger::invariants {
namespace {

std::size_t bytes_of(std::span<const core::Bytes> leaves) {
  std::size_t bytes = 0;
  for (const core::Bytes& leaf : leaves) bytes += leaf.size();
  return bytes;
}

core::Error broken_part(const RecordView& record, std::string why) {
  return core::corrupt("batch", "seq " + std::to_string(record.seq), std::move(why));
}

}  // namespace

core::Result<> very_large_batch(std::span<const core::Bytes> leaves, const RecordView& last) {
  const bool has_end = last.kind == kBatchEnd;
  const auto others = has_end ? leaves.first(leaves.size() - 1) : leaves;
  const bool is_large = others.size() > kGroupRecordsMax || bytes_of(others) > kGroupBytesMax;
  if (is_large != has_end) {
    return broken_part(last, is_large
                                 ? "A batch beyond one group must have a record that ends it."
                                 : "A batch within one group must not have a record that ends it.");
  }
  if (!has_end) return core::ok();
  TRY(const auto body, core::from_cbor<BatchEnded>(last.body));
  if (body.records == others.size()) return core::ok();
  return broken_part(last, "The batch has another number of records than its end says.");
}

bool may_be_broken_off(std::span<const core::Bytes> leaves) {
  return leaves.size() >= kGroupRecordsMax || bytes_of(leaves) + kRecordBytesMax > kGroupBytesMax;
}

}  // namespace ledger::invariants
