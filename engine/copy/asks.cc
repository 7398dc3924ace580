#include "engine/copy/asks.h"

#include "engine/context.h"
#include "engine/trading_state.h"

namespace engine::copy {

void add_ask(const Demand& demand, const Copy& copy, core::Minor kept, Effects& effects) {
  const core::Minor volume = to_ask(copy, kept);
  if (volume == 0) return;
  effects.add(CopyCloseAsked{demand.structure, demand.account, demand.client, demand.signal,
                             demand.lineage, demand.reason, copy.filled, copy.asked, kept, volume},
              {}, {demand.client.bytes, demand.structure.bytes});
}

std::set<CopyOfferKey> offers_to(const Context& context, const core::AccountId& account) {
  std::set<CopyOfferKey> keys;
  const auto& offers = context.state.copy->offers;
  for (auto offer = offers.lower_bound({account, {}}); offer != offers.end(); ++offer) {
    if (offer->first.account != account) break;
    keys.insert(offer->first);
  }
  return keys;
}

void end_offers(const Context& context, OfferEnd end, const std::set<CopyOfferKey>& keys,
                Effects& effects) {
  for (const CopyOfferKey& key : keys) {
    const TradingAccount& account = context.state.trading->accounts.at(key.account);
    effects.add(CopyOfferEnded{account.structure, key.account, account.client, key.signal, end, 0,
                               std::nullopt},
                {}, {account.client.bytes, account.structure.bytes});
  }
}

}  // namespace engine::copy
