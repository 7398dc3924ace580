#pragma once

#include <string_view>

#include "engine/context.h"
#include "engine/gate_choices.h"

namespace engine::gate {

// The decision by which a manager may act now for a model in a jurisdiction: the latest recorded
// one that covers the moment. Anything but ALLOW is a refusal; so is none, a suspension, and a
// decision by the rules whose time is over, whatever there was before it.
//
// Errors: Conflict/not_authorised with what is missing.
// Source: docs/architecture.md, "The gate".
core::Result<core::DecisionId> authorisation(const Context& context, const core::PartyId& manager,
                                             Model model, Jurisdiction jurisdiction);

// The same for one client: a decision by the rules must have asked for his category and residence.
//
// Errors: Conflict/not_authorised.
core::Result<core::DecisionId> authorisation(const Context& context, const Structure& structure,
                                             const core::PartyId& client);

// Whether the newest decision by the rules on the manager, model and jurisdiction was no ALLOW. People
// may be stricter than the rules (record_decision), and not more lenient.
bool refused_by_rules(const Context& context, const core::PartyId& manager, Model model,
                      Jurisdiction jurisdiction);

// Errors: NotFound/unknown_manager.
core::Result<> require_manager(const Context& context, const core::PartyId& manager);

// As the engine runs it.
Model model_of(GateModel model);
// Of a book's profile.
Jurisdiction jurisdiction_of(std::string_view profile);

}  // namespace engine::gate
