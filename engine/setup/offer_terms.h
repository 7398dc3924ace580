#pragma once

#include <string_view>

#include "engine/setup_commands.h"

// Whether the terms of an offer can be kept: each group by itself, and those that depend on each
// other. Source: docs/accounting.md, "Offers".
namespace engine::setup {

// Errors: InvalidInput at the term, such as "terms: performance: hurdle: rate"; docs/errors.md,
//         "Offers", lists the reasons.
core::Result<> check_terms(const PublishOffer& command);

// The groups. Places are those inside the group.
core::Result<> check_performance(const OfferTerms& terms, std::string_view currency);
core::Result<> check_fees(const OfferTerms& terms, std::string_view currency);
core::Result<> check_dealing(const DealingTerms& dealing, std::string_view currency);

// Terms that only a structure may have that is imported from elsewhere: they are kept as they were
// promised, and nobody is promised them anew. The first of them, or nothing.
std::string_view imported_only(const OfferTerms& terms);

}  // namespace engine::setup
