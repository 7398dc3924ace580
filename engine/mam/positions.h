#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/mam_state.h"
#include "engine/position_commands.h"

// What a group has open of a symbol on one side.
namespace engine::mam {

// The open orders of a structure in a symbol (its registered name), oldest first.
std::vector<std::pair<core::OrderId, const Order*>> open_orders(const Context& context,
                                                                const core::StructureId& structure,
                                                                const std::string& symbol);

// The same of one side. Errors: Conflict/no_position if there are none; Conflict/not_allocated.
core::Result<std::vector<std::pair<core::OrderId, const Order*>>> open_position(
    const Context& context, const core::StructureId& structure, const std::string& symbol,
    Side side);

// Closes so much of a position, each account by what it has open of it, its oldest orders first;
// the command's symbol is the registered name. For whoever asks for it: a command, or a fill that
// nets. Errors: those of close_position (engine/mam/decide.h) but of the position itself.
core::Result<> add_position_close(const Context& context, const ClosePosition& command,
                                  const std::vector<std::pair<core::OrderId, const Order*>>& orders,
                                  Effects& effects);

// An account's open volume of several orders, in 1e-8 lots.
struct Holding {
  core::AccountId account;
  core::PartyId client;
  std::uint64_t ordinal = 0;
  core::Minor volume = 0;
};

// What each account has open of the orders, in order of registration. Errors: Overflow.
core::Result<std::vector<Holding>> holdings_of(
    const Context& context, const std::vector<std::pair<core::OrderId, const Order*>>& orders);

// Whether a platform's id of an event on a position was not used before.
// Errors: Conflict/duplicate_event at `field`.
core::Result<> check_event(const Context& context, const core::StructureId& structure,
                           const std::string& id, std::string_view field);

}  // namespace engine::mam
