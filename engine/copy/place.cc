#include "engine/copy/place.h"

#include "engine/accounts.h"
#include "engine/copy/decide.h"
#include "engine/copy/find.h"
#include "engine/copy/lineage.h"
#include "engine/copy/sizing.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/mandates.h"
#include "engine/gate/screening.h"
#include "engine/trading/limits.h"
#include "engine/trading/valuation.h"

namespace engine::copy {
namespace {

constexpr std::uint64_t kConfirmSeconds = 300;
constexpr std::int64_t kMicrosInSecond = 1'000'000;

// Whether nothing needs to be measured to know that nothing is copied.
std::optional<CopySkip> barred(const Context& context, const Placing& placing,
                               const Standing& standing) {
  if (!placing.decision) return CopySkip::NotAuthorised;
  if (standing.subscription == nullptr) return CopySkip::NoTerms;
  if (standing.subscription->stop != CopyStop::None || placing.stopped.contains(standing.id) ||
      !trading::may_open(*standing.account)) {
    return CopySkip::Stopped;
  }
  // One that was revoked is gone, and with it the day on which it would have ended.
  const Structure& structure = context.state.structures.at(placing.structure);
  if (!structure.mandates.contains(standing.account->client) ||
      gate::mandate_is_over(context.state, placing.structure, standing.account->client,
                            core::utc_date(context.now))) {
    return CopySkip::NoMandate;
  }
  if (!gate::asked_for(context.state, *placing.decision, standing.account->client)) {
    return CopySkip::NotAuthorised;
  }
  if (gate::has_hit(context.state, standing.account->client)) return CopySkip::ScreeningHit;
  return std::nullopt;
}

CopySkipped skipped(const Placing& placing, const Standing& standing, CopySkip reason) {
  CopySkipped out{
      placing.structure, standing.id, standing.account->client, placing.signal, reason, {}, {}, {}};
  if (standing.subscription != nullptr) out.terms_version = standing.subscription->version;
  return out;
}

core::Instant expiry(const Context& context, const CopyTerms& terms) {
  const auto seconds = static_cast<std::int64_t>(terms.confirm_seconds.value_or(kConfirmSeconds));
  return {context.now.micros + seconds * kMicrosInSecond};
}

core::Result<> place_copy(const Context& context, const Opening& opening, const Placing& placing,
                          const Standing& standing, Effects& effects) {
  const core::PartyId client = standing.account->client;
  const Subjects subjects{client.bytes, placing.structure.bytes};
  if (const auto reason = barred(context, placing, standing)) {
    effects.add(skipped(placing, standing, *reason), {}, subjects);
    return core::ok();
  }
  TRY(Measured measured, measure(context, opening, standing));
  const Sized sized = size_of(measured.facts);
  const auto reason = measured.skip ? measured.skip : sized.skip;
  if (reason) {
    CopySkipped body = skipped(placing, standing, *reason);
    body.facts = std::move(measured.facts);
    if (!measured.skip) body.size = sized.size;
    effects.add(body, {}, subjects);
    return core::ok();
  }
  CopySized body{placing.structure,
                 standing.id,
                 client,
                 placing.signal,
                 placing.lineage,
                 standing.subscription->version,
                 std::move(measured.facts),
                 sized.size,
                 sized.volume};
  if (opening.structure->model == Model::CopyConfirmed) {
    const core::Instant expires = expiry(context, standing.subscription->terms);
    effects.add(CopyOffered{std::move(body), expires}, {}, subjects);
    return core::ok();
  }
  open_position(context, standing.id, placing.symbol, subjects, effects);
  effects.add(body, {}, subjects);
  return core::ok();
}

}  // namespace

core::Result<> place_copies(const Context& context, const Opening& opening, const Placing& placing,
                            Effects& effects) {
  for (const core::AccountId& id : opening.structure->accounts) {
    TRY(const Standing standing, standing_of(context, id));
    TRY(place_copy(context, opening, placing, standing, effects));
  }
  return core::ok();
}

void open_position(const Context& context, const core::AccountId& account, std::uint64_t symbol,
                   const Subjects& subjects, Effects& effects) {
  const std::string path = accounts::position(account, symbol);
  if (context.books.is_open(path)) return;
  effects.open({engine::account(path)}, subjects);
}

void apply(State& state, const CopySized& body, const ledger::RecordView&) {
  CopyMaster& master = state.copy->masters.at(body.structure);
  CopyLineage& lineage = master.lineages.at(body.lineage);
  trading::note_symbol(state, body.account, lineage.symbol);
  place(lineage, body.account, body.signal, body.volume, body.facts.lot_step,
        state.copy->subscriptions.at(body.account));
  note_committed(master, body.account, body.lineage);
}

void apply(State&, const CopySkipped&, const ledger::RecordView&) {}

void apply(State& state, const CopyOffered& body, const ledger::RecordView&) {
  const CopySized& sized = body.sized;
  CopyLineage& lineage = state.copy->masters.at(sized.structure).lineages.at(sized.lineage);
  const CopyOfferKey key{sized.account, sized.signal};
  lineage.offers.insert(key);
  state.copy->expiries[body.expires_at].insert(key);
  state.copy->offers[key] = {sized.lineage,   sized.volume,         lineage.reductions.size(),
                             body.expires_at, sized.facts.lot_step, sized.facts.min_lots};
}

}  // namespace engine::copy
