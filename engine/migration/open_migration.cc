#include "engine/migration/open_migration.h"

#include "engine/accounts.h"

namespace engine::migration {

core::Result<const Migration*> find_open(const State& state, const MigrationId& migration) {
  const auto found = state.migrations.find(migration);
  if (found == state.migrations.end()) {
    return core::not_found("unknown_migration", "migration", "Begin the migration first.");
  }
  if (!found->second.certified) return &found->second;
  return core::conflict("migration_complete", "migration", "The certificate was issued already.");
}

core::Result<> check_no_mark(const Context& context, const Structure& structure,
                             const core::PartyId& client) {
  const std::string code = accounts::mark_code(structure.currency);
  const bool none =
      context.books.balance(accounts::mark(structure.strategy, client), code) == 0 &&
      context.books.balance(accounts::released(structure.strategy, client), code) == 0;
  if (none) return core::ok();
  return core::conflict("mark_exists", "client",
                        "He has a mark of this strategy here already, and marks do not add up; "
                        "open the structure on a strategy of its own.");
}

}  // namespace engine::migration
