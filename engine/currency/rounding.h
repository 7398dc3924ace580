#pragma once

#include <string>
#include <vector>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/rounding_records.h"
#include "ledger/record.h"

// What prices cut to their digits leave over belongs to nobody. It should stay near zero: a balance
// that grows to one side says that somebody gains by the rounding. Source: docs/accounting.md,
// row 22.
namespace engine::currency {

// Whole units of a currency, where no limit is set.
inline constexpr core::Minor kRoundingLimitDefault = 100;

// Errors: InvalidInput/unknown_currency, not_positive, precision.
core::Result<std::vector<ledger::Draft>> decide(const Context& context,
                                                const SetRoundingLimit& command);

// Call it once a command, with all by which its records move the account; above zero, to the house.
// Adds the alarm when the balance goes beyond the limit, and its end when it is back.
// Errors: Overflow.
core::Result<> watch_rounding(const Context& context, const std::string& currency,
                              core::Minor moved, Effects& effects);

void apply(State& state, const RoundingLimitSet& body, const ledger::RecordView& record);
void apply(State& state, const RoundingAlarm& body, const ledger::RecordView& record);

}  // namespace engine::currency
