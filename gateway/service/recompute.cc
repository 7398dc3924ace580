#include "gateway/service/recompute.h"

#include <deque>

#include "engine/dispatch/authority.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "engine/dispatch/records.h"
#include "jurisdictions/offer_rules.h"
#include "ledger/journal/past_of_books.h"
#include "ledger/verify/verify.h"

namespace gateway::service {
namespace {

// Replays the book batch by batch, deciding each command on the state before it. Whether the
// records themselves are sound is for verify, which comes first.
class Replay {
 public:
  core::Result<> take(core::ByteView leaf) {
    leaves_.emplace_back(leaf.begin(), leaf.end());
    ledger::RecordView& record = records_.emplace_back();
    TRY(ledger::decode_record(leaves_.back(), record));
    if (record.kind == ledger::kBatchVoid) void_batch();
    if (records_.back().batch.index + 1 < records_.back().batch.count) return core::ok();
    auto same = compare();
    if (!same && report_.findings.size() < ledger::verify::kFindingsMax) {
      report_.findings.push_back(std::move(same.error()));
    }
    TRY(apply());
    leaves_.clear();
    records_.clear();
    return core::ok();
  }

  RecomputeReport take_report() { return std::move(report_); }

 private:
  // What came before in this batch never took effect.
  void void_batch() {
    leaves_.erase(leaves_.begin(), leaves_.end() - 1);
    records_.erase(records_.begin(), records_.end() - 1);
  }

  core::Result<> apply() {
    books_.begin_batch();
    for (const ledger::RecordView& record : records_) {
      TRY(books_.apply(record));
      TRY(subjects_.check(record));
      TRY(engine::dispatch::apply(state_, record));
    }
    return core::ok();
  }

  core::Error differs(std::size_t index, std::string why) const {
    return core::corrupt("recompute", "seq " + std::to_string(records_.front().seq + index),
                         std::move(why));
  }

  core::Result<> compare() {
    const ledger::RecordView& command = records_.front();
    if (command.kind != ledger::kCommand) return core::ok();
    ++report_.commands;
    TRY(const auto body, core::from_cbor<ledger::CommandBody>(command.body));
    TRY(const auto* type, engine::dispatch::find_command(body.type));
    TRY(const auto bytes, core::from_cbor<engine::dispatch::CommandBytes>(body.command));
    const core::Instant effective_at = bytes.effective_at.value_or(command.recorded_at);
    if (command.effective_at != effective_at || effective_at > command.recorded_at) {
      return differs(0, "The command takes effect at another time than it says.");
    }
    const engine::Context context{state_,
                                  books_,
                                  command.recorded_at,
                                  bytes.effective_at.value_or(command.recorded_at),
                                  past_,
                                  command.seq,
                                  body.actor,
                                  jurisdictions::offer_rules(state_.genesis.profile)};
    const auto effects = type->decide(context, bytes.fields);
    if (!effects) {
      return differs(0, "The command would be refused now: " + core::to_string(effects.error()));
    }
    const auto allowed =
        engine::dispatch::check_authority(state_, body, effects.value(), command.recorded_at);
    if (!allowed) {
      return differs(0, "Who asked for it may not: " + core::to_string(allowed.error()));
    }
    const bool has_end = records_.back().kind == ledger::kBatchEnd;
    if (effects.value().size() + 1 + (has_end ? 1 : 0) != records_.size()) {
      return differs(0, "The command now has another number of effects.");
    }
    for (std::size_t i = 0; i < effects.value().size(); ++i) {
      TRY(compare(i + 1, effects.value()[i]));
    }
    return core::ok();
  }

  core::Result<> compare(std::size_t index, const ledger::Draft& draft) const {
    const ledger::RecordView& stored = records_[index];
    const ledger::Place place{stored.seq,         stored.prev,  stored.salt,
                              stored.recorded_at, stored.batch, stored.subjects};
    TRY(const auto leaf, ledger::encode_record(draft, place));
    if (leaf != leaves_[index]) return differs(index, "The effect differs from what follows.");
    if (draft.subjects.size() != stored.subjects.size()) {
      return differs(index, "The effect concerns other subjects.");
    }
    for (std::size_t i = 0; i < draft.subjects.size(); ++i) {
      if (draft.subjects[i] != stored.subjects[i].id) {
        return differs(index, "The effect concerns other subjects.");
      }
    }
    return core::ok();
  }

  ledger::journal::Books books_{ledger::journal::History::Keep};
  ledger::invariants::SubjectsConsecutive subjects_;
  ledger::journal::PastOfBooks past_{books_, subjects_};
  engine::State state_;
  std::deque<core::Bytes> leaves_;  // Their addresses stay: the records are views into them.
  std::deque<ledger::RecordView> records_;
  RecomputeReport report_;
};

}  // namespace

core::Result<RecomputeReport> recompute(ledger::Log& log, std::uint64_t size) {
  Replay replay;
  TRY(log.read(0, size, [&](std::uint64_t, core::ByteView leaf) { return replay.take(leaf); }));
  return replay.take_report();
}

}  // namespace gateway::service
