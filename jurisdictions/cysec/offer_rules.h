#pragma once

#include <span>

#include "engine/offer_rules.h"

namespace jurisdictions::cysec {

// The yardstick for retail clients' performance fees.
std::span<const engine::OfferRule> offer_rules();

}  // namespace jurisdictions::cysec
