#pragma once

#include "engine/partner_terms.h"
#include "engine/state.h"

// What a programme's terms must look like.
namespace engine::partners {

// Errors: InvalidInput/pays for terms that pay for nothing, rates, groups, tiers, levels, ladder,
//         rate_range, shares_sum above 100 %, negative_amount, precision, days_range; NotFound/
//         unknown_symbol.
core::Result<> check_terms(const State& state, const ProgrammeTerms& terms,
                           const std::string& currency);

}  // namespace engine::partners
