#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "ledger/log.h"

namespace ledger::tally_verify {

// An exported log: one leaf a line, in lower-case hex, record 0 first (tally export --format leaves).
// Read-only; lines are found again by where every 65,536th begins, so memory stays small.
//
// Errors: NotFound/file; Unavailable/io. A line that is no leaf is told when it is read:
//         Corrupt/leaf at "seq N", which stands in line N + 1.
core::Result<std::unique_ptr<Log>> open_leaves_file(const std::string& path);

}  // namespace ledger::tally_verify
