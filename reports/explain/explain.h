#pragma once

#include "reports/explain/explanation.h"
#include "reports/explain/sources.h"

namespace reports::explain {

// Explains record `seq`: works out each of its figures from what it rests on, and compares.
// Errors: NotFound/unknown_record; Corrupt/record if what it rests on is not there; Overflow; those
// of
//         reading.
core::Result<Explanation> explain(Sources& sources, std::uint64_t seq);

}  // namespace reports::explain
