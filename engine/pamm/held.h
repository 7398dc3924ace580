#pragma once

#include "engine/context.h"
#include "engine/effects.h"

namespace engine::pamm {

// What a platform's balance must be, for the pool's records: undistributed and retained results and
// all settled balances. Errors: Overflow.
core::Result<core::Minor> expected_balance(const Context& context, const core::StructureId& id,
                                           const Structure& pool);

// Says of rollovers that are held for an hour, and again after 36, that they are overdue.
// Source: managed accounts, ruling 12.
void expire(const Context& context, Effects& effects);
bool has_expired(const State& state, core::Instant now);

}  // namespace engine::pamm
