#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/index/index.h"
#include "ledger/journal/committer.h"
#include "ledger/journal/fold.h"
#include "ledger/journal/past.h"
#include "ledger/journal/replay.h"
#include "ledger/journal/snapshot.h"
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

// Tells who signs, once the records have been read: they say which key it is.
// Errors: whatever keeps the keys from being there; then the book is not opened for writing.
using SignerSource = std::function<core::Result<Signers>(const SignerState& memory)>;

// One key, whatever the records say.
SignerSource one_signer(NoteSigner signer);

struct JournalParts {
  std::unique_ptr<Log> log;
  std::unique_ptr<index::Index> index;
  SignerMemory memory;
  SignerSource signers;
  SaltSource salts;
  // What the index was restored from; the books go on from it too. May be null.
  const Snapshot* snapshot = nullptr;
};

// `size` is the log's, of which the index may lack a batch that was broken off.
// Errors: Corrupt/shorter_than_signer or Corrupt/fork if the records are not those that the signer
//         remembers.
core::Result<> check_against_memory(const SignerState& memory, const index::Index& index,
                                    std::uint64_t size);

// The one writer of a book's log. One thread (the deciding one) stages batches: they get their place,
// the laws are kept, and what they change is known at once, though only to that thread. Groups of them
// are committed on a thread of its own (committer.h); what others see, the index and the signed note,
// is durable.
class Journal final : public Past {
 public:
  // Replays the book and takes it for writing. A very large batch that a crash broke off is voided.
  //
  // Errors: those of Replay; Corrupt/shorter_than_signer or Corrupt/fork if the store does not hold
  //         what the signer remembers: such a book is never signed again;
  //         Conflict/signer_regression if the memory is another book's or another key's.
  static core::Result<std::unique_ptr<Journal>> open(JournalParts parts, std::string_view holder,
                                                     const RecordObserver& observe);
  // Commits what is staged.
  ~Journal() override;

  // --- The deciding thread. ---

  const Books& books() const { return fold_.books(); }
  // The recorded_at that the next batch would get: `now`, but later than the batch before.
  core::Instant next_recorded_at(core::Instant now) const;
  // Of the last batch staged; empty in a new book.
  std::optional<core::Instant> last_recorded_at() const;

  // The first record of the command with this request id, staged or durable.
  // Errors: those of reading the index.
  core::Result<std::optional<std::uint64_t>> find_request(std::string_view client_id,
                                                          std::string_view request_id);

  // Places a batch behind what is staged; `observe` sees each record once the batch is accepted. The
  // open group is closed when the batch has no room in it; a batch beyond the limits of a group is
  // written in several, between its command record and a record that ends it.
  //
  // Guarantees: on an error nothing of the batch remains.
  // Errors:     what Books and encode_record refuse; Corrupt/record for a body that is not one CBOR
  //             map; Unavailable/stopped after a failed write.
  //
  // With `hand_over` the batch is a rotation: it ends its group, whose checkpoint is the first that the
  // new key signs.
  core::Result<std::uint64_t> stage(std::vector<Draft> batch, core::Instant recorded_at,
                                    const RecordObserver& observe,
                                    std::optional<HandOver> hand_over = {});
  // Places the batch as stage() would, shows its records to `observe`, and takes it back: what stage()
  // would refuse is refused. Errors: as stage().
  core::Result<> preview(std::vector<Draft> batch, core::Instant recorded_at,
                         const RecordObserver& observe);
  // Records staged so far: what wait() must be given for all of them.
  std::uint64_t staged_size() const { return next_seq_; }
  bool has_open_group() const { return !group_.leaves.empty(); }
  // Hands the open group to the committing thread; waits while that is two groups behind.
  void close_group();
  // Closes the open group and waits for it. Errors: those of wait().
  core::Result<> commit();

  // Commits, and gives all but the application's part of a snapshot. Errors: those of commit() and of
  // Index::save().
  core::Result<Snapshot> snapshot();

  core::Result<core::Minor> balance_at(std::string_view account, std::string_view commodity,
                                       std::uint64_t seq) override;
  core::Result<bool> has_subject(const SubjectId& subject) override;
  core::Result<> balances_before(core::Instant until, const VisitBalance& visit) override;
  core::Result<> record_at(std::uint64_t seq, const VisitRecord& visit) override;

  // --- Any thread. ---

  const index::Index& index() const { return *index_; }
  // Errors: see Committer::wait.
  core::Result<> wait(std::uint64_t size) { return committer_->wait(size); }
  bool idle() const { return committer_->idle(); }
  std::optional<core::Error> failure() const { return committer_->failure(); }
  std::uint64_t durable_size() const { return committer_->durable_size(); }
  // The last signed checkpoint.
  Signed last_signed() const { return committer_->last_signed(); }
  // The receipt of a durable batch. Errors: those of reading the index and the log.
  core::Result<Receipt> receipt(std::uint64_t first_seq);
  core::Result<Receipt> receipt(std::uint64_t first_seq, std::uint64_t count,
                                core::Instant recorded_at) const;
  Log& log() { return *log_; }
  // See Committer.
  void on_progress(std::function<void()> call) { committer_->on_progress(std::move(call)); }

 private:
  Journal(std::unique_ptr<Log> log, std::unique_ptr<index::Index> index);
  core::Result<> void_open_batch(const Replay& replay);
  core::Result<> place(std::vector<Draft>& batch, core::Instant recorded_at);
  core::Result<> place_alone(std::vector<Draft>& batch, core::Instant recorded_at);
  core::Result<> place_records(const std::vector<Draft>& batch, core::Instant recorded_at);
  core::Result<> place_record(const Draft& draft, const BatchPlace& place,
                              core::Instant recorded_at, RecordView& view);
  void push_in_parts();

  std::unique_ptr<Log> log_;
  std::unique_ptr<index::Index> index_;
  Fold fold_;
  std::unique_ptr<Committer> committer_;
  std::uint64_t next_seq_ = 0;
  core::Instant last_recorded_at_;
  PendingGroup group_;             // The open group.
  std::vector<RecordView> batch_;  // The batch being staged, as it will be read.
};

}  // namespace ledger::journal
