#pragma once

#include <string_view>

#include "engine/context.h"
#include "engine/instrument_commands.h"
#include "engine/mam_commands.h"

// Commands of one person that need a second one once rules have begun, for what they change.
// Source: docs/decisions/0052-contracts-and-participations-under-rules.md (contracts, accounts of
// groups) and 0055-nobody-is-clear-unseen.md (lists that shrank); a client's country is withdrawn
// by two, since one may note it.
namespace engine::dispatch {

// Whether some commands of the type may; the others are known by their type alone.
bool may_need_by_rules(std::string_view type);

// Whether this one does. A command that cannot be read does.
bool needs_by_rules(const State& state, core::Instant now, std::string_view type,
                    core::ByteView fields);

// Whether a contract says another thing of what the symbol is in law or on than the one in force
// from the same instant on; a symbol's first one, if it says anything. One whose symbol is not
// registered (yet) does.
bool says_another(const State& state, const SetContract& command);

// Whether terms widen a limit, make an account the overflow account, or change whose it is.
bool widens(const State& state, const SetParticipation& command);

}  // namespace engine::dispatch
