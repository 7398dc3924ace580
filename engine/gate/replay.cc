#include "engine/gate/replay.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/gate/authorisation.h"
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

// What people said last that counts at a moment; null: nothing.
const RecordDecision* people_said(const State& state, const std::vector<core::DecisionId>& all,
                                  Model model, Jurisdiction jurisdiction, core::Instant at) {
  for (auto id = all.rbegin(); id != all.rend(); ++id) {
    const RecordDecision& one = state.decisions.at(*id);
    const bool counts = one.model == model && one.jurisdiction == jurisdiction &&
                        one.valid_from <= at && at < one.valid_until;
    if (counts && !state.gate->decisions.contains(*id)) return &one;
  }
  return nullptr;
}

// The decision by the rules that will allow on a day in the place of one by people.
std::optional<core::DecisionId> in_its_place(const State& state, const RecordDecision& ends,
                                             core::Instant day) {
  if (!rules_have_begun(state, day)) return std::nullopt;
  for (std::size_t i = 0; i < core::EnumNames<GateModel>::names.size(); ++i) {
    const auto model = static_cast<GateModel>(i);
    if (model_of(model) != ends.model) continue;
    const auto found = decision_in_force(state, day, ends.manager, model, ends.jurisdiction);
    if (found) return found.value();
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
  // What was decided ahead is asked as of its day, until that has come.
  const core::Instant as_of = found->second.decided.from ? std::max(now, then) : now;
  out.now = answer(known_of(state, question.manager, as_of, now), question, as_of);
  out.gone = missing_in(out.then.reasons, out.now.reasons);
  out.come = missing_in(out.now.reasons, out.then.reasons);
  return out;
}

std::vector<EndingAllow> allows_ending(const State& state, const RulePack& pack,
                                       core::Instant now) {
  core::Date first = pack.from;
  for (const AdoptedPack& one : state.gate->packs) first = std::min(first, one.pack.from);
  std::vector<EndingAllow> out;
  if (rules_have_begun(state, now)) return out;
  const core::Date day = std::max(first, core::utc_date(now));
  // The last moment at which people decide.
  const core::Instant begin = std::max(core::utc_midnight(first), now);
  const core::Instant before{std::max(begin.micros - 1, now.micros)};
  for (const auto& [manager, all] : state.gate->decided_on) {
    std::set<std::pair<Model, Jurisdiction>> seen;
    for (const core::DecisionId& id : all) {
      const RecordDecision& one = state.decisions.at(id);
      if (!seen.emplace(one.model, one.jurisdiction).second) continue;
      const RecordDecision* said = people_said(state, all, one.model, one.jurisdiction, before);
      if (said == nullptr || said->verdict != Verdict::Allow || said->valid_until <= begin) {
        continue;
      }
      out.push_back({manager, said->decision, said->model, day, in_its_place(state, *said, begin)});
    }
  }
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
