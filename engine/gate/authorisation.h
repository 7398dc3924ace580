#pragma once

#include "engine/context.h"

namespace engine::gate {

// The decision by which a manager may act now for a model in a jurisdiction: the latest recorded one
// that covers the moment. Anything but ALLOW is a refusal; so is none.
//
// Errors: Conflict/not_authorised with what is missing.
// Source: docs/architecture.md, "The gate".
core::Result<core::DecisionId> authorisation(const Context& context, const core::PartyId& manager,
                                             Model model, Jurisdiction jurisdiction);

}  // namespace engine::gate
