#pragma once

#include "core/json.h"
#include "engine/linked_commands.h"

// A command that stands inside another one: in a list, or in a proposal.
namespace engine::dispatch {

// {"command": "deposit", ...}: as it stands alone, without an envelope.
// Errors: InvalidInput/wrong_type, missing_field, unknown_command; those of the command.
core::Result<LinkedCommand> inner_from_json(const core::json::Value& value,
                                            core::References* references);
core::Result<core::json::Value> inner_to_json(std::string_view type, core::ByteView fields);

}  // namespace engine::dispatch
