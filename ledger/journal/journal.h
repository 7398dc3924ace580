#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/checkpoint.h"
#include "ledger/journal/index.h"
#include "ledger/signer_memory.h"

namespace ledger::journal {

// What a client gets when its command is durable.
struct Receipt {
  std::uint64_t first_seq = 0;
  std::uint64_t count = 0;
  std::vector<core::Hash> leaf_hashes;
  core::Instant recorded_at;
  bool hit = false;  // The command was recorded before, under the same request id.
};

// Gives the salt of record `seq`: random, or from the seed of a simulated book.
using SaltSource = std::function<Salt(std::uint64_t seq)>;

struct JournalParts {
  std::unique_ptr<Log> log;
  SignerMemory memory;
  NoteSigner signer;
  SaltSource salts;
};

// Errors: Corrupt/shorter_than_signer or Corrupt/fork if the records are not those that the signer
//         remembers.
core::Result<> check_against_memory(const SignerState& memory, const Index& index);

// The one writer of a book's log: gives drafts their place, keeps the laws, commits groups with one
// fsync and signs a checkpoint over each. Single-threaded.
class Journal {
 public:
  // Loads the book and takes it for writing.
  //
  // Errors: those of load(); Corrupt/shorter_than_signer or Corrupt/fork if the store does not hold
  //         what the signer remembers: such a book is never signed again;
  //         Conflict/signer_regression if the memory is another book's or another key's.
  static core::Result<std::unique_ptr<Journal>> open(JournalParts parts, std::string_view holder,
                                                     const RecordObserver& observe);

  const Index& index() const { return index_; }
  // Records that are durable; records staged since are not counted.
  std::uint64_t durable_size() const { return durable_size_; }
  bool has_staged() const { return !staged_.empty(); }

  // The recorded_at that the next batch would get: `now`, but later than the batch before.
  core::Instant next_recorded_at(core::Instant now) const;

  // True if a batch of so many records of usual size still fits the open group; commit first if
  // not.
  bool fits(std::size_t records) const;

  // Places a batch in the open group and applies it to the index; `observe` sees each record.
  //
  // Guarantees: on an error nothing of the batch remains.
  // Errors:     InvalidInput/batch_too_large; Unavailable/group_full if the open group has no room
  //             for it: commit and stage it again; what Books and encode_record refuse.
  core::Result<std::uint64_t> stage(const std::vector<Draft>& batch, core::Instant recorded_at,
                                    const RecordObserver& observe);

  // Makes the open group durable and signs a checkpoint over the new size.
  //
  // Errors: Unavailable/outcome_unknown: the group may or may not be durable. The journal accepts
  //         nothing more; open the book anew to learn which.
  core::Result<> commit();

  // The receipt of a durable batch.
  Receipt receipt(std::uint64_t first_seq) const;

  // The last signed checkpoint.
  const std::string& checkpoint() const { return memory_.state().note; }
  Log& log() { return *log_; }

 private:
  explicit Journal(JournalParts parts);
  core::Result<> place_records(const std::vector<Draft>& batch, core::Instant recorded_at);
  core::Result<> place_record(const Draft& draft, const BatchPlace& place,
                              core::Instant recorded_at, RecordView& view);
  core::Result<> accept_batch();
  void drop_batch();
  core::Result<> sign();

  std::unique_ptr<Log> log_;
  SignerMemory memory_;
  NoteSigner signer_;
  SaltSource salts_;
  core::Sha256 sha256_;
  Index index_;
  std::uint64_t epoch_ = 0;
  std::uint64_t durable_size_ = 0;
  std::vector<core::Bytes> staged_;  // Leaves of the open group and, after them, of the batch.
  std::vector<core::Hash> staged_hashes_;
  std::size_t staged_bytes_ = 0;
  std::vector<RecordView> batch_;  // The batch being staged, as it will be read.
  std::size_t batch_size_ = 0;
  core::Hash batch_last_leaf_;
  bool stopped_ = false;
};

}  // namespace ledger::journal
