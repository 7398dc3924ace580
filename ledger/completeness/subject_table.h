#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/sha256.h"
#include "ledger/invariants/subjects_consecutive.h"
#include "ledger/merkle.h"
#include "ledger/record.h"

// What an index_root record commits to: one entry for each subject, in the order of their keys, as
// the leaves of an RFC 6962 tree. Source: docs/formats/completeness.md.
namespace ledger::completeness {

struct SubjectEntry {
  core::Hash key;              // subject_key() of the id.
  std::uint64_t count = 0;     // Its records below the table's size.
  std::uint64_t head_seq = 0;  // The last of them,
  core::Hash head_leaf;        // and its leaf hash.
  bool operator==(const SubjectEntry&) const = default;
};

// SHA-256(salt || id): neighbours in the table do not tell their ids.
core::Hash subject_key(core::Sha256& sha256, core::ByteView salt, const SubjectId& id);

// The tree's leaf: deterministic CBOR [key, count, head_seq, head_leaf].
core::Bytes encode_entry(const SubjectEntry& entry);
// Errors: Corrupt/index_entry.
core::Result<SubjectEntry> decode_entry(core::ByteView bytes);

// A table that proves its entries; 150 bytes an entry.
class SubjectTable {
 public:
  // In any order; no key stands twice (CHECK).
  explicit SubjectTable(std::vector<SubjectEntry> entries);

  std::uint64_t size() const { return entries_.size(); }
  const SubjectEntry& entry(std::uint64_t index) const { return entries_[index]; }
  core::Hash root() const;
  // The first entry whose key is not below `key`; size() if there is none.
  std::uint64_t lower_bound(const core::Hash& key) const;
  // `index` is below size() (CHECK).
  std::vector<core::Hash> inclusion_proof(std::uint64_t index) const;

 private:
  std::vector<SubjectEntry> entries_;
  MerkleTree tree_;
};

// The same table while a log is read from its beginning, for whoever checks it: about 150 bytes a
// subject, and as many for each record of the last kIndexRootBehindMax that concerns one.
class RunningTable {
 public:
  explicit RunningTable(core::ByteView salt) : salt_(salt.begin(), salt.end()) {}

  // The next record that took effect. What it says of its subjects is checked elsewhere.
  void take(const RecordView& record, const core::Hash& leaf);
  // The table below `size`, which is at most kIndexRootBehindMax before the record taken last
  // (CHECK).
  SubjectTable at(std::uint64_t size);

 private:
  struct Last {
    core::Hash key;
    std::uint64_t count = 0;
    std::uint64_t seq = 0;
    core::Hash leaf;
  };
  struct Change {
    std::uint64_t seq = 0;
    SubjectId id;
    std::optional<Last> before;
  };

  core::Bytes salt_;
  core::Sha256 sha256_;
  std::unordered_map<SubjectId, Last, invariants::SubjectIdHash> last_;
  std::deque<Change> changes_;  // Of the records that at() may have to go back over.
};

}  // namespace ledger::completeness
