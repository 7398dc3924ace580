#include "engine/gate/cases.h"

#include <algorithm>

#include "engine/gate/agenda.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/decision.h"
#include "engine/gate/lists.h"
#include "engine/gate_state.h"
#include "engine/lookup.h"

namespace engine::gate {
namespace {

constexpr std::size_t kItemBytesMax = 64;

core::Result<> check_item(const std::string& item, std::string_view field) {
  if (!item.empty() && item.size() <= kItemBytesMax) return core::ok();
  return core::invalid("item", std::string(field), "Name it with 1 to 64 bytes.");
}

core::Result<const OnboardingCase*> find_case(const Context& context, const CaseId& onboarding) {
  const auto found = context.state.gate->cases.find(onboarding);
  if (found == context.state.gate->cases.end()) {
    return core::not_found("unknown_case", "onboarding", "There is no such case.");
  }
  return &found->second;
}

core::Error case_closed() {
  return core::conflict("case_closed", "onboarding", "The case has ended; open another.");
}

core::Result<const OnboardingCase*> find_open_case(const Context& context,
                                                   const CaseId& onboarding) {
  TRY(const OnboardingCase* found, find_case(context, onboarding));
  if (found->stage == CaseStage::Applied) return found;
  return case_closed();
}

template <class Body>
Drafts one_record(const Context& context, const Body& body, Subjects subjects,
                  std::vector<core::Hash> documents) {
  Effects effects(context.effective_at);
  effects.add(body, {}, std::move(subjects)).documents = std::move(documents);
  return effects.take();
}

}  // namespace

Drafts decide(const Context& context, const OpenCase& command) {
  if (context.state.gate->cases.contains(command.onboarding)) {
    return core::conflict("exists", "onboarding", "This id is registered already.");
  }
  TRY(require_manager(context, command.question.manager));
  TRY(check_question(command.question));
  return one_record(context, CaseOpened{command}, {command.question.manager.bytes},
                    {command.document});
}

Drafts decide(const Context& context, const RequestInformation& command) {
  TRY(const OnboardingCase* found, find_case(context, command.onboarding));
  if (found->stage == CaseStage::Declined) return case_closed();
  TRY(check_item(command.item, "item"));
  TRY(check_item(command.from, "from"));
  if (found->requested.contains(command.item)) {
    return core::conflict("exists", "item", "It is asked for already.");
  }
  return one_record(context, InformationRequested{command}, {found->question.manager.bytes}, {});
}

Drafts decide(const Context& context, const AnswerInformation& command) {
  TRY(const OnboardingCase* found, find_case(context, command.onboarding));
  if (!found->requested.contains(command.item)) {
    return core::not_found("unknown_item", "item", "Nobody has asked for this in the case.");
  }
  return one_record(context, InformationAnswered{command}, {found->question.manager.bytes},
                    {command.document});
}

Drafts decide(const Context& context, const GoLive& command) {
  TRY(const OnboardingCase* found, find_open_case(context, command.onboarding));
  if (!found->requested.empty()) {
    return core::conflict("case_incomplete", "onboarding",
                          "Asked for and not answered: " + found->requested.begin()->first + ".");
  }
  const auto decided = context.state.gate->decisions.find(command.decision);
  if (decided == context.state.gate->decisions.end()) {
    return core::not_found("unknown_decision", "decision",
                           "There is no such decision by the rules.");
  }
  const GateQuestion& question = found->question;
  // Of one that was made ahead, the one in force on its day; until then the case opens nothing.
  const core::Instant day = std::max(context.now, decided->second.decided.answer.as_of);
  TRY(const core::DecisionId in_force,
      decision_in_force(context.state, day, question.manager, question.model,
                        jurisdiction_of(context.state.genesis.profile)));
  if (in_force != command.decision || decided->second.question != digest_of(question)) {
    return core::conflict("wrong_decision", "decision",
                          "It is not the one in force, or it answers another question.");
  }
  TRY(require_compared(context.state, question.manager, "onboarding"));
  TRY(require_unopposed(context.state, question.manager));
  return one_record(context, CaseWentLive{command}, {question.manager.bytes}, {});
}

Drafts decide(const Context& context, const DeclineCase& command) {
  TRY(const OnboardingCase* found, find_open_case(context, command.onboarding));
  return one_record(context, CaseDeclined{command}, {found->question.manager.bytes},
                    {command.document});
}

Drafts decide(const Context& context, const LogBreach& command) {
  TRY(require_manager(context, command.manager));
  TRY(check_item(command.code, "code"));
  if (command.breach && find_breach(*context.state.gate, *command.breach) != nullptr) {
    return core::conflict("exists", "breach", "This id is registered already.");
  }
  return one_record(context, BreachLogged{command}, {command.manager.bytes}, {command.document});
}

Drafts decide(const Context& context, const RecordComplaint& command) {
  if (context.state.gate->complaints.contains(command.complaint)) {
    return core::conflict("exists", "complaint", "This id is registered already.");
  }
  TRY(require_client(context, command.client));
  TRY(require_manager(context, command.manager));
  return one_record(context, ComplaintRecorded{command},
                    {command.client.bytes, command.manager.bytes}, {command.document});
}

Drafts decide(const Context& context, const AnswerComplaint& command) {
  const auto found = context.state.gate->complaints.find(command.complaint);
  if (found == context.state.gate->complaints.end()) {
    return core::not_found("unknown_complaint", "complaint", "There is no such complaint.");
  }
  if (found->second.answered) {
    return core::conflict("exists", "complaint", "It was answered already.");
  }
  return one_record(context, ComplaintAnswered{command}, {found->second.recorded.client.bytes},
                    {command.document});
}

void apply(State& state, const CaseOpened& body, const ledger::RecordView& record) {
  OnboardingCase& opened = state.gate->cases[body.opened.onboarding];
  opened.question = body.opened.question;
  opened.opened_at = record.recorded_at;
  watch(*state.gate, opened.question.manager, core::utc_date(record.recorded_at));
}

void apply(State& state, const InformationRequested& body, const ledger::RecordView&) {
  state.gate->cases.at(body.requested.onboarding).requested[body.requested.item] = body.requested;
}

void apply(State& state, const InformationAnswered& body, const ledger::RecordView&) {
  state.gate->cases.at(body.answered.onboarding).requested.erase(body.answered.item);
}

void apply(State& state, const CaseWentLive& body, const ledger::RecordView&) {
  OnboardingCase& live = state.gate->cases.at(body.live.onboarding);
  live.stage = CaseStage::Live;
  live.decision = body.live.decision;
  state.gate->live.insert(digest_of(live.question));
}

void apply(State& state, const CaseDeclined& body, const ledger::RecordView& record) {
  OnboardingCase& declined = state.gate->cases.at(body.declined.onboarding);
  declined.stage = CaseStage::Declined;
  watch_no_more(*state.gate, declined.question.manager, core::utc_date(record.recorded_at));
}

void apply(State& state, const BreachLogged& body, const ledger::RecordView& record) {
  state.gate->breaches[record.seq] = {body.breach, record.recorded_at};
  if (body.breach.breach) state.gate->breach_lines[*body.breach.breach] = record.seq;
}

void apply(State& state, const ComplaintRecorded& body, const ledger::RecordView& record) {
  state.gate->complaints[body.complaint.complaint] = {body.complaint, record.recorded_at, false};
}

void apply(State& state, const ComplaintAnswered& body, const ledger::RecordView&) {
  state.gate->complaints.at(body.answered.complaint).answered = true;
}

}  // namespace engine::gate
