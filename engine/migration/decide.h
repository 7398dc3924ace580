#pragma once

#include <vector>

#include "engine/context.h"
#include "ledger/record.h"

// Taking over a pool with its investors: rows first, then one certificate with all opening entries.
// Source: docs/decisions/0028-migration.md.
namespace engine::migration {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// The gate is asked here alone: what was begun can be ended, whatever happens to the manager or to
// one of the investors meanwhile.
// Errors: Conflict/exists, not_authorised; NotFound/unknown_structure, unknown_bank;
//         Conflict/wrong_model, wrong_bank; Conflict/not_imported; Conflict/already_priced;
//         Conflict/migration_open if there is another; InvalidInput/cut_over; those of amounts.
Drafts decide(const Context& context, const BeginMigration& command);
// Errors: NotFound/unknown_migration, unknown_client, unknown_offer; Conflict/no_mandate;
//         Conflict/migration_complete; Conflict/wrong_offer; Conflict/wrong_source if the row is of
//         another file, or another investor's; Conflict/mark_exists; InvalidInput/import_mark,
//         import_units, import_dates; those of amounts.
Drafts decide(const Context& context, const ImportInvestor& command);
// Errors: NotFound/unknown_migration; Conflict/migration_complete, already_priced, mark_exists;
//         Conflict/migration_totals with the total that does not fit; Conflict/digest_differs.
Drafts decide(const Context& context, const CompleteMigration& command);
// Errors: NotFound/unknown_structure; Conflict/wrong_model; Conflict/not_asserted;
// Conflict/mark_differs.
Drafts decide(const Context& context, const MatchImport& command);
// Errors: as above without mark_differs.
Drafts decide(const Context& context, const AcceptImport& command);

void apply(State& state, const MigrationBegun& body, const ledger::RecordView& record);
void apply(State& state, const InvestorImported& body, const ledger::RecordView& record);
void apply(State& state, const MigrationCertificate& body, const ledger::RecordView& record);
void apply(State& state, const InvestorOpened& body, const ledger::RecordView& record);
void apply(State& state, const ImportMatched& body, const ledger::RecordView& record);
void apply(State& state, const ImportAccepted& body, const ledger::RecordView& record);

}  // namespace engine::migration
