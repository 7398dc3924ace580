#pragma once

#include <string>

#include "engine/context.h"

// Finding what a command names, with the refusal that belongs to it when it is not there.
namespace engine {

struct Symbol;  // engine/instruments_state.h

// Errors: NotFound/unknown_structure.
core::Result<const Structure*> find_structure(const Context& context,
                                              const core::StructureId& structure);
// Errors: NotFound/unknown_structure; Conflict/wrong_model if it is of the other model.
core::Result<const Structure*> find_structure(const Context& context,
                                              const core::StructureId& structure, Model model);
// Errors: NotFound/unknown_client.
core::Result<> require_client(const Context& context, const core::PartyId& client);
// Errors: Conflict/no_mandate.
core::Result<> require_mandate(const Structure& structure, const core::PartyId& client);
// Errors: NotFound/unknown_bank; Conflict/wrong_bank if it belongs to the other ring.
core::Result<> require_bank(const Context& context, const core::BankId& bank, BankRing ring);
// Errors: NotFound/unknown_symbol.
core::Result<const Symbol*> find_symbol(const Context& context, const std::string& symbol);
// The offer of a structure; it exists.
const Offer& offer_of(const Context& context, const Structure& structure);

// Keeps a decision on a manager, by people or by the rules, behind those before it.
void keep_decision(State& state, const RecordDecision& decision);

}  // namespace engine
