// Taking a fee: its postings and the units.

#include <algorithm>

#include "core/allocate.h"
#include "core/check.h"
#include "engine/accounts.h"
#include "engine/charging/shares.h"
#include "engine/gate/mandates.h"
#include "engine/pamm/rollover.h"
#include "engine/partners/earnings.h"

namespace engine::pamm {

void RolloverRun::begin_year(Standing& standing) const {
  const std::uint64_t now = charging::year_of(command_.trade_date);
  FeeYear& year = standing.investor.year;
  if (!standing.rules->terms->annual_cap || year.year == now) return;
  // What was there after the last rollover of the old year.
  year = {now, standing.investor.opening, 0};
}

const Offer& RolloverRun::offer_of_fee(const FeeCharged& fee) const {
  return context_.state.offers.at(fee.offer);
}

core::Result<> RolloverRun::charge(Standing& standing, Part& part, FeeCharged fee) {
  fee.structure = id_;
  fee.client = standing.client;
  fee.offer = standing.investor.offer;
  TRY(fee.decision, gate::decision_of_mandate(context_.state, id_, standing.client));
  if (pool_.valuation) fee.valuation = pool_.valuation->seq;
  if (part.lot) fee.lot = standing.investor.lots[*part.lot].number;
  fee.mark_before = part.mark;
  TRY(charging::share_out(*standing.rules, fee));
  const core::Minor taken = charging::taken_by(fee);
  fee.equity_before = standing.entitlement();
  fee.equity_after = fee.equity_before - taken;
  if (taken > 0) {
    TRY(fee.units_cancelled, units_of(taken, core::Rounding::Ceiling));
    fee.units_cancelled = std::min(fee.units_cancelled, part.units);
  }
  const core::Minor mark_moved = fee.mark_after - fee.mark_before;
  // Row 14.
  Postings postings;
  postings.add(accounts::settled(id_, standing.client), pool_.currency, taken);
  postings.out(pool_.currency, taken);
  charging::post_shares(fee, {pool_.manager, &offer_of_fee(fee).terms}, pool_.currency, postings);
  postings.add(accounts::units(id_, standing.client), unit_, -fee.units_cancelled);
  postings.add(accounts::units_issued(id_), unit_, fee.units_cancelled);
  postings.add(accounts::mark(pool_.strategy, standing.client), mark_, mark_moved);
  postings.add(std::string(accounts::kMemoContra), mark_, -mark_moved);
  standing.settled -= taken;
  part.equity -= taken;
  part.mark = fee.mark_after;
  TRY(cancel_units(standing, part, fee.units_cancelled));
  keep(standing, part);
  fees_ += taken;
  flows_ = flows_ || taken > 0;
  for (const FeeShare& share : fee.shares) {
    if (share.of == FeeShareOf::Reserve) {
      standing.investor.held.push_back({standing.investor.periods + 1, share.amount});
    }
  }
  effects_.add(fee, std::move(postings), subjects(standing.client));
  return partners::add_fee_shares(context_, effects_, fee, pool_.currency);
}

core::Result<> RolloverRun::cancel_units(Standing& standing, Part& part, core::Minor units) {
  standing.units -= units;
  part.units -= units;
  std::vector<Lot>& lots = standing.investor.lots;
  if (part.lot) {
    lots[*part.lot].units -= units;
  } else if (standing.by_lot() && !lots.empty() && units > 0) {
    // A fee on all lots is borne by each.
    std::vector<core::Minor> weights;
    for (const Lot& lot : lots) weights.push_back(lot.units);
    TRY(const auto parts, core::allocate(units, weights));
    for (std::size_t i = 0; i < lots.size(); ++i) lots[i].units -= parts[i];
  }
  return core::ok();
}

}  // namespace engine::pamm
