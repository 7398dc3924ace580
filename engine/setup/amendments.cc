#include "engine/effects.h"
#include "engine/lookup.h"
#include "engine/setup/decide.h"
#include "engine/setup/holders.h"
#include "engine/setup/mandate_terms.h"
#include "engine/setup/offer_comparison.h"
#include "engine/setup/offer_terms.h"

namespace engine::setup {
namespace {

core::Error already_agreed(std::string_view field, std::string detail) {
  return core::conflict("offer_agreed", std::string(field), std::move(detail));
}

bool is_successor(const State& state, const core::OfferId& from, const core::OfferId& to) {
  auto next = state.offers.at(from).superseded_by;
  while (next && *next != to) next = state.offers.at(*next).superseded_by;
  return next.has_value();
}

// A later version of the one that the structure offers now.
core::Result<const Offer*> check_successor(const State& state, const Structure& structure,
                                           const core::OfferId& offer) {
  const auto found = state.offers.find(offer);
  if (found == state.offers.end()) {
    return core::not_found("unknown_offer", "offer", "Publish the offer first.");
  }
  if (!is_successor(state, structure.offer, offer)) {
    return core::conflict("not_a_successor", "offer",
                          "It is no later version of what the structure offers; publish it with "
                          "`supersedes`.");
  }
  const auto only = imported_only(found->second.terms);
  if (only.empty() || structure.imported) return &found->second;
  return core::conflict("imported_only", "offer: terms: " + std::string(only),
                        "These terms are for imported structures only.");
}

core::Error consent_needed(const std::string& term, const std::string& whose) {
  return core::conflict(
      "consent_needed", "offer: terms: " + term,
      "This term is, or may be, worse for " + whose + "; change the offer and have each consent.");
}

// What an investor is on, or will be after the next rollover.
const core::OfferId& agreed_offer(const Investor& investor) {
  return investor.next_offer ? *investor.next_offer : investor.offer;
}

core::Result<> check_improvement(const State& state, const Structure& structure,
                                 const core::OfferId& offer) {
  std::set<core::OfferId> compared;
  for (const auto& [client, investor] : structure.investors) {
    const core::OfferId& has = agreed_offer(investor);
    if (has == offer || !compared.insert(has).second) continue;
    const Offer& before = state.offers.at(has);
    const auto worse = fee_increase(before.terms, state.offers.at(offer).terms);
    if (worse) {
      return consent_needed(*worse, "investors on version " + std::to_string(before.version));
    }
  }
  return core::ok();
}

}  // namespace

Drafts decide(const Context& context, const ChangeOffer& command) {
  TRY(const Structure* structure, find_structure(context, command.structure));
  if (structure->offer == command.offer) {
    return already_agreed("offer", "The structure offers this version already.");
  }
  TRY(const Offer* offer, check_successor(context.state, *structure, command.offer));
  // In a group all are on one offer: it can only become better.
  if (structure->model != Model::Pamm) {
    const auto worse = fee_increase(offer_of(context, *structure).terms, offer->terms);
    if (worse) return consent_needed(*worse, "the clients of the group");
  }
  Effects effects(context.effective_at);
  effects.add(OfferChanged{command.structure, structure->offer, command.offer}, {},
              {command.structure.bytes, structure->manager.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const ConsentToOffer& command) {
  TRY(const Structure* structure, find_structure(context, command.structure, Model::Pamm));
  TRY(require_client(context, command.client));
  TRY(require_mandate(*structure, command.client));
  TRY(check_signed(context.state.clients.at(command.client), command.signed_by));
  if (!context.state.offers.contains(command.offer)) {
    return core::not_found("unknown_offer", "offer", "Publish the offer first.");
  }
  if (command.offer != structure->offer) {
    return core::conflict("offer_superseded", "offer",
                          "This is not the version that the structure offers now; show him the "
                          "current one.");
  }
  const Investor& investor = structure->investors.at(command.client);
  if (agreed_offer(investor) == command.offer) {
    return already_agreed("offer", "He is on this version, or consented to it.");
  }
  Effects effects(context.effective_at);
  effects
      .add(OfferConsented{command, investor.offer}, {},
           {command.client.bytes, command.structure.bytes})
      .documents = {command.document};
  return effects.take();
}

Drafts decide(const Context& context, const ImproveOffer& command) {
  TRY(const Structure* structure, find_structure(context, command.structure, Model::Pamm));
  Effects effects(context.effective_at);
  if (structure->offer != command.offer) {
    TRY(check_successor(context.state, *structure, command.offer));
    effects.add(OfferChanged{command.structure, structure->offer, command.offer}, {},
                {command.structure.bytes, structure->manager.bytes});
  }
  TRY(check_improvement(context.state, *structure, command.offer));
  for (const auto& [client, investor] : structure->investors) {
    if (agreed_offer(investor) == command.offer) continue;
    effects.add(OfferImproved{command.structure, client, investor.offer, command.offer}, {},
                {client.bytes, command.structure.bytes});
  }
  auto drafts = effects.take();
  if (drafts.empty()) return already_agreed("offer", "Everybody is on this version already.");
  return drafts;
}

void apply(State& state, const OfferChanged& body, const ledger::RecordView&) {
  state.structures.at(body.structure).offer = body.offer;
}

void apply(State& state, const OfferConsented& body, const ledger::RecordView& record) {
  const ConsentToOffer& consent = body.consent;
  HeldMandate* held = newest_mandate(state, consent.structure, consent.client);
  if (held != nullptr) {
    held->versions.push_back({consent.offer, consent.document, record.recorded_at, record.seq});
  }
  state.structures.at(consent.structure).investors.at(consent.client).next_offer = consent.offer;
}

void apply(State& state, const OfferImproved& body, const ledger::RecordView&) {
  state.structures.at(body.structure).investors.at(body.client).next_offer = body.offer;
}

}  // namespace engine::setup
