#pragma once

#include <vector>

#include "ledger/log.h"

namespace gateway::service {

struct RecomputeReport {
  std::uint64_t commands = 0;
  std::vector<core::Error> findings;
};

// Decides every recorded command again, from the records before it, and compares the effects byte for
// byte with those recorded; seq, prev, salt and times are taken from the records.
// Errors: those of reading the log.
core::Result<RecomputeReport> recompute(ledger::Log& log, std::uint64_t size);

}  // namespace gateway::service
