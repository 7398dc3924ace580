#include "ledger/verify/since.h"

#include <algorithm>
#include <bit>
#include <map>
#include <string>

#include "ledger/account.h"
#include "ledger/invariants/batches_whole.h"
#include "ledger/invariants/interfund_mirror.h"
#include "ledger/invariants/zero_per_ring.h"
#include "ledger/merkle.h"

namespace ledger::verify {
namespace {

constexpr std::uint64_t kProgressRecords = 65536;

std::string at(std::uint64_t seq) { return "seq " + std::to_string(seq); }

// The tree over the trusted records. Its last leaf's proof holds the roots of all complete subtrees
// but the one that the leaf is in, smallest first.
core::Result<Frontier> frontier_of(core::Sha256& sha256, const Since& since,
                                   const core::Hash& last_leaf) {
  const std::uint64_t size = since.trusted.size;
  TRY(verify_inclusion(sha256, {size - 1, size, last_leaf, since.trusted.root}, since.proof));
  const auto lowest = static_cast<unsigned>(std::countr_zero(size));
  core::Hash subtree = last_leaf;
  for (unsigned height = 0; height < lowest; ++height) {
    subtree = node_hash(sha256, since.proof[height], subtree);
  }
  Frontier frontier;
  std::size_t next = since.proof.size();
  for (unsigned height = 63; height > lowest; --height) {
    if ((size >> height & 1) != 0) frontier.append_subtree(sha256, since.proof[--next], height);
  }
  frontier.append_subtree(sha256, subtree, lowest);
  return frontier;
}

// Postings by the numbers that the laws of a single record compare.
class Resolver {
 public:
  core::Result<std::span<const invariants::ResolvedPosting>> resolve(const RecordView& record) {
    resolved_.clear();
    for (const PostingView& posting : record.postings) {
      TRY(const Ring ring, ring_of(posting.account));
      const bool interfund = posting.account == invariants::kInterfundHouse ||
                             posting.account == invariants::kInterfundClient;
      resolved_.push_back({number(accounts_, posting.account),
                           number(commodities_, posting.commodity), ring, interfund,
                           posting.amount});
    }
    return std::span<const invariants::ResolvedPosting>(resolved_);
  }

 private:
  using Numbers = std::map<std::string, std::uint32_t, std::less<>>;
  static std::uint32_t number(Numbers& numbers, std::string_view name) {
    const auto found = numbers.find(name);
    if (found != numbers.end()) return found->second;
    const auto added = static_cast<std::uint32_t>(numbers.size());
    numbers.emplace(name, added);
    return added;
  }

  Numbers accounts_;
  Numbers commodities_;
  std::vector<invariants::ResolvedPosting> resolved_;
};

class SinceChecker {
 public:
  SinceChecker(Report& report, const std::vector<Anchor>& anchors)
      : report_(report), anchors_(anchors) {
    std::ranges::stable_sort(anchors_, {}, &Anchor::size);
  }

  // The last trusted record.
  core::Result<> begin(const Since& since, core::ByteView leaf) {
    last_leaf_ = leaf_hash(sha256_, leaf);
    auto frontier = frontier_of(sha256_, since, last_leaf_);
    if (!frontier) {
      return core::corrupt("root", at(since.trusted.size - 1),
                           "The records up to here are not those that the " + since.trusted.source +
                               " vouches for, or the index is damaged: verify without --since.");
    }
    frontier_ = std::move(frontier.value());
    TRY(decode_record(leaf, record_));
    batches_.resume(record_.recorded_at);
    std::erase_if(anchors_, [&](const Anchor& anchor) { return anchor.size < frontier_.size(); });
    compare();
    return core::ok();
  }

  void take(core::ByteView leaf) {
    const std::uint64_t seq = frontier_.size();
    const core::Result<> checked = check(seq, leaf);
    if (!checked) add(checked.error());
    last_leaf_ = leaf_hash(sha256_, leaf);
    frontier_.append(sha256_, last_leaf_);
    ++report_.records;
    compare();
  }

  void finish() {
    if (batches_.open()) report_.open_batch = batches_.first_seq();
    for (; next_ < anchors_.size(); ++next_) {
      add(core::corrupt("missing", at(frontier_.size()),
                        "The " + anchors_[next_].source + " vouches for " +
                            std::to_string(anchors_[next_].size) +
                            " records; this one is missing or unreadable."));
    }
    report_.root = frontier_.root(sha256_);
  }

  void add(core::Error finding) {
    ++report_.findings_count;
    if (report_.findings.size() < kFindingsMax) report_.findings.push_back(std::move(finding));
  }

 private:
  core::Result<> check(std::uint64_t seq, core::ByteView leaf) {
    auto decoded = decode_record(leaf, record_);
    if (!decoded) return std::move(decoded.error()).within(at(seq));
    if (record_.seq != seq || record_.prev != last_leaf_) {
      return core::corrupt("chain", at(seq),
                           "The record names another sequence or another record before it: it or "
                           "the one before was altered.");
    }
    TRY(batches_.check(record_));
    TRY(const auto postings, resolver_.resolve(record_));
    for (const auto& lawful :
         {invariants::zero_per_ring(postings), invariants::interfund_mirror(postings)}) {
      if (!lawful) return core::corrupt("books", at(seq), core::to_string(lawful.error()));
    }
    return core::ok();
  }

  void compare() {
    for (; next_ < anchors_.size() && anchors_[next_].size == frontier_.size(); ++next_) {
      const Anchor& anchor = anchors_[next_];
      if (frontier_.root(sha256_) == anchor.root) continue;
      add(core::corrupt("root", at(anchor.size - 1),
                        "The records up to here are not those that the " + anchor.source +
                            " vouches for: expected root " + core::to_base64(anchor.root.bytes) +
                            ", found " + core::to_base64(frontier_.root(sha256_).bytes) + "."));
    }
  }

  Report& report_;
  std::vector<Anchor> anchors_;
  std::size_t next_ = 0;
  core::Sha256 sha256_;
  Frontier frontier_;
  core::Hash last_leaf_;
  RecordView record_;
  invariants::BatchesWhole batches_;
  Resolver resolver_;
};

}  // namespace

Report verify_since(Log& log, std::uint64_t size, const Since& since,
                    const std::vector<Anchor>& anchors,
                    const std::function<void(std::uint64_t records)>& progress) {
  Report report;
  SinceChecker checker(report, anchors);
  const std::uint64_t first = since.trusted.size;
  if (first == 0 || first > size) {
    checker.add(core::corrupt("missing", at(size),
                              "The " + since.trusted.source + " vouches for " +
                                  std::to_string(first) + " records; the log has " +
                                  std::to_string(size) + "."));
    return report;
  }
  bool begun = false;
  const auto read = log.read(first - 1, size, [&](std::uint64_t seq, core::ByteView leaf) {
    if (!begun) {
      begun = true;
      return checker.begin(since, leaf);
    }
    checker.take(leaf);
    if (progress && seq % kProgressRecords == 0) progress(report.records);
    return core::ok();
  });
  if (!read) {
    checker.add(read.error());
    return report;
  }
  checker.finish();
  return report;
}

}  // namespace ledger::verify
