#include "gateway/service/book_replay.h"

#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "engine/dispatch/records.h"
#include "jurisdictions/offer_rules.h"

namespace gateway::service {

core::Result<std::vector<ledger::Draft>> World::decide(const ledger::RecordView& command,
                                                       const ledger::CommandBody& body) {
  TRY(const auto bytes, core::from_cbor<engine::dispatch::CommandBytes>(body.command));
  return decide(command, body, bytes.fields, command.seq);
}

core::Result<std::vector<ledger::Draft>> World::decide(const ledger::RecordView& command,
                                                       const ledger::CommandBody& body,
                                                       core::ByteView fields, std::uint64_t seq) {
  TRY(const auto* type, engine::dispatch::find_command(body.type));
  const engine::Context context{
      state_, books_, command.recorded_at, command.effective_at,
      past_,  seq,    body.actor,          jurisdictions::offer_rules(state_.genesis.profile)};
  return type->decide(context, fields);
}

core::Result<> World::apply(const std::deque<ledger::RecordView>& records) {
  books_.begin_batch();
  for (const ledger::RecordView& record : records) {
    TRY(books_.apply(record));
    TRY(subjects_.check(record));
  }
  for (const ledger::RecordView& record : records) {
    TRY(engine::dispatch::apply(state_, record));
  }
  return core::ok();
}

core::Result<> World::try_books(const std::deque<ledger::RecordView>& records) {
  books_.begin_batch();
  core::Result<> done = core::ok();
  for (const ledger::RecordView& record : records) {
    done = books_.apply(record);
    if (!done) break;
  }
  if (done) done = books_.check_laws();
  books_.roll_back();
  return done;
}

core::Result<> for_each_batch(ledger::Log& log, std::uint64_t size,
                              const std::function<core::Result<>(const RecordedBatch&)>& visit) {
  RecordedBatch batch;
  TRY(log.read(0, size, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
    batch.leaves.emplace_back(leaf.begin(), leaf.end());
    ledger::RecordView& record = batch.records.emplace_back();
    TRY(ledger::decode_record(batch.leaves.back(), record));
    if (record.kind == ledger::kBatchVoid) {
      // What came before in this batch never took effect.
      batch.leaves.erase(batch.leaves.begin(), batch.leaves.end() - 1);
      batch.records.erase(batch.records.begin(), batch.records.end() - 1);
    }
    const ledger::BatchPlace& place = batch.records.back().batch;
    if (place.index + 1 < place.count) return core::ok();
    TRY(visit(batch));
    batch = {};
    return core::ok();
  }));
  return core::ok();
}

ledger::journal::PastOfBooks::ReadLeaf leaf_reader(ledger::Log& log, std::uint64_t size) {
  return [&log, size](std::uint64_t seq) -> core::Result<core::Bytes> {
    if (seq >= size) return ledger::journal::unknown_record(seq);
    core::Bytes out;
    TRY(log.read(seq, seq + 1, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
      out.assign(leaf.begin(), leaf.end());
      return core::ok();
    }));
    return out;
  };
}

}  // namespace gateway::service
