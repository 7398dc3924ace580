#include "ledger/journal/journal.h"

#include "core/check.h"

namespace ledger::journal {
namespace {

core::Error damaged(std::string reason, std::uint64_t size, std::string detail) {
  return core::corrupt(std::move(reason), "seq " + std::to_string(size), std::move(detail));
}

std::string with_index(std::size_t index) {
  return "record " + std::to_string(index) + " of the batch";
}

}  // namespace

core::Result<> check_against_memory(const SignerState& memory, const Index& index) {
  if (index.size() < memory.durable_size) {
    return damaged("shorter_than_signer", index.size(),
                   "The store holds " + std::to_string(index.size()) + " records but " +
                       std::to_string(memory.durable_size) +
                       " were acknowledged; it is damaged or an old copy, and is not signed again. "
                       "See docs/runbooks/corrupt.md.");
  }
  core::Sha256 sha256;
  TRY(const auto root, index.tree().root_at(sha256, memory.signed_size));
  if (root != memory.signed_root) {
    return damaged("fork", memory.signed_size,
                   "The records are not those the signer vouched for at this size; the book is not "
                   "signed again. See docs/runbooks/corrupt.md.");
  }
  return core::ok();
}

Journal::Journal(JournalParts parts)
    : log_(std::move(parts.log)),
      memory_(std::move(parts.memory)),
      signer_(std::move(parts.signer)),
      salts_(std::move(parts.salts)) {}

core::Result<std::unique_ptr<Journal>> Journal::open(JournalParts parts, std::string_view holder,
                                                     const RecordObserver& observe) {
  std::unique_ptr<Journal> journal(new Journal(std::move(parts)));
  TRY(const Tenure tenure, journal->log_->open(holder));
  journal->epoch_ = tenure.epoch;
  TRY(load(*journal->log_, tenure.size, journal->index_, observe));
  TRY(check_against_memory(journal->memory_.state(), journal->index_));
  journal->durable_size_ = tenure.size;
  TRY(journal->sign());
  return journal;
}

core::Instant Journal::next_recorded_at(core::Instant now) const {
  if (index_.batches().empty()) return now;
  return std::max(now, core::Instant{index_.batches().back().recorded_at.micros + 1});
}

bool Journal::fits(std::size_t records) const {
  // A record is small as a rule; stage() counts the bytes.
  return staged_.size() + records <= kGroupRecordsMax &&
         staged_bytes_ + records * kRecordBytesMax / 64 <= kGroupBytesMax;
}

core::Result<std::uint64_t> Journal::stage(const std::vector<Draft>& batch,
                                           core::Instant recorded_at,
                                           const RecordObserver& observe) {
  CHECK(!batch.empty());
  if (stopped_) {
    return core::unavailable("stopped", "", "The book stopped writing; open it anew.");
  }
  if (batch.size() > kGroupRecordsMax) {
    return core::invalid("batch_too_large", "", "A command makes at most 8000 records.");
  }
  index_.books_.begin_batch();
  batch_.resize(batch.size());
  batch_size_ = 0;
  batch_last_leaf_ = index_.last_leaf_;
  auto placed = place_records(batch, recorded_at);
  if (placed) placed = index_.books_.check_laws();
  if (placed) placed = accept_batch();
  if (!placed) {
    drop_batch();
    return std::move(placed.error());
  }
  // What was decided must apply: a record the observer refuses is our own mistake, and nothing of it
  // is durable yet.
  for (const RecordView& record : batch_) CHECK(!observe || observe(record).has_value());
  return batch_.front().seq;
}

core::Result<> Journal::place_records(const std::vector<Draft>& batch, core::Instant recorded_at) {
  const std::uint64_t first_seq = index_.size_;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const BatchPlace place{first_seq, i, batch.size()};
    auto placed = place_record(batch[i], place, recorded_at, batch_[i]);
    if (!placed) return std::move(placed.error()).within(with_index(i));
  }
  if (staged_.size() <= kGroupRecordsMax && staged_bytes_ <= kGroupBytesMax) return core::ok();
  if (staged_.size() == batch_size_) {
    return core::invalid("batch_too_large", "", "A command makes at most 4 MiB of records.");
  }
  return core::unavailable("group_full", "", "The open group has no room for this command.");
}

core::Result<> Journal::place_record(const Draft& draft, const BatchPlace& place,
                                     core::Instant recorded_at, RecordView& view) {
  Place at;
  at.seq = place.first_seq + place.index;
  at.prev = batch_last_leaf_;
  at.salt = salts_(at.seq);
  at.recorded_at = recorded_at;
  at.batch = place;
  for (const SubjectId& subject : draft.subjects) {
    at.subjects.push_back(index_.subjects_.next(subject));
  }
  TRY(auto leaf, encode_record(draft, at));
  // Read back before it counts: what we store must be what verify will accept.
  TRY(decode_record(leaf, view));
  TRY(index_.books_.apply(view));
  TRY(index_.subjects_.check(view));
  batch_last_leaf_ = leaf_hash(sha256_, leaf);
  staged_bytes_ += leaf.size();
  staged_.push_back(std::move(leaf));
  staged_hashes_.push_back(batch_last_leaf_);
  ++batch_size_;
  return core::ok();
}

core::Result<> Journal::accept_batch() {
  const RecordView& first = batch_.front();
  if (first.kind == kCommand) {
    TRY(index_.apply_command(first));
  }
  for (const RecordView& record : batch_) CHECK(index_.batches_whole_.check(record).has_value());
  index_.size_ += batch_.size();
  index_.last_leaf_ = batch_last_leaf_;
  index_.batches_.push_back({first.recorded_at, first.seq, index_.size_});
  return core::ok();
}

void Journal::drop_batch() {
  index_.books_.roll_back();
  for (; batch_size_ > 0; --batch_size_) {
    const auto& links = batch_[batch_size_ - 1].subjects;
    for (auto link = links.rbegin(); link != links.rend(); ++link) {
      index_.subjects_.forget(*link, link->prev_seq);
    }
    staged_bytes_ -= staged_.back().size();
    staged_.pop_back();
    staged_hashes_.pop_back();
  }
}

core::Result<> Journal::commit() {
  if (staged_.empty()) return core::ok();
  const AppendOutcome outcome = log_->append(durable_size_, epoch_, staged_);
  if (outcome != AppendOutcome::Durable) {
    stopped_ = true;
    return core::unavailable("outcome_unknown", "seq " + std::to_string(durable_size_),
                             "The write may or may not be durable; the book stopped writing. Open "
                             "it anew and repeat the request with the same request id.");
  }
  durable_size_ += staged_.size();
  for (const core::Hash& hash : staged_hashes_) index_.tree_.append(sha256_, hash);
  staged_.clear();
  staged_hashes_.clear();
  staged_bytes_ = 0;
  auto signed_now = sign();
  if (!signed_now) stopped_ = true;
  return signed_now;
}

core::Result<> Journal::sign() {
  SignerState next = memory_.state();
  // The memory refuses another book's or another key's signer, even where nothing is to be signed.
  next.origin = signer_.name();
  next.key_id = signer_.verifier_key().id;
  if (next == memory_.state() && next.signed_size == durable_size_ &&
      next.durable_size == durable_size_ && !next.note.empty()) {
    return core::ok();
  }
  next.durable_size = durable_size_;
  next.signed_size = durable_size_;
  next.signed_root = index_.tree().root(sha256_);
  TRY(next.note, sign_checkpoint({next.origin, next.signed_size, next.signed_root}, signer_));
  // The note exists in memory only until the memory is durable: nobody can have seen it before.
  return memory_.advance(next);
}

Receipt Journal::receipt(std::uint64_t first_seq) const {
  const BatchEnd& batch = index_.batch_of(first_seq);
  CHECK(batch.first_seq == first_seq && batch.end_seq <= durable_size_);
  const auto leaves = index_.tree().level(0).subspan(first_seq, batch.end_seq - first_seq);
  return {first_seq, leaves.size(), {leaves.begin(), leaves.end()}, batch.recorded_at, false};
}

}  // namespace ledger::journal
