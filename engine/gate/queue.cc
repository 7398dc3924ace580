#include "engine/gate/queue.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/gate/ahead.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/decision.h"
#include "engine/gate/lists.h"

namespace engine::gate {
namespace {

std::string from_whom(const GateReason& reason, const GateAnswer& answer) {
  if (reason.verdict == Verdict::Counsel) return "counsel";
  const auto paper = std::ranges::find(answer.conditions, reason.detail, &GateCondition::paper);
  return paper == answer.conditions.end() ? "compliance" : paper->owner;
}

std::string item_of(const GateReason& reason) {
  if (reason.verdict == Verdict::Conditions) return reason.detail;
  return reason.fact.value_or(reason.cell.value_or(reason.reason));
}

// One line for each thing and each whom; several legs often lack the same.
std::vector<Missing> missing_of(const OnboardingCase& onboarding, const GateAnswer& answer) {
  std::vector<Missing> out;
  for (const auto& [item, asked] : onboarding.requested) {
    out.push_back({item, asked.from, "requested", asked.due});
  }
  std::map<std::pair<std::string, std::string>, bool> seen;
  for (const GateReason& reason : answer.reasons) {
    Missing one{item_of(reason), from_whom(reason, answer), reason.reason, {}};
    if (reason.verdict == Verdict::Block) one.from = "nobody";
    if (std::exchange(seen[{one.item, one.why}], true)) continue;
    const auto paper = std::ranges::find(answer.conditions, one.item, &GateCondition::paper);
    if (paper != answer.conditions.end()) one.due = paper->due;
    out.push_back(std::move(one));
  }
  return out;
}

// As go_live asks for it.
std::optional<core::DecisionId> allowing(const State& state, const GateQuestion& question,
                                         core::Instant now) {
  const auto latest = decision_in_force(state, now, question.manager, question.model,
                                        jurisdiction_of(state.genesis.profile));
  if (!latest) return std::nullopt;
  const auto by_rules = state.gate->decisions.find(latest.value());
  if (by_rules == state.gate->decisions.end() || by_rules->second.question != digest_of(question)) {
    return std::nullopt;
  }
  return latest.value();
}

// Other rules begin, and by what is known now they would allow.
bool may_decide_ahead(const State& state, const QueuedCase& one, core::Instant now) {
  if (!one.rules_change || one.decided_ahead) return false;
  const GateQuestion& question = one.onboarding.question;
  const core::Instant day = core::utc_midnight(*one.rules_change);
  return answer(known_of(state, question.manager, day, now), question, day).verdict ==
         Verdict::Allow;
}

NextStep next_of(const State& state, const QueuedCase& one, core::Instant now) {
  const core::PartyId& manager = one.onboarding.question.manager;
  const bool applied = one.onboarding.stage == CaseStage::Applied;
  // What was decided ahead lets an applicant begin, whatever the rules of today say.
  const bool goes_ahead = applied && one.decided_ahead && !one.decision;
  if (one.verdict == Verdict::Block && !goes_ahead) return NextStep::Decline;
  if (!one.onboarding.requested.empty()) return NextStep::Collect;
  if (one.verdict != Verdict::Allow && !goes_ahead) {
    return may_decide_ahead(state, one, now) ? NextStep::DecideAhead : NextStep::Collect;
  }
  if (!one.decision && !goes_ahead) return NextStep::Decide;
  if (state.gate->suspended.contains(manager)) return NextStep::LiftSuspension;
  if (!require_unopposed(state, manager)) return NextStep::Collect;
  if (applied) return one.lists.empty() ? NextStep::GoLive : NextStep::Collect;
  return may_decide_ahead(state, one, now) ? NextStep::DecideAhead : NextStep::None;
}

}  // namespace

std::string_view name_of(NextStep step) {
  switch (step) {
    case NextStep::Collect:
      return "collect";
    case NextStep::Decide:
      return "decide";
    case NextStep::GoLive:
      return "go_live";
    case NextStep::Decline:
      return "decline";
    case NextStep::LiftSuspension:
      return "lift_suspension";
    case NextStep::DecideAhead:
      return "decide_ahead";
    case NextStep::None:
      break;
  }
  return "none";
}

std::vector<QueuedCase> queue(const State& state, core::Instant now) {
  std::vector<QueuedCase> out;
  for (const auto& [id, onboarding] : state.gate->cases) {
    if (onboarding.stage == CaseStage::Declined) continue;
    const GateQuestion& question = onboarding.question;
    const GateAnswer said = answer(known_of(state, question.manager, now, now), question, now);
    QueuedCase one{id, onboarding, said.verdict, {}, missing_of(onboarding, said), {}, {}};
    one.decision = allowing(state, question, now);
    one.lists = lists_to_screen(state, question.manager);
    one.rules_change = rules_change(state, now);
    one.decided_ahead = allowed_ahead(state, question, now);
    one.next = next_of(state, one, now);
    out.push_back(std::move(one));
  }
  std::ranges::stable_sort(
      out, {}, [](const QueuedCase& one) { return one.onboarding.stage != CaseStage::Applied; });
  return out;
}

std::vector<Ending> calendar(const State& state, core::Instant now, std::int64_t days) {
  const core::Date today = core::utc_date(now);
  std::vector<Ending> out = endings(state);
  std::erase_if(
      out, [&](const Ending& one) { return one.last_day.days - std::int64_t{today.days} > days; });
  for (Ending& one : rule_endings(*state.gate, today, days)) out.push_back(std::move(one));
  std::ranges::stable_sort(out, {}, &Ending::last_day);
  return out;
}

}  // namespace engine::gate
