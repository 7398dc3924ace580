// Money on its way into a pool.

#include <algorithm>
#include <map>

#include "core/check.h"
#include "engine/accounts.h"
#include "engine/gate/authorisation.h"
#include "engine/money.h"
#include "engine/pamm/manager_capital.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {

core::Result<> RolloverRun::subscribe() {
  std::vector<std::vector<DueRequest>> clients;  // In the order of their first requests.
  std::map<core::PartyId, std::size_t> places;
  for (const DueRequest& due : due_requests(context_, id_, cutoff_)) {
    if (due.request.redemption) continue;
    const auto place = places.try_emplace(due.request.client, clients.size());
    if (place.second) clients.emplace_back();
    clients[place.first->second].push_back(due);
  }
  TRY(Room room, room_for_money(clients));
  for (const auto& requests : clients) {
    TRY(auto admitted, admit(requests, room));
    if (!admitted.empty()) {
      TRY(subscribe(admitted));
    }
  }
  return core::ok();
}

core::Result<RolloverRun::Room> RolloverRun::room_for_money(
    const std::vector<std::vector<DueRequest>>& clients) const {
  Room room;
  core::Minor own = 0;
  for (const Standing& standing : standings_) {
    TRY(room.capital, core::add(room.capital, standing.entitlement()));
    if (standing.units > 0 && !standing.fee_free) ++room.investors;
    if (standing.fee_free) own = standing.entitlement();
  }
  // What the manager brings at this rollover counts, whoever asked first.
  core::Minor pool = room.capital;
  for (const auto& requests : clients) {
    if (pool_.manager_client != requests.front().request.client) continue;
    for (const DueRequest& due : requests) {
      TRY(own, core::add(own, *due.request.amount));
      TRY(pool, core::add(pool, *due.request.amount));
    }
  }
  TRY(room.closed, closed_to_new_money(offer_, own, pool));
  return room;
}

core::Result<std::vector<DueRequest>> RolloverRun::admit(const std::vector<DueRequest>& requests,
                                                         Room& room) {
  std::vector<DueRequest> admitted;
  // The answer at the request may be an old one by now. Source: decision 0051.
  room.authorised = gate::authorisation(context_, id_, requests.front().request.client).has_value();
  for (const DueRequest& due : requests) {
    TRY(const auto reason, keeps_out(due, room));
    if (reason) {
      defer(due, *reason);
      continue;
    }
    TRY(const auto net, invested_by(due));
    TRY(room.capital, core::add(room.capital, net));
    admitted.push_back(due);
  }
  if (!admitted.empty()) {
    const Standing& standing = standing_of(requests.front().request.client);
    if (standing.units == 0 && !standing.fee_free) ++room.investors;
  }
  return admitted;
}

core::Result<std::optional<DeferReason>> RolloverRun::keeps_out(const DueRequest& due,
                                                                const Room& room) {
  using Reason = std::optional<DeferReason>;
  const Standing& standing = standing_of(due.request.client);
  const bool joins = standing.units == 0;
  if (standing.mandate_is_over(command_.trade_date)) return Reason{DeferReason::NoMandate};
  if (!room.authorised) return Reason{DeferReason::NotAuthorised};
  if (epoch_closed_ || price_equity_ == 0) return Reason{DeferReason::NoPrice};
  if (joins && !standing.fee_free && !due.request.approved && !due.request.transferred &&
      dealing_.join_approval == JoinApproval::Manager) {
    return Reason{DeferReason::NotApproved};
  }
  // Money that has left another pool of the manager has nowhere else to go.
  if (standing.fee_free || due.request.transferred) return Reason{};
  if (room.closed) return Reason{DeferReason::PoolClosed};
  if (joins && dealing_.maximum_investors && room.investors >= *dealing_.maximum_investors) {
    return Reason{DeferReason::PoolFull};
  }
  if (!dealing_.maximum_capital) return Reason{};
  TRY(const auto most, signed_money(*dealing_.maximum_capital, pool_.currency, "maximum_capital"));
  TRY(const auto net, invested_by(due));
  TRY(const auto would_be, core::add(room.capital, net));
  return would_be > most ? Reason{DeferReason::PoolFull} : Reason{};
}

core::Result<core::Minor> RolloverRun::invested_by(const DueRequest& due) {
  if (due.request.transferred) return *due.request.amount;
  TRY(const auto fee, entry_fee_on(standing_of(due.request.client), *due.request.amount));
  return *due.request.amount - fee;
}

core::Result<core::Minor> RolloverRun::entry_fee_on(const Standing& standing,
                                                    core::Minor amount) const {
  if (standing.fee_free) return core::Minor{0};
  const core::Decimal& rate = standing.rules->terms->entry_fee_rate;
  TRY(const auto unit, core::power_of_ten(rate.scale));
  return core::multiply_divide(amount, rate.digits, unit, core::Rounding::Floor);
}

// All requests of a client buy at one price, so only their sum counts: each has the difference that
// it makes to the sums.
core::Result<> RolloverRun::subscribe(const std::vector<DueRequest>& requests) {
  Standing& standing = standing_of(requests.front().request.client);
  TRY(const Bought all, bought_by(standing, requests, requests.size()));
  if (all.units == 0) {
    // Too little for the smallest unit: it would buy nothing.
    for (const DueRequest& due : requests) give_back(due, CancelReason::TooSmall);
    return core::ok();
  }
  const Standing before = standing;
  if (standing.by_lot()) {
    // The mark of lots that were wiped out counts for the money that comes after them.
    core::Minor wiped_out = standing.mark;
    for (const Lot& lot : standing.investor.lots) wiped_out -= lot.mark;
    standing.investor.lots.push_back({++standing.investor.lots_priced, all.units,
                                      all.raised + wiped_out, standing.investor.hurdle});
    standing.investor.hurdle = {};
  }
  remember_joining(standing, all);
  Bought done;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    TRY(const Bought now, bought_by(before, requests, i + 1));
    SubscriptionPriced priced;
    priced.request = requests[i].id;
    priced.structure = id_;
    priced.client = standing.client;
    priced.amount = *requests[i].request.amount;
    priced.transferred = requests[i].request.transferred;
    priced.trade_date = command_.trade_date;
    priced.price_equity = price_equity_;
    priced.price_units = price_units_;
    priced.entry_fee = now.entry_fee - done.entry_fee;
    priced.units_issued = now.units - done.units;
    priced.restored = now.restored - done.restored;
    priced.mark_before = standing.mark;
    TRY(priced.mark_after, core::add(standing.mark, now.raised - done.raised));
    post(standing, requests[i], priced);
    done = now;
  }
  TRY(pop_released(standing.released, all.returning));
  return core::ok();
}

core::Result<RolloverRun::Bought> RolloverRun::bought_by(const Standing& standing,
                                                         const std::vector<DueRequest>& requests,
                                                         std::size_t count) const {
  Bought bought;
  core::Minor fresh = 0;  // What does not bring its mark along.
  core::Minor carried = 0;
  for (std::size_t i = 0; i < count; ++i) {
    core::Minor& sum = requests[i].request.transferred ? carried : fresh;
    TRY(sum, core::add(sum, *requests[i].request.amount));
  }
  TRY(bought.entry_fee, entry_fee_on(standing, fresh));
  bought.returning = fresh - bought.entry_fee;
  TRY(bought.net, core::add(bought.returning, carried));
  TRY(bought.units, units_of(bought.net, core::Rounding::Floor));
  std::vector<ReleasedLoss> stack = standing.released;
  TRY(bought.restored, pop_released(stack, bought.returning));
  if (standing.rules->scope == MarkScope::Pool) {
    // The pool's one mark counts for new money as for old.
    TRY(const auto mark, fees::multiply(pool_mark_, fees::whole(bought.units)));
    TRY(bought.raised, fees::ceiling_of(mark));
    bought.restored = 0;
  } else {
    TRY(bought.raised, core::add(bought.returning, bought.restored));
  }
  return bought;
}

void RolloverRun::remember_joining(Standing& standing, const Bought& bought) const {
  Investor& investor = standing.investor;
  if (investor.joined) {
    // What came from another pool of the manager is in it already.
    investor.period_base += bought.returning;
    return;
  }
  const core::Minor net = bought.net;
  investor.joined = command_.trade_date;
  investor.period_base = net;
  const std::uint64_t year = charging::year_of(command_.trade_date);
  // The year's fees go on for who comes back within it.
  if (investor.year.year != year) investor.year = {year, net, 0};
}

void RolloverRun::post(Standing& standing, const DueRequest& due,
                       const SubscriptionPriced& priced) {
  const core::Minor net = priced.amount - priced.entry_fee;
  const core::Minor raised = priced.mark_after - priced.mark_before;
  // Row 10.
  Postings postings;
  postings.add(accounts::pending_in(id_, standing.client), pool_.currency, priced.amount);
  postings.add(accounts::settled(id_, standing.client), pool_.currency, -net);
  core::Minor kept = 0;
  if (priced.entry_fee != 0) {
    kept = give(postings, standing.rules->terms->entry_fee_recipient.value_or(FeeRecipient::House),
                accounts::kEntryFee, priced.entry_fee);
  }
  postings.add(accounts::units(id_, standing.client), unit_, priced.units_issued);
  postings.add(accounts::units_issued(id_), unit_, -priced.units_issued);
  postings.add(accounts::mark(pool_.strategy, standing.client), mark_, raised);
  postings.add(accounts::released(pool_.strategy, standing.client), mark_, -priced.restored);
  postings.add(std::string(accounts::kMemoContra), mark_, priced.restored - raised);
  standing.settled += net;
  standing.new_money += net;
  standing.units += priced.units_issued;
  standing.mark = priced.mark_after;
  subscribed_ += net + kept;
  flows_ = true;
  effects_.add(priced, std::move(postings), subjects(due));
}

}  // namespace engine::pamm
