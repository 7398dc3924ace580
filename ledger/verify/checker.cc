#include "ledger/verify/checker.h"

#include <utility>

#include "ledger/bodies.h"
#include "ledger/invariants/very_large_batches.h"

namespace ledger::verify {
namespace {

constexpr std::size_t kGroupRecords = 4096;

std::string at_seq(std::uint64_t seq) { return "seq " + std::to_string(seq); }

}  // namespace

// The link names the leaf hash that the record before had when this one was written. One that does
// not fit shows that the record before was altered, or else the link itself: if the record after is
// linked to this one as it stands, it was the record before.
core::Error Checker::broken_link(const Link& link, bool sure) {
  if (link.seq == 0) {
    return core::corrupt("chain", at_seq(0), "Altered: the first record names one before it.");
  }
  const std::string who = sure ? "Altered" : "Altered, or " + at_seq(link.seq) + " was";
  return core::corrupt("chain", at_seq(link.seq - 1),
                       who + ": its hash is " + core::to_hex(link.actual.bytes) + " but " +
                           at_seq(link.seq) + " was linked to " + core::to_hex(link.named.bytes) +
                           ".");
}

void Checker::add(core::Error finding) {
  ++findings_count_;
  if (findings_.size() < kFindingsMax) findings_.push_back(std::move(finding));
}

void Checker::check(const Block& block) {
  if (block.first_seq != next_seq_) {
    // Behind what could not be read: the records themselves can still be checked, what they come to
    // can not.
    next_seq_ = block.first_seq;
    prev_.reset();
    doubtful_.reset();
    rules_hold_ = false;
  }
  for (std::size_t i = 0; i < block.ends.size(); ++i) check_record(block.leaf(i), block.hashes[i]);
}

void Checker::check_record(core::ByteView leaf, const core::Hash& hash) {
  const std::uint64_t seq = next_seq_++;
  const std::optional<core::Hash> expected_prev = std::exchange(prev_, hash);
  if (leaves_.size() == count_) leaves_.emplace_back();
  if (records_.size() == count_) records_.emplace_back();
  leaves_[count_].assign(leaf.begin(), leaf.end());
  RecordView& record = records_[count_];
  const auto decoded = decode_record(leaves_[count_], record);
  if (!decoded) {
    add(core::corrupt("record", at_seq(seq), core::to_string(decoded.error())));
    rules_hold_ = false;
    return;
  }
  // A dropped or inserted record shifts all that follow; that is told once, where it begins.
  const std::uint64_t shift = record.seq - seq;
  const bool moved = shift != std::exchange(shift_, shift) && shift != 0;
  if (moved) {
    add(core::corrupt("chain", at_seq(seq),
                      "The record stored here says it is seq " + std::to_string(record.seq) + "."));
    rules_hold_ = false;
  } else if (expected_prev) {
    check_link({seq, *expected_prev, record.prev});
  }
  if (rules_hold_) fail(take(hash), seq);
}

void Checker::fail(core::Result<> outcome, std::uint64_t seq) {
  if (outcome) return;
  if (outcome.error().code != core::Code::Corrupt) {
    outcome = core::corrupt("books", at_seq(seq), core::to_string(outcome.error()));
  }
  add(std::move(outcome.error()));
  rules_hold_ = false;
}

void Checker::check_link(const Link& link) {
  const auto doubtful = std::exchange(doubtful_, std::nullopt);
  if (link.named == link.actual) {
    if (doubtful) findings_[doubtful->finding] = broken_link(doubtful->link, true);
    return;
  }
  if (findings_.size() < kFindingsMax) doubtful_ = Doubtful{link, findings_.size()};
  add(broken_link(link, false));
}

core::Result<> Checker::take(const core::Hash& hash) {
  TRY(batches_.check(records_[count_]));
  if (batches_.voided()) void_records();
  hashes_.push_back(hash);
  ++count_;
  return batches_.open() ? core::ok() : end_batch();
}

core::Result<> Checker::end_batch() {
  const std::size_t count = std::exchange(count_, 0);
  const std::uint64_t first_seq = records_.front().seq;
  TRY(invariants::very_large_batch(std::span(leaves_).first(count), records_[count - 1]));
  fold_.begin_batch();
  for (std::size_t i = 0; i < count; ++i) {
    if (auto applied = fold_.apply(records_[i]); !applied) {
      fail(std::move(applied), first_seq + i);
      return core::ok();
    }
  }
  TRY(fold_.check_laws());
  const std::size_t first_hash = hashes_.size() - count;
  for (std::size_t i = 0; i < count; ++i) {
    // A wrong index root is told, and says nothing against the records that follow.
    auto matched = index_roots_.take(records_[i], hashes_[first_hash + i]);
    if (!matched) add(std::move(matched.error()));
  }
  if (observe_) {
    for (std::size_t i = 0; i < count; ++i) {
      if (auto seen = observe_(records_[i], leaves_[i]); !seen) {
        fail(std::move(seen), first_seq + i);
        return core::ok();
      }
    }
  }
  const bool stops_here = at_stop_ && first_seq + count == stop_size_;
  if (hashes_.size() >= kGroupRecords || stops_here) {
    TRY(publish());
  }
  return stops_here ? at_stop_(fold_.books(), index_) : core::ok();
}

void Checker::void_records() {
  for (std::size_t i = 0; i < count_; ++i) fold_.add_voided(records_[i]);
  std::swap(leaves_.front(), leaves_[count_]);
  std::swap(records_.front(), records_[count_]);
  count_ = 0;
}

core::Result<> Checker::publish() {
  const std::size_t complete = hashes_.size() - count_;
  if (complete == 0) return core::ok();
  fold_.end_group(index_.size() + complete, group_);
  const auto end = hashes_.begin() + static_cast<std::ptrdiff_t>(complete);
  group_.leaf_hashes.assign(hashes_.begin(), end);
  hashes_.erase(hashes_.begin(), end);
  TRY(index_.publish(group_));
  fold_.drop_indexed();
  return core::ok();
}

void Checker::finish() {
  if (!rules_hold_) return;
  fail(publish(), next_seq_);
  fail(index_.flush(), next_seq_);
  if (!rules_hold_ || !batches_.open()) return;
  const std::uint64_t first = batches_.first_seq();
  if (invariants::may_be_broken_off(std::span(leaves_).first(count_))) {
    open_batch_ = first;
    return;
  }
  add(core::corrupt("open_batch", at_seq(first), "The log ends inside the batch that starts here."));
}

}  // namespace ledger::verify
