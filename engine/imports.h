#pragma once

#include "engine/state.h"

// What a pool that is taken over from elsewhere may not do yet. Source:
// docs/decisions/0028-migration.md.
namespace engine {

// Nothing is priced before the certificate. Errors: Conflict/migration_open.
core::Result<> check_not_migrating(const State& state, const Structure& structure);

// Whether the investor's mark is only asserted: no performance fee is taken from him until it is
// matched with a statement, or until two people accept it by a stated method.
bool blocks_crystallisation(const Structure& structure, const core::PartyId& client);

}  // namespace engine
