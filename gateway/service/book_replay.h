#pragma once

#include <deque>
#include <functional>
#include <vector>

#include "engine/state.h"
#include "ledger/bodies.h"
#include "ledger/invariants/subjects_consecutive.h"
#include "ledger/journal/past_of_books.h"
#include "ledger/log.h"

namespace gateway::service {

// A batch that took effect, as it is stored. Its first record is the command, or the genesis.
struct RecordedBatch {
  std::deque<core::Bytes> leaves;  // Their addresses stay: the records are views into them.
  std::deque<ledger::RecordView> records;

  const ledger::RecordView& command() const { return records.front(); }
  bool has_end() const { return records.back().kind == ledger::kBatchEnd; }
  std::uint64_t end_seq() const { return command().seq + records.size(); }
};

// The engine's state and the books, folded batch by batch in memory with all their past: what a
// command was decided on. For replays, which look at every batch before it is applied.
class World {
 public:
  explicit World(ledger::journal::PastOfBooks::ReadLeaf read_leaf)
      : past_(books_, subjects_, std::move(read_leaf)) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const engine::State& state() const { return state_; }
  engine::State& state() { return state_; }
  const ledger::journal::Books& books() const { return books_; }
  const ledger::invariants::SubjectsConsecutive& subjects() const { return subjects_; }

  // Decides a recorded command on what is here now: what its effects would be.
  // Errors: the refusal; InvalidInput/unknown_command; those of its bytes.
  core::Result<std::vector<ledger::Draft>> decide(const ledger::RecordView& command,
                                                  const ledger::CommandBody& body);
  // The same, of other fields than those recorded, as command record `seq`.
  core::Result<std::vector<ledger::Draft>> decide(const ledger::RecordView& command,
                                                  const ledger::CommandBody& body,
                                                  core::ByteView fields, std::uint64_t seq);
  // Applies a whole batch. Errors: those of Books::apply, SubjectsConsecutive::check and
  // engine::dispatch::apply. After one this is of no use any more, unless it was the engine's.
  core::Result<> apply(const std::deque<ledger::RecordView>& records);
  // Whether the laws hold after the last batch; otherwise it can be rolled back. For batches that
  // nobody recorded. Errors: those of Books.
  core::Result<> try_books(const std::deque<ledger::RecordView>& records);

 private:
  ledger::journal::Books books_{ledger::journal::History::Keep};
  ledger::invariants::SubjectsConsecutive subjects_;
  ledger::journal::PastOfBooks past_;
  engine::State state_;
};

// Calls `visit` with every batch that took effect, in order, below `size`. Whether the records are
// sound is for verify, which comes first. Errors: those of reading the log and of `visit`.
core::Result<> for_each_batch(ledger::Log& log, std::uint64_t size,
                              const std::function<core::Result<>(const RecordedBatch&)>& visit);

// Reads single leaves below `size` of a log. `log` must outlive it.
ledger::journal::PastOfBooks::ReadLeaf leaf_reader(ledger::Log& log, std::uint64_t size);

}  // namespace gateway::service
