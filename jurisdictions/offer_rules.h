#pragma once

#include <span>
#include <string_view>

#include "engine/offer_rules.h"

// Which options of offers each jurisdiction forbids. Data with dates and sources, none of it legal
// advice: docs/decisions/0027-offers-are-versions.md.
namespace jurisdictions {

// Of the book's profile; a profile that is not known here forbids nothing.
std::span<const engine::OfferRule> offer_rules(std::string_view profile);

}  // namespace jurisdictions
