#pragma once

#include <string_view>

#include "engine/context.h"
#include "engine/gate_choices.h"
#include "engine/instruments_state.h"

// Whether a manager may act. Source: docs/architecture.md, "The gate";
// docs/decisions/0044-what-a-decision-opens.md.
namespace engine::gate {

// The newest decision that counts for a model of the gate in a jurisdiction, if it allows. One by
// the rules counts for its own model, one by people for both kinds of pools. An allow by the rules
// counts while the rules it was made by are those in force; one by people until rules begin.
// Anything but ALLOW is a refusal; so is none, and one by the rules whose time is over, whatever
// there was before it, unless it was made ahead for a later day: that counts from its day on.
//
// Errors: Conflict/not_authorised at `manager`, with what is missing.
core::Result<core::DecisionId> decision_in_force(const State& state, core::Instant now,
                                                 const core::PartyId& manager, GateModel model,
                                                 Jurisdiction jurisdiction);

// That he is not suspended, and that nobody whom a screening found in his place stands unreleased.
// Errors: Conflict/not_authorised at `manager`.
core::Result<> require_unopposed(const State& state, const core::PartyId& manager);

// The decision by which a manager may act now: the one in force. One by the rules opens nothing
// before the case on its question went live. Refused while something stands against the manager.
//
// Errors: Conflict/not_authorised at `manager`.
core::Result<core::DecisionId> authorisation(const Context& context, const core::PartyId& manager,
                                             GateModel model, Jurisdiction jurisdiction);

// The same for a structure; it exists.
core::Result<core::DecisionId> authorisation(const Context& context,
                                             const core::StructureId& structure);

// The same for one client: a decision by the rules must have asked for his category and residence,
// and what a screening found of him or his holders must be released.
//
// Errors: Conflict/not_authorised at `manager` or `client`.
core::Result<core::DecisionId> authorisation(const Context& context,
                                             const core::StructureId& structure,
                                             const core::PartyId& client);

// Whether a decision asked for clients of his category, residence and other countries; one by
// people is about all.
bool asked_for(const State& state, const core::DecisionId& decision, const core::PartyId& client);

// The same for something to be traded: a decision by the rules must have asked for what its
// contract is in law. Null: it has none.
//
// Errors: Conflict/not_authorised at `manager` or `symbol`.
core::Result<> require_product(const State& state, const core::DecisionId& decision,
                               const ContractVersion* contract);

// Whether a pack's first day has come: from then on only the rules allow, and people refuse.
bool rules_have_begun(const State& state, core::Instant now);

// Errors: NotFound/unknown_manager.
core::Result<> require_manager(const Context& context, const core::PartyId& manager);

// As the engine runs it.
Model model_of(GateModel model);
// As the gate asks for it; of pools only some are over clients' own accounts.
GateModel gate_model_of(Model model, bool segregated);
// Of a book's profile.
Jurisdiction jurisdiction_of(std::string_view profile);

}  // namespace engine::gate
