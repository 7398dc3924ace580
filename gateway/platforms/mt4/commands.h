#pragma once

#include <string>

#include "core/json.h"
#include "gateway/platforms/mt4/classes.h"
#include "gateway/platforms/mt4/statement.h"

namespace gateway::mt4 {

struct CommandOptions {
  std::string structure;  // The structure whose account this is, by id or @name.
  std::string server = "mt4";
  std::string actor;
  std::string approver;  // "" = nobody; late entries need one.
  bool simulated = false;  // Also gives "at", for a book whose clock is simulated.
};

// The statement as commands of the engine: register_symbol, record_deal, record_balance_operation,
// and a record_valuation if the statement gives the equity.
//
// Guarantees: in the order of effective_at, then ticket; a symbol is registered before its first
//             deal; no free text of the statement and no name is in it.
core::json::Array commands(const Statement& statement, const Classes& classes,
                           const CommandOptions& options);

// The statement in one object, for people and scripts: counts, times, and totals as decimals of the
// currency. "balance" is that of the rows, which is also the stated one if there is one; "equity"
// and "statement_time" are null if they are not stated.
core::json::Value describe(const Statement& statement, const Classes& classes);

}  // namespace gateway::mt4
