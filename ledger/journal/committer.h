#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "ledger/checkpoint.h"
#include "ledger/index/index.h"
#include "ledger/journal/group.h"
#include "ledger/log.h"
#include "ledger/record.h"
#include "ledger/signer_memory.h"

namespace ledger::journal {

// Gives the salts of the records from `first_seq`: random, or from the seed of a simulated book.
using SaltSource = std::function<void(std::uint64_t first_seq, std::span<Salt> salts)>;

// Who signs a book's checkpoints, as its records and its signer's memory tell.
struct Signers {
  std::shared_ptr<const Signer> log;
  // The last rotation is recorded, and a crash came before its first checkpoint: the key that signed
  // before it hands over with the next one. Empty: nothing is to be handed over.
  struct Waiting {
    std::uint32_t from_key_id = 0;
    std::shared_ptr<const Signer> old;  // Null where the root key authorised: no overlap.
  };
  std::optional<Waiting> waiting;
};

// What has been signed last.
struct Signed {
  std::uint64_t size = 0;
  std::string note;
};

// The second half of writing a book, on a thread of its own: seals each group (salt, link, hash),
// appends it with one fsync, gives its facts to the index, signs a checkpoint. Meanwhile the deciding
// thread is busy with the next group. After a failure nothing more is written.
class Committer {
 public:
  struct Parts {
    Log& log;
    std::uint64_t epoch = 0;
    SignerMemory memory;
    Signers signers;
    SaltSource salts;
    index::Index& index;
  };
  // The log ends at `size` with the leaf `last_leaf`. The index has all of it but the last records,
  // whose leaf hashes are `open_hashes`: a batch that the first group pushed will void.
  Committer(Parts parts, std::uint64_t size, const core::Hash& last_leaf,
            std::vector<core::Hash> open_hashes);
  // Commits what was pushed, then ends.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Signs a checkpoint over what the log holds, unless it is signed already. Before any push.
  // Errors: those of SignerMemory::advance.
  core::Result<> sign_now();

  // Hands a group over; waits while kGroupsWaitingMax are waiting. After a failure it is dropped.
  void push(PendingGroup group);
  // An empty group whose memory is used again.
  PendingGroup take_spare();

  // Waits until records [0, size) are durable and signed.
  // Errors: Unavailable/outcome_unknown if the group they are in failed: they may or may not be
  //         durable; Unavailable/stopped if an earlier one failed: they are not.
  core::Result<> wait(std::uint64_t size);
  // Whether everything that was pushed is done (or will never be).
  bool idle() const;
  // Why nothing more is written.
  std::optional<core::Error> failure() const;

  std::uint64_t durable_size() const;
  Signed last_signed() const;

  // Called on the committing thread after each group and after a failure. When this returns, the call
  // set before is not running any more.
  void on_progress(std::function<void()> call);

 private:
  void run();
  core::Result<> commit(PendingGroup& group);
  void seal(PendingGroup& group);
  core::Result<> sign();
  SignerState state_at_end() const;
  void publish(const SignerState& state);
  void hand_over(const HandOver& to);
  void finish(PendingGroup group, const core::Result<>& committed);

  Parts parts_;
  core::Sha256 sha256_;
  core::Hash last_leaf_;
  std::uint64_t log_size_;
  std::vector<Salt> salts_;
  std::vector<core::Hash> part_hashes_;  // Leaf hashes that the index does not have yet.
  std::mutex progress_mutex_;
  std::function<void()> on_progress_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<PendingGroup> waiting_;
  std::vector<PendingGroup> spares_;
  bool writing_ = false;
  bool ending_ = false;
  std::uint64_t durable_size_;
  Signed signed_;
  std::optional<core::Error> failure_;
  std::uint64_t failed_end_ = 0;  // Where the group that failed ends.
  std::thread thread_;
};

}  // namespace ledger::journal
