#include "reports/ledger_view.h"

#include "ledger/bodies.h"
#include "ledger/merkle.h"

namespace reports {
namespace {

std::string at_seq(std::uint64_t seq) { return "seq " + std::to_string(seq); }

// What only says how a very large batch was written.
bool is_framing(const ledger::RecordView& record) {
  return record.kind == ledger::kBatchEnd || record.kind == ledger::kBatchVoid;
}

core::Result<core::Hash> visit_log(ledger::Log& log, std::uint64_t size, const IsVoided& is_voided,
                                   const RecordVisitor& visit) {
  core::Sha256 sha256;
  ledger::Frontier tree;
  ledger::RecordView record;
  const auto take = [&](std::uint64_t seq, core::ByteView leaf) -> core::Result<> {
    tree.append(sha256, ledger::leaf_hash(sha256, leaf));
    auto decoded = ledger::decode_record(leaf, record);
    if (!decoded) return std::move(decoded.error()).within(at_seq(seq));
    if (record.seq != seq) {
      return core::corrupt("record", at_seq(seq), "The record names another sequence.");
    }
    if (is_framing(record) || (is_voided && is_voided(seq))) return core::ok();
    return visit(record);
  };
  TRY(log.read(0, size, take));
  if (size > 0 && record.batch.index + 1 != record.batch.count) {
    return core::invalid("inside_batch", "size " + std::to_string(size),
                         "A batch is not at its end here; name the size of a checkpoint.");
  }
  return tree.root(sha256);
}

}  // namespace

RecordSource records_of(ledger::Log& log, IsVoided is_voided) {
  return [&log, is_voided = std::move(is_voided)](std::uint64_t size, const RecordVisitor& visit) {
    return visit_log(log, size, is_voided, visit);
  };
}

}  // namespace reports
