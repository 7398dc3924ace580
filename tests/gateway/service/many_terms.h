#pragma once

#include <string_view>

namespace tests {

// An offer that makes use of most of the terms, without the braces.
inline constexpr std::string_view kManyTerms = R"("management_fee_rate":"0.02",
    "performance_fee_rate":"0","mark_basis":"net","entry_fee_rate":"0",
    "residual":"sainte_lague","subscription_fee":"12.00","annual_cap":"0.10",
    "performance":{"hurdle":{"rate":"0.05","kind":"hard"},
        "tiers":[{"up_to_return":"0.10","rate":"0.20"},{"rate":"0.30"}]},
    "exit_fee":{"rate":"0.01","recipient":"house"},"shares":{"broker":"0.30"},
    "tax":{"rate":"0.19","country":"CY","mode":"on_top"},
    "reserve":{"share":"0.25","periods":2,"clawback_rate":"0.50"})";

}  // namespace tests
