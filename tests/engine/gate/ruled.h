#pragma once

#include <utility>

#include "tests/engine/gate/gate_world.h"

namespace tests {

// Makes the newest decision of a book one by the rules of the first pack, on a case that went live.
inline void decide_by_rules(engine::State& state, engine::GateModel model) {
  const core::DecisionId decision = state.decision_order.back();
  const core::PartyId manager = state.decisions.at(decision).manager;
  engine::RulePack pack = first_pack();
  pack.from = {0};  // Books of tests begin in 1970.
  const core::Hash hash = engine::gate::hash_of(pack);
  state.gate->packs.push_back({hash, std::move(pack), {0}});
  engine::AuthorisationDecided decided;
  decided.decision = decision;
  decided.question.manager = manager;
  decided.question.model = model;
  decided.question.categories = {engine::ClientCategory::Retail,
                                 engine::ClientCategory::Professional,
                                 engine::ClientCategory::EligibleCounterparty};
  for (const auto& [id, client] : state.clients) {
    decided.question.residences.push_back(client.residence);
    state.gate->screenings[id]["un"] = {};  // Compared once, and nobody was like him.
  }
  for (std::size_t i = 0; i < core::EnumNames<engine::GateInstrument>::names.size(); ++i) {
    decided.question.instruments.push_back(static_cast<engine::GateInstrument>(i));
  }
  decided.answer.verdict = engine::Verdict::Allow;
  decided.answer.pack = hash;
  decided.answer.as_of = at("2026-11-26T12:00:00Z");
  const core::Hash question = engine::gate::digest_of(decided.question);
  state.gate->decisions[decision] = {decided, {0}, 1, false, {}, question};
  state.gate->live.insert(question);
  state.gate->by_model[manager][model] = decision;
}

}  // namespace tests
