#include "engine/gate/replay.h"

#include <map>
#include <set>
#include <utility>

#include "engine/gate/pack.h"

namespace engine::gate {
namespace {

std::vector<GateReason> missing_in(const std::vector<GateReason>& from,
                                   const std::vector<GateReason>& in) {
  std::set<core::Bytes> there;
  for (const GateReason& reason : in) there.insert(core::to_cbor(reason));
  std::vector<GateReason> out;
  for (const GateReason& reason : from) {
    if (!there.contains(core::to_cbor(reason))) out.push_back(reason);
  }
  return out;
}

// Days from today on on which an answer may change by the rules themselves.
void add_days(const RulePack& pack, core::Date today, std::set<core::Date>& days) {
  const auto add = [&](const std::optional<core::Date>& day) {
    if (day && today <= *day) days.insert(*day);
  };
  add(pack.from);
  for (const TimeRule& rule : pack.time_rules) add(rule.from);
  for (const RuleCell& cell : pack.cells) add(cell.from);
}

GateAnswer under(Known known, const RulePack& pack, const GateQuestion& question,
                 core::Instant as_of, core::Date day) {
  known.pack = &pack;
  known.pack_hash = hash_of(pack);
  known.all_signed_off = true;
  return answer(known, question, as_of, day);
}

std::optional<Impact> first_change(const State& state, const GateDecision& decision,
                                   const RulePack& pack, const std::set<core::Date>& days,
                                   core::Instant now) {
  const GateQuestion& question = decision.decided.question;
  for (const core::Date day : days) {
    if (!covers(pack.from, pack.until, day)) continue;
    // The evidence is today's: what will be stale by then is not what the pack changes.
    Known known = known_of(state, question.manager, core::utc_midnight(day), now);
    Verdict before = Verdict::Refer;
    if (known.pack != nullptr) {
      known.all_signed_off = true;
      before = answer(known, question, now, day).verdict;
    }
    const Verdict after = under(known, pack, question, now, day).verdict;
    if (before == after) continue;
    return Impact{question.manager, decision.decided.decision, before, after, day};
  }
  return std::nullopt;
}

}  // namespace

core::Result<Replay> replay(const State& state, const core::DecisionId& decision,
                            core::Instant now) {
  const auto found = state.gate->decisions.find(decision);
  if (found == state.gate->decisions.end()) {
    return core::not_found("unknown_decision", "decision",
                           "There is no such decision by the rules.");
  }
  const GateQuestion& question = found->second.decided.question;
  Replay out;
  out.recorded = found->second.decided.answer;
  const core::Instant then = out.recorded.as_of;
  out.then =
      answer(known_of(state, question.manager, then, found->second.recorded_at), question, then);
  out.same = core::to_cbor(out.then) == core::to_cbor(out.recorded);
  out.now = answer(known_of(state, question.manager, now, now), question, now);
  out.gone = missing_in(out.then.reasons, out.now.reasons);
  out.come = missing_in(out.now.reasons, out.then.reasons);
  return out;
}

std::vector<Impact> impact(const State& state, const RulePack& pack, core::Instant now) {
  std::map<std::pair<core::PartyId, GateModel>, const GateDecision*> latest;
  for (const core::DecisionId& id : state.decision_order) {
    const auto found = state.gate->decisions.find(id);
    if (found == state.gate->decisions.end()) continue;
    const GateQuestion& question = found->second.decided.question;
    latest[{question.manager, question.model}] = &found->second;
  }
  const core::Date today = core::utc_date(now);
  std::set<core::Date> days{today};
  add_days(pack, today, days);
  for (const AdoptedPack& one : state.gate->packs) add_days(one.pack, today, days);
  std::vector<Impact> out;
  for (const auto& [key, decision] : latest) {
    const auto change = first_change(state, *decision, pack, days, now);
    if (change) out.push_back(*change);
  }
  return out;
}

}  // namespace engine::gate
