#pragma once

#include <optional>
#include <vector>

#include "ledger/invariants/batches_whole.h"
#include "ledger/invariants/subjects_consecutive.h"
#include "ledger/journal/books.h"
#include "ledger/verify/block.h"
#include "ledger/verify/request_ids.h"
#include "ledger/verify/verify.h"

namespace ledger::verify {

// Checks records one by one, in order, and goes on after a finding as far as that makes sense.
class Checker {
 public:
  explicit Checker(const Observer& observe) : observe_(observe) {}

  void check(const Block& block);
  // After the last record. An open batch at the end is a finding.
  void finish();
  std::vector<core::Error> take_findings() { return std::move(findings_); }
  std::uint64_t records() const { return next_seq_; }
  // Request ids that may stand twice; to be compared by whoever can read the records again.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> request_suspects() {
    return requests_.suspects();
  }

 private:
  // What a record says of the one before, and what that one is.
  struct Link {
    std::uint64_t seq = 0;
    core::Hash actual;
    core::Hash named;
  };
  // A broken link whose record the next one has not confirmed yet.
  struct Doubtful {
    Link link;
    std::size_t finding = 0;
  };

  static core::Error broken_link(const Link& link, bool sure);
  void check_record(core::ByteView leaf, const core::Hash& hash);
  void check_link(const Link& link);
  core::Result<> check_rules(core::ByteView leaf);
  core::Result<> check_request();
  void add(core::Error finding);

  const Observer& observe_;
  journal::Books books_{journal::History::Forget};
  invariants::SubjectsConsecutive subjects_;
  RequestIds requests_;
  invariants::BatchesWhole batches_;
  RecordView record_;
  core::Hash prev_;
  std::uint64_t next_seq_ = 0;
  std::uint64_t shift_ = 0;  // How far the last record said it was from its place, modulo 2^64.
  std::optional<Doubtful> doubtful_;
  bool rules_hold_ = true;  // After a break in the sequence later rules would only echo it.
  std::vector<core::Error> findings_;
};

}  // namespace ledger::verify
