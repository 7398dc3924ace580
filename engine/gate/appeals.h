#pragma once

#include "core/result.h"
#include "engine/gate_state.h"
#include "engine/state.h"

// What an appeal needs before it is decided.
namespace engine::gate {

// Evidence on the manager or the firm that came after the decision and is an answer.
//
// Errors: Conflict/no_new_evidence.
core::Result<> require_new_evidence(const State& state, const GateDecision& appealed);

}  // namespace engine::gate
