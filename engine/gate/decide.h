#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/gate_records.h"
#include "ledger/record.h"

// Rules, evidence and decisions enter the book.
namespace engine::gate {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Errors: those of check_pack(); Conflict/exists if it is adopted; pack_version if its version is
//         not above that of one of its name.
Drafts decide(const Context& context, const AdoptRulePack& command);
// Errors: NotFound/unknown_pack, unknown_cell; Conflict/cell_verdict for a cell that no signature
//         opens, demo_only; InvalidInput/expired.
Drafts decide(const Context& context, const SignOffCell& command);
// Errors: InvalidInput/country.
Drafts decide(const Context& context, const ExcludeCountries& command);
// Errors: NotFound/unknown_party; InvalidInput/needs_reviewer for what a person read;
//         evidence, future, expired.
Drafts decide(const Context& context, const RecordEvidence& command);
// Errors: the same, and InvalidInput/evidence without a last day.
Drafts decide(const Context& context, const RecordCapture& command);
// Errors: NotFound/unknown_manager, unknown_decision; Conflict/exists, no_rule_pack; those of
//         check_question() and, with a day, of answered_as_of().
Drafts decide(const Context& context, const DecideAuthorisation& command);
// Errors: NotFound/unknown_manager; Conflict/suspended if he is already.
Drafts decide(const Context& context, const SuspendManager& command);
// Errors: Conflict/not_suspended.
Drafts decide(const Context& context, const LiftSuspension& command);
// Errors: NotFound/unknown_decision; Conflict/exists if it is appealed against already.
Drafts decide(const Context& context, const AppealDecision& command);

void apply(State& state, const RulePackAdopted& body, const ledger::RecordView& record);
void apply(State& state, const CellSignedOff& body, const ledger::RecordView& record);
void apply(State& state, const CountriesExcluded& body, const ledger::RecordView& record);
void apply(State& state, const EvidenceRecorded& body, const ledger::RecordView& record);
// It counts for engine/gate/authorisation.h from then on.
void apply(State& state, const AuthorisationDecided& body, const ledger::RecordView& record);
void apply(State& state, const ManagerSuspended& body, const ledger::RecordView& record);
void apply(State& state, const SuspensionLifted& body, const ledger::RecordView& record);
void apply(State& state, const DecisionAppealed& body, const ledger::RecordView& record);

}  // namespace engine::gate
