#pragma once

#include <string>

#include "core/json.h"
#include "engine/gate_rules.h"
#include "engine/state.h"

// The form of one cell of a rule pack: what counsel reads before he signs it.
namespace gateway::service {

// {"pack", "cell", "verdict", "sources", "questions", "manager_requires", "broker_requires",
// "papers", "forbidden", "limits", "alerts", "sign"}: everything the cell rests on, names written
// out, and the fields of the command by which the signature is recorded.
// Errors: NotFound/unknown_cell.
core::Result<core::json::Value> cell_form(const engine::RulePack& pack, const std::string& cell);

// The same of a pack that the book has adopted, by its digest, with "signed" if somebody has
// signed it. Errors: NotFound/unknown_pack, unknown_cell.
core::Result<core::json::Value> adopted_cell_form(const engine::State& state,
                                                  const core::Hash& pack, const std::string& cell);

}  // namespace gateway::service
