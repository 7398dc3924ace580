#pragma once

#include <map>
#include <optional>

#include "engine/gate/decision.h"

// Decisions by the rules that are made before the day from which they count.
// Source: docs/decisions/0050-deciding-ahead.md.
namespace engine::gate {

// As of when a question is answered: now, or the first moment of the day from which the answer is
// to count.
//
// Errors: InvalidInput/not_ahead for a day that is over; Conflict/not_ahead if the pack of that
// day,
//         of those adopted by now, does not begin after today.
core::Result<core::Instant> answered_as_of(const State& state, core::Instant now,
                                           const std::optional<core::Date>& from);

// Only an allow ends by itself: with what it rests on, and with the rules that it was made by.
bool has_lapsed(const State& state, const GateDecision& decision, core::Instant now);

// The newest decisions by the rules on a manager whose day has come, by model, whatever they say,
// in the order in which decision_in_force() asks them.
std::map<GateModel, core::DecisionId> newest_by_rules(const State& state,
                                                      const core::PartyId& manager,
                                                      core::Instant now);

// The decision that was made ahead on a question and will allow, on its day, by what is known; the
// nearest day's if there are several.
std::optional<core::DecisionId> allowed_ahead(const State& state, const GateQuestion& question,
                                              core::Instant now);

// The first day after today on which other rules count, of those that are adopted; absent: none.
std::optional<core::Date> rules_change(const State& state, core::Instant now);

}  // namespace engine::gate
