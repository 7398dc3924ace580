#include "engine/dispatch/tick.h"

#include "engine/client_money/decide.h"
#include "engine/copy/decide.h"
#include "engine/effects.h"
#include "engine/gate/cases.h"
#include "engine/governance/decide.h"
#include "engine/pamm/held.h"
#include "engine/reservations/decide.h"

namespace engine::dispatch {

core::Result<std::vector<ledger::Draft>> decide(const Context& context, const Tick&) {
  Effects effects(context.effective_at);
  reservations::expire(context, effects);
  governance::expire(context, effects);
  TRY(client_money::expire(context, effects));
  pamm::expire(context, effects);
  copy::expire(context, effects);
  gate::expire(context, effects);
  auto drafts = effects.take();
  if (drafts.empty()) {
    return core::conflict("nothing_expired", "",
                          "Nothing has expired by now; nothing is recorded.");
  }
  return drafts;
}

bool has_expired(const State& state, core::Instant now) {
  return reservations::has_expired(state, now) || governance::has_expired(state, now) ||
         client_money::has_expired(state, now) || pamm::has_expired(state, now) ||
         copy::has_expired(state, now) || gate::has_expired(state, now);
}

}  // namespace engine::dispatch
