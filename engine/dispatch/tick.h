#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/reservation_commands.h"
#include "ledger/record.h"

namespace engine::dispatch {

// Ends everything whose time is over: reservations and proposals. Errors: Conflict/nothing_expired.
core::Result<std::vector<ledger::Draft>> decide(const Context& context, const Tick& command);

// Whether a tick recorded at `now` would end anything.
bool has_expired(const State& state, core::Instant now);

}  // namespace engine::dispatch
