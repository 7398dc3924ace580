#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "ledger/index/index.h"
#include "ledger/invariants/batches_whole.h"
#include "ledger/journal/fold.h"
#include "ledger/log.h"

namespace ledger::journal {

// Called for each record of a batch that took effect, in order, after the whole batch was accepted.
using RecordObserver = std::function<core::Result<>(const RecordView& record)>;

// Where a replay begins: behind what is known already.
struct ReplayStart {
  std::uint64_t size = 0;
  core::Hash last_leaf;
  core::Instant recorded_at;
};

// Feeds the records of a log to a fold, an index and an observer, batch by batch: a batch counts once
// its last record is there, and one that was voided never does.
class Replay {
 public:
  // All must outlive the replay.
  Replay(Fold& fold, index::Index& index, const RecordObserver& observe, const ReplayStart& start);

  // Reads records [start, size).
  // Errors: those of Log::read and Index::publish, with the sequence; Corrupt/chain, record, batch,
  //         subject, request_id; Corrupt/open_batch if the log ends inside a batch in a way that no
  //         crash leaves; Corrupt/books if a stored record breaks a law of the books.
  core::Result<> run(Log& log, std::uint64_t size);

  // The log ended inside a batch: what there is of it, and its leaf hashes.
  bool has_open_batch() const { return count_ > 0; }
  std::span<const RecordView> open_records() const { return std::span(records_).first(count_); }
  const std::vector<core::Hash>& open_hashes() const { return hashes_; }
  std::uint64_t next_seq() const { return next_seq_; }
  const core::Hash& last_leaf() const { return last_leaf_; }
  core::Instant last_recorded_at() const { return last_recorded_at_; }

 private:
  core::Result<> take(core::ByteView leaf);
  core::Result<> check_open_batch() const;
  core::Result<> end_batch();
  core::Result<> apply_records();
  void void_records();
  core::Result<> publish();

  Fold& fold_;
  index::Index& index_;
  const RecordObserver& observe_;
  core::Sha256 sha256_;
  std::uint64_t next_seq_;
  core::Hash last_leaf_;
  core::Instant last_recorded_at_;
  invariants::BatchesWhole batches_;
  // The batch being read: `count_` leaves, and the records as views into them. Both keep their
  // memory from batch to batch.
  std::vector<core::Bytes> leaves_;
  std::vector<RecordView> records_;
  std::size_t count_ = 0;
  std::vector<core::Hash> hashes_;  // Of all leaves since the last publish().
  index::Group group_;
};

}  // namespace ledger::journal
