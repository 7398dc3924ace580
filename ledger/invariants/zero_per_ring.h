#pragma once

#include <span>

#include "core/result.h"
#include "ledger/invariants/resolved.h"

namespace ledger::invariants {

// Each record's postings sum to zero per commodity within each ring.
//
// Errors: InvalidInput/unbalanced with the ring; Overflow.
// Source: docs/accounting.md, "Rings".
core::Result<> zero_per_ring(std::span<const ResolvedPosting> postings);

}  // namespace ledger::invariants
