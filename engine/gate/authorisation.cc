#include "engine/gate/authorisation.h"

#include <algorithm>

#include "engine/gate/ahead.h"
#include "engine/gate/decision.h"
#include "engine/gate/lists.h"
#include "engine/gate/screening.h"
#include "engine/gate_state.h"

namespace engine::gate {
namespace {

core::Error refused(std::string detail) {
  return core::conflict("not_authorised", "manager", std::move(detail));
}

bool is_within(const RecordDecision& decision, core::Instant now) {
  return decision.valid_from <= now && now < decision.valid_until;
}

const GateDecision* rules_said(const State& state, const core::DecisionId& decision) {
  const auto found = state.gate->decisions.find(decision);
  return found == state.gate->decisions.end() ? nullptr : &found->second;
}

core::Result<core::DecisionId> say(const RecordDecision& decision) {
  if (decision.verdict == Verdict::Allow) return decision.decision;
  return refused(
      "The decision in force is " +
      std::string(core::EnumNames<Verdict>::names[static_cast<std::size_t>(decision.verdict)]) +
      ", not allow.");
}

template <class T>
bool has(const std::vector<T>& items, const T& item) {
  return std::ranges::find(items, item) != items.end();
}

core::Result<> require_released(const State& state, const core::PartyId& party,
                                std::string_view field) {
  if (outcome_of(state, party) == ScreeningOutcome::Clear) return core::ok();
  return core::conflict("not_authorised", std::string(field),
                        "A screening found somebody like this; two people release it first "
                        "(release_candidate).");
}

}  // namespace

core::Result<> require_manager(const Context& context, const core::PartyId& manager) {
  if (context.state.managers.contains(manager)) return core::ok();
  return core::not_found("unknown_manager", "manager", "Register the manager first.");
}

bool rules_have_begun(const State& state, core::Instant now) {
  const core::Date today = core::utc_date(now);
  return std::ranges::any_of(state.gate->packs,
                             [&](const AdoptedPack& one) { return one.pack.from <= today; });
}

core::Result<core::DecisionId> decision_in_force(const State& state, core::Instant now,
                                                 const core::PartyId& manager, GateModel model,
                                                 Jurisdiction jurisdiction) {
  const auto all = state.gate->decided_on.find(manager);
  std::optional<core::Instant> lapsed;  // From when on the allow counted that has lapsed.
  // A later decision replaces an earlier one: a BLOCK after an ALLOW suspends.
  for (std::size_t i = all == state.gate->decided_on.end() ? 0 : all->second.size(); i > 0; --i) {
    const RecordDecision& decision = state.decisions.at(all->second[i - 1]);
    if (decision.model != model_of(model) || decision.jurisdiction != jurisdiction) continue;
    const GateDecision* decided = rules_said(state, decision.decision);
    if (decided == nullptr) {
      const bool counts = is_within(decision, now) &&
                          (decision.verdict != Verdict::Allow || !rules_have_begun(state, now));
      if (!counts || lapsed) continue;
      return say(decision);
    }
    if (decided->decided.question.model != model) continue;
    if (now < decision.valid_from) continue;  // Decided ahead: until its day it replaces nothing.
    // One that has lapsed does not bring back what it replaced: all before it, but for what was
    // decided ahead for a later day.
    if (lapsed && decision.valid_from <= *lapsed) continue;
    if (!has_lapsed(state, *decided, now)) return say(decision);
    lapsed = decision.valid_from;
    if (!state.gate->ahead.contains(manager)) break;
  }
  if (lapsed) return refused("The decision has lapsed with what it rested on; decide again.");
  return refused(
      rules_have_begun(state, now)
          ? "No decision by the rules is in force for this manager, model and jurisdiction; "
            "decide (decide_authorisation) first."
          : "No authorisation decision is in force for this manager, model and jurisdiction; "
            "record one (record_decision) first.");
}

core::Result<> require_unopposed(const State& state, const core::PartyId& manager) {
  if (state.gate->suspended.contains(manager)) {
    return refused("The manager is suspended; what is open can be closed.");
  }
  return require_released(state, manager, "manager");
}

core::Result<core::DecisionId> authorisation(const Context& context, const core::PartyId& manager,
                                             GateModel model, Jurisdiction jurisdiction) {
  TRY(require_unopposed(context.state, manager));
  TRY(const auto decision,
      decision_in_force(context.state, context.now, manager, model, jurisdiction));
  const GateDecision* decided = rules_said(context.state, decision);
  if (decided == nullptr || context.state.gate->live.contains(decided->question)) return decision;
  return refused("The case on the decision's question has not gone live (open_case, go_live).");
}

core::Result<core::DecisionId> authorisation(const Context& context,
                                             const core::StructureId& structure) {
  const Structure& asked = context.state.structures.at(structure);
  const GateModel model =
      gate_model_of(asked.model, context.state.gate->segregated.contains(structure));
  return authorisation(context, asked.manager, model, asked.jurisdiction);
}

core::Result<core::DecisionId> authorisation(const Context& context,
                                             const core::StructureId& structure,
                                             const core::PartyId& client) {
  TRY(const auto decision, authorisation(context, structure));
  const RegisterClient& registered = context.state.clients.at(client);
  TRY(require_released(context.state, client, "client"));
  for (const core::PartyId& holder : registered.holders) {
    TRY(require_released(context.state, holder, "client"));
  }
  if (rules_said(context.state, decision) != nullptr) {
    TRY(require_ever_compared(context.state, client, "client"));
    for (const core::PartyId& holder : registered.holders) {
      if (!context.state.clients.contains(holder)) continue;
      TRY(require_ever_compared(context.state, holder, "client"));
    }
  }
  if (asked_for(context.state, decision, client)) return decision;
  return refused(
      "The decision in force did not ask for clients of this category, residence and other "
      "countries.");
}

bool asked_for(const State& state, const core::DecisionId& decision, const core::PartyId& client) {
  const GateDecision* decided = rules_said(state, decision);
  if (decided == nullptr) return true;
  const GateQuestion& asked = decided->decided.question;
  const RegisterClient& registered = state.clients.at(client);
  const bool countries = std::ranges::all_of(registered.other_countries, [&](const auto& country) {
    return has(asked.residences, country) || has(asked.other_countries, country);
  });
  return countries && has(asked.categories, registered.category) &&
         has(asked.residences, registered.residence);
}

core::Result<> require_product(const State& state, const core::DecisionId& decision,
                               const ContractVersion* contract) {
  const GateDecision* decided = rules_said(state, decision);
  if (decided == nullptr) return core::ok();
  const auto& asked = decided->decided.question.instruments;
  if (asked.size() == core::EnumNames<GateInstrument>::names.size()) return core::ok();
  if (contract == nullptr || !contract->spec.product) {
    return core::conflict("not_authorised", "symbol",
                          "The decision in force is for some instruments: say what this one is "
                          "(set_contract, product).");
  }
  if (has(asked, *contract->spec.product)) return core::ok();
  return core::conflict("not_authorised", "symbol",
                        "The decision in force did not ask for this kind of instrument.");
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

GateModel gate_model_of(Model model, bool segregated) {
  switch (model) {
    case Model::Pamm:
      return segregated ? GateModel::PammSegregated : GateModel::PammPooled;
    case Model::Mam:
      return GateModel::Mam;
    case Model::CopyAutomatic:
      return GateModel::CopyAuto;
    case Model::CopyConfirmed:
      break;
  }
  return GateModel::CopyManual;
}

Jurisdiction jurisdiction_of(std::string_view profile) {
  const auto& names = core::EnumNames<Jurisdiction>::names;
  const auto found = std::ranges::find(names, profile);
  if (found == names.end()) return Jurisdiction::Offshore;
  return static_cast<Jurisdiction>(found - names.begin());
}

}  // namespace engine::gate
