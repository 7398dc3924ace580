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

core::Result<std::string> signing_key(const BookView& view) {
  core::Bytes bytes = view.genesis.log_key;
  TRY(const auto newest, view.index.last_of_subject(ledger::log_key_subject()));
  if (newest) {
    TRY(view.log.read(newest->seq, newest->seq + 1,
                      [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
                        ledger::RecordView record;
                        TRY(ledger::decode_record(leaf, record));
                        if (record.kind == ledger::kLogKeyRotated) {
                          TRY(const auto body, core::from_cbor<ledger::LogKeyRotated>(record.body));
                          bytes = body.new_key;
                        } else {
                          TRY(const auto body,
                              core::from_cbor<ledger::LogKeyCompromised>(record.body));
                          bytes = body.standing_key;
                        }
                        return core::ok();
                      }));
  }
  ledger::KeyHistory history;
  history.origin = view.genesis.origin;
  ledger::LogKey current;
  current.key = std::move(bytes);
  TRY(const auto key, verifier_key_of(history, current));
  return to_string(key);
}

}  // namespace gateway::service
