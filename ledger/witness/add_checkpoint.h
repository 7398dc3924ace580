#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/sha256.h"

// What a log sends to a witness. Source: C2SP tlog-witness v1.0.0.
namespace ledger::witness {

inline constexpr std::size_t kProofHashesMax = 63;
inline constexpr std::string_view kSizeType = "text/x.tlog.size";

struct AddCheckpoint {
  std::uint64_t old_size = 0;  // Of the last checkpoint that the witness cosigned; 0 if none.
  std::vector<core::Hash> proof;
  std::string note;
  bool operator==(const AddCheckpoint&) const = default;
};

// "old 6", the proof's hashes in base64, an empty line, the note.
std::string to_string(const AddCheckpoint& request);

// Reads the shape only; the note is not looked into.
// Errors: InvalidInput/add_checkpoint.
core::Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);

}  // namespace ledger::witness
