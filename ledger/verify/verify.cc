#include "ledger/verify/verify.h"

#include <algorithm>
#include <thread>

#include "ledger/merkle.h"
#include "ledger/verify/checker.h"
#include "ledger/verify/rederived_runs.h"
#include "ledger/verify/segment_reader.h"

namespace ledger::verify {
namespace {

constexpr unsigned kSegmentHeight = 16;  // A full segment's 65,536 leaves.

unsigned threads_of(const Options& options) {
  if (options.threads > 0) return options.threads;
  return std::max(1u, std::thread::hardware_concurrency());
}

// The tree over what has been read without a gap, compared with what was signed.
class Tree {
 public:
  explicit Tree(std::vector<Anchor> anchors) : anchors_(std::move(anchors)) {
    std::ranges::stable_sort(anchors_, {}, &Anchor::size);
  }

  void take(const SegmentRead& segment) {
    compare();
    if (broken_off_) return;
    const bool whole = segment.root && segment.end_seq - segment.first_seq == index::kSegmentRecords;
    if (whole && !anchor_within(segment)) {
      frontier_.append_subtree(sha256_, *segment.root, kSegmentHeight);
      compare();
      return;
    }
    for (const Block& block : segment.blocks) {
      if (block.first_seq != frontier_.size()) break;
      for (const core::Hash& hash : block.hashes) {
        frontier_.append(sha256_, hash);
        compare();
      }
    }
    broken_off_ = frontier_.size() != segment.end_seq;
  }

  void finish() {
    compare();
    for (; next_ < anchors_.size(); ++next_) {
      const Anchor& anchor = anchors_[next_];
      const std::string size = std::to_string(frontier_.size());
      findings_.push_back(core::corrupt(
          "missing", "seq " + size,
          "The " + anchor.source + " vouches for " + std::to_string(anchor.size) +
              " records; the first that is missing or unreadable is seq " + size + "."));
    }
  }

  core::Hash root() { return frontier_.root(sha256_); }
  const std::vector<core::Error>& findings() const { return findings_; }

 private:
  bool anchor_within(const SegmentRead& segment) const {
    return next_ < anchors_.size() && anchors_[next_].size < segment.end_seq;
  }

  void compare() {
    for (; next_ < anchors_.size() && anchors_[next_].size == frontier_.size(); ++next_) {
      const Anchor& anchor = anchors_[next_];
      if (frontier_.root(sha256_) == anchor.root) continue;
      const std::uint64_t last = anchor.size == 0 ? 0 : anchor.size - 1;
      findings_.push_back(core::corrupt(
          "root", "seq " + std::to_string(last),
          "The records up to here are not those that the " + anchor.source +
              " vouches for: expected root " + core::to_base64(anchor.root.bytes) + ", found " +
              core::to_base64(frontier_.root(sha256_).bytes) + "."));
    }
  }

  std::vector<Anchor> anchors_;
  std::size_t next_ = 0;
  core::Sha256 sha256_;
  Frontier frontier_;
  bool broken_off_ = false;
  std::vector<core::Error> findings_;
};

core::Error broken_chain(std::uint64_t seq) {
  return core::corrupt("chain", "seq " + std::to_string(seq),
                       "The record names another sequence or another record before it: it or the one "
                       "before was altered. Verify without --quick says which.");
}

// Chain and tree alone, from the fixed places of each leaf.
class QuickChecker {
 public:
  void take(const SegmentRead& segment, Report& report) {
    const bool whole = segment.findings.empty() && !segment.blocks.empty();
    if (segment.broken_link) {
      report.findings.push_back(broken_chain(*segment.broken_link));
    } else if (whole && last_ && segment.first_prev != *last_) {
      report.findings.push_back(broken_chain(segment.first_seq));
    }
    last_.reset();
    if (whole) last_ = segment.blocks.back().hashes.back();
  }

 private:
  std::optional<core::Hash> last_ = core::Hash{};
};

core::Result<> compare_snapshot(const journal::Snapshot& snapshot, const journal::Books& books,
                                index::Index& index, Report& report) {
  TRY(const std::string saved, index.save());
  report.snapshot_compared = true;
  if (saved == snapshot.index && books.save() == snapshot.books) return core::ok();
  report.rebuildable.push_back(core::corrupt(
      "snapshot", "size " + std::to_string(snapshot.size),
      "The saved state is not what follows from the records. Delete the file, or run tally doctor "
      "--rebuild."));
  return core::ok();
}

void add_derived(const RederivedRuns& runs, std::uint64_t records, Report& report) {
  report.runs_compared = runs.compared();
  for (const core::Error& finding : runs.findings()) report.rebuildable.push_back(finding);
  const auto finished = static_cast<std::uint32_t>(records / index::kSegmentRecords);
  if (runs.stored_segments() > finished) {
    report.rebuildable.push_back(
        index::index_damage(finished, "It is ahead of the records, which end before it."));
  }
}

}  // namespace

Report verify_log(Log& log, std::uint64_t size, const std::vector<Anchor>& anchors,
                  const Observer& observe, Options options) {
  Report report;
  Tree tree(anchors);
  QuickChecker quick;
  auto owned_runs = std::make_unique<RederivedRuns>(std::move(options.runs));
  const RederivedRuns& runs = *owned_runs;
  auto opened = index::Index::open(std::move(owned_runs), std::nullopt);
  index::Index& rederived = *opened.value();
  Checker checker(rederived, observe);
  if (options.snapshot) {
    checker.at_size(options.snapshot->size, [&](const journal::Books& books, index::Index& index) {
      return compare_snapshot(*options.snapshot, books, index, report);
    });
  }
  SegmentReader reader(log, size, threads_of(options), !options.quick);
  while (const auto segment = reader.next()) {
    tree.take(*segment);
    for (const core::Error& finding : segment->findings) report.findings.push_back(finding);
    for (const Block& block : segment->blocks) {
      report.records += block.hashes.size();
      if (!options.quick) checker.check(block);
    }
    if (options.quick) quick.take(*segment, report);
    if (options.progress) options.progress(segment->end_seq);
  }
  tree.finish();
  if (!options.quick) {
    // Unreadable and missing records explain a broken end by themselves.
    if (report.findings.empty() && tree.findings().empty()) checker.finish();
    if (checker.rules_hold() && report.findings.empty()) add_derived(runs, report.records, report);
  }
  report.root = tree.root();
  report.open_batch = checker.open_batch();
  report.index_roots = checker.index_roots();
  for (const core::Error& finding : tree.findings()) report.findings.push_back(finding);
  report.findings_count = report.findings.size() + checker.findings_count();
  for (core::Error& finding : checker.take_findings()) {
    report.findings.push_back(std::move(finding));
  }
  if (report.findings.size() > kFindingsMax) report.findings.resize(kFindingsMax);
  return report;
}

}  // namespace ledger::verify
