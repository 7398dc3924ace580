#pragma once

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/partners/earnings.h"

// What whole volume tiers owe the earlier part of a month.
namespace engine::partners {

struct TopUpFor {
  core::PartyId partner;
  ProgrammeId programme;
  core::Instant at;  // As of when chain and shares count.
};

// Adds a record and lines for each month that ended on a day in [from, to) and is not topped up to
// the tier it reached. They go to those who stand above the clients at the end, and with the lines
// before them never pass the stated part of the broker's revenue of the month.
//
// Errors: Overflow.
core::Result<> add_top_ups(const Context& context, Effects& effects, Accruals& accruals,
                           const TopUpFor& who, core::Date from, core::Date to);

}  // namespace engine::partners
