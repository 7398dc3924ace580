#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/decimal.h"
#include "core/time.h"
#include "ledger/index/chain.h"
#include "ledger/index/store.h"

// The values of a run: lists of at most kBlockEntries entries. A key with more has several blocks; the
// first one carries what is said once. Sequences are written as distances from the segment's first.
// Format: docs/formats/index.md.
namespace ledger::index {

inline constexpr std::size_t kBlockEntries = 256;

// A step of an account's balance in one commodity.
struct Step {
  std::uint64_t seq = 0;
  core::Minor balance = 0;  // After the record.
  // When the entry counts, if that is before it was recorded.
  std::optional<core::Instant> late;
  bool operator==(const Step&) const = default;
};

struct BatchStart {
  std::uint64_t first_seq = 0;
  std::uint64_t count = 0;
  core::Instant recorded_at;
  bool operator==(const BatchStart&) const = default;
};

// What the first block says of the whole list.
struct ListHead {
  ChainLinks links;
  std::uint64_t before = 0;                   // Entries in earlier runs.
  std::vector<std::uint64_t> block_firsts;    // The first sequence of each block.
  std::vector<core::Instant> block_earliest;  // Steps: the earliest late entry of each block, or max.

  // The block that a list's last entry at or before `seq` is in. Empty if the list begins later.
  std::optional<std::size_t> block_at(std::uint64_t seq) const;
};

inline constexpr core::Instant kNeverLate{INT64_MAX};
// The earliest time that a late entry among these counts from; kNeverLate if none is late.
core::Instant earliest_late(std::span<const Step> steps);

// Appends the blocks of one list to a run, under key, key + 1, ... (see block_key()).
void put_steps(std::vector<KeyValue>& run, const std::string& key, std::uint64_t segment_first,
               const ChainLinks& links, std::uint64_t before, std::span<const Step> steps);
void put_seqs(std::vector<KeyValue>& run, const std::string& key, std::uint64_t segment_first,
              const ChainLinks& links, std::uint64_t before, std::span<const std::uint32_t> offsets);
void put_batches(std::vector<KeyValue>& run, const std::string& key, std::uint64_t segment_first,
                 std::span<const BatchStart> batches);

// A block, read. `head` is there in the first block alone.
template <class Entry>
struct Block {
  std::optional<ListHead> head;
  std::vector<Entry> entries;
};
// Errors: Corrupt/index. `number` is the block's in its list.
core::Result<Block<Step>> read_steps(std::string_view value, std::uint64_t segment_first,
                                     std::size_t number);
core::Result<Block<std::uint64_t>> read_seqs(std::string_view value, std::uint64_t segment_first,
                                             std::size_t number);
core::Result<Block<BatchStart>> read_batches(std::string_view value, std::uint64_t segment_first,
                                             std::size_t number);

}  // namespace ledger::index
