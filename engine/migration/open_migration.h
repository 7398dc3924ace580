#pragma once

#include "engine/context.h"

namespace engine::migration {

// Errors: NotFound/unknown_migration; Conflict/migration_complete.
core::Result<const Migration*> find_open(const State& state, const MigrationId& migration);

// Marks of a strategy are one for each investor, and two are never added up.
// Errors: Conflict/mark_exists.
core::Result<> check_no_mark(const Context& context, const Structure& structure,
                             const core::PartyId& client);

}  // namespace engine::migration
