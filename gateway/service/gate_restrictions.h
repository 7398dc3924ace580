#pragma once

#include "core/json.h"
#include "engine/gate_records.h"
#include "engine/state.h"

// What stands in evidence beside what rules ask for.
namespace gateway::service {

// [{"of", "seq", "kind", "source", "reference", "about", "text"}]: limitations of permissions,
// requirements and restrictions of licences that hold now, in the evidence that the answer used;
// each once. They do not change the verdict: a person reads them.
core::json::Array restrictions_in(const engine::State& state, const core::PartyId& manager,
                                  const engine::GateAnswer& answer, core::Instant now);

}  // namespace gateway::service
