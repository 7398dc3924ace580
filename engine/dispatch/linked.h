#pragma once

#include <vector>

#include "core/json.h"
#include "engine/context.h"
#include "engine/linked_commands.h"
#include "ledger/record.h"

// The command that is a list of commands.
namespace engine::dispatch {

inline constexpr std::size_t kLinkedMax = 1000;

// {"commands": [{"command": "deposit", ...}, ...]}: each as it stands alone, without an envelope.
// Errors: InvalidInput/missing_field, too_long, linked_inside for a list in a list; those of the
//         commands, at "commands: item N".
core::Result<core::Bytes> linked_from_json(const core::json::Value& fields,
                                           core::References* references);
core::Result<core::json::Value> linked_to_json(core::ByteView bytes);

// Whether any of them needs an approver.
bool linked_needs_approver(core::ByteView bytes);

// Errors: those of the commands, at "commands: item N".
core::Result<std::vector<ledger::Draft>> decide_linked(const Context& context,
                                                       core::ByteView bytes);

}  // namespace engine::dispatch
