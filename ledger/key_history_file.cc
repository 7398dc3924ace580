#include "ledger/key_history_file.h"

#include "core/json.h"
#include "ledger/merkle.h"
#include "ledger/proof_file.h"
#include "ledger/tlog_text.h"

namespace ledger {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

core::Error malformed(std::size_t line, std::string detail) {
  return core::invalid("key_history_file", "line " + std::to_string(line), std::move(detail));
}

core::Result<core::Bytes> base64_of(const Value* value) {
  if (value == nullptr || value->as_string() == nullptr) {
    return core::invalid("key_history_file", "", "Base64 is expected here.");
  }
  return core::from_base64(*value->as_string());
}

core::Result<ProvenRecord> read_record(const Value& line) {
  ProvenRecord record;
  const Value* seq = line.find("seq");
  const Value* proof = line.find("proof");
  if (seq == nullptr || seq->as_integer() == nullptr || *seq->as_integer() < 0 ||
      proof == nullptr || proof->as_array() == nullptr ||
      proof->as_array()->size() > kProofHashesMax) {
    return core::invalid("key_history_file", "", "A record has seq, leaf and proof.");
  }
  record.seq = static_cast<std::uint64_t>(*seq->as_integer());
  TRY(record.leaf, base64_of(line.find("leaf")));
  for (const Value& item : *proof->as_array()) {
    TRY(const auto bytes, base64_of(&item));
    core::Hash hash;
    if (bytes.size() != hash.bytes.size()) {
      return core::invalid("key_history_file", "", "A hash has 32 bytes.");
    }
    std::ranges::copy(bytes, hash.bytes.begin());
    record.proof.push_back(hash);
  }
  return record;
}

// The running number that the record has among those about keys; the genesis has none.
std::uint64_t number_of(const RecordView& record) {
  for (const SubjectLink& link : record.subjects) {
    if (link.id == log_key_subject()) return link.count;
  }
  return 0;
}

}  // namespace

std::string to_string(const KeyHistoryFile& file) {
  std::string text = core::json::print(Object{{"checkpoint", file.checkpoint}}) + "\n";
  for (const ProvenRecord& record : file.records) {
    Array proof;
    for (const core::Hash& hash : record.proof) proof.push_back(core::to_base64(hash.bytes));
    text += core::json::print(Object{{"seq", static_cast<std::int64_t>(record.seq)},
                                     {"leaf", core::to_base64(record.leaf)},
                                     {"proof", std::move(proof)}}) +
            "\n";
  }
  return text;
}

core::Result<KeyHistoryFile> parse_key_history_file(std::string_view text) {
  if (text.size() > kKeyHistoryFileBytesMax) return malformed(1, "The file is too long.");
  KeyHistoryFile file;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = take_line(text);
    if (!line) return malformed(number, "The last line does not end.");
    const auto value = core::json::parse(*line);
    if (!value) return malformed(number, core::to_string(value.error()));
    if (number == 1) {
      file.checkpoint = value.value().text("checkpoint");
      if (file.checkpoint.empty()) return malformed(1, "The first line has the checkpoint.");
      continue;
    }
    if (file.records.size() == kKeyRecordsMax) return malformed(number, "Too many records.");
    auto record = read_record(value.value());
    if (!record) return malformed(number, record.error().detail);
    file.records.push_back(std::move(record.value()));
  }
  if (file.records.empty()) return malformed(2, "The genesis record is missing.");
  return file;
}

core::Result<KeyHistory> verify_key_history(const KeyHistoryFile& file, const KeyTrust& trust) {
  KeyHistory history;
  core::Sha256 sha256;
  // What the note says, whoever signed it; the signature is judged by the history that comes of it.
  TRY(const auto claimed, parse_checkpoint(text_of_note(file.checkpoint)));
  for (std::size_t i = 0; i < file.records.size(); ++i) {
    const ProvenRecord& proven = file.records[i];
    TRY(verify_inclusion(sha256,
                         {proven.seq, claimed.size, leaf_hash(sha256, proven.leaf), claimed.root},
                         proven.proof));
    RecordView record;
    TRY(decode_record(proven.leaf, record));
    const bool in_place =
        i == 0 ? record.kind == kGenesis && proven.seq == 0 : number_of(record) == i;
    if (!in_place || record.seq != proven.seq) {
      return core::corrupt("key_history", "seq " + std::to_string(proven.seq),
                           "A record about the log's keys is missing before this one.");
    }
    TRY(follow(history, record));
  }
  TRY(const auto vouched, open_checkpoint(file.checkpoint, history));
  // Its own checkpoint covers record 0: where a trusted key signed it, the root key is vouched for.
  TRY(check_trust(history, trust, std::span(&vouched, 1)));
  return history;
}

}  // namespace ledger
