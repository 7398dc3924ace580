#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "core/time.h"
#include "engine/state.h"
#include "gateway/refs/references.h"
#include "gateway/service/folder.h"
#include "gateway/service/submission.h"
#include "ledger/journal/journal.h"

namespace gateway::service {

// What a query may look at: everything durable, and nothing else.
struct BookView {
  const ledger::journal::Index& index;
  const engine::State& state;
  ledger::Log& log;
  std::uint64_t size = 0;
  const std::string& checkpoint;  // The last signed note.
};

// A book that can be read; whether it can also be written is its own affair.
class ReadableBook {
 public:
  virtual ~ReadableBook() = default;
  // Runs `query` on a consistent view. The view ends with the call.
  virtual core::Result<> read(const std::function<core::Result<>(const BookView&)>& query) = 0;
};

using ReceiptResult = core::Result<ledger::journal::Receipt>;

// A book open for writing. execute() is for one thread at a time (the sequencer); read() for any.
class Book final : public ReadableBook {
 public:
  // Opens DIR. A torn tail above what the signer remembers is cut and reported in torn_tail().
  //
  // Errors: NotFound/book; Unavailable/book_in_use if another process writes it; Corrupt/... if it is
  //         damaged: such a book is read-only (open_read_only) and never signed again.
  static core::Result<std::unique_ptr<Book>> open(const Folder& folder, core::Clock& clock);

  // Decides and records the commands in order, in as few groups as the limits allow, and answers
  // each once it is durable. A refused command changes nothing and frees its request id.
  std::vector<ReceiptResult> execute(std::span<const Submission> submissions);

  core::Result<> read(const std::function<core::Result<>(const BookView&)>& query) override;

  const ledger::Genesis& genesis() const { return state_.genesis; }
  bool torn_tail() const { return torn_tail_; }

  // The references of this book; guarded by its own lock, which resolve() in the callback holds.
  core::Result<> with_references(
      const std::function<core::Result<>(refs::ReferenceStore&)>& use);

 private:
  // What one submission came to before its group was committed.
  struct Pending {
    std::optional<core::Error> refused;
    std::uint64_t first_seq = 0;
    bool hit = false;
  };

  Book(const Folder& folder, core::Clock& clock, refs::ReferenceStore references);
  Pending stage(const Submission& submission);
  core::Result<Pending> try_stage(const Submission& submission);
  core::Result<std::optional<Pending>> find_hit(const Submission& submission) const;
  core::Result<core::Instant> now_for(const Submission& submission);
  core::Result<std::uint64_t> stage_batch(const Submission& submission, core::Instant now);
  void commit_group(std::vector<Pending>& pending, std::size_t first);

  Folder folder_;
  core::Clock& clock_;
  std::shared_mutex mutex_;
  std::mutex references_mutex_;
  refs::ReferenceStore references_;
  engine::State state_;
  std::unique_ptr<ledger::journal::Journal> journal_;
  bool torn_tail_ = false;
  std::optional<core::Error> stopped_;
};

// A book opened for reading only, beside a writer or not.
class ReadOnlyBook final : public ReadableBook {
 public:
  // Errors: NotFound/book; Corrupt/... with the first sequence that is damaged or missing.
  static core::Result<std::unique_ptr<ReadOnlyBook>> open(const Folder& folder);

  core::Result<> read(const std::function<core::Result<>(const BookView&)>& query) override;
  const ledger::Genesis& genesis() const { return state_.genesis; }

 private:
  ReadOnlyBook() = default;
  std::unique_ptr<ledger::Log> log_;
  ledger::journal::Index index_;
  engine::State state_;
  ledger::SignerState signer_;
};

}  // namespace gateway::service
