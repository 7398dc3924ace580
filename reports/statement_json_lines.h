#pragma once

#include "core/json.h"
#include "reports/statement_model.h"

// The lists of a statement as JSON; each line with the record that proves it.
namespace reports::statement_json_lines {

core::json::Value money(const Statement& statement, Minor minor);
// `seq` and `at`, to which the line's own members are added.
core::json::Object line_of(const Evidence& evidence);
// Null for what is absent.
core::json::Value account_of(const std::optional<core::AccountId>& account);
core::json::Value instant_of(const std::optional<core::Instant>& at);

core::json::Array flows(const Statement& statement);
core::json::Array results(const Statement& statement);
core::json::Object fees(const Statement& statement);
core::json::Object income(const Statement& statement);
core::json::Array rebates(const Statement& statement);
core::json::Array adjustments(const Statement& statement);
core::json::Array transactions(const Statement& statement);
core::json::Array copies(const Statement& statement);
core::json::Object positions(const Statement& statement);
core::json::Object cash(const Statement& statement);
core::json::Array valuations(const Statement& statement);

}  // namespace reports::statement_json_lines
