#pragma once

#include <string>

#include "engine/context.h"
#include "engine/instruments_state.h"

// What a symbol was at a moment.
namespace engine::instruments {

// The registered spelling of a symbol or of an alias. Errors: NotFound/unknown_symbol.
core::Result<std::string> registered_name(const State& state, const std::string& symbol);

// The contract in force at an instant, by symbol or alias; null if none was set for then.
// Errors: NotFound/unknown_symbol.
core::Result<const ContractVersion*> contract_at(const State& state, const std::string& symbol,
                                                 core::Instant at);

// The same where one is needed. Errors: also Conflict/no_contract at `symbol`.
core::Result<const ContractVersion*> require_contract(const State& state, const std::string& symbol,
                                                      core::Instant at);

}  // namespace engine::instruments
