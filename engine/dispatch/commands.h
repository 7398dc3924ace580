#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/context.h"
#include "ledger/record.h"

namespace engine::dispatch {

// Where a command may stand: anywhere; in a proposal, but in no list; or on its own only.
enum class Placing { Anywhere, NotInList, OnItsOwn };

// What the engine does with one type of command. The bytes are the deterministic CBOR of the typed
// command, the same from every interface.
struct CommandType {
  std::string_view type;
  bool always_needs_approver = false;
  Placing placing = Placing::Anywhere;
  bool service_only = false;  // Only the service makes it; people may sign it.
  core::Result<core::Bytes> (*from_json)(const core::json::Value& fields,
                                         core::References* references);
  core::Result<core::json::Value> (*to_json)(core::ByteView bytes);
  core::Result<std::vector<ledger::Draft>> (*decide)(const Context& context, core::ByteView bytes);
  std::vector<std::string_view> (*field_names)();
};

// Whether the command must name a second person; for a list, whether any of its commands must.
bool needs_approver(const CommandType& type, core::ByteView bytes);

// Errors: InvalidInput/service_command for one that only the service makes.
core::Result<> check_sender(const CommandType& type);

// Every command type, by name.
std::span<const CommandType> command_types();

// Errors: InvalidInput/unknown_command.
core::Result<const CommandType*> find_command(std::string_view type);

}  // namespace engine::dispatch
