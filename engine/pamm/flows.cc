// The redemption and subscription steps of a rollover.

#include <algorithm>

#include "core/check.h"
#include "engine/accounts.h"
#include "engine/cash_records.h"
#include "engine/fees/formulas.h"
#include "engine/pamm/decide.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {

core::Result<> RolloverRun::redeem() {
  for (const DueRequest& due : due_requests(context_, id_, command_.cutoff)) {
    if (!due.request.redemption) continue;
    TRY(redeem(due));
  }
  return core::ok();
}

core::Result<> RolloverRun::redeem(const DueRequest& due) {
  Standing& standing = standing_of(due.request.client);
  const core::Minor equity = standing.entitlement();
  const core::Minor gross = std::min(due.request.amount.value_or(equity), equity);
  RedemptionPriced priced;
  priced.request = due.id;
  priced.structure = id_;
  priced.client = standing.client;
  priced.full = gross == equity;
  priced.mark_before = standing.mark;
  priced.trade_date = command_.trade_date;
  // A holding worth nothing takes nothing with it: the mark outlives it.
  fees::MarkAfterWithdrawal after{standing.mark, 0};
  if (equity > 0) {
    TRY(after, fees::withdraw(equity, standing.mark, gross));
  }
  TRY(const auto fee, crystallise_part(standing, gross));
  priced.gross = gross - fee;
  priced.mark_after = after.mark;
  priced.released = after.released;
  if (priced.full) {
    priced.units_cancelled = standing.units;
  } else {
    TRY(const auto units, units_of(priced.gross, core::Rounding::Ceiling));
    priced.units_cancelled = std::min(units, standing.units);
  }
  const core::Minor mark_moved = priced.mark_after - priced.mark_before;
  // Row 18.
  Postings postings;
  postings.add(accounts::settled(id_, standing.client), pool_.currency, priced.gross);
  postings.add(accounts::pending_out(id_, standing.client), pool_.currency, -priced.gross);
  postings.add(accounts::units(id_, standing.client), unit_, -priced.units_cancelled);
  postings.add(accounts::units_issued(id_), unit_, priced.units_cancelled);
  postings.add(accounts::mark(pool_.strategy, standing.client), mark_, mark_moved);
  postings.add(accounts::released(pool_.strategy, standing.client), mark_, priced.released);
  postings.add(std::string(accounts::kMemoContra), mark_, -mark_moved - priced.released);
  standing.settled -= priced.gross;
  standing.units -= priced.units_cancelled;
  standing.mark = priced.mark_after;
  if (priced.released > 0)
    standing.released.push_back({priced.gross, priced.released, command_.trade_date});
  redeemed_ += priced.gross;
  flows_ = true;
  effects_.add(priced, std::move(postings), subjects(due));
  if (priced.gross > 0) payouts_.push_back({standing.client, priced.gross});
  return core::ok();
}

void RolloverRun::pay_on() {
  for (const Payout& payout : payouts_) {
    Postings paid;
    paid.add(accounts::pending_out(id_, payout.client), pool_.currency, payout.amount);
    paid.add(accounts::wallet(payout.client), pool_.currency, -payout.amount);
    effects_.add(CashMoved{"redemption_paid", payout.client, pool_.currency, payout.amount},
                 std::move(paid), subjects(payout.client));
  }
}

void RolloverRun::give_back(const DueRequest& due) {
  const core::PartyId& client = due.request.client;
  Postings postings;
  postings.add(accounts::pending_in(id_, client), pool_.currency, *due.request.amount);
  postings.add(accounts::wallet(client), pool_.currency, -*due.request.amount);
  effects_.add(RequestCancelled{due.id, id_, client}, std::move(postings), subjects(due));
}

core::Result<> RolloverRun::subscribe() {
  for (const DueRequest& due : due_requests(context_, id_, command_.cutoff)) {
    if (due.request.redemption) continue;
    if (price_equity_ == 0) {
      return core::conflict("pool_wiped_out", "structure",
                            "The pool's units are worth nothing, so nothing can be subscribed; "
                            "cancel the waiting requests.");
    }
    TRY(subscribe(due));
  }
  return core::ok();
}

core::Result<> RolloverRun::subscribe(const DueRequest& due) {
  CHECK(due.request.amount.has_value());
  Standing& standing = standing_of(due.request.client);
  SubscriptionPriced priced;
  priced.request = due.id;
  priced.structure = id_;
  priced.client = standing.client;
  priced.amount = *due.request.amount;
  if (!standing.fee_free) {
    const core::Decimal& rate = offer_.terms.entry_fee_rate;
    TRY(const auto unit, core::power_of_ten(rate.scale));
    TRY(priced.entry_fee,
        core::multiply_divide(priced.amount, rate.digits, unit, core::Rounding::Floor));
  }
  const core::Minor net = priced.amount - priced.entry_fee;
  priced.price_equity = price_equity_;
  priced.price_units = price_units_;
  TRY(priced.units_issued, units_of(net, core::Rounding::Floor));
  if (priced.units_issued == 0) {
    // Too little for the smallest unit: it would buy nothing.
    give_back(due);
    return core::ok();
  }
  TRY(priced.restored, pop_released(standing.released, net));
  priced.mark_before = standing.mark;
  TRY(const auto raised, core::add(net, priced.restored));
  TRY(priced.mark_after, core::add(standing.mark, raised));
  // Row 10.
  Postings postings;
  postings.add(accounts::pending_in(id_, standing.client), pool_.currency, priced.amount);
  postings.add(accounts::settled(id_, standing.client), pool_.currency, -net);
  postings.out(pool_.currency, priced.entry_fee);
  postings.add(std::string(accounts::kEntryFee), pool_.currency, -priced.entry_fee);
  postings.add(accounts::units(id_, standing.client), unit_, priced.units_issued);
  postings.add(accounts::units_issued(id_), unit_, -priced.units_issued);
  postings.add(accounts::mark(pool_.strategy, standing.client), mark_, raised);
  postings.add(accounts::released(pool_.strategy, standing.client), mark_, -priced.restored);
  postings.add(std::string(accounts::kMemoContra), mark_, priced.restored - raised);
  standing.settled += net;
  standing.units += priced.units_issued;
  standing.mark = priced.mark_after;
  subscribed_ += net;
  flows_ = true;
  effects_.add(priced, std::move(postings), subjects(due));
  return core::ok();
}

void apply(State& state, const RedemptionPriced& body, const ledger::RecordView&) {
  Structure& pool = state.structures.at(body.structure);
  Investor& investor = pool.investors.at(body.client);
  investor.opening -= body.gross;
  if (body.released > 0) {
    state.strategies.at(pool.strategy)
        .released[body.client]
        .push_back({body.gross, body.released, body.trade_date.value_or(core::Date{})});
  }
  if (body.full) {
    // The unpaid fraction of the management fee ends with the holding.
    investor.management = {};
  }
  state.requests.erase(body.request);
}

core::Result<> apply(State& state, const SubscriptionPriced& body, const ledger::RecordView&) {
  Structure& pool = state.structures.at(body.structure);
  Investor& investor = pool.investors.at(body.client);
  const core::Minor net = body.amount - body.entry_fee;
  investor.opening += net;
  // The same pops as when it was decided; a record that says otherwise is found by --recompute.
  TRY(pop_released(state.strategies.at(pool.strategy).released[body.client], net));
  state.requests.erase(body.request);
  return core::ok();
}

}  // namespace engine::pamm
