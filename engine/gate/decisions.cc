// Decisions by the rules, suspensions and appeals.

#include "core/time.h"
#include "engine/effects.h"
#include "engine/gate/agenda.h"
#include "engine/gate/ahead.h"
#include "engine/gate/appeals.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/decide.h"
#include "engine/gate/decision.h"
#include "engine/gate_state.h"
#include "engine/lookup.h"

namespace engine::gate {
namespace {

core::Result<> check_appeal(const Context& context, const DecideAuthorisation& command) {
  if (!command.appeal_of) return core::ok();
  const auto found = context.state.gate->decisions.find(*command.appeal_of);
  if (found == context.state.gate->decisions.end() ||
      found->second.decided.question.manager != command.question.manager) {
    return core::not_found("unknown_decision", "appeal_of",
                           "There is no such decision by the rules on him.");
  }
  if (found->second.question != digest_of(command.question)) {
    return core::conflict("wrong_decision", "appeal_of", "It answers another question.");
  }
  if (found->second.appealed) return require_new_evidence(context.state, found->second);
  return core::conflict("not_appealed", "appeal_of",
                        "Nobody has appealed against it; record that first (appeal_decision).");
}

}  // namespace

Drafts decide(const Context& context, const DecideAuthorisation& command) {
  if (context.state.decisions.contains(command.decision)) {
    return core::conflict("exists", "decision", "This id is registered already.");
  }
  TRY(require_manager(context, command.question.manager));
  TRY(check_question(command.question));
  TRY(check_appeal(context, command));
  TRY(const core::Instant as_of, answered_as_of(context.state, context.now, command.from));
  const Known known = known_of(context.state, command.question.manager, as_of, context.now);
  if (known.pack == nullptr) {
    return core::conflict("no_rule_pack", "", "No rule pack is in force; adopt one first.");
  }
  AuthorisationDecided decided{command.decision, command.question,
                               answer(known, command.question, as_of), command.appeal_of,
                               command.from};
  Effects effects(context.effective_at);
  effects.add(decided, {}, {command.question.manager.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const SuspendManager& command) {
  TRY(require_manager(context, command.manager));
  if (context.state.gate->suspended.contains(command.manager)) {
    return core::conflict("suspended", "manager", "He is suspended already.");
  }
  Effects effects(context.effective_at);
  effects.add(ManagerSuspended{command.manager}, {}, {command.manager.bytes}).documents = {
      command.document};
  return effects.take();
}

Drafts decide(const Context& context, const LiftSuspension& command) {
  if (!context.state.gate->suspended.contains(command.manager)) {
    return core::conflict("not_suspended", "manager", "He is not suspended.");
  }
  Effects effects(context.effective_at);
  effects.add(SuspensionLifted{command.manager}, {}, {command.manager.bytes}).documents = {
      command.document};
  return effects.take();
}

Drafts decide(const Context& context, const AppealDecision& command) {
  const auto decision = context.state.gate->decisions.find(command.decision);
  if (decision == context.state.gate->decisions.end()) {
    return core::not_found("unknown_decision", "decision",
                           "There is no such decision by the rules.");
  }
  if (decision->second.appealed) {
    return core::conflict("exists", "decision", "It is appealed against already.");
  }
  Effects effects(context.effective_at);
  effects
      .add(DecisionAppealed{command.decision}, {},
           {decision->second.decided.question.manager.bytes})
      .documents = {command.document};
  return effects.take();
}

void apply(State& state, const AuthorisationDecided& body, const ledger::RecordView& record) {
  const GateAnswer& answer = body.answer;
  // Only an allow ends by itself: what refuses stands until another decision is made.
  const bool allows = answer.verdict == Verdict::Allow;
  const core::Instant until =
      allows ? answer.valid_until.value_or(core::kInstantMax) : core::kInstantMax;
  keep_decision(state, {body.decision, body.question.manager, model_of(body.question.model),
                        jurisdiction_of(state.genesis.profile), answer.verdict, answer.as_of, until,
                        answer.pack.value_or(core::Hash{})});
  state.gate->decisions[body.decision] = {body, record.recorded_at,      record.seq, false,
                                          {},   digest_of(body.question)};
  if (body.from) {
    state.gate->ahead[body.question.manager].push_back(body.decision);
  } else {
    state.gate->by_model[body.question.manager][body.question.model] = body.decision;
  }
  state.gate->newest_decision[body.question.manager] = record.seq;
  if (allows) watch(*state.gate, body.question.manager, core::utc_date(record.recorded_at));
}

void apply(State& state, const ManagerSuspended& body, const ledger::RecordView& record) {
  state.gate->suspended.insert(body.manager);
  state.gate->suspended_at[body.manager] = record.recorded_at;
}

void apply(State& state, const SuspensionLifted& body, const ledger::RecordView&) {
  state.gate->suspended.erase(body.manager);
  state.gate->suspended_at.erase(body.manager);
  state.gate->winding_down.erase(body.manager);
}

void apply(State& state, const DecisionAppealed& body, const ledger::RecordView& record) {
  GateDecision& decision = state.gate->decisions.at(body.decision);
  decision.appealed = true;
  decision.appealed_at = record.recorded_at;
}

}  // namespace engine::gate
