#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/time.h"
#include "engine/state.h"
#include "gateway/refs/references.h"
#include "gateway/service/folder.h"
#include "gateway/service/open_vault.h"
#include "gateway/service/submission.h"
#include "ledger/journal/journal.h"
#include "ledger/published.h"
#include "ledger/store/backup.h"

namespace gateway::service {

// What a query may look at: everything durable, and nothing else. It never keeps the writer
// waiting.
struct BookView {
  const ledger::index::Index& index;
  const ledger::Genesis& genesis;
  ledger::Log& log;
  std::uint64_t size = 0;  // Of the last signed note: what lies beyond is not shown yet.
  std::string checkpoint;  // The last signed note.
  // The last one that was given to the outside, and all before it. What was not published yet is as
  // good as the last signed one.
  const ledger::Published& published;

  ledger::PublishedNote last_published() const {
    return published.last().value_or(ledger::PublishedNote{size, checkpoint});
  }
};

// A book that can be read; whether it can also be written is its own affair.
class ReadableBook {
 public:
  virtual ~ReadableBook() = default;
  // Runs `query` on a consistent view. The view ends with the call.
  virtual core::Result<> read(const std::function<core::Result<>(const BookView&)>& query) = 0;
  // Runs `query`, which must be short, on what the engine knows; the answer is given once all that
  // it may rest on is durable.
  virtual core::Result<> read_state(
      const std::function<core::Result<>(const engine::State&)>& query) = 0;
};

// What a client gets for a command: its receipt; of a dry run, what would be recorded, and a
// receipt without records.
struct Receipt : ledger::journal::Receipt {
  std::optional<core::json::Value> preview;
};
using ReceiptResult = core::Result<Receipt>;

// What one submission came to when it was staged: refused, or on its way to the disk.
struct Staged {
  std::optional<core::Error> refused;
  std::uint64_t first_seq = 0;
  std::uint64_t count = 0;
  core::Instant recorded_at;
  bool hit = false;
  std::optional<core::json::Value> preview =
      {};  // Of a dry run, which rests on records before first_seq.

  std::uint64_t end_seq() const { return first_seq + count; }
};

// A book open for writing. Staging is for one thread at a time (the sequencer); the rest for any.
class Book final : public ReadableBook {
 public:
  // Opens DIR. A torn tail above what the signer remembers is cut and reported in torn_tail().
  //
  // Errors: NotFound/book; Unavailable/book_in_use if another process writes it; Corrupt/... if it
  // is
  //         damaged: such a book is read-only (open_read_only) and never signed again;
  //         Corrupt/published if the last published checkpoint cannot be read.
  static core::Result<std::unique_ptr<Book>> open(const Folder& folder, core::Clock& clock);
  // Commits what is staged and saves a snapshot.
  ~Book() override;
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  // Decides and records the commands in order, and answers each once it is durable. A refused
  // command changes nothing and frees its request id. Not beside a sequencer.
  std::vector<ReceiptResult> execute(std::span<const Submission> submissions);

  // Decides the commands in order. What is accepted becomes durable with its group.
  void stage(std::span<const Submission> submissions, std::vector<Staged>& staged);
  // The open group: see Journal.
  bool has_open_group() const { return journal_->has_open_group(); }
  void close_group() { journal_->close_group(); }
  void on_progress(std::function<void()> call) { journal_->on_progress(std::move(call)); }
  // Whether all closed groups are durable, or never will be.
  bool idle() const { return journal_->idle(); }
  std::uint64_t durable_size() const { return journal_->durable_size(); }
  bool stopped() const { return journal_->failure().has_value(); }
  // Backs up the records into a folder of backups, while they may be written; any thread.
  // Errors: Unavailable/backup_running if another one is being made, Unavailable/stopped; those of
  //         ledger::store::back_up.
  core::Result<ledger::store::Backup> back_up(const std::string& folder);
  // The receipt of a staged submission; waits until it is durable.
  ReceiptResult answer(const Staged& staged);

  core::Result<> read(const std::function<core::Result<>(const BookView&)>& query) override;
  core::Result<> read_state(
      const std::function<core::Result<>(const engine::State&)>& query) override;

  // Keeps a signed note, with whatever cosignatures it has, and gives it to the outside. For one
  // thread (the publisher). Errors: those of ledger::Published::publish.
  core::Result<> publish(const std::string& note) { return published_->publish(note); }

  const ledger::Genesis& genesis() const { return genesis_; }
  const Folder& folder() const { return folder_; }
  bool torn_tail() const { return torn_tail_; }
  // From here on a passphrase comes from its file or not at all: a question on the terminal would keep
  // everybody waiting. Before anything is staged.
  void stop_asking() { ask_ = false; }

  // The references of this book; guarded by its own lock, which resolve() in the callback holds.
  core::Result<> with_references(const std::function<core::Result<>(refs::ReferenceStore&)>& use);
  // The vault of this book, under the same lock.
  core::Result<> with_vault(const std::function<core::Result<>(vault::Vault&)>& use);
  // The id of a name that is known already. Any number of threads at once.
  // Errors: InvalidInput/reference; NotFound/unknown_reference.
  core::Result<refs::IdBytes> find_reference(std::string_view name);

 private:
  Book(const Folder& folder, core::Clock& clock, OpenedVault vault, refs::Mint mint);
  core::Result<> settle_erasure();
  core::Result<> back_up_vault(const std::string& folder, std::uint32_t number);
  core::Result<> save_snapshot();
  core::Result<Staged> stage_one(const Submission& submission);
  core::Result<Staged> check_hit(const Submission& submission, std::uint64_t first_seq);
  core::Result<core::Instant> now_for(const Submission& submission);
  core::Result<Staged> decide(const Submission& submission, core::Instant now);
  core::Result<std::optional<ledger::journal::HandOver>> hand_over_of(const std::string& type,
                                                                      core::ByteView fields) const;
  core::Result<Staged> preview(const ledger::CommandBody& body, std::vector<ledger::Draft> batch,
                               core::Instant recorded_at);

  Folder folder_;
  core::Clock& clock_;
  std::shared_mutex references_mutex_;
  OpenedVault vault_;
  refs::ReferenceStore references_;
  // Written by the staging thread alone; shared for who reads it meanwhile.
  mutable std::shared_mutex state_mutex_;
  engine::State state_;
  std::uint64_t staged_size_ = 0;
  std::uint64_t snapshot_size_ = 0;
  ledger::Genesis genesis_;
  std::unique_ptr<ledger::journal::Journal> journal_;
  std::unique_ptr<ledger::Published> published_;
  bool torn_tail_ = false;
  bool ask_ = true;
  std::mutex backup_mutex_;
};

// A book opened for reading only, beside a writer or not.
class ReadOnlyBook final : public ReadableBook {
 public:
  // Errors: NotFound/book; Corrupt/... with the first sequence that is damaged or missing.
  static core::Result<std::unique_ptr<ReadOnlyBook>> open(const Folder& folder);

  core::Result<> read(const std::function<core::Result<>(const BookView&)>& query) override;
  core::Result<> read_state(
      const std::function<core::Result<>(const engine::State&)>& query) override;
  const ledger::Genesis& genesis() const { return state_.genesis; }

 private:
  ReadOnlyBook() = default;
  std::unique_ptr<ledger::Log> log_;
  std::unique_ptr<ledger::index::Index> index_;
  std::unique_ptr<ledger::Published> published_;
  engine::State state_;
  std::uint64_t size_ = 0;
  ledger::SignerState signer_;
};

}  // namespace gateway::service
