#include "ledger/tally_verify/history_file.h"

#include <fstream>
#include <utility>

namespace ledger::tally_verify {

core::Result<completeness::ProvenHistory> check_history_file(
    const std::string& path, completeness::HistoryProofCheck::OpenNote open_note) {
  std::ifstream file(path);
  if (!file) return core::not_found("file", path, "The file cannot be opened.");
  completeness::HistoryProofCheck check(std::move(open_note));
  // A line beyond what the format allows is not read into memory whole.
  std::string line(completeness::kHistoryProofLineMax + 2, '\0');
  while (file.getline(line.data(), static_cast<std::streamsize>(line.size()))) {
    const auto bytes = static_cast<std::size_t>(file.gcount()) - (file.eof() ? 0 : 1);
    TRY(check.take(std::string_view(line).substr(0, bytes)));
  }
  if (!file.eof()) {
    return core::invalid("history_proof", path,
                         "A line is longer than any of a history proof, or cannot be read.");
  }
  return check.finish();
}

}  // namespace ledger::tally_verify
