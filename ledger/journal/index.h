#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "ledger/invariants/batches_whole.h"
#include "ledger/invariants/requests_unique.h"
#include "ledger/invariants/subjects_consecutive.h"
#include "ledger/journal/books.h"
#include "ledger/log.h"
#include "ledger/merkle.h"

namespace ledger::journal {

// A batch's end and time, for as-of questions.
struct BatchEnd {
  core::Instant recorded_at;
  std::uint64_t first_seq = 0;
  std::uint64_t end_seq = 0;  // One past its last record.
};

// SHA-256 over the command's type and bytes: what must be equal for a repeated request id to be a hit.
core::Hash command_digest(core::Sha256& sha256, std::string_view type, core::ByteView command);

// Everything that follows from the records: books, tree, subjects, request ids, batches. Derived data
// only; it is rebuilt from the log whenever a book is opened.
class Index {
 public:
  // Applies the next record of the log, in order.
  //
  // Errors: Corrupt/chain if seq or prev does not continue; Corrupt/record, /batch, /subject,
  //         /request_id; Corrupt/books if a stored record breaks a law of the books.
  core::Result<> apply(core::ByteView leaf, const RecordView& record);

  const Books& books() const { return books_; }
  Books& books() { return books_; }
  const MerkleTree& tree() const { return tree_; }
  const invariants::SubjectsConsecutive& subjects() const { return subjects_; }
  const invariants::RequestsUnique& requests() const { return requests_; }
  const std::vector<BatchEnd>& batches() const { return batches_; }
  std::uint64_t size() const { return size_; }
  const core::Hash& last_leaf() const { return last_leaf_; }

  // The last whole batch that ends at or before record `seq`; nullptr if there is none.
  const BatchEnd* batch_at(std::uint64_t seq) const;
  // The last batch recorded at or before `time`; nullptr if there is none.
  const BatchEnd* batch_at(core::Instant time) const;
  // The batch that holds record `seq`, which exists.
  const BatchEnd& batch_of(std::uint64_t seq) const;

 private:
  friend class Journal;
  core::Result<> apply_command(const RecordView& record);

  Books books_;
  MerkleTree tree_;
  core::Sha256 sha256_;
  invariants::SubjectsConsecutive subjects_;
  invariants::RequestsUnique requests_;
  invariants::BatchesWhole batches_whole_;
  std::vector<BatchEnd> batches_;
  std::uint64_t size_ = 0;
  core::Hash last_leaf_;
};

// Called for each record after the index has taken it.
using RecordObserver = std::function<core::Result<>(const RecordView& record)>;

// Reads the whole log into an index.
// Errors: those of Log::read and Index::apply, with the sequence; Corrupt/open_batch if the log ends
//         inside a batch.
core::Result<> load(Log& log, std::uint64_t size, Index& index, const RecordObserver& observe);

}  // namespace ledger::journal
