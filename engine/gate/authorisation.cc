#include "engine/gate/authorisation.h"

namespace engine::gate {
namespace {

bool covers(const RecordDecision& decision, const Context& context, const core::PartyId& manager,
            Model model, Jurisdiction jurisdiction) {
  return decision.manager == manager && decision.model == model &&
         decision.jurisdiction == jurisdiction && decision.valid_from <= context.now &&
         context.now < decision.valid_until;
}

core::Error refused(std::string detail) {
  return core::conflict("not_authorised", "manager", std::move(detail));
}

}  // namespace

core::Result<core::DecisionId> authorisation(const Context& context, const core::PartyId& manager,
                                             Model model, Jurisdiction jurisdiction) {
  // A later decision replaces an earlier one: a BLOCK after an ALLOW suspends.
  for (auto id = context.state.decision_order.rbegin(); id != context.state.decision_order.rend();
       ++id) {
    const RecordDecision& decision = context.state.decisions.at(*id);
    if (!covers(decision, context, manager, model, jurisdiction)) continue;
    if (decision.verdict == Verdict::Allow) return *id;
    return refused("The decision in force is " +
                   std::string(core::EnumNames<Verdict>::names[static_cast<std::size_t>(
                       decision.verdict)]) +
                   ", not allow.");
  }
  return refused("No authorisation decision is in force for this manager, model and jurisdiction; "
                 "record one (record_decision) first.");
}

}  // namespace engine::gate
