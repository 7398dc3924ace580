#pragma once

#include <vector>

#include "engine/casework_records.h"
#include "engine/context.h"
#include "engine/gate_records.h"
#include "engine/setup_commands.h"
#include "ledger/record.h"

// Registrations, offers, decisions, structures and mandates.
namespace engine::setup {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Each refuses with Conflict/exists what is registered already, and with NotFound/unknown_<thing>
// what it names and is not.
Drafts decide(const Context& context, const RegisterBank& command);
Drafts decide(const Context& context, const RegisterClient& command);
// Errors: NotFound/unknown_client; InvalidInput/missing_field, question above 40, country.
Drafts decide(const Context& context, const NoteCountries& command);
Drafts decide(const Context& context, const RegisterManager& command);
Drafts decide(const Context& context, const RegisterPartner& command);
Drafts decide(const Context& context, const RegisterSymbol& command);
// Errors: those of check_terms(); NotFound/unknown_partner for a share; for a successor
//         NotFound/unknown_offer, Conflict/superseded if there is one already, and
//         Conflict/wrong_offer if it is of another model or currency.
Drafts decide(const Context& context, const PublishOffer& command);
// Errors: InvalidInput/decision_period; Conflict/rules_decide for an allow once rules have begun.
Drafts decide(const Context& context, const RecordDecision& command);
// Errors: Conflict/not_authorised without a decision in force; Conflict/wrong_jurisdiction if it is
//         not the book's profile.
Drafts decide(const Context& context, const OpenStructure& command);
// Errors: Conflict/not_authorised; offer_superseded; those of check_signed(), find_join_link() and
//         check_mandate_terms().
Drafts decide(const Context& context, const AcceptMandate& command);
// Errors: NotFound/unknown_structure, unknown_client; Conflict/no_mandate, open_request,
//         holds_units, holds_money.
Drafts decide(const Context& context, const RevokeMandate& command);
// Errors: NotFound/unknown_structure, unknown_client; Conflict/no_mandate, mandate_over;
//         InvalidInput/missing_field if nothing is new, expired.
Drafts decide(const Context& context, const RenewPapers& command);
// Errors: Conflict/exists; NotFound/unknown_structure, unknown_offer, unknown_partner,
//         unknown_client; Conflict/offer_superseded; InvalidInput/expired.
Drafts decide(const Context& context, const IssueJoinLink& command);
// Errors: NotFound/unknown_link; Conflict/link_revoked.
Drafts decide(const Context& context, const RevokeJoinLink& command);
// Errors: NotFound/unknown_structure, unknown_offer; Conflict/not_a_successor, imported_only;
//         Conflict/offer_agreed if it is so already; in a group also Conflict/consent_needed.
Drafts decide(const Context& context, const ChangeOffer& command);
// Errors: Conflict/no_mandate; Conflict/offer_superseded if the structure offers another version;
//         Conflict/offer_agreed; those of check_signed().
Drafts decide(const Context& context, const ConsentToOffer& command);
// Errors: as ChangeOffer; Conflict/consent_needed with the term that is worse.
Drafts decide(const Context& context, const ImproveOffer& command);

void apply(State& state, const BankRegistered& body, const ledger::RecordView& record);
void apply(State& state, const ClientRegistered& body, const ledger::RecordView& record);
void apply(State& state, const CountriesNoted& body, const ledger::RecordView& record);
void apply(State& state, const ManagerRegistered& body, const ledger::RecordView& record);
void apply(State& state, const PartnerRegistered& body, const ledger::RecordView& record);
void apply(State& state, const SymbolRegistered& body, const ledger::RecordView& record);
void apply(State& state, const OfferPublished& body, const ledger::RecordView& record);
void apply(State& state, const DecisionRecorded& body, const ledger::RecordView& record);
void apply(State& state, const StructureOpened& body, const ledger::RecordView& record);
void apply(State& state, const MandateAccepted& body, const ledger::RecordView& record);
void apply(State& state, const MandateRevoked& body, const ledger::RecordView& record);
void apply(State& state, const PapersRenewed& body, const ledger::RecordView& record);
void apply(State& state, const JoinLinkIssued& body, const ledger::RecordView& record);
void apply(State& state, const JoinLinkRevoked& body, const ledger::RecordView& record);
void apply(State& state, const OfferChanged& body, const ledger::RecordView& record);
void apply(State& state, const OfferConsented& body, const ledger::RecordView& record);
void apply(State& state, const OfferImproved& body, const ledger::RecordView& record);

}  // namespace engine::setup
