#include "ledger/index/segment.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "core/check.h"
#include "ledger/index/keys.h"
#include "ledger/index/varint.h"

namespace ledger::index {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kTileHashes = 256;
constexpr std::size_t kSixteenths = 16;
constexpr std::size_t kSixteenthHeight = 4;
constexpr std::size_t kTileHeight = 8;
constexpr std::size_t kOffsetBytes = 2;

// Lists whose order does not come from a sorted container.
void put_holdings(std::vector<KeyValue>& run, const Segment& segment) {
  std::vector<const HoldingList*> lists;
  for (const HoldingList& list : segment.holdings) lists.push_back(&list);
  std::ranges::sort(
      lists, {}, [](const HoldingList* list) { return std::pair(list->account, list->commodity); });
  for (const HoldingList* list : lists) {
    put_steps(run, holding_key(list->account, list->commodity), segment.first_seq(), list->links,
              list->before, list->steps);
  }
}

void put_subjects(std::vector<KeyValue>& run, const Segment& segment) {
  std::vector<const std::pair<const SubjectId, SeqList>*> lists;
  for (const auto& entry : segment.subjects) lists.push_back(&entry);
  std::ranges::sort(lists, {}, [](const auto* entry) { return entry->first; });
  for (const auto* entry : lists) {
    put_seqs(run, subject_key(entry->first), segment.first_seq(), entry->second.links,
             entry->second.before, entry->second.offsets);
  }
}

void put_requests(std::vector<KeyValue>& run, const Segment& segment) {
  auto sorted = segment.requests;
  std::ranges::sort(sorted);
  KeyValue* list = nullptr;
  for (const auto& [part, seq] : sorted) {
    const std::string key = requests_key(part.front());
    if (list == nullptr || list->key != key) list = &run.emplace_back(KeyValue{key, {}});
    list->value.append(core::as_text(core::ByteView(part)));
    put_big_endian(list->value, seq - segment.first_seq(), kOffsetBytes);
  }
}

void put_tiles(std::vector<KeyValue>& run, const MerkleTree& tree) {
  for (std::size_t i = 0; i < kTileHashes; ++i) {
    run.push_back({tile_key(0, static_cast<std::uint8_t>(i)),
                   print_tile(tree.level(0).subspan(i * kTileHashes, kTileHashes),
                              tree.level(kSixteenthHeight).subspan(i * kSixteenths, kSixteenths))});
  }
  run.push_back({tile_key(1, 0),
                 print_tile(tree.level(kTileHeight), tree.level(kTileHeight + kSixteenthHeight))});
}

}  // namespace

std::string print_summary(const Summary& summary) {
  std::string out;
  out.append(core::as_text(summary.last_leaf.view()));
  out.append(core::as_text(summary.root.view()));
  put_signed(out, summary.first_recorded_at.micros);
  put_signed(out, summary.last_recorded_at.micros);
  return out;
}

core::Result<Summary> parse_summary(std::uint32_t segment, std::string_view value) {
  VarintReader in(value);
  Summary summary;
  for (core::Hash* hash : {&summary.last_leaf, &summary.root}) {
    const std::string_view bytes = in.bytes(kHashBytes);
    if (in.ok()) std::ranges::copy(core::as_bytes(bytes), hash->bytes.begin());
  }
  summary.first_recorded_at.micros = in.signed_64();
  summary.last_recorded_at.micros = in.signed_64();
  if (in.ok() && in.at_end()) return summary;
  return index_damage(segment, "Its summary cannot be read.");
}

RequestPart part_of(const core::Hash& key) {
  RequestPart part{};
  std::copy_n(key.bytes.begin(), part.size(), part.begin());
  return part;
}

std::optional<std::uint64_t> Segment::find_request(const RequestPart& part) const {
  const auto found =
      std::ranges::find(requests, part, &std::pair<RequestPart, std::uint64_t>::first);
  if (found == requests.end()) return std::nullopt;
  return found->second;
}

std::vector<KeyValue> Segment::make_run(core::Sha256& sha256) const {
  CHECK(full());
  std::vector<KeyValue> run;
  run.reserve(holdings.size() + subjects.size() + batches.size() / kBlockEntries + 1024);
  // In the order of the types' letters.
  put_batches(run, batches_key(), first_seq(), batches);
  put_holdings(run, *this);
  for (const auto& [kind, list] : kinds) {
    put_seqs(run, kind_key(kind), first_seq(), list.links, list.before, list.offsets);
  }
  put_requests(run, *this);
  put_subjects(run, *this);
  put_tiles(run, tree);
  run.push_back({summary_key(), print_summary({tree.level(0).back(), tree.root(sha256),
                                               first_recorded_at, last_recorded_at})});
  return run;
}

core::Result<std::optional<std::uint64_t>> find_in_requests(std::uint32_t segment,
                                                            std::string_view value,
                                                            const RequestPart& part) {
  constexpr std::size_t kEntryBytes = sizeof(RequestPart) + kOffsetBytes;
  if (value.size() % kEntryBytes != 0) {
    return index_damage(segment, "A list of requests cannot be read.");
  }
  const std::string_view wanted = core::as_text(core::ByteView(part));
  std::size_t low = 0;
  std::size_t high = value.size() / kEntryBytes;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const std::string_view entry = value.substr(middle * kEntryBytes, kEntryBytes);
    const int order = entry.substr(0, wanted.size()).compare(wanted);
    if (order == 0) {
      const auto high_byte = static_cast<std::uint8_t>(entry[wanted.size()]);
      const auto low_byte = static_cast<std::uint8_t>(entry[wanted.size() + 1]);
      return std::optional(std::uint64_t{segment} * kSegmentRecords + high_byte * 256u + low_byte);
    }
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::optional<std::uint64_t>();
}

std::string print_tile(std::span<const core::Hash> hashes, std::span<const core::Hash> sixteenths) {
  std::string out;
  out.reserve((hashes.size() + sixteenths.size()) * kHashBytes);
  for (const core::Hash& hash : hashes) out.append(core::as_text(hash.view()));
  for (const core::Hash& hash : sixteenths) out.append(core::as_text(hash.view()));
  return out;
}

core::Result<core::Hash> node_in_tile(core::Sha256& sha256, std::uint32_t segment,
                                      std::string_view tile, std::size_t height,
                                      std::size_t index) {
  if (tile.size() != (kTileHashes + kSixteenths) * kHashBytes) {
    return index_damage(segment, "A tile in it has the wrong size.");
  }
  // From the stored level below, up.
  const bool from_sixteenths = height >= kSixteenthHeight;
  const std::size_t rise = from_sixteenths ? height - kSixteenthHeight : height;
  const std::size_t begin = (from_sixteenths ? kTileHashes : 0) + (index << rise);
  std::vector<core::Hash> row(std::size_t{1} << rise);
  for (std::size_t i = 0; i < row.size(); ++i) {
    std::memcpy(row[i].bytes.data(), tile.data() + (begin + i) * kHashBytes, kHashBytes);
  }
  for (; row.size() > 1; row.resize(row.size() / 2)) {
    for (std::size_t i = 0; i < row.size() / 2; ++i) {
      row[i] = node_hash(sha256, row[2 * i], row[2 * i + 1]);
    }
  }
  return row.front();
}

}  // namespace ledger::index
