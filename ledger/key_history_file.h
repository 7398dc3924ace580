#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "ledger/key_history.h"
#include "ledger/key_trust.h"

// The key history of a log as a file that an outsider keeps: its newest checkpoint, and each record
// about keys with the proof that the checkpoint covers it. Source: docs/formats/keys.md.
namespace ledger {

inline constexpr std::size_t kKeyHistoryFileBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kKeyRecordsMax = 1000;

struct ProvenRecord {
  std::uint64_t seq = 0;
  core::Bytes leaf;
  std::vector<core::Hash> proof;
  bool operator==(const ProvenRecord&) const = default;
};

struct KeyHistoryFile {
  std::string checkpoint;  // The note.
  std::vector<ProvenRecord> records;
  bool operator==(const KeyHistoryFile&) const = default;
};

// NDJSON: {"checkpoint": note}, then {"seq": n, "leaf": base64, "proof": [base64, ...]} each.
std::string to_string(const KeyHistoryFile& file);
// Errors: InvalidInput/key_history_file, naming the line.
core::Result<KeyHistoryFile> parse_key_history_file(std::string_view text);

// The history in the file, if it follows from what the caller trusts.
//
// Errors: those of follow(), open_checkpoint() and check_trust(); Corrupt/proof_mismatch if a
// record is
//         not the checkpoint's; Corrupt/key_history if records are missing between those that are
//         there.
core::Result<KeyHistory> verify_key_history(const KeyHistoryFile& file, const KeyTrust& trust);

}  // namespace ledger
