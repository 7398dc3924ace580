#pragma once

#include "engine/casework_records.h"
#include "engine/context.h"
#include "engine/effects.h"
#include "engine/gate/decide.h"
#include "engine/gate_state.h"

// Onboarding cases, alerts, breaches and complaints.
namespace engine::gate {

// Errors: NotFound/unknown_manager; Conflict/exists; those of check_question().
Drafts decide(const Context& context, const OpenCase& command);
// Of a case that is live too: monitoring asks as well.
// Errors: NotFound/unknown_case; Conflict/case_closed if it was declined, exists if the item is
//         asked for already; InvalidInput/item.
Drafts decide(const Context& context, const RequestInformation& command);
// Errors: NotFound/unknown_case, unknown_item.
Drafts decide(const Context& context, const AnswerInformation& command);
// Errors: NotFound/unknown_case, unknown_decision; Conflict/case_closed, case_incomplete while
//         something is asked for, wrong_decision if it is on another question, or neither in force
//         nor, made ahead, in force on its day; screen_first, not_authorised.
Drafts decide(const Context& context, const GoLive& command);
// Errors: NotFound/unknown_case; Conflict/case_closed.
Drafts decide(const Context& context, const DeclineCase& command);
// Errors: NotFound/unknown_manager; InvalidInput/item; Conflict/exists.
Drafts decide(const Context& context, const LogBreach& command);
// Errors: NotFound/unknown_breach; Conflict/exists if it is closed; InvalidInput/missing_field
// unless
//         one of id and line is named.
Drafts decide(const Context& context, const CloseBreach& command);
// Errors: NotFound/unknown_manager, unknown_client; Conflict/exists.
Drafts decide(const Context& context, const RecordComplaint& command);
// Errors: NotFound/unknown_complaint; Conflict/exists if it is answered.
Drafts decide(const Context& context, const AnswerComplaint& command);

// A line of the log by its id; null if there is none.
const std::pair<const std::uint64_t, HeldBreach>* find_breach(const GateBook& book,
                                                              const BreachId& breach);

void apply(State& state, const CaseOpened& body, const ledger::RecordView& record);
void apply(State& state, const InformationRequested& body, const ledger::RecordView& record);
void apply(State& state, const InformationAnswered& body, const ledger::RecordView& record);
void apply(State& state, const CaseWentLive& body, const ledger::RecordView& record);
void apply(State& state, const CaseDeclined& body, const ledger::RecordView& record);
void apply(State& state, const BreachLogged& body, const ledger::RecordView& record);
void apply(State& state, const BreachClosed& body, const ledger::RecordView& record);
void apply(State& state, const ComplaintRecorded& body, const ledger::RecordView& record);
void apply(State& state, const ComplaintAnswered& body, const ledger::RecordView& record);
void apply(State& state, const ExpiryAlerted& body, const ledger::RecordView& record);
void apply(State& state, const RecheckDue& body, const ledger::RecordView& record);

// Says what ends in 90, 60, 30 or 7 days and was not said yet; of several only the nearest. And
// which answers count for the last day, so that their sources are to be asked again.
void expire(const Context& context, Effects& effects);
bool has_expired(const State& state, core::Instant now);

}  // namespace engine::gate
