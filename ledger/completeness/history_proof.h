#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "ledger/checkpoint.h"
#include "ledger/completeness/index_root.h"

// All of a subject's records up to a size, with what shows that none is missing; or that it has
// none. One JSON object a line. Format: docs/formats/completeness.md.
namespace ledger::completeness {

inline constexpr std::string_view kHistoryProofFormat = "tallystick/history-proof/v1";
// No line is longer: a record of 65,535 bytes in hex, and its proof.
inline constexpr std::size_t kHistoryProofLineMax = 1u << 18;

// Bytes and where they stand in a tree.
struct ProvenLeaf {
  std::uint64_t index = 0;
  core::Bytes leaf;
  std::vector<core::Hash> proof;
};

// The lines, in their order. Each gives one object.
core::json::Value history_header(std::string_view origin, const SubjectId& subject,
                                 std::string_view checkpoint);
core::json::Value index_root_line(const ProvenLeaf& record);
// Of a subject that has records.
core::json::Value entry_line(const ProvenLeaf& entry);
// Of one that has none: the entries beside the place where it would stand.
core::json::Value absence_line(const std::optional<ProvenLeaf>& before,
                               const std::optional<ProvenLeaf>& after);
core::json::Value record_line(const ProvenLeaf& record);

// What a whole proof shows.
struct ProvenHistory {
  Checkpoint checkpoint;
  SubjectId subject{};
  std::uint64_t size = 0;            // All of its records below this size
  std::uint64_t records = 0;         // are so many; 0: it has none.
  std::uint64_t index_root_seq = 0;  // The record that says so.
};

// Checks a proof line by line, in memory for one line.
class HistoryProofCheck {
 public:
  // Opens the checkpoint's note under the keys that count, as open_checkpoint() does.
  using OpenNote = std::function<core::Result<Checkpoint>(std::string_view note)>;
  explicit HistoryProofCheck(OpenNote open_note) : open_note_(std::move(open_note)) {}

  // Errors: InvalidInput/history_proof for a line that is none of its format; Corrupt/history_proof
  // or
  //         proof_mismatch for one that does not show what it must; those of open_checkpoint. The
  //         error names the line.
  core::Result<> take(std::string_view line);
  // After the last line. Errors: Corrupt/history_proof if records are missing.
  core::Result<ProvenHistory> finish() const;

 private:
  core::Result<> take_value(const core::json::Value& line);
  core::Result<> take_header(const core::json::Value& line);
  core::Result<> take_index_root(const core::json::Value& line);
  core::Result<> take_entry(const core::json::Value& line);
  core::Result<> take_absence(const core::json::Value& absent);
  core::Result<> take_record(const core::json::Value& line);
  core::Result<SubjectEntry> proven_entry(const core::json::Value& value, std::uint64_t& index);

  OpenNote open_note_;
  std::uint64_t lines_ = 0;
  core::Sha256 sha256_;
  ProvenHistory history_;
  IndexRoot root_;
  std::optional<SubjectEntry> entry_;  // Absent: the subject has no records.
  std::uint64_t taken_ = 0;            // Records.
  std::optional<std::uint64_t> last_seq_;
  core::Hash last_leaf_;
};

}  // namespace ledger::completeness
