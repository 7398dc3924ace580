#pragma once

#include <string_view>

#include "core/time.h"

// Which options of offers a jurisdiction forbids, as data. The jurisdictions have the tables; see
// jurisdictions/offer_rules.h and docs/decisions/0007.
namespace engine {

enum class OfferOption {
  MarkReset,        // A mark that falls to the value at a withdrawal.
  PoolScope,        // One mark for all investors of a pool.
  ShortWindow,      // Losses are forgotten in less than five years.
  FrequentCharges,  // Charged more than once a year though losses are forgotten.
  RestoreExpiry,    // A released loss does not come back after some months.
  PoolOfUnits,      // Several clients' money in one pool that is shared by units.
};

// Not legal advice: what is `uncertain` was not read in the authority's own words, and compliance
// must confirm all of it.
struct OfferRule {
  OfferOption forbids = OfferOption::MarkReset;
  core::Date in_force;  // The first day it applies.
  std::string_view citation;
  std::string_view source;  // Where it can be read.
  core::Date checked;       // When we last looked.
  bool uncertain = false;
  bool by_choice = false;  // A yardstick that the authority did not set for these products.
};

}  // namespace engine
