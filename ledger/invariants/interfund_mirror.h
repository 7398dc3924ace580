#pragma once

#include <span>
#include <string_view>

#include "core/result.h"
#include "ledger/invariants/resolved.h"

namespace ledger::invariants {

inline constexpr std::string_view kInterfundHouse = "assets:house:interfund-cm";
inline constexpr std::string_view kInterfundClient = "liabilities:cm:interfund-house";

// Money crosses between the client and the house ring only by the mirrored pair, so the two legs of
// a record are equal and opposite per commodity and a shortfall stays visible.
//
// Errors: InvalidInput/interfund_mirror; Overflow.
// Source: docs/accounting.md, "Rings".
core::Result<> interfund_mirror(std::span<const ResolvedPosting> postings);

}  // namespace ledger::invariants
