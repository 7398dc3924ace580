#include "engine/gate/ahead.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "engine/gate/authorisation.h"
#include "engine/gate_state.h"

namespace engine::gate {
namespace {

// Of decisions on one model whose day has come: the last that was made, and, once that has lapsed,
// one before it that was made ahead for a later day.
const GateDecision* last_of(const State& state, std::vector<const GateDecision*> all,
                            core::Instant now) {
  std::ranges::sort(all, std::ranges::greater{}, &GateDecision::seq);
  const GateDecision* out = all.front();
  for (const GateDecision* one : all) {
    if (has_lapsed(state, *out, now) && out->decided.answer.as_of < one->decided.answer.as_of) {
      out = one;
    }
  }
  return out;
}

}  // namespace

bool has_lapsed(const State& state, const GateDecision& decision, core::Instant now) {
  const GateAnswer& answer = decision.decided.answer;
  if (answer.verdict != Verdict::Allow) return false;
  if (answer.valid_until && *answer.valid_until <= now) return true;
  const AdoptedPack* pack = pack_in_force(state, core::utc_date(now), now);
  return pack == nullptr || answer.pack != pack->hash;
}

core::Result<core::Instant> answered_as_of(const State& state, core::Instant now,
                                           const std::optional<core::Date>& from) {
  if (!from) return now;
  const core::Date today = core::utc_date(now);
  if (*from < today) {
    return core::invalid("not_ahead", "from", "The day is over; leave it out to decide now.");
  }
  const AdoptedPack* pack = pack_in_force(state, *from, now);
  if (pack != nullptr && today < pack->pack.from) return core::utc_midnight(*from);
  return core::conflict("not_ahead", "from",
                        "The rules of that day, by the packs that are adopted, have begun already "
                        "or are none: adopt the pack first, or leave out the day to decide now.");
}

std::map<GateModel, core::DecisionId> newest_by_rules(const State& state,
                                                      const core::PartyId& manager,
                                                      core::Instant now) {
  const GateBook& book = *state.gate;
  std::map<GateModel, core::DecisionId> out;
  const auto usual = book.by_model.find(manager);
  if (usual != book.by_model.end()) out = usual->second;
  const auto ahead = book.ahead.find(manager);
  if (ahead == book.ahead.end()) return out;
  std::map<GateModel, std::vector<const GateDecision*>> by_model;
  for (const auto& [model, id] : out) by_model[model].push_back(&book.decisions.at(id));
  for (const core::DecisionId& id : ahead->second) {
    const GateDecision& decision = book.decisions.at(id);
    if (now < decision.decided.answer.as_of) continue;
    by_model[decision.decided.question.model].push_back(&decision);
  }
  for (const auto& [model, all] : by_model) {
    out[model] = last_of(state, all, now)->decided.decision;
  }
  return out;
}

std::optional<core::DecisionId> allowed_ahead(const State& state, const GateQuestion& question,
                                              core::Instant now) {
  const GateBook& book = *state.gate;
  const auto ahead = book.ahead.find(question.manager);
  if (ahead == book.ahead.end()) return std::nullopt;
  const core::Hash digest = digest_of(question);
  std::optional<core::DecisionId> out;
  std::optional<core::Instant> nearest;
  for (const core::DecisionId& id : ahead->second) {
    const GateDecision& decision = book.decisions.at(id);
    const core::Instant day = decision.decided.answer.as_of;
    if (day <= now || decision.question != digest || (nearest && *nearest < day)) continue;
    const auto then = decision_in_force(state, day, question.manager, question.model,
                                        jurisdiction_of(state.genesis.profile));
    if (!then || then.value() != id) continue;
    out = id;
    nearest = day;
  }
  return out;
}

std::optional<core::Date> rules_change(const State& state, core::Instant now) {
  const auto change = rules_until(state, core::utc_date(now), now);
  return change ? std::optional(core::utc_date(*change)) : std::nullopt;
}

}  // namespace engine::gate
