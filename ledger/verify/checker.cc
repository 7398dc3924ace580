#include "ledger/verify/checker.h"

#include <utility>

#include "ledger/bodies.h"

namespace ledger::verify {
namespace {

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
  if (findings_.size() < kFindingsMax) findings_.push_back(std::move(finding));
}

void Checker::check(const Block& block) {
  for (std::size_t i = 0; i < block.ends.size(); ++i) check_record(block.leaf(i), block.hashes[i]);
}

void Checker::check_record(core::ByteView leaf, const core::Hash& hash) {
  const std::uint64_t seq = next_seq_++;
  const core::Hash expected_prev = prev_;
  prev_ = hash;
  const auto decoded = decode_record(leaf, record_);
  if (!decoded) {
    add(core::corrupt("record", at_seq(seq), core::to_string(decoded.error())));
    rules_hold_ = false;
    return;
  }
  // A dropped or inserted record shifts all that follow; that is told once, where it begins.
  const std::uint64_t shift = record_.seq - seq;
  const bool moved = shift != std::exchange(shift_, shift) && shift != 0;
  if (moved) {
    add(core::corrupt(
        "chain", at_seq(seq),
        "The record stored here says it is seq " + std::to_string(record_.seq) + "."));
    rules_hold_ = false;
  } else {
    check_link({seq, expected_prev, record_.prev});
  }
  if (!rules_hold_) return;
  auto holds = check_rules(leaf);
  if (holds) return;
  if (holds.error().code != core::Code::Corrupt) {
    holds = core::corrupt("books", at_seq(seq), core::to_string(holds.error()));
  }
  add(std::move(holds.error()));
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

core::Result<> Checker::check_rules(core::ByteView leaf) {
  TRY(batches_.check(record_));
  TRY(subjects_.check(record_));
  if (record_.batch.index == 0) books_.begin_batch();
  if (record_.kind == kCommand && record_.batch.index == 0) {
    TRY(check_request());
  }
  TRY(books_.apply(record_));
  if (!batches_.open()) {
    TRY(books_.check_laws());
  }
  return observe_ ? observe_(record_, leaf) : core::ok();
}

core::Result<> Checker::check_request() {
  const auto key = read_command_key(record_.body);
  if (!key) return core::corrupt("record", at_seq(record_.seq), core::to_string(key.error()));
  requests_.add(key.value().client_id, key.value().request_id, record_.seq);
  return core::ok();
}

void Checker::finish() {
  if (rules_hold_ && batches_.open()) {
    add(core::corrupt("open_batch", at_seq(batches_.first_seq()),
                      "The log ends inside the batch that starts here."));
  }
}

}  // namespace ledger::verify
