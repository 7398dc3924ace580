#include "engine/gate/authorisation.h"

#include <algorithm>

#include "engine/gate_state.h"

namespace engine::gate {
namespace {

bool is_about(const RecordDecision& decision, const core::PartyId& manager, Model model,
              Jurisdiction jurisdiction) {
  return decision.manager == manager && decision.model == model &&
         decision.jurisdiction == jurisdiction;
}

bool in_force(const RecordDecision& decision, const Context& context) {
  return decision.valid_from <= context.now && context.now < decision.valid_until;
}

core::Error refused(std::string detail) {
  return core::conflict("not_authorised", "manager", std::move(detail));
}

}  // namespace

core::Result<> require_manager(const Context& context, const core::PartyId& manager) {
  if (context.state.managers.contains(manager)) return core::ok();
  return core::not_found("unknown_manager", "manager", "Register the manager first.");
}

core::Result<core::DecisionId> authorisation(const Context& context, const core::PartyId& manager,
                                             Model model, Jurisdiction jurisdiction) {
  if (context.state.gate->suspended.contains(manager)) {
    return refused("The manager is suspended; what is open can be closed.");
  }
  // A later decision replaces an earlier one: a BLOCK after an ALLOW suspends.
  for (auto id = context.state.decision_order.rbegin(); id != context.state.decision_order.rend();
       ++id) {
    const RecordDecision& decision = context.state.decisions.at(*id);
    if (!is_about(decision, manager, model, jurisdiction)) continue;
    if (!in_force(decision, context)) {
      // One by the rules that has lapsed does not bring back what it replaced.
      if (!context.state.gate->decisions.contains(*id)) continue;
      return refused("The decision has lapsed with what it rested on; decide again.");
    }
    if (decision.verdict == Verdict::Allow) return *id;
    return refused(
        "The decision in force is " +
        std::string(core::EnumNames<Verdict>::names[static_cast<std::size_t>(decision.verdict)]) +
        ", not allow.");
  }
  return refused(
      "No authorisation decision is in force for this manager, model and jurisdiction; "
      "record one (record_decision) first.");
}

bool refused_by_rules(const Context& context, const core::PartyId& manager, Model model,
                      Jurisdiction jurisdiction) {
  const auto& order = context.state.decision_order;
  for (auto id = order.rbegin(); id != order.rend(); ++id) {
    const RecordDecision& decision = context.state.decisions.at(*id);
    if (!is_about(decision, manager, model, jurisdiction)) continue;
    if (context.state.gate->decisions.contains(*id)) return decision.verdict != Verdict::Allow;
  }
  return false;
}

core::Result<core::DecisionId> authorisation(const Context& context, const Structure& structure,
                                             const core::PartyId& client) {
  TRY(const auto decision,
      authorisation(context, structure.manager, structure.model, structure.jurisdiction));
  const auto by_rules = context.state.gate->decisions.find(decision);
  if (by_rules == context.state.gate->decisions.end()) return decision;
  const GateQuestion& asked = by_rules->second.decided.question;
  const RegisterClient& registered = context.state.clients.at(client);
  if (std::ranges::find(asked.categories, registered.category) == asked.categories.end() ||
      std::ranges::find(asked.residences, registered.residence) == asked.residences.end()) {
    return refused("The decision in force did not ask for clients of this category and residence.");
  }
  return decision;
}

Model model_of(GateModel model) {
  switch (model) {
    case GateModel::PammPooled:
    case GateModel::PammSegregated:
      return Model::Pamm;
    case GateModel::Mam:
      return Model::Mam;
    case GateModel::CopyAuto:
      return Model::CopyAutomatic;
    case GateModel::CopyManual:
      break;
  }
  return Model::CopyConfirmed;
}

Jurisdiction jurisdiction_of(std::string_view profile) {
  const auto& names = core::EnumNames<Jurisdiction>::names;
  const auto found = std::ranges::find(names, profile);
  if (found == names.end()) return Jurisdiction::Offshore;
  return static_cast<Jurisdiction>(found - names.begin());
}

}  // namespace engine::gate
