// Money on its way from one pool of a manager into another.

#include "engine/accounts.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/mandates.h"
#include "engine/investor_records.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {

core::Result<> RolloverRun::transfer() {
  if (pool_.stage != StructureStage::Open) return core::ok();
  for (const DueRequest& due : due_requests(context_, id_, cutoff_)) {
    if (!due.request.to || waits(due)) continue;
    if (const auto reason = target_keeps_out(due)) {
      defer(due, *reason);
      continue;
    }
    const Standing& standing = standing_of(due.request.client);
    const core::Minor amount = standing.entitlement();
    TRY(const auto own,
        standing.fee_free ? manager_may_take(standing) : core::Result<core::Minor>(amount));
    if (amount > own) {
      defer(due, DeferReason::ManagerCapital);
    } else if (transfer_room_ && amount > *transfer_room_->money) {
      defer(due, transfer_room_->reason);
    } else {
      if (transfer_room_) *transfer_room_->money -= amount;
      TRY(transfer(due));
    }
  }
  return core::ok();
}

std::optional<DeferReason> RolloverRun::target_keeps_out(const DueRequest& due) const {
  const core::StructureId& to = *due.request.to;
  const core::PartyId& client = due.request.client;
  // Nobody would price it there any more.
  if (context_.state.structures.at(to).stage != StructureStage::Open) {
    return DeferReason::PoolClosed;
  }
  if (gate::mandate_is_over(context_.state, to, client, command_.trade_date)) {
    return DeferReason::NoMandate;
  }
  if (!gate::authorisation(context_, to, client)) return DeferReason::NotAuthorised;
  return {};
}

core::Result<> RolloverRun::transfer(const DueRequest& due) {
  Standing& standing = standing_of(due.request.client);
  const Structure& target = context_.state.structures.at(*due.request.to);
  const core::Minor amount = standing.entitlement();
  if (amount == 0) {
    effects_.add(RequestCancelled{due.id, id_, standing.client, CancelReason::TooSmall}, {},
                 subjects(due));
    return core::ok();
  }
  TransferPriced priced{due.id,         id_,          *due.request.to, standing.client, amount,
                        standing.units, standing.mark};
  Postings postings;
  postings.add(accounts::settled(id_, standing.client), pool_.currency, amount);
  postings.add(accounts::pending_in(*due.request.to, standing.client), pool_.currency, -amount);
  postings.add(accounts::units(id_, standing.client), unit_, -standing.units);
  postings.add(accounts::units_issued(id_), unit_, standing.units);
  effects_.add(priced, std::move(postings), subjects(due));
  if (target.strategy != pool_.strategy) carry_mark(standing, target.strategy);
  standing.settled -= amount;
  standing.units = 0;
  TRY(redeemed_, core::add(redeemed_, amount));
  flows_ = true;
  TRY(carry_standing(standing, target, *due.request.to));
  return forget(standing);
}

core::Result<> RolloverRun::carry_standing(Standing& standing, const Structure& target,
                                           const core::StructureId& to) {
  Investor& from = standing.investor;
  for (const Lot& lot : from.lots) {
    TRY(const auto sum, fees::add(exact_of(from.hurdle), exact_of(lot.hurdle)));
    from.hurdle = amount_of(sum);
  }
  Investor there = target.investors.at(standing.client);
  there.joined = from.joined;
  there.hurdle = from.hurdle;
  there.periods = from.periods;
  there.period_ended = from.period_ended;
  there.period_base = from.period_base;
  there.management_since_charge = from.management_since_charge;
  there.losses = from.losses;
  there.held = from.held;
  there.year = from.year;
  from.held.clear();  // Nothing is released by moving.
  if (there == target.investors.at(standing.client)) return core::ok();
  effects_.add(InvestorStanding{to, standing.client, there}, {}, {standing.client.bytes, to.bytes});
  return core::ok();
}

void RolloverRun::carry_mark(Standing& standing, const core::StrategyId& to) {
  MarkMoved moved{id_, standing.client, MarkReason::Transfer, pool_.strategy, standing.mark, 0, {},
                  to};
  core::Minor released = 0;
  for (const ReleasedLoss& loss : standing.released) released += loss.loss;
  Postings postings;
  postings.add(accounts::mark(pool_.strategy, standing.client), mark_, -standing.mark);
  postings.add(accounts::mark(to, standing.client), mark_, standing.mark);
  postings.add(accounts::released(pool_.strategy, standing.client), mark_, -released);
  postings.add(accounts::released(to, standing.client), mark_, released);
  effects_.add(moved, std::move(postings), subjects(standing.client));
  standing.mark = 0;
  standing.released.clear();
}

}  // namespace engine::pamm
