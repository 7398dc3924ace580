#pragma once

#include <string>

#include "core/json.h"
#include "core/time.h"
#include "engine/payout_commands.h"
#include "gateway/service/book.h"

// What partners are told, and who pays them: trees, statements, batches.
namespace gateway::service {

// All partners under programmes, each with his parent and assignment as of an instant and what he
// earned in each currency.
core::json::Value partner_tree(const engine::State& state, core::Instant at);

// A partner's records that took effect in [from, to), in order: each line names its deal, level,
// programme and version; the deal's own record has rates, gates and caps.
// Errors: those of query_history().
core::Result<core::json::Value> partner_statement(const BookView& view,
                                                  const core::PartyId& partner, core::Instant from,
                                                  core::Instant to);
// Names each record's currency: its own, or its structure's.
void name_currencies(const engine::State& state, core::json::Value& statement);
// The same lines as a table: a header, then one line each. All money in whole units of the currency
// that was named for the record, 12.50 for 1250 cents; none where none was.
std::string statement_to_csv(const core::json::Value& statement);

// A batch with what each partner has in it, and the comparisons with trade servers that are open.
// Errors: NotFound/unknown_batch.
core::Result<core::json::Value> partner_batch(const engine::State& state,
                                              const engine::BatchId& batch);

}  // namespace gateway::service
