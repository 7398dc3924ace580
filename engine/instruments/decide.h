#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/instrument_records.h"
#include "ledger/record.h"

// Versions of contracts and other spellings of symbols.
namespace engine::instruments {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// A version may begin in the past (a contract that was changed at the platform and told late): what
// is recorded already keeps what it was decided with.
//
// Errors: NotFound/unknown_symbol; InvalidInput/contract, lot_step, rate_range, unknown_currency.
Drafts decide(const Context& context, const SetContract& command);
// Errors: NotFound/unknown_symbol; Conflict/exists; InvalidInput/symbol.
Drafts decide(const Context& context, const AliasSymbol& command);

void apply(State& state, const ContractChanged& body, const ledger::RecordView& record);
void apply(State& state, const SymbolAliased& body, const ledger::RecordView& record);

}  // namespace engine::instruments
