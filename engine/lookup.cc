#include "engine/lookup.h"

#include "core/check.h"
#include "engine/gate_state.h"
#include "engine/instruments_state.h"

namespace engine {

core::Result<const Structure*> find_structure(const Context& context,
                                              const core::StructureId& structure) {
  const auto found = context.state.structures.find(structure);
  if (found != context.state.structures.end()) return &found->second;
  return core::not_found("unknown_structure", "structure", "Open the structure first.");
}

core::Result<const Structure*> find_structure(const Context& context,
                                              const core::StructureId& structure, Model model) {
  TRY(const Structure* found, find_structure(context, structure));
  if (found->model == model) return found;
  return core::conflict("wrong_model", "structure",
                        "This command is for structures of the other model.");
}

core::Result<> require_client(const Context& context, const core::PartyId& client) {
  if (context.state.clients.contains(client)) return core::ok();
  return core::not_found("unknown_client", "client", "Register the client first.");
}

core::Result<> require_mandate(const Structure& structure, const core::PartyId& client) {
  if (structure.mandates.contains(client)) return core::ok();
  return core::conflict("no_mandate", "client",
                        "The client has not accepted the mandate of this structure.");
}

core::Result<> require_bank(const Context& context, const core::BankId& bank, BankRing ring) {
  const auto found = context.state.banks.find(bank);
  if (found == context.state.banks.end()) {
    return core::not_found("unknown_bank", "bank", "Register the bank account first.");
  }
  if (found->second == ring) return core::ok();
  return core::conflict("wrong_bank", "bank",
                        ring == BankRing::ClientMoney ? "A client money bank account is needed."
                                                      : "A bank account of the house is needed.");
}

core::Result<const Symbol*> find_symbol(const Context& context, const std::string& symbol) {
  const auto found = context.state.instruments->symbols.find(symbol);
  if (found != context.state.instruments->symbols.end()) return &found->second;
  return core::not_found("unknown_symbol", "symbol", "Register the symbol first.");
}

const Offer& offer_of(const Context& context, const Structure& structure) {
  const auto found = context.state.offers.find(structure.offer);
  CHECK(found != context.state.offers.end());
  return found->second;
}

void keep_decision(State& state, const RecordDecision& decision) {
  state.decisions[decision.decision] = decision;
  state.decision_order.push_back(decision.decision);
  state.gate->decided_on[decision.manager].push_back(decision.decision);
}

}  // namespace engine
