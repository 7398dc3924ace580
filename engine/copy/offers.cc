// Copies that the client confirms one by one, and those that wait too long.

#include "engine/accounts.h"
#include "engine/copy/asks.h"
#include "engine/copy/decide.h"
#include "engine/copy/find.h"
#include "engine/copy/place.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/mandates.h"
#include "engine/instruments/contract.h"
#include "engine/instruments_state.h"
#include "engine/trading/limits.h"
#include "engine/trading/valuation.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

core::Result<const CopyOffer*> find_offer(const Context& context, const core::AccountId& account,
                                          const std::string& signal) {
  const auto found = context.state.copy->offers.find({account, signal});
  if (found != context.state.copy->offers.end()) return &found->second;
  return core::not_found("unknown_copy", "signal",
                         "Nothing waits for this account's word on that signal.");
}

// What is left of an offer after the master's reductions since, in whole steps.
//
// Rounding: down.
core::Result<core::Minor> left_of(const CopyLineage& lineage, const CopyOffer& offer) {
  const Kept kept(lineage.reductions);
  const auto volume = core::multiply(core::Rational(offer.volume), kept.since(offer.reductions));
  TRY(const auto step, trading::step_volume(offer.lot_step));
  TRY(const auto in_steps, core::divide(volume, core::Rational(step)));
  TRY(const auto steps, core::to_minor(in_steps, 0, core::Rounding::Floor));
  return core::multiply(steps, step);
}

bool is_over(const CopyOffer& offer, core::Instant now) { return offer.expires_at <= now; }

// What bars a new copy bars the word on an old offer too.
core::Result<> check_not_stopped(const Context& context, const core::AccountId& account) {
  TRY(const Standing standing, standing_of(context, account));
  bool stopped = standing.subscription == nullptr ||
                 standing.subscription->stop != CopyStop::None ||
                 !trading::may_open(*standing.account);
  if (!stopped) {
    TRY(const auto due, due_stop(standing));
    stopped = due.has_value();
  }
  if (!stopped) return core::ok();
  return core::conflict("stopped", "account",
                        "The subscription has stopped, or must by its equity; it opens nothing.");
}

}  // namespace

Drafts decide(const Context& context, const ConfirmCopy& command) {
  TRY(const TradingAccount* account, find_copy_account(context, command.account));
  TRY(const CopyOffer* offer, find_offer(context, command.account, command.signal));
  if (is_over(*offer, context.now)) {
    return core::conflict("expired", "signal", "The offer's time is over.");
  }
  TRY(const auto decision, gate::authorisation(context, account->structure, account->client));
  const CopyLineage& lineage =
      context.state.copy->masters.at(account->structure).lineages.at(offer->lineage);
  TRY(const ContractVersion* contract,
      instruments::contract_at(context.state, lineage.symbol, context.now));
  TRY(gate::require_product(context.state, decision, contract));
  TRY(gate::require_active_mandate(context, account->structure, account->client));
  TRY(check_not_stopped(context, command.account));
  TRY(const auto volume, left_of(lineage, *offer));
  TRY(const auto least, core::to_minor(offer->min_lots, kLotScale));
  if (volume == 0 || volume < least) {
    return core::conflict("offer_ended", "signal",
                          "The master has closed so much since that less than the smallest order "
                          "is left of it.");
  }
  const Subjects subjects{account->client.bytes, account->structure.bytes};
  Effects effects(context.effective_at);
  open_position(context, command.account,
                context.state.instruments->symbols.at(lineage.symbol).ordinal, subjects, effects);
  effects.add(CopyOfferEnded{account->structure, command.account, account->client, command.signal,
                             OfferEnd::Confirmed, volume, decision},
              {}, subjects);
  return effects.take();
}

Drafts decide(const Context& context, const DeclineCopy& command) {
  TRY(find_copy_account(context, command.account));
  TRY(find_offer(context, command.account, command.signal));
  Effects effects(context.effective_at);
  end_offers(context, OfferEnd::Declined, {{command.account, command.signal}}, effects);
  return effects.take();
}

void expire(const Context& context, Effects& effects) {
  std::set<CopyOfferKey> over;
  for (const auto& [expires_at, keys] : context.state.copy->expiries) {
    if (expires_at > context.now) break;
    over.insert(keys.begin(), keys.end());
  }
  end_offers(context, OfferEnd::Expired, over, effects);
}

bool has_expired(const State& state, core::Instant now) {
  const auto& expiries = state.copy->expiries;
  return !expiries.empty() && expiries.begin()->first <= now;
}

void apply(State& state, const CopyOfferEnded& body, const ledger::RecordView&) {
  const auto offer = state.copy->offers.find({body.account, body.signal});
  CopyMaster& master = state.copy->masters.at(body.structure);
  CopyLineage& lineage = master.lineages.at(offer->second.lineage);
  if (body.end == OfferEnd::Confirmed) {
    place(lineage, body.account, body.signal, body.volume, offer->second.lot_step,
          state.copy->subscriptions.at(body.account));
    note_committed(master, body.account, offer->second.lineage);
    trading::note_symbol(state, body.account, lineage.symbol);
  }
  lineage.offers.erase(offer->first);
  const auto expiry = state.copy->expiries.find(offer->second.expires_at);
  expiry->second.erase(offer->first);
  if (expiry->second.empty()) state.copy->expiries.erase(expiry);
  state.copy->offers.erase(offer);
}

}  // namespace engine::copy
