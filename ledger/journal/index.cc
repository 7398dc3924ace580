#include "ledger/journal/index.h"

#include <algorithm>
#include <string>

#include "core/check.h"

namespace ledger::journal {
namespace {

std::string at_seq(std::uint64_t seq) { return "seq " + std::to_string(seq); }

}  // namespace

core::Hash command_digest(core::Sha256& sha256, std::string_view type, core::ByteView command) {
  static constexpr std::uint8_t kSeparator = '\n';
  return sha256(core::as_bytes(type), core::ByteView(&kSeparator, 1), command);
}

core::Result<> Index::apply(core::ByteView leaf, const RecordView& record) {
  if (record.seq != size_ || record.prev != last_leaf_) {
    return core::corrupt("chain", at_seq(size_),
                         "The record does not continue the chain: its sequence or the hash of the "
                         "record before differs.");
  }
  TRY(batches_whole_.check(record));
  TRY(subjects_.check(record));
  if (record.kind == kCommand && record.batch.index == 0) {
    TRY(apply_command(record));
  }
  if (record.batch.index == 0) books_.begin_batch();
  auto posted = books_.apply(record);
  if (posted && !batches_whole_.open()) posted = books_.check_laws();
  if (!posted) {
    return core::corrupt("books", at_seq(record.seq), core::to_string(posted.error()));
  }
  last_leaf_ = leaf_hash(sha256_, leaf);
  tree_.append(sha256_, last_leaf_);
  ++size_;
  if (!batches_whole_.open()) {
    batches_.push_back({record.recorded_at, record.batch.first_seq, size_});
  }
  return core::ok();
}

core::Result<> Index::apply_command(const RecordView& record) {
  const auto key = read_command_key(record.body);
  if (!key) return core::corrupt("record", at_seq(record.seq), core::to_string(key.error()));
  const CommandKey& command = key.value();
  return requests_.add(command.client_id, command.request_id,
                       {record.seq, command_digest(sha256_, command.type, command.command)});
}

const BatchEnd* Index::batch_at(std::uint64_t seq) const {
  const auto after = std::ranges::upper_bound(batches_, seq, {}, [](const BatchEnd& batch) {
    return batch.end_seq - 1;
  });
  return after == batches_.begin() ? nullptr : &*std::prev(after);
}

const BatchEnd* Index::batch_at(core::Instant time) const {
  const auto after = std::ranges::upper_bound(batches_, time, {}, &BatchEnd::recorded_at);
  return after == batches_.begin() ? nullptr : &*std::prev(after);
}

const BatchEnd& Index::batch_of(std::uint64_t seq) const {
  const auto found = std::ranges::upper_bound(batches_, seq, {}, &BatchEnd::end_seq);
  CHECK(found != batches_.end());
  return *found;
}

core::Result<> load(Log& log, std::uint64_t size, Index& index, const RecordObserver& observe) {
  RecordView record;
  const auto visit = [&](std::uint64_t seq, core::ByteView leaf) -> core::Result<> {
    auto decoded = decode_record(leaf, record);
    if (!decoded) return std::move(decoded.error()).within(at_seq(seq));
    TRY(index.apply(leaf, record));
    return observe ? observe(record) : core::ok();
  };
  TRY(log.read(0, size, visit));
  if (index.size() > 0 && (index.batches().empty() || index.batches().back().end_seq != size)) {
    return core::corrupt("open_batch", at_seq(size), "The log ends inside a batch.");
  }
  return core::ok();
}

}  // namespace ledger::journal
