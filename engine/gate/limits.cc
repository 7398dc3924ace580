#include "engine/gate/limits.h"

#include <algorithm>

#include "engine/gate/ahead.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/pack.h"
#include "engine/gate/strictest.h"

namespace engine::gate {

ClientCells::ClientCells(const State& state, const std::optional<core::DecisionId>& decision)
    : state_(state) {
  if (!decision) return;
  const auto found = state.gate->decisions.find(*decision);
  if (found == state.gate->decisions.end()) return;
  const AuthorisationDecided& decided = found->second.decided;
  if (!decided.answer.pack) return;
  const auto& packs = state.gate->packs;
  const auto pack = std::ranges::find(packs, *decided.answer.pack, &AdoptedPack::hash);
  if (pack == packs.end()) return;
  decided_ = &decided;
  pack_ = &pack->pack;
}

std::vector<const RuleCell*> ClientCells::of(const RegisterClient& client) const {
  std::vector<const RuleCell*> out;
  if (pack_ == nullptr) return out;
  const GateQuestion& question = decided_->question;
  const core::Date day = core::utc_date(decided_->answer.as_of);
  const auto registered = state_.managers.find(question.manager);
  const RuleJurisdiction* home = registered == state_.managers.end()
                                     ? nullptr
                                     : find_jurisdiction(*pack_, registered->second.home);
  for (const RuleJurisdiction* place :
       {of_profile(*pack_, state_.genesis.profile), home != nullptr ? home : elsewhere(*pack_),
        find_jurisdiction(*pack_, client.residence)}) {
    if (place == nullptr) continue;
    const RuleCell* cell =
        find_cell(*pack_, place->code, question.model, category_of(*place, client.category), day);
    if (cell != nullptr) out.push_back(cell);
  }
  return out;
}

const ProductLimits* ClientLimits::of(const core::PartyId& client) {
  if (cells_.pack() == nullptr) return nullptr;
  const RegisterClient& registered = state_.clients.at(client);
  const auto [known, is_new] = known_.try_emplace(Key{registered.category, registered.residence});
  std::optional<ProductLimits>& limits = known->second;
  if (is_new) {
    for (const RuleCell* cell : cells_.of(registered)) {
      if (cell->limits) merge_limits(*cells_.pack(), *cell->limits, limits);
    }
  }
  return limits ? &*limits : nullptr;
}

std::optional<std::uint64_t> leverage_of(const ProductLimits& limits, const std::string& asset) {
  if (limits.leverage_max.empty()) return std::nullopt;
  const auto named = std::ranges::find(limits.leverage_max, asset, &LeverageMax::asset);
  if (named != limits.leverage_max.end()) return named->times;
  return std::ranges::min_element(limits.leverage_max, {}, &LeverageMax::times)->times;
}

Inducements::Inducements(const State& state, const core::PartyId& manager,
                         const std::optional<Model>& model, core::Instant now) {
  for (const auto& [asked, decision] : newest_by_rules(state, manager, now)) {
    if (model && model_of(asked) != *model) continue;
    limits_.emplace_back(state, decision);
    const auto& said = state.gate->decisions.at(decision).decided.answer.limits;
    for_some_ = for_some_ || (said && said->inducements_banned);
  }
}

bool Inducements::banned(const core::PartyId& client) {
  return std::ranges::any_of(limits_, [&](ClientLimits& one) {
    const ProductLimits* limits = one.of(client);
    return limits != nullptr && limits->inducements_banned;
  });
}

}  // namespace engine::gate
