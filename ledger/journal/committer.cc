#include "ledger/journal/committer.h"

#include <utility>

#include "core/check.h"
#include "ledger/merkle.h"

namespace ledger::journal {
namespace {

constexpr std::size_t kGroupsWaitingMax = 2;

core::Error unknown_outcome(std::uint64_t size, const std::string& why) {
  return core::unavailable("outcome_unknown", "seq " + std::to_string(size),
                           "The write may or may not be durable; the book stopped writing (" + why +
                               "). Open it anew and repeat the request with the same request id. "
                               "See docs/runbooks/outcome-unknown.md.");
}

core::Error never_written() {
  return core::unavailable("stopped", "",
                           "The book stopped writing before this was written. Open it anew and "
                           "repeat the request with the same request id. See "
                           "docs/runbooks/outcome-unknown.md.");
}

}  // namespace

Committer::Committer(Parts parts, std::uint64_t size, const core::Hash& last_leaf,
                     std::vector<core::Hash> open_hashes)
    : parts_(std::move(parts)),
      last_leaf_(last_leaf),
      log_size_(size),
      part_hashes_(std::move(open_hashes)),
      durable_size_(size - part_hashes_.size()),
      signed_{parts_.memory.state().signed_size, parts_.memory.state().note},
      thread_([this] { run(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

core::Result<> Committer::sign_now() {
  CHECK(idle());
  auto signed_now = sign();
  if (!signed_now) {
    const std::lock_guard lock(mutex_);
    failure_ = signed_now.error();
  }
  return signed_now;
}

void Committer::on_progress(std::function<void()> call) {
  const std::lock_guard lock(progress_mutex_);
  on_progress_ = std::move(call);
}

void Committer::push(PendingGroup group) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return failure_ || waiting_.size() < kGroupsWaitingMax; });
  if (failure_) return;
  waiting_.push_back(std::move(group));
  lock.unlock();
  changed_.notify_all();
}

PendingGroup Committer::take_spare() {
  const std::lock_guard lock(mutex_);
  if (spares_.empty()) return {};
  PendingGroup spare = std::move(spares_.back());
  spares_.pop_back();
  return spare;
}

core::Result<> Committer::wait(std::uint64_t size) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return failure_ || durable_size_ >= size; });
  if (durable_size_ >= size) return core::ok();
  return size <= failed_end_ ? *failure_ : never_written();
}

bool Committer::idle() const {
  const std::lock_guard lock(mutex_);
  return failure_ || (waiting_.empty() && !writing_);
}

std::optional<core::Error> Committer::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

std::uint64_t Committer::durable_size() const {
  const std::lock_guard lock(mutex_);
  return durable_size_;
}

Signed Committer::last_signed() const {
  const std::lock_guard lock(mutex_);
  return signed_;
}

void Committer::run() {
  while (true) {
    PendingGroup group;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      group = std::move(waiting_.front());
      waiting_.pop_front();
      writing_ = true;
    }
    changed_.notify_all();
    const auto committed = commit(group);
    finish(std::move(group), committed);
    changed_.notify_all();
    const std::lock_guard lock(progress_mutex_);
    if (on_progress_) on_progress_();
  }
}

core::Result<> Committer::commit(PendingGroup& group) {
  CHECK(group.first_seq == log_size_);
  seal(group);
  // Never tried again: after a failed sync the kernel may have dropped the pages and call the next
  // sync a success.
  if (parts_.log.append_group(log_size_, parts_.epoch, group.leaves) != AppendOutcome::Durable) {
    const auto state = parts_.log.state();
    return unknown_outcome(log_size_, state ? "the log is another's" : state.error().detail);
  }
  log_size_ = group.end_seq();
  if (!group.ends_batch) return core::ok();
  // The records are durable; a failure behind this line is one of telling, so the outcome stays
  // unknown to the client, and the next opening finds the records.
  if (const auto published = parts_.index.publish(group.facts); !published) {
    return unknown_outcome(group.first_seq, core::to_string(published.error()));
  }
  if (group.hand_over) hand_over(*group.hand_over);
  if (const auto signed_now = sign(); !signed_now) {
    return unknown_outcome(group.first_seq, core::to_string(signed_now.error()));
  }
  return core::ok();
}

// The next checkpoint is the first that the new key signs.
void Committer::hand_over(const HandOver& to) {
  Signers& signers = parts_.signers;
  const std::shared_ptr<const Signer> old = std::exchange(signers.log, to.next);
  signers.waiting = Signers::Waiting{old->verifier_key().id, to.overlap ? old : nullptr};
}

void Committer::seal(PendingGroup& group) {
  const std::size_t count = group.leaves.count();
  salts_.resize(count);
  parts_.salts(group.first_seq, salts_);
  for (std::size_t i = 0; i < count; ++i) {
    const std::span<std::uint8_t> leaf = group.leaves.leaf_to_seal(i);
    seal_record(leaf, last_leaf_, salts_[i]);
    last_leaf_ = leaf_hash(sha256_, leaf);
    part_hashes_.push_back(last_leaf_);
  }
  if (group.ends_batch) std::swap(group.facts.leaf_hashes, part_hashes_);
  if (group.ends_batch) part_hashes_.clear();
}

core::Result<> Committer::sign() {
  SignerMemory& memory = parts_.memory;
  Signers& signers = parts_.signers;
  if (signers.waiting && signers.waiting->from_key_id == memory.state().key_id) {
    std::vector<const Signer*> both;
    if (signers.waiting->old) both.push_back(signers.waiting->old.get());
    both.push_back(signers.log.get());
    SignerState next = state_at_end();
    TRY(next.note, sign_checkpoint({next.origin, next.signed_size, next.signed_root}, both));
    TRY(memory.hand_over(next));
    signers.waiting.reset();
    publish(next);
    return core::ok();
  }
  SignerState next = memory.state();
  // The memory refuses another book's or another key's signer, even where nothing is to be signed.
  next.origin = signers.log->verifier_key().name;
  next.key_id = signers.log->verifier_key().id;
  const bool is_signed =
      next.signed_size == log_size_ && next.durable_size == log_size_ && !next.note.empty();
  if (next == memory.state() && is_signed) return core::ok();
  next = state_at_end();
  TRY(next.note,
      sign_checkpoint({next.origin, next.signed_size, next.signed_root}, *signers.log));
  // The note exists in memory only until the memory is durable: nobody can have seen it before.
  TRY(memory.advance(next));
  publish(next);
  return core::ok();
}

// What is to be signed and remembered now, without the note.
SignerState Committer::state_at_end() const {
  SignerState next;
  next.origin = parts_.signers.log->verifier_key().name;
  next.key_id = parts_.signers.log->verifier_key().id;
  next.durable_size = log_size_;
  next.signed_size = log_size_;
  next.signed_root = parts_.index.root();
  return next;
}

void Committer::publish(const SignerState& state) {
  const std::lock_guard lock(mutex_);
  signed_ = {state.signed_size, state.note};
}

void Committer::finish(PendingGroup group, const core::Result<>& committed) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  if (!committed) {
    failure_ = committed.error();
    failed_end_ = group.end_seq();
    waiting_.clear();
    return;
  }
  if (group.ends_batch) durable_size_ = group.end_seq();
  group.clear();
  spares_.push_back(std::move(group));
}

}  // namespace ledger::journal
