#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "ledger/index/index.h"
#include "ledger/index/keys.h"

namespace ledger::index {

inline std::uint64_t seq_of(const Step& step) { return step.seq; }
inline std::uint64_t seq_of(std::uint64_t seq) { return seq; }

// Reads one list (a holding's steps, a subject's or a kind's records) across its runs: those in the
// store, the finished segment whose run is being written, and the open segment.
template <class Entry>
class ListReader {
 public:
  using BlockPtr = std::shared_ptr<const Block<Entry>>;
  // A list's part in one run: its first block, which has the head.
  struct Part {
    std::uint32_t run = 0;
    BlockPtr first;
    const ListHead& head() const { return *first->head; }
    bool begins_by(std::uint64_t seq) const { return seq_of(first->entries.front()) <= seq; }
    // The block with the last entry at or before `seq`, of a part that begins by then.
    std::size_t block_at(std::uint64_t seq) const {
      return head().block_firsts.size() == 1 ? 0 : head().block_at(seq).value();
    }
  };
  // A segment in memory: copies what a block of this list would hold. Empty: the list is not in it.
  using InMemory = std::function<std::optional<Block<Entry>>(const Segment& segment,
                                                             std::size_t block)>;
  using Decode = core::Result<Block<Entry>> (*)(std::string_view value,
                                                std::uint64_t segment_first, std::size_t number);

  // `newest` is the newest run of the list among those that are in the store or being written. `tries`
  // runs beside the place wanted are tried before the chain is followed from its newest end: a chain
  // without skip pointers is as long as its runs are many, and then one of them is near.
  ListReader(const Index& index, BlockCache<Entry>& cache, std::string key,
             std::optional<std::uint32_t> newest, InMemory in_memory, Decode decode,
             std::shared_ptr<const Segment> open, std::shared_ptr<const Segment> sealed,
             std::uint32_t tries = 0)
      : index_(index),
        cache_(cache),
        key_(std::move(key)),
        newest_(newest),
        in_memory_(std::move(in_memory)),
        decode_(decode),
        open_(std::move(open)),
        sealed_(std::move(sealed)),
        tries_(tries) {}

  // The part that holds the last entry at or before `seq`. Empty if there is none.
  core::Result<std::optional<Part>> part_at(std::uint64_t seq) const {
    if (seq >= open_->first_seq()) {
      TRY(auto open, open_part());
      if (open && open->begins_by(seq)) return open;
    }
    const auto wanted = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(seq / kSegmentRecords, UINT32_MAX - 1));
    if (!newest_) return std::optional<Part>();
    if (wanted <= *newest_) {
      TRY(auto there, find_part(wanted));
      if (there && there->begins_by(seq)) return there;
    }
    if (wanted == 0) return std::optional<Part>();
    return last_part_until(wanted - 1);
  }

  // The part after the one in `run`. Empty if that is the last.
  core::Result<std::optional<Part>> part_after(std::uint32_t run) const {
    if (!newest_ || *newest_ <= run) {
      if (run >= open_->number) return std::optional<Part>();
      return open_part();
    }
    TRY(auto near, try_from(run + 1));
    if (near) return near;
    TRY(Part part, must_find(*newest_));
    while (true) {
      const auto next = farthest_beyond(part, run);
      if (!next) return std::optional<Part>(std::move(part));
      TRY(part, must_find(*next));
    }
  }
  core::Result<std::optional<Part>> part_before(const Part& part) const {
    if (part.run == open_->number && newest_) {
      TRY(Part before, must_find(*newest_));
      return std::optional<Part>(std::move(before));
    }
    if (part.head().links.runs.empty()) return std::optional<Part>();
    TRY(Part before, must_find(part.head().links.runs.front()));
    return std::optional<Part>(std::move(before));
  }

  core::Result<BlockPtr> block(const Part& part, std::size_t number) const {
    if (number == 0) return part.first;
    TRY(auto read, read_block(part.run, number));
    if (!read) return index_damage(part.run, "A block of a list is missing.");
    return read;
  }

  // The block with the last entry at or before `seq`, cut behind it. Empty if there is none.
  core::Result<std::vector<Entry>> entries_until(std::uint64_t seq) const {
    TRY(const auto part, part_at(seq));
    if (!part) return std::vector<Entry>();
    TRY(const BlockPtr read, block(*part, part->block_at(seq)));
    return std::vector<Entry>(read->entries.begin(), first_beyond(*read, seq));
  }

  // The last entry at or before `seq`.
  core::Result<std::optional<Entry>> last_until(std::uint64_t seq) const {
    TRY(const auto part, part_at(seq));
    if (!part) return std::optional<Entry>();
    TRY(const BlockPtr read, block(*part, part->block_at(seq)));
    const auto beyond = first_beyond(*read, seq);
    return beyond == read->entries.begin() ? std::optional<Entry>() : std::optional(*(beyond - 1));
  }

  // The block with the first entry at or after `seq`, without those before it. Empty if there is none.
  core::Result<std::vector<Entry>> entries_from(std::uint64_t seq) const {
    TRY(auto part, part_at(seq));
    std::size_t number = 0;
    if (part) {
      number = part->block_at(seq);
    } else {
      // Nothing is before it, so the first part that is found is the first there is.
      TRY(part, try_from(static_cast<std::uint32_t>(
                    std::min<std::uint64_t>(seq / kSegmentRecords, UINT32_MAX - 1))));
      if (!part) {
        TRY(part, first_part());
      }
    }
    while (part) {
      for (; number < part->head().block_firsts.size(); ++number) {
        TRY(const BlockPtr read, block(*part, number));
        const auto first = seq == 0 ? read->entries.begin() : first_beyond(*read, seq - 1);
        if (first != read->entries.end()) return std::vector<Entry>(first, read->entries.end());
      }
      number = 0;
      TRY(part, part_after(part->run));
    }
    return std::vector<Entry>();
  }

 private:
  static auto first_beyond(const Block<Entry>& block, std::uint64_t seq) {
    return std::upper_bound(
        block.entries.begin(), block.entries.end(), seq,
        [](std::uint64_t wanted, const Entry& entry) { return wanted < seq_of(entry); });
  }

  // nullptr if the run has no such block.
  core::Result<BlockPtr> read_block(std::uint32_t run, std::size_t number) const {
    if (run == open_->number) {
      // It grows meanwhile.
      const std::shared_lock lock(index_.mutex_);
      return shared(in_memory_(*open_, number));
    }
    if (sealed_ && run == sealed_->number) return shared(in_memory_(*sealed_, number));
    const typename BlockCache<Entry>::Key key{run, block_key(key_, number)};
    if (BlockPtr kept = cache_.find(key)) return kept;
    TRY(const auto value, index_.store_->get(run, key.block));
    if (!value) return BlockPtr();
    TRY(auto read, decode_(*value, std::uint64_t{run} * kSegmentRecords, number));
    auto block = std::make_shared<const Block<Entry>>(std::move(read));
    cache_.keep(key, block);
    return BlockPtr(std::move(block));
  }
  static BlockPtr shared(std::optional<Block<Entry>> block) {
    if (!block) return nullptr;
    return std::make_shared<const Block<Entry>>(std::move(*block));
  }
  core::Result<std::optional<Part>> find_part(std::uint32_t run) const {
    TRY(BlockPtr first, read_block(run, 0));
    if (!first) return std::optional<Part>();
    return std::optional<Part>(Part{run, std::move(first)});
  }
  core::Result<Part> must_find(std::uint32_t run) const {
    TRY(auto part, find_part(run));
    if (!part) return index_damage(run, "A list that a later run names is missing.");
    return std::move(*part);
  }
  core::Result<std::optional<Part>> open_part() const { return find_part(open_->number); }

  // Of the runs that a part names, the farthest that is still beyond `run`.
  static std::optional<std::uint32_t> farthest_beyond(const Part& part, std::uint32_t run) {
    const auto& runs = part.head().links.runs;
    for (auto named = runs.rbegin(); named != runs.rend(); ++named) {
      if (*named > run) return *named;
    }
    return std::nullopt;
  }
  // The first part in run `run` or one of those close behind it. Empty if it is not near.
  core::Result<std::optional<Part>> try_from(std::uint32_t run) const {
    for (std::uint32_t left = tries_; left > 0 && newest_ && run <= *newest_; --left, ++run) {
      TRY(auto part, find_part(run));
      if (part) return part;
    }
    return std::optional<Part>();
  }
  core::Result<std::optional<Part>> last_part_until(std::uint32_t run) const {
    for (std::uint32_t left = tries_, near = run; left > 0 && near < *newest_; --left) {
      TRY(auto part, find_part(near));
      if (part) return part;
      if (near-- == 0) return std::optional<Part>();
    }
    TRY(Part part, must_find(*newest_));
    while (part.run > run) {
      if (part.head().links.runs.empty()) return std::optional<Part>();
      const auto next = farthest_beyond(part, run).value_or(part.head().links.runs.front());
      TRY(part, must_find(next));
    }
    return std::optional<Part>(std::move(part));
  }
  core::Result<std::optional<Part>> first_part() const {
    if (!newest_) return open_part();
    TRY(Part part, must_find(*newest_));
    while (!part.head().links.runs.empty()) {
      TRY(part, must_find(part.head().links.runs.back()));
    }
    return std::optional<Part>(std::move(part));
  }

  const Index& index_;
  BlockCache<Entry>& cache_;
  std::string key_;
  std::optional<std::uint32_t> newest_;
  InMemory in_memory_;
  Decode decode_;
  std::shared_ptr<const Segment> open_;
  std::shared_ptr<const Segment> sealed_;
  std::uint32_t tries_;
};

// The block that a list in memory would have in its run.
inline Block<Step> block_of(const HoldingList& list, std::size_t number) {
  Block<Step> block;
  const std::size_t begin = number * kBlockEntries;
  const std::size_t end = std::min(list.steps.size(), begin + kBlockEntries);
  block.entries.assign(list.steps.begin() + static_cast<std::ptrdiff_t>(begin),
                       list.steps.begin() + static_cast<std::ptrdiff_t>(end));
  if (number != 0) return block;
  ListHead& head = block.head.emplace();
  head.links = list.links;
  head.before = list.before;
  for (std::size_t i = 0; i < list.steps.size(); i += kBlockEntries) {
    head.block_firsts.push_back(list.steps[i].seq);
    head.block_earliest.push_back(earliest_late(
        std::span(list.steps).subspan(i, std::min(kBlockEntries, list.steps.size() - i))));
  }
  return block;
}

inline Block<std::uint64_t> block_of(const SeqList& list, std::uint64_t segment_first,
                                     std::size_t number) {
  Block<std::uint64_t> block;
  const std::size_t begin = number * kBlockEntries;
  const std::size_t end = std::min(list.offsets.size(), begin + kBlockEntries);
  for (std::size_t i = begin; i < end; ++i) {
    block.entries.push_back(segment_first + list.offsets[i]);
  }
  if (number != 0) return block;
  ListHead& head = block.head.emplace();
  head.links = list.links;
  head.before = list.before;
  for (std::size_t i = 0; i < list.offsets.size(); i += kBlockEntries) {
    head.block_firsts.push_back(segment_first + list.offsets[i]);
  }
  return block;
}

}  // namespace ledger::index
