#pragma once

#include <span>

#include "engine/offer_rules.h"
#include "engine/setup_commands.h"

namespace engine::setup {

// Whether the rules in force on `today` forbid an option that the terms choose.
// Errors: Conflict/forbidden_by_profile with the rule's citation and source.
core::Result<> check_profile(const OfferTerms& terms, Model model, std::span<const OfferRule> rules,
                             core::Date today);

}  // namespace engine::setup
