#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/index/blocks.h"
#include "ledger/index/group.h"
#include "ledger/index/store.h"
#include "ledger/invariants/subjects_consecutive.h"
#include "ledger/merkle.h"

namespace ledger::index {

// One account in one commodity, within a segment.
struct HoldingList {
  std::uint32_t account = 0;
  std::uint32_t commodity = 0;
  ChainLinks links;
  std::uint64_t before = 0;  // Steps in earlier runs.
  std::vector<Step> steps;
};

// A subject's records, or those of a kind, within a segment.
struct SeqList {
  ChainLinks links;          // Of a subject: at most the run before.
  std::uint64_t before = 0;  // Entries in earlier runs.
  std::vector<std::uint32_t> offsets;
};

// The key's part that is kept of a request, with its record.
using RequestPart = std::array<std::uint8_t, 16>;

// What a run says besides its lists.
struct Summary {
  core::Hash last_leaf;
  core::Hash root;  // Of the segment's leaves alone.
  core::Instant first_recorded_at;
  core::Instant last_recorded_at;
  bool operator==(const Summary&) const = default;
};
std::string print_summary(const Summary& summary);
core::Result<Summary> parse_summary(std::uint32_t segment, std::string_view value);

// One segment's part of the index, while it grows and until its run is written.
struct Segment {
  explicit Segment(std::uint32_t segment) : number(segment) {}

  std::uint64_t first_seq() const { return std::uint64_t{number} * kSegmentRecords; }
  std::uint64_t end_seq() const { return first_seq() + tree.size(); }
  bool full() const { return tree.size() == kSegmentRecords; }

  // By looking at all of them.
  std::optional<std::uint64_t> find_request(const RequestPart& part) const;

  // The run, sorted: a pure function of the records. Only of a full segment.
  std::vector<KeyValue> make_run(core::Sha256& sha256) const;

  std::uint32_t number;
  core::Instant first_recorded_at;
  core::Instant last_recorded_at;
  MerkleTree tree;  // Over this segment's leaves.
  std::vector<HoldingList> holdings;
  std::unordered_map<SubjectId, SeqList, invariants::SubjectIdHash> subjects;
  std::map<std::uint64_t, SeqList> kinds;
  std::vector<BatchStart> batches;
  std::vector<std::pair<RequestPart, std::uint64_t>> requests;  // In order of their records.
};

RequestPart part_of(const core::Hash& key);
// What RunFilter is asked with.
std::uint64_t filter_hash(const RequestPart& part);
std::uint64_t filter_hash_of_subject(const SubjectId& subject);
// Looks for a request in the list of its first byte. Errors: Corrupt/index.
core::Result<std::optional<std::uint64_t>> find_in_requests(std::uint32_t segment,
                                                            std::string_view value,
                                                            const RequestPart& part);

// A tile's value: the 256 hashes of a level, then the 16 roots of 16 of them each, so that a node
// between is never far.
std::string print_tile(std::span<const core::Hash> hashes,
                       std::span<const core::Hash> sixteenths);
// The node `height` levels above the tile's hashes, 0 to 8. Errors: Corrupt/index.
core::Result<core::Hash> node_in_tile(core::Sha256& sha256, std::uint32_t segment,
                                      std::string_view tile, std::size_t height,
                                      std::size_t index);

}  // namespace ledger::index
