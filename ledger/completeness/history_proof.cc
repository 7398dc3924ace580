#include "ledger/completeness/history_proof.h"

#include <algorithm>

#include "core/codec.h"
#include "ledger/record.h"

namespace ledger::completeness {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

Value to_json(const ProvenLeaf& proven) {
  Array proof;
  for (const core::Hash& hash : proven.proof) proof.push_back(core::to_hex(hash.bytes));
  return Object{{"index", static_cast<std::int64_t>(proven.index)},
                {"leaf", core::to_hex(proven.leaf)},
                {"proof", std::move(proof)}};
}

core::Error malformed(std::string detail) {
  return core::invalid("history_proof", "", std::move(detail));
}
core::Error not_shown(std::string detail) {
  return core::corrupt("history_proof", "", std::move(detail));
}

// The only member of the line, which has this name.
core::Result<const Value*> only_member(const Value& line, std::string_view name) {
  const Object* members = line.as_object();
  if (members == nullptr || members->size() != 1 || members->front().first != name) {
    return malformed("The line is to be {\"" + std::string(name) + "\": ...}.");
  }
  return &members->front().second;
}

core::Result<ProvenLeaf> read_proven(const Value& value) {
  const Value* index = value.find("index");
  const Value* leaf = value.find("leaf");
  const Value* proof = value.find("proof");
  const bool whole = index != nullptr && index->as_integer() != nullptr &&
                     *index->as_integer() >= 0 && leaf != nullptr && proof != nullptr &&
                     proof->as_array() != nullptr && value.as_object()->size() == 3;
  if (!whole) return malformed("\"index\", \"leaf\" and \"proof\" are expected, and nothing else.");
  ProvenLeaf out;
  out.index = static_cast<std::uint64_t>(*index->as_integer());
  TRY(out.leaf, core::Codec<core::Bytes>::from_json(*leaf, nullptr));
  if (proof->as_array()->size() > kProofHashesMax) return malformed("The proof is too long.");
  for (const Value& hash : *proof->as_array()) {
    TRY(auto read, core::Codec<core::Hash>::from_json(hash, nullptr));
    out.proof.push_back(read);
  }
  return out;
}

}  // namespace

Value history_header(std::string_view origin, const SubjectId& subject,
                     std::string_view checkpoint) {
  return Object{{"format", kHistoryProofFormat},
                {"origin", origin},
                {"subject", core::to_hex(subject)},
                {"checkpoint", checkpoint}};
}

Value index_root_line(const ProvenLeaf& record) { return Object{{"index_root", to_json(record)}}; }
Value entry_line(const ProvenLeaf& entry) { return Object{{"entry", to_json(entry)}}; }
Value record_line(const ProvenLeaf& record) { return Object{{"record", to_json(record)}}; }

Value absence_line(const std::optional<ProvenLeaf>& before,
                   const std::optional<ProvenLeaf>& after) {
  Object absent;
  if (before) absent.emplace_back("before", to_json(*before));
  if (after) absent.emplace_back("after", to_json(*after));
  return Object{{"absent", std::move(absent)}};
}

core::Result<> HistoryProofCheck::take(std::string_view text) {
  ++lines_;
  const std::string at = "line " + std::to_string(lines_);
  if (text.size() > kHistoryProofLineMax) {
    return core::invalid("history_proof", at, "No line of a history proof is that long.");
  }
  auto taken = [&]() -> core::Result<> {
    TRY(const Value line, core::json::parse(text));
    return take_value(line);
  }();
  if (!taken) return std::move(taken.error()).within(at);
  return core::ok();
}

core::Result<> HistoryProofCheck::take_value(const Value& line) {
  if (lines_ == 1) return take_header(line);
  if (lines_ == 2) return take_index_root(line);
  if (lines_ == 3) return take_entry(line);
  return take_record(line);
}

core::Result<> HistoryProofCheck::take_header(const Value& line) {
  if (line.text("format") != kHistoryProofFormat) {
    return malformed("This is no history proof of version 1.");
  }
  const auto subject = core::from_hex(line.text("subject"));
  if (!subject || subject.value().size() != history_.subject.size()) {
    return malformed("\"subject\" is an id of 32 hex digits.");
  }
  std::ranges::copy(subject.value(), history_.subject.begin());
  TRY(history_.checkpoint, open_note_(line.text("checkpoint")));
  if (history_.checkpoint.origin != line.text("origin")) {
    return not_shown("The checkpoint is another book's.");
  }
  return core::ok();
}

core::Result<> HistoryProofCheck::take_index_root(const Value& line) {
  TRY(const Value* value, only_member(line, "index_root"));
  TRY(const ProvenLeaf proven, read_proven(*value));
  TRY(verify_inclusion(sha256_,
                       {proven.index, history_.checkpoint.size, leaf_hash(sha256_, proven.leaf),
                        history_.checkpoint.root},
                       proven.proof));
  RecordView record;
  TRY(decode_record(proven.leaf, record));
  if (record.seq != proven.index || record.kind != kIndexRoot || record.version != 1) {
    return not_shown("The record is no index root.");
  }
  if (!is_alone_with_its_command(record.batch)) {
    return not_shown("The index root stands in a batch that may never have taken effect.");
  }
  TRY(root_, core::from_cbor<IndexRoot>(record.body));
  if (root_.size > record.batch.first_seq) {
    return not_shown("The index root is for a size beyond its own command.");
  }
  history_.index_root_seq = record.seq;
  history_.size = root_.size;
  return core::ok();
}

core::Result<SubjectEntry> HistoryProofCheck::proven_entry(const Value& value,
                                                           std::uint64_t& index) {
  TRY(const ProvenLeaf proven, read_proven(value));
  TRY(verify_inclusion(sha256_,
                       {proven.index, root_.subjects, leaf_hash(sha256_, proven.leaf), root_.root},
                       proven.proof));
  index = proven.index;
  return decode_entry(proven.leaf);
}

core::Result<> HistoryProofCheck::take_entry(const Value& line) {
  if (const Value* absent = line.find("absent")) {
    TRY(only_member(line, "absent"));
    return take_absence(*absent);
  }
  TRY(const Value* value, only_member(line, "entry"));
  std::uint64_t index = 0;
  TRY(entry_, proven_entry(*value, index));
  if (entry_->key != subject_key(sha256_, root_.salt, history_.subject)) {
    return not_shown("The entry is another subject's.");
  }
  if (entry_->count == 0) return not_shown("An entry counts at least one record.");
  return core::ok();
}

// The entries beside the subject's place are next to each other and none is between them.
core::Result<> HistoryProofCheck::take_absence(const Value& absent) {
  if (absent.as_object() == nullptr) return malformed("\"absent\" is an object.");
  const core::Hash key = subject_key(sha256_, root_.salt, history_.subject);
  const Value* before = absent.find("before");
  const Value* after = absent.find("after");
  std::uint64_t place = 0;
  if (before != nullptr) {
    TRY(const SubjectEntry entry, proven_entry(*before, place));
    if (entry.key >= key) return not_shown("The entry before is not before the subject's place.");
    ++place;
  }
  if (after == nullptr) {
    if (place == root_.subjects) return core::ok();
    return not_shown("The table goes on behind the subject's place.");
  }
  std::uint64_t index = 0;
  TRY(const SubjectEntry entry, proven_entry(*after, index));
  if (entry.key <= key) return not_shown("The entry after is not behind the subject's place.");
  if (index != place) return not_shown("The two entries are not neighbours.");
  return core::ok();
}

core::Result<> HistoryProofCheck::take_record(const Value& line) {
  TRY(const Value* value, only_member(line, "record"));
  if (!entry_ || taken_ == entry_->count) {
    return not_shown("There are more records than the entry counts.");
  }
  TRY(const ProvenLeaf proven, read_proven(*value));
  const core::Hash leaf = leaf_hash(sha256_, proven.leaf);
  TRY(verify_inclusion(sha256_,
                       {proven.index, history_.checkpoint.size, leaf, history_.checkpoint.root},
                       proven.proof));
  RecordView record;
  TRY(decode_record(proven.leaf, record));
  if (record.seq != proven.index) return not_shown("The record says that it stands elsewhere.");
  const SubjectLink wanted{history_.subject, taken_ + 1, last_seq_};
  if (std::ranges::find(record.subjects, wanted) == record.subjects.end()) {
    return not_shown("The record is not the subject's next one.");
  }
  ++taken_;
  last_seq_ = record.seq;
  last_leaf_ = leaf;
  return core::ok();
}

core::Result<ProvenHistory> HistoryProofCheck::finish() const {
  if (lines_ < 3) return not_shown("The proof ends before its entry.");
  if (!entry_) return history_;
  if (taken_ != entry_->count) {
    return not_shown("The proof has " + std::to_string(taken_) + " of " +
                     std::to_string(entry_->count) + " records.");
  }
  if (last_seq_ != entry_->head_seq || last_leaf_ != entry_->head_leaf ||
      *last_seq_ >= root_.size) {
    return not_shown("The last record is not the one that the entry names.");
  }
  ProvenHistory proven = history_;
  proven.records = taken_;
  return proven;
}

}  // namespace ledger::completeness
