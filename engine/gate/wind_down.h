#pragma once

#include <optional>

#include "engine/casework_records.h"
#include "engine/context.h"
#include "engine/gate/decide.h"
#include "engine/gate_state.h"

// The firm's own desk closes what a suspended manager left open. Source: ruling 1 on suspensions:
// after some hours, under a record of two people; docs/runbooks/onboarding.md.
namespace engine::gate {

// Hours between a suspension and its winding down, where the firm set none. Ours: no authority
// names a number.
constexpr std::uint64_t kWindDownHours = 24;

// From when on it may begin. Absent: the manager is not suspended.
std::optional<core::Instant> wind_down_from(const GateBook& book, const core::PartyId& manager);

// Errors: InvalidInput/hours_range above 8,784, a year.
Drafts decide(const Context& context, const SetWindDown& command);
// Errors: Conflict/not_suspended; exists if it has begun; too_early before wind_down_from().
Drafts decide(const Context& context, const BeginWindDown& command);

void apply(State& state, const WindDownSet& body, const ledger::RecordView& record);
// It ends with the suspension.
void apply(State& state, const WindDownBegun& body, const ledger::RecordView& record);

}  // namespace engine::gate
