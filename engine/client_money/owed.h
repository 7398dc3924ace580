#pragma once

#include "engine/context.h"
#include "engine/segregation_records.h"

namespace engine::client_money {

// What the client money ring holds and owes in one currency, all positive if held or owed.
struct Standing {
  HeldByClass held;
  OwedByClass owed;
  core::Minor held_total = 0;
  core::Minor owed_total = 0;
  core::Minor owed_measured = 0;
  core::Minor interfund = 0;  // C; positive: in credit.
};

// Reads every balance of the ring.
//
// Guarantees: held_total = owed_total + interfund while nothing else than assets and liabilities is
//             kept in the ring.
// Errors:     Overflow.
core::Result<Standing> standing_of(const Context& context, const std::string& currency,
                                   OwedMeasure measure);

// What must be paid in so that neither the books (C in debit) nor the measure show a shortfall, if
// `missing` of what is held is not there; below zero: what may be taken out. Errors: Overflow.
core::Result<core::Minor> required(const Standing& standing, core::Minor missing);

}  // namespace engine::client_money
