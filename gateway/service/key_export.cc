#include "gateway/service/key_export.h"

#include "ledger/key_history_file.h"

namespace gateway::service {

core::Result<std::string> export_key_history(const BookView& view, const ledger::KeyHistory& keys) {
  ledger::KeyHistoryFile file;
  file.checkpoint = view.checkpoint;
  for (const std::uint64_t seq : keys.seqs) {
    if (seq >= view.size) break;  // Staged, and not signed yet.
    ledger::ProvenRecord record;
    record.seq = seq;
    TRY(view.log.read(seq, seq + 1, [&](std::uint64_t, core::ByteView leaf) {
      record.leaf.assign(leaf.begin(), leaf.end());
      return core::ok();
    }));
    TRY(record.proof, view.index.inclusion_proof(seq, view.size));
    file.records.push_back(std::move(record));
  }
  return to_string(file);
}

}  // namespace gateway::service
