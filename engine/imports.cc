#include "engine/imports.h"

namespace engine {

core::Result<> check_not_migrating(const State& state, const Structure& structure) {
  if (!structure.migration || state.migrations.at(*structure.migration).certified) {
    return core::ok();
  }
  return core::conflict("migration_open", "structure",
                        "Its investors are being taken over: nothing is priced before "
                        "complete_migration.");
}

bool blocks_crystallisation(const Structure& structure, const core::PartyId& client) {
  return structure.asserted.contains(client);
}

}  // namespace engine
