#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/setup_commands.h"
#include "ledger/record.h"

// Registrations, offers, decisions, structures and mandates.
namespace engine::setup {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Each refuses with Conflict/exists what is registered already, and with NotFound/unknown_<thing>
// what it names and is not.
Drafts decide(const Context& context, const RegisterBank& command);
Drafts decide(const Context& context, const RegisterClient& command);
Drafts decide(const Context& context, const RegisterManager& command);
Drafts decide(const Context& context, const RegisterSymbol& command);
// Errors: InvalidInput/rate_range, unknown_currency, rebate_terms, lot_step.
Drafts decide(const Context& context, const PublishOffer& command);
// Errors: InvalidInput/decision_period.
Drafts decide(const Context& context, const RecordDecision& command);
// Errors: Conflict/not_authorised without a decision in force; Conflict/wrong_jurisdiction if it is
//         not the book's profile.
Drafts decide(const Context& context, const OpenStructure& command);
// Errors: Conflict/not_authorised.
Drafts decide(const Context& context, const AcceptMandate& command);

void apply(State& state, const BankRegistered& body, const ledger::RecordView& record);
void apply(State& state, const ClientRegistered& body, const ledger::RecordView& record);
void apply(State& state, const ManagerRegistered& body, const ledger::RecordView& record);
void apply(State& state, const SymbolRegistered& body, const ledger::RecordView& record);
void apply(State& state, const OfferPublished& body, const ledger::RecordView& record);
void apply(State& state, const DecisionRecorded& body, const ledger::RecordView& record);
void apply(State& state, const StructureOpened& body, const ledger::RecordView& record);
void apply(State& state, const MandateAccepted& body, const ledger::RecordView& record);

}  // namespace engine::setup
