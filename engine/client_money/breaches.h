#pragma once

#include <optional>
#include <string>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/segregation_records.h"

namespace engine::client_money {

// So many are found by one tick; the next one goes on.
inline constexpr std::size_t kBreachesMax = 1'000;

// A currency, how far it has come, and what its clients lack now.
struct Lacking {
  const std::string& currency;
  const SegregationStanding& standing;
  core::Minor shortfall = 0;
};

// A breach for each required day that was not calculated and whose cut-off has passed; at most
// kBreachesMax.
void add_missed_days(const Lacking& lacking, core::Instant now, Effects& effects);

// The breaches that the calculation of `date` makes known: required days before it that never will
// be calculated, and its own lateness if nothing else has found it.
void add_breaches_of(const Lacking& lacking, core::Date date, core::Instant now, Effects& effects);

// What is lacking in a currency by its rule. Errors: Overflow.
core::Result<core::Minor> shortfall_of(const Context& context, const std::string& currency,
                                       OwedMeasure measure);

}  // namespace engine::client_money
