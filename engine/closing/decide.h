#pragma once

#include <vector>

#include "core/sha256.h"
#include "engine/closing_commands.h"
#include "engine/closing_records.h"
#include "engine/context.h"
#include "ledger/record.h"

// What the book holds at a moment, fixed in a record.
namespace engine::closing {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Errors: InvalidInput/index_root for a size that is not of this book, or too long ago.
Drafts decide(const Context& context, const CommitIndex& command);

// Errors: InvalidInput/period for an end that is not over yet; Conflict/period_closed if it is not
// after the
//         last period's.
Drafts decide(const Context& context, const ClosePeriod& command);
// Errors: Conflict/period_open unless it is the last one that was closed.
Drafts decide(const Context& context, const ReopenPeriod& command);

// One line of a trial balance: debit positive, in the commodity's smallest unit.
struct TrialLine {
  std::string account;
  std::string commodity;
  core::Minor amount = 0;
};
// SHA-256 of the deterministic CBOR of [[account, commodity, amount], ...], by account, then
// commodity.
core::Hash trial_balance_digest(const std::vector<TrialLine>& lines);

// The first instant that is in no closed period; empty if none is closed.
std::optional<core::Instant> closed_until(const State& state);

void apply(State& state, const PeriodClosed& body, const ledger::RecordView& record);
void apply(State& state, const PeriodReopened& body, const ledger::RecordView& record);

}  // namespace engine::closing
