#pragma once

#include <string>

#include "ledger/completeness/history_proof.h"

namespace ledger::tally_verify {

// Checks the file that `tally history --prove` printed, a line at a time.
// Errors: NotFound/file; those of completeness::HistoryProofCheck.
core::Result<completeness::ProvenHistory> check_history_file(
    const std::string& path, completeness::HistoryProofCheck::OpenNote open_note);

}  // namespace ledger::tally_verify
