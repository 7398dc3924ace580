#pragma once

#include <optional>
#include <string>

#include "engine/offer_terms.h"

namespace engine::setup {

// The first term that is, or may be, worse for an investor who has the terms of `before`: so these
// `after` them need his consent. Nothing: no term is worse.
//
// Guarantees: what cannot be compared counts as worse; equal terms have nothing that is.
// Source: docs/decisions/0027-offers-are-versions.md
std::optional<std::string> fee_increase(const OfferTerms& before, const OfferTerms& after);

}  // namespace engine::setup
