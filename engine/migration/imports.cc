#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/lookup.h"
#include "engine/migration/decide.h"
#include "engine/migration/open_migration.h"
#include "engine/migration/rows.h"

namespace engine::migration {
namespace {

core::Result<> check_offer(const State& state, const Structure& structure,
                           const core::OfferId& id) {
  const auto offer = state.offers.find(id);
  if (offer == state.offers.end()) {
    return core::not_found("unknown_offer", "offer", "Publish the version that he accepted first.");
  }
  if (offer->second.model == structure.model && offer->second.currency == structure.currency) {
    return core::ok();
  }
  return core::conflict("wrong_offer", "offer",
                        "An offer of the structure's model and currency is needed.");
}

// One row of the file for each investor, and one investor for each row.
core::Result<> check_source(const Migration& migration, const ImportInvestor& command) {
  if (command.source.document != migration.begun.source_document) {
    return core::conflict("wrong_source", "source: document",
                          "The row is of another file than the migration's.");
  }
  const auto row = migration.rows.find(command.source.row);
  if (row == migration.rows.end() || row->second.row.client == command.client) return core::ok();
  return core::conflict("wrong_source", "source: row", "This row is another investor's.");
}

}  // namespace

Drafts decide(const Context& context, const ImportInvestor& command) {
  TRY(const Migration* migration, find_open(context.state, command.migration));
  const auto& id = migration->begun.structure;
  TRY(const Structure* structure, find_structure(context, id, Model::Pamm));
  TRY(require_client(context, command.client));
  TRY(require_mandate(*structure, command.client));
  TRY(check_offer(context.state, *structure, command.offer));
  TRY(check_source(*migration, command));
  TRY(check_no_mark(context, *structure, command.client));
  TRY(const auto import, read_row(migration->begun, structure->currency, command));
  Effects effects(context.effective_at);
  effects.add(import, {}, {command.client.bytes, id.bytes}).documents = {command.source.document};
  return effects.take();
}

void apply(State& state, const InvestorImported& body, const ledger::RecordView&) {
  Migration& migration = state.migrations.at(body.row.migration);
  const auto before = migration.row_of.find(body.row.client);
  if (before != migration.row_of.end()) migration.rows.erase(before->second);
  migration.row_of[body.row.client] = body.row.source.row;
  migration.rows[body.row.source.row] = body;
}

}  // namespace engine::migration
