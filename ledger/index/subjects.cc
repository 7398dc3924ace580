#include <algorithm>
#include <mutex>
#include <unordered_set>

#include "ledger/index/index.h"
#include "ledger/index/keys.h"

namespace ledger::index {
namespace {

// Subjects are met from their newest records back, so the first word on each is the last.
class Newest {
 public:
  using Visit = std::function<void(const SubjectId&, const SubjectLast&)>;
  Newest(std::uint64_t end, const Visit& visit) : end_(end), visit_(visit) {}

  std::uint64_t end() const { return end_; }
  // Of a list: `before` records in earlier runs, and `below` of its own below end().
  void tell(const SubjectId& id, std::uint64_t before, std::uint64_t below, std::uint64_t last) {
    if (below > 0 && seen_.insert(id).second) visit_(id, {before + below, last});
  }
  void tell_all(const Segment& segment) {
    for (const auto& [id, list] : segment.subjects) {
      const auto offset_end = end_ - segment.first_seq();
      const auto beyond = std::ranges::lower_bound(list.offsets, offset_end);
      const auto below = static_cast<std::uint64_t>(beyond - list.offsets.begin());
      if (below > 0) tell(id, list.before, below, segment.first_seq() + *std::prev(beyond));
    }
  }

 private:
  std::uint64_t end_;
  const Visit& visit_;
  std::unordered_set<SubjectId, invariants::SubjectIdHash> seen_;
};

// One run's lists, block by block.
class RunSubjects {
 public:
  RunSubjects(std::uint32_t run, Newest& newest) : run_(run), newest_(newest) {}

  core::Result<> take(std::string_view key, std::string_view value) {
    SubjectId id;
    if (key.size() != 1 + id.size() + 2) return index_damage(run_, "A subject's key is none.");
    std::ranges::copy(core::as_bytes(key.substr(1, id.size())), id.begin());
    const core::ByteView number = core::as_bytes(key.substr(1 + id.size()));
    TRY(const auto block, read_seqs(value, std::uint64_t{run_} * kSegmentRecords,
                                    std::size_t{number[0]} * 256 + number[1]));
    if (block.head) {
      finish();
      id_ = id;
      before_ = block.head->before;
      below_ = 0;
    }
    for (const std::uint64_t seq : block.entries) {
      if (seq >= newest_.end()) break;
      ++below_;
      last_ = seq;
    }
    return core::ok();
  }
  void finish() { newest_.tell(id_, before_, below_, last_); }

 private:
  std::uint32_t run_;
  Newest& newest_;
  SubjectId id_{};
  std::uint64_t before_ = 0;
  std::uint64_t below_ = 0;
  std::uint64_t last_ = 0;
};

}  // namespace

core::Result<> Index::visit_subjects(
    std::uint64_t end,
    const std::function<void(const SubjectId&, const SubjectLast&)>& visit) const {
  Newest newest(end, visit);
  std::shared_ptr<const Segment> sealed;
  std::uint32_t run = 0;  // Those before it are in the store.
  {
    const std::shared_lock lock(mutex_);
    sealed = sealed_;
    run = sealed ? sealed->number : open_->number;
    if (open_->first_seq() < end) newest.tell_all(*open_);
  }
  if (sealed && sealed->first_seq() < end) newest.tell_all(*sealed);
  while (run-- > 0) {
    if (std::uint64_t{run} * kSegmentRecords >= end) continue;
    RunSubjects subjects(run, newest);
    TRY(store_->scan(
        run, std::string(1, key_type::kSubject),
        [&](std::string_view key, std::string_view value) { return subjects.take(key, value); }));
    subjects.finish();
  }
  return core::ok();
}

}  // namespace ledger::index
