#include "gateway/service/recompute.h"

#include "engine/dispatch/authority.h"
#include "engine/dispatch/command_bytes.h"
#include "gateway/service/book_replay.h"

namespace gateway::service {
namespace {

// Whether the records themselves are sound is for verify, which comes first.
class Recomputation {
 public:
  Recomputation(ledger::Log& log, std::uint64_t size) : world_(leaf_reader(log, size)) {}

  core::Result<> take(const RecordedBatch& batch) {
    TRY(compare(batch));
    auto applied = world_.apply(batch.records);
    // What the engine cannot make sense of; the books are sound all the same.
    if (!applied && applied.error().reason == "engine_record") {
      const ledger::RecordView& first = batch.command();
      add({first.seq,
           first.kind,
           "batch",
           DifferenceKind::Refused,
           {},
           core::to_string(applied.error())});
      return core::ok();
    }
    return applied;
  }

  RecomputeReport take_report() { return std::move(report_); }

 private:
  void add(RecordDifference difference) {
    ++report_.count;
    if (report_.differences.size() < kDifferencesMax) {
      report_.differences.push_back(std::move(difference));
    }
  }
  void add(const ledger::RecordView& command, DifferenceKind what, std::string why) {
    add({command.seq, command.kind, "command", what, {}, std::move(why)});
  }

  core::Result<> compare(const RecordedBatch& batch) {
    const ledger::RecordView& command = batch.command();
    if (command.kind != ledger::kCommand) return core::ok();
    ++report_.commands;
    const auto body = core::from_cbor<ledger::CommandBody>(command.body);
    if (!body) {
      add(command, DifferenceKind::Refused, core::to_string(body.error()));
      return core::ok();
    }
    check_time(command, body.value());
    const auto effects = world_.decide(command, body.value());
    if (!effects) {
      add(command, DifferenceKind::Refused, core::to_string(effects.error()));
      return core::ok();
    }
    const auto allowed = engine::dispatch::check_authority(world_.state(), body.value(),
                                                           effects.value(), command.recorded_at);
    if (!allowed) add(command, DifferenceKind::NotAllowed, core::to_string(allowed.error()));
    return compare_effects_of(batch, effects.value());
  }

  void check_time(const ledger::RecordView& command, const ledger::CommandBody& body) {
    const auto bytes = core::from_cbor<engine::dispatch::CommandBytes>(body.command);
    if (!bytes) return;  // Told by decide().
    const core::Instant effective_at = bytes.value().effective_at.value_or(command.recorded_at);
    if (command.effective_at == effective_at && effective_at <= command.recorded_at) return;
    add({command.seq,
         command.kind,
         "command",
         DifferenceKind::Differs,
         {{"effective_at", core::to_string(effective_at), core::to_string(command.effective_at)}}});
  }

  core::Result<> compare_effects_of(const RecordedBatch& batch,
                                    const std::vector<ledger::Draft>& expected) {
    std::vector<const ledger::RecordView*> records;
    std::vector<core::ByteView> leaves;
    const std::size_t end = batch.records.size() - (batch.has_end() ? 1 : 0);
    for (std::size_t i = 1; i < end; ++i) {
      records.push_back(&batch.records[i]);
      leaves.emplace_back(batch.leaves[i]);
    }
    TRY(auto differences, compare_effects(records, leaves, expected));
    for (RecordDifference& difference : differences) {
      if (difference.seq == 0) difference.seq = batch.command().seq + 1;
      add(std::move(difference));
    }
    return core::ok();
  }

  World world_;
  RecomputeReport report_;
};

}  // namespace

core::Result<RecomputeReport> recompute(ledger::Log& log, std::uint64_t size) {
  Recomputation recomputation(log, size);
  TRY(for_each_batch(log, size,
                     [&](const RecordedBatch& batch) { return recomputation.take(batch); }));
  return recomputation.take_report();
}

core::Error to_error(const RecordDifference& difference) {
  return core::corrupt("recompute", "seq " + std::to_string(difference.seq), to_text(difference));
}

}  // namespace gateway::service
