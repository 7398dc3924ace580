#pragma once

#include <optional>
#include <string_view>

#include "core/json.h"
#include "engine/state.h"
#include "ledger/record.h"

namespace engine::dispatch {

// Folds a record into the state. Kinds the engine does not know are left alone.
//
// Errors: Corrupt/engine_record if a known kind's body cannot be read or names what does not exist.
core::Result<> apply(State& state, const ledger::RecordView& record);

// Whether records of this kind change what the engine knows, rather than balances alone.
bool changes_state(std::uint64_t kind);

// A record for people and programs: its fields, and its body by name. A body of unknown kind or
// version is shown as hex and marked "interpreted": false.
core::json::Value record_to_json(const ledger::RecordView& record);

// The kind of that name ("cash_moved"), and a kind's name; empty if this program knows none.
std::optional<std::uint64_t> kind_named(std::string_view name);
std::string_view kind_name(std::uint64_t kind);

}  // namespace engine::dispatch
