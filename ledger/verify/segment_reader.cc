#include "ledger/verify/segment_reader.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "ledger/index/store.h"
#include "ledger/merkle.h"
#include "ledger/record.h"

namespace ledger::verify {
namespace {

using index::kSegmentRecords;

// "seq 17" of an error of Log::read.
std::uint64_t failed_seq(const core::Error& error, std::uint64_t first) {
  constexpr std::string_view kSeq = "seq ";
  std::uint64_t seq = first;
  if (error.at.starts_with(kSeq)) {
    std::from_chars(error.at.data() + kSeq.size(), error.at.data() + error.at.size(), seq);
  }
  return std::max(seq, first);
}

core::Error unreadable(std::uint64_t first, std::uint64_t end, const core::Error& why) {
  const std::string range = end == first + 1 ? "" : " to seq " + std::to_string(end - 1);
  core::Error error = why;
  error.at = "seq " + std::to_string(first) + range;
  return error;
}

}  // namespace

SegmentReader::SegmentReader(Log& log, std::uint64_t size, unsigned threads, bool with_bytes)
    : log_(log),
      size_(size),
      segments_((size + kSegmentRecords - 1) / kSegmentRecords),
      ahead_max_(threads + 1),
      with_bytes_(with_bytes) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

SegmentReader::~SegmentReader() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<SegmentRead> SegmentReader::next() {
  std::unique_lock lock(mutex_);
  if (next_to_give_ == segments_) return std::nullopt;
  changed_.wait(lock, [&] { return ready_.contains(next_to_give_); });
  SegmentRead segment = std::move(ready_.extract(next_to_give_++).mapped());
  changed_.notify_all();
  return segment;
}

void SegmentReader::run() {
  core::Sha256 sha256;
  while (true) {
    std::uint64_t segment = 0;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] {
        return stopped_ || next_to_read_ == segments_ || next_to_read_ < next_to_give_ + ahead_max_;
      });
      if (stopped_ || next_to_read_ == segments_) return;
      segment = next_to_read_++;
    }
    SegmentRead read_now = read(segment, sha256);
    const std::lock_guard lock(mutex_);
    ready_.emplace(segment, std::move(read_now));
    changed_.notify_all();
  }
}

SegmentRead SegmentReader::read(std::uint64_t segment, core::Sha256& sha256) {
  SegmentRead out;
  out.first_seq = segment * kSegmentRecords;
  out.end_seq = std::min(size_, out.first_seq + kSegmentRecords);
  Frontier tree;
  std::uint64_t seq = out.first_seq;
  std::uint64_t unread_from = out.end_seq;
  core::Error why;
  const auto tell_unread = [&](std::uint64_t end) {
    if (unread_from < end) out.findings.push_back(unreadable(unread_from, end, why));
    unread_from = out.end_seq;
  };
  while (seq < out.end_seq) {
    Block block;
    block.first_seq = seq;
    const auto visit = [&](std::uint64_t at, core::ByteView leaf) -> core::Result<> {
      const core::Hash hash = leaf_hash(sha256, leaf);
      if (with_bytes_) {
        block.bytes.insert(block.bytes.end(), leaf.begin(), leaf.end());
        block.ends.push_back(block.bytes.size());
      } else {
        const auto link = read_link(leaf);
        if (at == out.first_seq && link) out.first_prev = link->prev;
        const bool follows =
            link && link->seq == at &&
            (block.hashes.empty() ? at == out.first_seq : link->prev == block.hashes.back());
        if (!follows && !out.broken_link) out.broken_link = at;
      }
      tree.append(sha256, hash);
      block.hashes.push_back(hash);
      return core::ok();
    };
    const auto read = log_.read(seq, out.end_seq, visit);
    if (!block.hashes.empty()) {
      tell_unread(block.first_seq);
      seq = block.end_seq();
      out.blocks.push_back(std::move(block));
    }
    if (read) break;
    // On behind it: the next chunk begins at one of the next sequences.
    const std::uint64_t failed = failed_seq(read.error(), seq);
    if (unread_from == out.end_seq) {
      unread_from = failed;
      why = read.error();
    }
    seq = failed + 1;
  }
  tell_unread(out.end_seq);
  if (out.findings.empty() && tree.size() == out.end_seq - out.first_seq) out.root = tree.root(sha256);
  return out;
}

}  // namespace ledger::verify
