#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/gate/agenda.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/mandates.h"
#include "engine/gate_state.h"
#include "engine/lookup.h"
#include "engine/partner_state.h"
#include "engine/setup/decide.h"
#include "engine/setup/holders.h"
#include "engine/setup/join_links.h"
#include "engine/setup/mandate_terms.h"
#include "engine/setup/offer_terms.h"
#include "engine/setup/profile.h"
#include "engine/setup/term_checks.h"

namespace engine::setup {
namespace {

using ledger::LawKind;

constexpr std::string_view kRollover = "rollover";

ledger::AccountOpening with_event_law(std::string path, ledger::Law law,
                                      const core::StructureId& structure) {
  ledger::AccountOpening opening;
  opening.path = std::move(path);
  law.event = std::string(kRollover);
  opening.laws.push_back(std::move(law));
  opening.scope = core::Id<ledger::ScopeTag>{structure.bytes};
  return opening;
}

// What an investor of a pool needs: his entitlement, what waits on its way in or out, and memo
// accounts for units and marks. Those of marks may be there from another structure of the strategy.
std::vector<ledger::AccountOpening> investor_accounts(const Context& context,
                                                      const core::StructureId& pool,
                                                      const core::StrategyId& strategy,
                                                      const core::PartyId& client) {
  const ledger::Law group{LawKind::GroupNeverDebit, accounts::pool_of(pool, client), {}};
  std::vector<ledger::AccountOpening> out{
      account(accounts::pending_in(pool, client), {LawKind::NeverDebit}),
      account(accounts::pending_out(pool, client), {LawKind::NeverDebit}),
      with_event_law(accounts::settled(pool, client), group, pool),
      with_event_law(accounts::floating(pool, client), group, pool),
      account(accounts::units(pool, client), {LawKind::NeverCredit})};
  for (auto path : {accounts::mark(strategy, client), accounts::released(strategy, client)}) {
    out.push_back(account(std::move(path), {LawKind::NeverCredit}));
  }
  // He revoked his mandate and comes back.
  std::erase_if(out, [&](const auto& one) { return context.books.is_open(one.path); });
  return out;
}

core::Result<> check_strategy(const Context& context, const OpenStructure& command,
                              const Offer& offer) {
  const auto found = context.state.strategies.find(strategy_of(command));
  if (found == context.state.strategies.end()) return core::ok();
  if (found->second.manager != command.manager) {
    return core::conflict("wrong_strategy", "strategy",
                          "The strategy belongs to another manager; marks never change hands.");
  }
  if (found->second.currency == offer.currency) return core::ok();
  return core::conflict("wrong_strategy", "strategy",
                        "The strategy's marks are kept in " + found->second.currency + ".");
}

core::Result<const Offer*> check_offer(const Context& context, const OpenStructure& command) {
  const auto offer = context.state.offers.find(command.offer);
  if (offer == context.state.offers.end()) {
    return core::not_found("unknown_offer", "offer", "Publish the offer first.");
  }
  const auto only = imported_only(offer->second.terms);
  if (!only.empty() && !command.imported) {
    return core::conflict("imported_only", "offer: terms: " + std::string(only),
                          "These terms are for imported structures only.");
  }
  if (command.imported && offer->second.model != Model::Pamm) {
    return core::conflict("wrong_model", "imported", "Only pools are imported.");
  }
  if (command.segregated && offer->second.model != Model::Pamm) {
    return core::conflict("wrong_model", "segregated",
                          "Only a pool can lie over clients' own accounts; others always do.");
  }
  TRY(in_group("offer", check_profile(offer->second.terms, offer->second.model, context.offer_rules,
                                      core::utc_date(context.now))));
  return &offer->second;
}

core::Result<> check_jurisdiction(const Context& context, Jurisdiction jurisdiction) {
  const auto name = core::EnumNames<Jurisdiction>::names[static_cast<std::size_t>(jurisdiction)];
  if (context.state.genesis.profile == name) return core::ok();
  return core::conflict("wrong_jurisdiction", "jurisdiction",
                        "This book is kept under the profile " + context.state.genesis.profile +
                            "; a structure of another jurisdiction belongs in a book of its own.");
}

// Who accepts has seen one version, and no other is in force for him.
core::Result<> check_shown(const State& state, const Structure& structure,
                           const std::optional<core::OfferId>& offer) {
  if (!offer || *offer == structure.offer) return core::ok();
  if (!state.offers.contains(*offer)) {
    return core::not_found("unknown_offer", "offer", "Publish the offer first.");
  }
  return core::conflict("offer_superseded", "offer",
                        "This is not the version that the structure offers now; show the client "
                        "the current one.");
}

// The days since the last one of the mandate before, for which nobody may charge a fee.
void remember_gap(State& state, const AcceptMandate& mandate, core::Date signed_on) {
  const auto last = gate::ends_of(state, mandate.structure, mandate.client).mandate;
  if (!last || last->days + 1 >= signed_on.days) return;
  state.gate->mandate_gaps[mandate.structure][mandate.client].push_back(
      {{last->days + 1}, signed_on});
}

constexpr std::string_view kPowerOfAttorney = "LPOA_TRADING_ONLY";  // As rule packs name it.

// What a mandate and its assessment end with and what was agreed, for alerts, refusals and limits.
void remember_ends(State& state, const AcceptMandate& mandate, std::uint64_t seq) {
  MandateEnds ends{seq, {}, {}};
  if (mandate.terms) {
    ends.mandate = mandate.terms->expires;
    ends.leverage_max = mandate.terms->leverage_max;
    ends.tax_certified = mandate.terms->tax_certificate.has_value();
    ends.papers = mandate.terms->disclosures;
    if (mandate.terms->lpoa) ends.papers.emplace_back(kPowerOfAttorney);
    if (mandate.terms->suitability) {
      ends.suitability = mandate.terms->suitability->expires;
      ends.assessed = mandate.terms->suitability->result;
    }
  }
  auto& clients = state.gate->mandate_ends[mandate.structure];
  if (ends.mandate || ends.suitability || ends.leverage_max || ends.tax_certified ||
      !ends.papers.empty()) {
    clients[mandate.client] = ends;
  } else {
    clients.erase(mandate.client);
  }
}

// Who brought a client by a link has him from then on, unless somebody has him already.
void attribute_by_link(State& state, const MandateAccepted& body, core::Instant from) {
  auto& known = state.partner_book->clients[body.mandate.client];
  if (known.empty()) known.push_back({from, *body.partner, false});
}

}  // namespace

Drafts decide(const Context& context, const OpenStructure& command) {
  if (context.state.structures.contains(command.structure)) {
    return core::conflict("exists", "structure", "This id is registered already.");
  }
  if (!context.state.managers.contains(command.manager)) {
    return core::not_found("unknown_manager", "manager", "Register the manager first.");
  }
  TRY(const Offer* offer, check_offer(context, command));
  TRY(check_jurisdiction(context, command.jurisdiction));
  TRY(check_strategy(context, command, *offer));
  TRY(const auto decision,
      gate::authorisation(context, command.manager,
                          gate::gate_model_of(offer->model, command.segregated),
                          command.jurisdiction));
  Effects effects(context.effective_at);
  if (offer->model == Model::Pamm) {
    effects.open({with_event_law(accounts::undistributed(command.structure),
                                 {LawKind::ZeroAt, {}, {}}, command.structure),
                  account(accounts::pool_retained(command.structure), {LawKind::NeverDebit}),
                  account(accounts::units_issued(command.structure), {LawKind::NeverDebit}),
                  account(accounts::operation(command.structure))},
                 {command.structure.bytes});
  }
  if (command.manager_client) {
    TRY(require_client(context, *command.manager_client));
    if (offer->model == Model::Pamm) {
      effects.open(investor_accounts(context, command.structure, strategy_of(command),
                                     *command.manager_client),
                   {command.manager_client->bytes, command.structure.bytes});
    }
  }
  StructureOpened opened{command, context.state.structures.size() + 1, decision};
  opened.own_mandate_needed =
      command.manager_client.has_value() && gate::rules_have_begun(context.state, context.now);
  effects.add(opened, {}, {command.structure.bytes, command.manager.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const AcceptMandate& command) {
  TRY(const Structure* found, find_structure(context, command.structure));
  const Structure& structure = *found;
  if (structure.stage == StructureStage::Archived) {
    return core::conflict("archived", "structure", "The structure was liquidated; it is over.");
  }
  TRY(require_client(context, command.client));
  TRY(check_signed(context.state.clients.at(command.client), command.signed_by));
  TRY(check_shown(context.state, structure, command.offer));
  TRY(check_first_or_over(context, command, structure));
  TRY(check_mandate_terms(context, command));
  TRY(const auto decision, gate::authorisation(context, command.structure, command.client));
  TRY(const JoinLink* link, find_join_link(context, structure, command));
  Effects effects(context.effective_at);
  Subjects subjects{command.client.bytes, command.structure.bytes};
  if (structure.model == Model::Pamm) {
    effects.open(investor_accounts(context, command.structure, structure.strategy, command.client),
                 subjects);
  }
  MandateAccepted accepted{command, structure.offer, decision, {}, {}};
  if (link != nullptr) {
    accepted.link = link->issued.link;
    accepted.partner = link->issued.partner;
    if (accepted.partner) subjects.push_back(accepted.partner->bytes);
  }
  effects.add(accepted, {}, std::move(subjects)).documents = {command.document};
  return effects.take();
}

void apply(State& state, const StructureOpened& body, const ledger::RecordView& record) {
  const OpenStructure& opened = body.structure;
  const Offer& offer = state.offers.at(opened.offer);
  Structure& structure = state.structures[opened.structure];
  structure.ordinal = body.ordinal;
  structure.manager = opened.manager;
  structure.offer = opened.offer;
  structure.model = offer.model;
  structure.currency = offer.currency;
  structure.jurisdiction = opened.jurisdiction;
  structure.manager_client = opened.manager_client;
  structure.server = opened.server;
  structure.strategy = strategy_of(opened);
  structure.imported = opened.imported;
  if (opened.segregated) state.gate->segregated.insert(opened.structure);
  Strategy& strategy = state.strategies[structure.strategy];
  strategy.manager = opened.manager;
  strategy.currency = offer.currency;
  if (opened.manager_client) {
    if (!body.own_mandate_needed) structure.mandates[*opened.manager_client] = body.decision;
    Investor& investor = structure.investors[*opened.manager_client];
    investor.ordinal = record.seq;
    investor.offer = opened.offer;
    structure.offers.insert(opened.offer);
  }
}

void apply(State& state, const MandateAccepted& body, const ledger::RecordView& record) {
  Structure& structure = state.structures.at(body.mandate.structure);
  structure.mandates[body.mandate.client] = body.decision;
  if (body.link) ++state.join_links.at(*body.link).uses;
  if (body.partner) attribute_by_link(state, body, record.effective_at);
  if (structure.model == Model::Pamm) {
    const bool is_new = !structure.investors.contains(body.mandate.client);
    Investor& investor = structure.investors[body.mandate.client];
    if (is_new) investor.ordinal = record.seq;
    investor.offer = body.offer;
    structure.offers.insert(body.offer);
  }
  remember_gap(state, body.mandate, core::utc_date(record.recorded_at));
  remember_ends(state, body.mandate, record.seq);
  gate::plan_mandate(*state.gate, body.mandate.structure, body.mandate.client,
                     core::utc_date(record.recorded_at));
  HeldMandate held{body.mandate.structure, body.mandate.client, body.offer, body.mandate.document,
                   body.mandate.terms,     record.recorded_at,  record.seq, std::nullopt};
  held.decision = body.decision;
  gate::keep_mandate(*state.gate, std::move(held));
}

}  // namespace engine::setup
