#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/money.h"
#include "engine/setup/decide.h"
#include "engine/setup/offer_terms.h"
#include "engine/setup/profile.h"

namespace engine::setup {
namespace {

core::Result<> check_partner(const State& state, const core::PartyId& partner, std::string field) {
  if (state.partners.contains(partner)) return core::ok();
  return core::not_found("unknown_partner", "terms: shares: " + field + ": partner",
                         "Register the partner first.");
}

core::Result<> check_partners(const State& state, const std::optional<ShareTerms>& shares) {
  if (!shares) return core::ok();
  for (std::size_t i = 0; i < shares->introducing.size(); ++i) {
    TRY(check_partner(state, shares->introducing[i].partner, "introducing: " + std::to_string(i)));
  }
  if (!shares->business_partner) return core::ok();
  return check_partner(state, shares->business_partner->partner, "business_partner");
}

// Of a successor: the version, one after its predecessor's.
core::Result<std::optional<std::uint64_t>> next_version(const State& state,
                                                        const PublishOffer& command) {
  if (!command.supersedes) return std::optional<std::uint64_t>();
  const auto found = state.offers.find(*command.supersedes);
  if (found == state.offers.end()) {
    return core::not_found("unknown_offer", "supersedes", "No offer of this id was published.");
  }
  const Offer& before = found->second;
  if (before.superseded_by) {
    return core::conflict("superseded", "supersedes",
                          "Version " + std::to_string(before.version + 1) +
                              " was published already; supersede the last version.");
  }
  if (before.model != command.model || before.currency != command.currency) {
    return core::conflict("wrong_offer", "supersedes",
                          "A version has the model and the currency of the one before.");
  }
  return std::optional(before.version + 1);
}

}  // namespace

Drafts decide(const Context& context, const PublishOffer& command) {
  if (context.state.offers.contains(command.offer)) {
    return core::conflict("exists", "offer",
                          "An offer never changes; publish a version that supersedes it.");
  }
  TRY(check_currency(command.currency, "currency"));
  TRY(check_terms(command));
  TRY(check_profile(command.terms, command.model, context.offer_rules,
                    core::utc_date(context.now)));
  TRY(check_partners(context.state, command.terms.shares));
  TRY(const auto version, next_version(context.state, command));
  Effects effects(context.effective_at);
  if (command.terms.tax && !context.books.is_open(accounts::tax(command.terms.tax->country))) {
    effects.open({account(accounts::tax(command.terms.tax->country))}, {});
  }
  effects.add(OfferPublished{command, version}, {}, {}).documents = command.terms.documents;
  return effects.take();
}

void apply(State& state, const OfferPublished& body, const ledger::RecordView&) {
  const PublishOffer& offer = body.offer;
  state.offers[offer.offer] = {offer.model, offer.currency, offer.terms, body.version.value_or(1),
                               offer.supersedes};
  if (offer.supersedes) state.offers.at(*offer.supersedes).superseded_by = offer.offer;
}

}  // namespace engine::setup
