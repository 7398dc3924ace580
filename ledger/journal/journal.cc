#include "ledger/journal/journal.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/check.h"
#include "ledger/bodies.h"
#include "ledger/merkle.h"

namespace ledger::journal {
namespace {

core::Error damaged(std::string reason, std::uint64_t size, std::string detail) {
  return core::corrupt(std::move(reason), "seq " + std::to_string(size), std::move(detail));
}

std::string with_index(std::size_t index) {
  return "record " + std::to_string(index) + " of the batch";
}

// Never less than the bytes of the draft's leaf: whether a batch has room in a group must be known
// before it is encoded.
std::size_t leaf_bytes_at_most(const Draft& draft) {
  constexpr std::size_t kFixed = 160;
  constexpr std::size_t kPostingFixed = 24;
  constexpr std::size_t kSubject = 40;
  constexpr std::size_t kDocument = 34;
  std::size_t bytes = kFixed + draft.body.size() + kSubject * draft.subjects.size() +
                      kDocument * draft.documents.size();
  for (const Posting& posting : draft.postings) {
    bytes += kPostingFixed + posting.account.size() + posting.commodity.size();
  }
  return bytes;
}

std::size_t leaf_bytes_at_most(const std::vector<Draft>& batch) {
  std::size_t bytes = 0;
  for (const Draft& draft : batch) bytes += leaf_bytes_at_most(draft);
  return bytes;
}

// What decode_record will ask of a body when the record is read.
core::Result<> check_body(core::ByteView body) {
  core::cbor::Decoder in(body);
  const auto checked = [&]() -> core::Result<> {
    core::cbor::Decoder probe = in;
    TRY(probe.map());
    TRY(in.item());
    return in.finish();
  }();
  if (checked) return core::ok();
  return core::corrupt("record", checked.error().at, "The body: " + checked.error().detail);
}

// The record as it will be read, seen through the draft.
void view_draft(const Draft& draft, const Place& place, RecordView& view) {
  view.seq = place.seq;
  view.prev = place.prev;
  view.salt = place.salt;
  view.recorded_at = place.recorded_at;
  view.effective_at = draft.effective_at;
  view.batch = place.batch;
  view.kind = draft.kind;
  view.version = draft.version;
  view.body = draft.body;
  view.postings.clear();
  for (const Posting& posting : draft.postings) {
    view.postings.push_back({posting.account, posting.commodity, posting.amount});
  }
  view.subjects = place.subjects;
  view.documents = draft.documents;
  view.corrects = draft.corrects;
}

}  // namespace

core::Result<> check_against_memory(const SignerState& memory, const index::Index& index,
                                    std::uint64_t size) {
  if (index.size() < memory.durable_size) {
    return damaged("shorter_than_signer", size,
                   "The store holds " + std::to_string(size) + " records but " +
                       std::to_string(memory.durable_size) +
                       " were acknowledged; it is damaged or an old copy, and is not signed again. "
                       "See docs/runbooks/corrupt.md.");
  }
  TRY(const auto root, index.root_at(memory.signed_size));
  if (root != memory.signed_root) {
    return damaged("fork", memory.signed_size,
                   "The records are not those the signer vouched for at this size; the book is not "
                   "signed again. See docs/runbooks/corrupt.md.");
  }
  return core::ok();
}

SignerSource one_signer(NoteSigner signer) {
  auto shared = std::make_shared<const NoteSigner>(std::move(signer));
  return [shared](const SignerState&) -> core::Result<Signers> {
    return Signers{shared, std::nullopt};
  };
}

Journal::Journal(std::unique_ptr<Log> log, std::unique_ptr<index::Index> index)
    : log_(std::move(log)), index_(std::move(index)), fold_(*index_) {}

core::Result<std::unique_ptr<Journal>> Journal::open(JournalParts parts, std::string_view holder,
                                                     const RecordObserver& observe) {
  std::unique_ptr<Journal> journal(new Journal(std::move(parts.log), std::move(parts.index)));
  TRY(const Tenure tenure, journal->log_->open(holder));
  ReplayStart start;
  if (parts.snapshot != nullptr) {
    TRY(journal->fold_.restore(parts.snapshot->books));
    start = {parts.snapshot->size, parts.snapshot->last_leaf, parts.snapshot->recorded_at};
  }
  Replay replay(journal->fold_, *journal->index_, observe, start);
  TRY(replay.run(*journal->log_, tenure.size));
  TRY(journal->index_->check_not_ahead());
  TRY(check_against_memory(parts.memory.state(), *journal->index_, tenure.size));
  TRY(auto signers, parts.signers(parts.memory.state()));
  journal->next_seq_ = tenure.size;
  journal->last_recorded_at_ = replay.last_recorded_at();
  journal->committer_ = std::make_unique<Committer>(
      Committer::Parts{*journal->log_, tenure.epoch, std::move(parts.memory),
                       std::move(signers), std::move(parts.salts), *journal->index_},
      tenure.size, replay.last_leaf(), replay.open_hashes());
  if (replay.has_open_batch()) {
    TRY(journal->void_open_batch(replay));
  } else {
    TRY(journal->committer_->sign_now());
  }
  return journal;
}

Journal::~Journal() {
  if (committer_) close_group();
}

// A very large batch was being written when the book was stopped: its end is missing, so it never
// took effect, and that is recorded.
core::Result<> Journal::void_open_batch(const Replay& replay) {
  const std::span<const RecordView> open = replay.open_records();
  Draft draft;
  draft.kind = kBatchVoid;
  draft.body = core::to_cbor(BatchVoided{open.front().seq, open.back().seq});
  draft.effective_at = open.front().recorded_at;
  // The index hears of the voided records together with the one that voids them.
  for (const RecordView& record : open) fold_.add_voided(record);
  TRY(stage({std::move(draft)}, {open.front().recorded_at.micros + 1}, {}));
  return commit();
}

core::Instant Journal::next_recorded_at(core::Instant now) const {
  if (next_seq_ == 0) return now;
  return std::max(now, core::Instant{last_recorded_at_.micros + 1});
}

std::optional<core::Instant> Journal::last_recorded_at() const {
  if (next_seq_ == 0) return std::nullopt;
  return last_recorded_at_;
}

core::Result<std::optional<std::uint64_t>> Journal::find_request(std::string_view client_id,
                                                                 std::string_view request_id) {
  return fold_.find_request(fold_.request_key(client_id, request_id));
}

core::Result<std::uint64_t> Journal::stage(std::vector<Draft> batch, core::Instant recorded_at,
                                           const RecordObserver& observe,
                                           std::optional<HandOver> hand_over) {
  CHECK(!batch.empty());
  if (committer_->failure()) {
    return core::unavailable("stopped", "",
                             "The book stopped writing; open it anew. See "
                             "docs/runbooks/outcome-unknown.md.");
  }
  const std::uint64_t first_seq = next_seq_;
  TRY(place(batch, recorded_at));
  next_seq_ += batch.size();
  last_recorded_at_ = recorded_at;
  // What was decided must apply: a record the observer refuses is our own mistake, and nothing of
  // it is durable yet.
  for (std::size_t i = 0; i < batch.size(); ++i) {
    CHECK(!observe || observe(batch_[i]).has_value());
  }
  const bool is_rotation = hand_over.has_value();
  group_.hand_over = std::move(hand_over);
  if (!fits_one_group(group_.leaves)) push_in_parts();
  if (is_rotation) close_group();
  return first_seq;
}

core::Result<> Journal::preview(std::vector<Draft> batch, core::Instant recorded_at,
                                const RecordObserver& observe) {
  CHECK(!batch.empty());
  TRY(place(batch, recorded_at));
  core::Result<> observed = core::ok();
  for (std::size_t i = 0; i < batch.size() && observed; ++i) observed = observe(batch_[i]);
  fold_.roll_back();
  group_.leaves.truncate(group_.leaves.count() - batch.size());
  return observed;
}

// Puts the batch into the open group, which is closed first if it has no room.
core::Result<> Journal::place(std::vector<Draft>& batch, core::Instant recorded_at) {
  const std::size_t bytes = leaf_bytes_at_most(batch);
  if (batch.size() > kGroupRecordsMax || bytes > kGroupBytesMax) {
    return place_alone(batch, recorded_at);
  }
  const LeafGroup& open = group_.leaves;
  if (open.count() + batch.size() > kGroupRecordsMax ||
      open.leaf_bytes() + bytes > kGroupBytesMax) {
    close_group();
  }
  return place_records(batch, recorded_at);
}

// A batch beyond the limits of a group is written in several and gets a record that ends it. By its
// bytes that is known only when it is encoded.
core::Result<> Journal::place_alone(std::vector<Draft>& batch, core::Instant recorded_at) {
  close_group();
  if (batch.size() <= kGroupRecordsMax) {
    TRY(place_records(batch, recorded_at));
    if (fits_one_group(group_.leaves)) return core::ok();
    fold_.roll_back();
    group_.leaves.clear();
  }
  const std::uint64_t records = batch.size();
  const core::Instant effective_at = batch.front().effective_at;
  Draft& end = batch.emplace_back();
  end.kind = kBatchEnd;
  end.body = core::to_cbor(BatchEnded{records});
  end.effective_at = effective_at;
  return place_records(batch, recorded_at);
}

core::Result<> Journal::place_records(const std::vector<Draft>& batch, core::Instant recorded_at) {
  const std::size_t leaves_before = group_.leaves.count();
  if (batch_.size() < batch.size()) batch_.resize(batch.size());
  fold_.begin_batch();
  core::Result<> placed = core::ok();
  for (std::size_t i = 0; i < batch.size() && placed; ++i) {
    placed = place_record(batch[i], {next_seq_, i, batch.size()}, recorded_at, batch_[i]);
    if (!placed) placed = std::move(placed.error()).within(with_index(i));
  }
  if (placed) placed = fold_.check_laws();
  if (placed) return placed;
  fold_.roll_back();
  group_.leaves.truncate(leaves_before);
  return placed;
}

core::Result<> Journal::place_record(const Draft& draft, const BatchPlace& batch,
                                     core::Instant recorded_at, RecordView& view) {
  Place at;
  at.seq = batch.first_seq + batch.index;
  at.recorded_at = recorded_at;
  at.batch = batch;
  for (const SubjectId& subject : draft.subjects) {
    TRY(auto link, fold_.next_link(subject));
    at.subjects.push_back(link);
  }
  TRY(check_body(draft.body));
  TRY(group_.leaves.add_with([&](core::Bytes& bytes) { return encode_record(draft, at, bytes); }));
  view_draft(draft, at, view);
  return fold_.apply(view);
}

void Journal::close_group() {
  if (group_.leaves.empty()) return;
  group_.first_seq = next_seq_ - group_.leaves.count();
  fold_.end_group(next_seq_, group_.facts);
  committer_->push(std::move(group_));
  group_ = committer_->take_spare();
  fold_.drop_indexed();
}

// The batch is written in parts that fill the limits of a group; the last one brings the facts.
void Journal::push_in_parts() {
  const LeafGroup whole = std::move(group_.leaves);
  std::optional<HandOver> hand_over = std::exchange(group_.hand_over, std::nullopt);
  std::size_t begin = 0;
  while (begin < whole.count()) {
    std::size_t end = begin;
    std::size_t bytes = 0;
    while (end < whole.count() && end - begin < kGroupRecordsMax &&
           bytes + whole.leaf(end).size() <= kGroupBytesMax) {
      bytes += whole.leaf(end++).size();
    }
    PendingGroup part = committer_->take_spare();
    part.first_seq = next_seq_ - whole.count() + begin;
    part.leaves.append_from(whole, begin, end);
    part.ends_batch = end == whole.count();
    if (part.ends_batch) {
      fold_.end_group(next_seq_, part.facts);
      part.hand_over = std::move(hand_over);
    }
    committer_->push(std::move(part));
    begin = end;
  }
  group_ = committer_->take_spare();
  fold_.drop_indexed();
}

core::Result<> Journal::commit() {
  close_group();
  return committer_->wait(next_seq_);
}

core::Result<Snapshot> Journal::snapshot() {
  TRY(commit());
  Snapshot out;
  TRY(out.index, index_->save());
  out.size = index_->size();
  out.last_leaf = index_->last_leaf();
  out.recorded_at = last_recorded_at_;
  out.books = fold_.books().save();
  return out;
}

core::Result<core::Minor> Journal::balance_at(std::string_view account, std::string_view commodity,
                                              std::uint64_t seq) {
  if (seq >= index_->size()) {
    TRY(commit());
  }
  const auto balance = index_->balance_at(account, commodity, seq);
  if (!balance && balance.error().code == core::Code::NotFound) return core::Minor{0};
  return balance;
}

core::Result<bool> Journal::has_subject(const SubjectId& subject) {
  TRY(const auto link, fold_.next_link(subject));
  return link.count > 1;
}

core::Result<> Journal::balances_before(core::Instant until, const VisitBalance& visit) {
  if (next_seq_ > index_->size()) {
    TRY(commit());
  }
  if (next_seq_ == 0) return core::ok();
  TRY(const auto balances,
      index_->balances_effective("", next_seq_ - 1, core::Instant{until.micros - 1}));
  for (const index::Balance& balance : balances) {
    TRY(visit(balance.account, balance.amount.commodity.code, balance.amount.minor));
  }
  return core::ok();
}

core::Result<> Journal::record_at(std::uint64_t seq, const VisitRecord& visit) {
  if (seq >= next_seq_) return unknown_record(seq);
  if (seq >= committer_->durable_size()) {
    TRY(commit());
  }
  TRY(log_->read(seq, seq + 1, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
    RecordView record;
    TRY(decode_record(leaf, record));
    return visit(record);
  }));
  return core::ok();
}

core::Result<Receipt> Journal::receipt(std::uint64_t first_seq) {
  Receipt receipt;
  RecordView record;
  TRY(log_->read(first_seq, first_seq + 1,
                 [&](std::uint64_t, core::ByteView leaf) { return decode_record(leaf, record); }));
  return std::as_const(*this).receipt(first_seq, record.batch.count, record.recorded_at);
}

core::Result<Receipt> Journal::receipt(std::uint64_t first_seq, std::uint64_t count,
                                       core::Instant recorded_at) const {
  TRY(auto leaves, index_->leaf_hashes(first_seq, count));
  return Receipt{first_seq, count, std::move(leaves), recorded_at, false};
}

}  // namespace ledger::journal
