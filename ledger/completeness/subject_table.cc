#include "ledger/completeness/subject_table.h"

#include <algorithm>

#include "core/cbor.h"
#include "core/check.h"
#include "ledger/bodies.h"

namespace ledger::completeness {
namespace {

constexpr std::uint64_t kEntryItems = 4;

core::Result<core::Hash> read_hash(core::cbor::Decoder& in) {
  TRY(const core::ByteView bytes, in.bytes());
  core::Hash hash;
  if (bytes.size() != hash.bytes.size()) {
    return core::invalid("cbor", "", "A hash has 32 bytes.");
  }
  std::ranges::copy(bytes, hash.bytes.begin());
  return hash;
}

core::Result<SubjectEntry> read_entry(core::ByteView bytes) {
  core::cbor::Decoder in(bytes);
  TRY(const std::uint64_t items, in.array());
  if (items != kEntryItems) return core::invalid("cbor", "", "An entry has four items.");
  SubjectEntry entry;
  TRY(entry.key, read_hash(in));
  TRY(entry.count, in.unsigned_integer());
  TRY(entry.head_seq, in.unsigned_integer());
  TRY(entry.head_leaf, read_hash(in));
  TRY(in.finish());
  return entry;
}

}  // namespace

core::Hash subject_key(core::Sha256& sha256, core::ByteView salt, const SubjectId& id) {
  return sha256(salt, id);
}

core::Bytes encode_entry(const SubjectEntry& entry) {
  core::Bytes out;
  core::cbor::Encoder encoder(out);
  encoder.array(kEntryItems);
  encoder.bytes(entry.key.view());
  encoder.unsigned_integer(entry.count);
  encoder.unsigned_integer(entry.head_seq);
  encoder.bytes(entry.head_leaf.view());
  return out;
}

core::Result<SubjectEntry> decode_entry(core::ByteView bytes) {
  auto entry = read_entry(bytes);
  if (entry) return entry;
  return core::corrupt("index_entry", entry.error().at,
                       "This is no entry of an index root: " + entry.error().detail);
}

SubjectTable::SubjectTable(std::vector<SubjectEntry> entries) : entries_(std::move(entries)) {
  std::ranges::sort(entries_, {}, &SubjectEntry::key);
  CHECK(std::ranges::adjacent_find(entries_, {}, &SubjectEntry::key) == entries_.end());
  core::Sha256 sha256;
  for (const SubjectEntry& entry : entries_) {
    tree_.append(sha256, leaf_hash(sha256, encode_entry(entry)));
  }
}

core::Hash SubjectTable::root() const {
  core::Sha256 sha256;
  return tree_.root(sha256);
}

std::uint64_t SubjectTable::lower_bound(const core::Hash& key) const {
  return static_cast<std::uint64_t>(
      std::ranges::lower_bound(entries_, key, {}, &SubjectEntry::key) - entries_.begin());
}

std::vector<core::Hash> SubjectTable::inclusion_proof(std::uint64_t index) const {
  CHECK(index < size());
  core::Sha256 sha256;
  return tree_.inclusion_proof(sha256, index, size()).value();
}

void RunningTable::take(const RecordView& record, const core::Hash& leaf) {
  for (const SubjectLink& link : record.subjects) {
    const auto [place, is_new] = last_.try_emplace(link.id);
    Last& last = place->second;
    changes_.push_back({record.seq, link.id, is_new ? std::nullopt : std::optional(last)});
    if (is_new) last.key = subject_key(sha256_, salt_, link.id);
    last.count = link.count;
    last.seq = record.seq;
    last.leaf = leaf;
  }
  while (!changes_.empty() && changes_.front().seq + kIndexRootBehindMax < record.seq) {
    changes_.pop_front();
  }
}

SubjectTable RunningTable::at(std::uint64_t size) {
  // Back to `size`, without forgetting the way forward.
  std::unordered_map<SubjectId, std::optional<Last>, invariants::SubjectIdHash> earlier;
  for (auto change = changes_.rbegin(); change != changes_.rend() && change->seq >= size;
       ++change) {
    earlier[change->id] = change->before;
  }
  std::vector<SubjectEntry> entries;
  entries.reserve(last_.size());
  for (const auto& [id, newest] : last_) {
    const auto changed = earlier.find(id);
    const Last* last = &newest;
    if (changed != earlier.end()) last = changed->second ? &*changed->second : nullptr;
    if (last != nullptr) entries.push_back({last->key, last->count, last->seq, last->leaf});
  }
  return SubjectTable(std::move(entries));
}

}  // namespace ledger::completeness
