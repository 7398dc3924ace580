#include "ledger/verify/verify.h"

#include <algorithm>
#include <thread>

#include "ledger/bodies.h"
#include "ledger/merkle.h"
#include "ledger/verify/block.h"
#include "ledger/verify/checker.h"

namespace ledger::verify {
namespace {

constexpr std::size_t kBlockRecords = 4096;

// The reading side: reads, hashes, keeps the tree's edge, and compares it with the anchors.
class Reader {
 public:
  Reader(Log& log, std::uint64_t size, std::vector<Anchor> anchors, BlockQueue& queue)
      : log_(log), size_(size), anchors_(std::move(anchors)), queue_(queue) {
    std::ranges::stable_sort(anchors_, {}, &Anchor::size);
  }

  void run() {
    compare_anchors();
    const auto read = log_.read(0, size_, [this](std::uint64_t seq, core::ByteView leaf) {
      take(seq, leaf);
      return core::ok();
    });
    if (!read) findings_.push_back(read.error());
    queue_.push(std::move(block_));
    queue_.close();
    for (; next_anchor_ < anchors_.size(); ++next_anchor_) {
      const Anchor& anchor = anchors_[next_anchor_];
      findings_.push_back(core::corrupt(
          "missing", "seq " + std::to_string(frontier_.size()),
          "The " + anchor.source + " vouches for " + std::to_string(anchor.size) +
              " records; the first that is missing or unreadable is seq " +
              std::to_string(frontier_.size()) + "."));
    }
  }

  core::Hash root() { return frontier_.root(sha256_); }
  std::uint64_t records() const { return frontier_.size(); }
  const std::vector<core::Error>& findings() const { return findings_; }

 private:
  void take(std::uint64_t seq, core::ByteView leaf) {
    if (block_.ends.empty()) block_.first_seq = seq;
    const core::Hash hash = leaf_hash(sha256_, leaf);
    frontier_.append(sha256_, hash);
    block_.bytes.insert(block_.bytes.end(), leaf.begin(), leaf.end());
    block_.ends.push_back(block_.bytes.size());
    block_.hashes.push_back(hash);
    if (block_.ends.size() == kBlockRecords) queue_.push(std::exchange(block_, {}));
    compare_anchors();
  }

  void compare_anchors() {
    for (; next_anchor_ < anchors_.size() && anchors_[next_anchor_].size == frontier_.size();
         ++next_anchor_) {
      const Anchor& anchor = anchors_[next_anchor_];
      if (frontier_.root(sha256_) == anchor.root) continue;
      const std::uint64_t last = anchor.size == 0 ? 0 : anchor.size - 1;
      findings_.push_back(core::corrupt(
          "root", "seq " + std::to_string(last),
          "The records up to here are not those that the " + anchor.source +
              " vouches for: expected root " + core::to_base64(anchor.root.bytes) + ", found " +
              core::to_base64(frontier_.root(sha256_).bytes) + "."));
    }
  }

  Log& log_;
  std::uint64_t size_;
  std::vector<Anchor> anchors_;
  BlockQueue& queue_;
  core::Sha256 sha256_;
  Frontier frontier_;
  Block block_;
  std::size_t next_anchor_ = 0;
  std::vector<core::Error> findings_;
};

struct RequestKey {
  std::string client_id;
  std::string request_id;
  bool operator==(const RequestKey&) const = default;
};

core::Result<RequestKey> request_key(Log& log, std::uint64_t seq) {
  RequestKey key;
  RecordView record;
  TRY(log.read(seq, seq + 1, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
    TRY(decode_record(leaf, record));
    TRY(const auto read, read_command_key(record.body));
    key = {std::string(read.client_id), std::string(read.request_id)};
    return core::ok();
  }));
  return key;
}

// The suspects were read without fault a moment ago; one that cannot be read again proves nothing.
void add_repeated_requests(Log& log,
                           const std::vector<std::pair<std::uint64_t, std::uint64_t>>& suspects,
                           Report& report) {
  for (const auto& [earlier, later] : suspects) {
    if (report.findings.size() >= kFindingsMax) return;
    const auto first = request_key(log, earlier);
    const auto second = request_key(log, later);
    if (!first || !second || first.value() != second.value()) continue;
    report.findings.push_back(core::corrupt(
        "request_id", "seq " + std::to_string(later),
        "The request id was used before, at seq " + std::to_string(earlier) + "."));
  }
}

}  // namespace

Report verify_log(Log& log, std::uint64_t size, const std::vector<Anchor>& anchors,
                  const Observer& observe) {
  BlockQueue queue;
  Reader reader(log, size, anchors, queue);
  std::thread reading([&] { reader.run(); });
  Checker checker(observe);
  while (const auto block = queue.pop()) checker.check(*block);
  reading.join();
  // Unreadable records explain a broken end by themselves.
  if (reader.findings().empty()) checker.finish();
  Report report;
  report.records = reader.records();
  report.root = reader.root();
  report.findings = reader.findings();
  for (core::Error& finding : checker.take_findings()) {
    report.findings.push_back(std::move(finding));
  }
  add_repeated_requests(log, checker.request_suspects(), report);
  return report;
}

}  // namespace ledger::verify
