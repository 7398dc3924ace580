#pragma once

#include <vector>

#include "gateway/service/record_difference.h"
#include "ledger/log.h"

namespace gateway::service {

struct RecomputeReport {
  std::uint64_t commands = 0;
  std::uint64_t count = 0;  // Records whose outcome does not follow.
  // The same in order of their sequence, the first kDifferencesMax of them.
  std::vector<RecordDifference> differences;
};
inline constexpr std::size_t kDifferencesMax = 1000;

// Decides every recorded command again, from the records before it, and compares the effects byte
// for byte with those recorded; seq, prev, salt and times are taken from the records. After a
// difference it goes on from what was recorded, so that each record is judged by itself. Errors:
// those of reading the log.
core::Result<RecomputeReport> recompute(ledger::Log& log, std::uint64_t size);

// As a finding of tally verify.
core::Error to_error(const RecordDifference& difference);

}  // namespace gateway::service
