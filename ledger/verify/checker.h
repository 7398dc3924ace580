#pragma once

#include <optional>
#include <vector>

#include "ledger/completeness/index_root.h"
#include "ledger/index/index.h"
#include "ledger/invariants/batches_whole.h"
#include "ledger/journal/fold.h"
#include "ledger/verify/segment_reader.h"
#include "ledger/verify/verify.h"

namespace ledger::verify {

// Checks records one by one, in order, and goes on after a finding as far as that makes sense. What
// they come to is folded batch by batch and given to an index, which makes the runs anew.
class Checker {
 public:
  // Both must outlive it.
  Checker(index::Index& rederived, const Observer& observe)
      : observe_(observe), index_(rederived), fold_(rederived) {}

  void check(const Block& block);
  // After the last record. An open batch at the end is a finding, unless a crash may have left it:
  // then open_batch() names its first record.
  void finish();

  std::vector<core::Error> take_findings() { return std::move(findings_); }
  std::uint64_t findings_count() const { return findings_count_; }
  std::optional<std::uint64_t> open_batch() const { return open_batch_; }
  std::uint64_t index_roots() const { return index_roots_.roots(); }
  // Whether the laws could be checked to the end.
  bool rules_hold() const { return rules_hold_; }
  // Called between batches, when all before `size` is folded and published.
  using AtSize = std::function<core::Result<>(const journal::Books& books, index::Index& index)>;
  void at_size(std::uint64_t size, AtSize call) {
    stop_size_ = size;
    at_stop_ = std::move(call);
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
  core::Result<> take(const core::Hash& hash);
  core::Result<> end_batch();
  core::Result<> publish();
  void void_records();
  void fail(core::Result<> outcome, std::uint64_t seq);
  void add(core::Error finding);

  const Observer& observe_;
  index::Index& index_;
  journal::Fold fold_;
  completeness::IndexRootCheck index_roots_;
  invariants::BatchesWhole batches_;
  // The batch being read; both keep their memory.
  std::vector<core::Bytes> leaves_;
  std::vector<RecordView> records_;
  std::size_t count_ = 0;
  std::vector<core::Hash> hashes_;  // Since the last publish().
  index::Group group_;
  std::optional<core::Hash> prev_ = core::Hash{};  // Empty behind what could not be read.
  std::uint64_t next_seq_ = 0;
  std::uint64_t shift_ = 0;  // How far the last record said it was from its place, modulo 2^64.
  std::optional<Doubtful> doubtful_;
  bool rules_hold_ = true;  // After a break in the sequence later rules would only echo it.
  std::vector<core::Error> findings_;
  std::uint64_t findings_count_ = 0;
  std::optional<std::uint64_t> open_batch_;
  std::uint64_t stop_size_ = 0;
  AtSize at_stop_;
};

}  // namespace ledger::verify
