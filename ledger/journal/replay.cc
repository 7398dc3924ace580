#include "ledger/journal/replay.h"

#include <string>

#include "ledger/invariants/very_large_batches.h"
#include "ledger/merkle.h"

namespace ledger::journal {
namespace {

// Facts are given to the index in groups of about this many records.
constexpr std::size_t kGroupRecords = 4096;

std::string replayed_at(std::uint64_t seq) { return "seq " + std::to_string(seq); }

}  // namespace

Replay::Replay(Fold& fold, index::Index& index, const RecordObserver& observe,
               const ReplayStart& start)
    : fold_(fold),
      index_(index),
      observe_(observe),
      next_seq_(start.size),
      last_leaf_(start.last_leaf),
      last_recorded_at_(start.recorded_at) {
  if (start.size > 0) batches_.resume(start.recorded_at);
}

core::Result<> Replay::run(Log& log, std::uint64_t size) {
  TRY(log.read(next_seq_, size, [this](std::uint64_t, core::ByteView leaf) { return take(leaf); }));
  TRY(check_open_batch());
  return publish();
}

core::Result<> Replay::check_open_batch() const {
  if (!has_open_batch() || invariants::may_be_broken_off(std::span(leaves_).first(count_))) {
    return core::ok();
  }
  return core::corrupt("open_batch", replayed_at(next_seq_), "The log ends inside a batch.");
}

core::Result<> Replay::take(core::ByteView leaf) {
  const std::uint64_t seq = next_seq_;
  if (leaves_.size() == count_) leaves_.emplace_back();
  if (records_.size() == count_) records_.emplace_back();
  leaves_[count_].assign(leaf.begin(), leaf.end());
  RecordView& record = records_[count_];
  auto decoded = decode_record(leaves_[count_], record);
  if (!decoded) return std::move(decoded.error()).within(replayed_at(seq));
  if (record.seq != seq || record.prev != last_leaf_) {
    return core::corrupt("chain", replayed_at(seq),
                         "The record does not continue the chain: its sequence or the hash of the "
                         "record before differs.");
  }
  TRY(batches_.check(record));
  if (batches_.voided()) void_records();
  last_leaf_ = leaf_hash(sha256_, leaf);
  hashes_.push_back(last_leaf_);
  ++count_;
  ++next_seq_;
  return batches_.open() ? core::ok() : end_batch();
}

core::Result<> Replay::end_batch() {
  last_recorded_at_ = records_.front().recorded_at;
  TRY(apply_records());
  count_ = 0;
  return hashes_.size() < kGroupRecords ? core::ok() : publish();
}

core::Result<> Replay::apply_records() {
  TRY(invariants::very_large_batch(std::span(leaves_).first(count_), records_[count_ - 1]));
  fold_.begin_batch();
  core::Result<> applied = core::ok();
  std::size_t i = 0;
  for (; i < count_ && applied; ++i) applied = fold_.apply(records_[i]);
  if (applied) applied = fold_.check_laws();
  if (!applied) {
    if (applied.error().code != core::Code::InvalidInput &&
        applied.error().code != core::Code::Conflict) {
      return applied;
    }
    return core::corrupt("books", replayed_at(records_[i - 1].seq),
                         core::to_string(applied.error()));
  }
  if (!observe_) return core::ok();
  for (i = 0; i < count_; ++i) {
    TRY(observe_(records_[i]));
  }
  return core::ok();
}

// The records of the open batch never took effect; the one that says so stands behind them and is
// the only record of the batch to come.
void Replay::void_records() {
  for (std::size_t i = 0; i < count_; ++i) fold_.add_voided(records_[i]);
  std::swap(leaves_.front(), leaves_[count_]);
  std::swap(records_.front(), records_[count_]);
  count_ = 0;
}

core::Result<> Replay::publish() {
  const std::size_t complete = hashes_.size() - count_;
  if (complete == 0) return core::ok();
  fold_.end_group(next_seq_ - count_, group_);
  group_.leaf_hashes.assign(hashes_.begin(),
                            hashes_.begin() + static_cast<std::ptrdiff_t>(complete));
  hashes_.erase(hashes_.begin(), hashes_.begin() + static_cast<std::ptrdiff_t>(complete));
  TRY(index_.publish(group_));
  fold_.drop_indexed();
  return core::ok();
}

}  // namespace ledger::journal
