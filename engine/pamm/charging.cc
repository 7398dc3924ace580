// Taking a fee: the cap of the year, the shares, the units.

#include <algorithm>

#include "core/allocate.h"
#include "core/check.h"
#include "engine/accounts.h"
#include "engine/fees/cap.h"
#include "engine/fees/reserve.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {

void RolloverRun::begin_year(Standing& standing) const {
  const std::uint64_t now = year_of(command_.trade_date);
  FeeYear& year = standing.investor.year;
  if (!standing.rules->terms->annual_cap || year.year == now) return;
  // What was there after the last rollover of the old year.
  year = {now, standing.investor.opening, 0};
}

core::Result<> RolloverRun::apply_cap(Standing& standing, FeeCharged& fee) {
  const auto& rate = standing.rules->terms->annual_cap;
  if (!rate) return core::ok();
  FeeYear& year = standing.investor.year;
  TRY(const auto cap, fees::annual_cap(*rate, year.capital));
  TRY(const auto cut, fees::capped(fee.amount, cap, year.charged));
  fee.cap = cap;
  fee.cap_used = year.charged;
  fee.amount = cut.fee;
  if (cut.forfeited != 0) fee.forfeited = cut.forfeited;
  year.charged += cut.fee;
  return core::ok();
}

core::Result<> RolloverRun::share_out(const Standing& standing, FeeCharged& fee) const {
  const OfferTerms& terms = *standing.rules->terms;
  const bool reserved = terms.reserve && fee.fee == FeeKind::Performance;
  if (!terms.shares && !terms.tax && !reserved) return core::ok();
  TRY(const auto parts, fees::shares_of(fee.amount, standing.rules->waterfall));
  const auto give = [&fee](FeeShareOf of, std::optional<core::PartyId> to, core::Minor amount) {
    if (amount != 0) fee.shares.push_back({of, to, amount});
  };
  if (terms.tax) fee.tax = parts.tax;
  give(FeeShareOf::Tax, {}, parts.tax);
  give(FeeShareOf::Broker, {}, parts.broker);
  for (std::size_t i = 0; i < parts.introducing.size(); ++i) {
    give(FeeShareOf::IntroducingBroker, terms.shares->introducing[i].partner, parts.introducing[i]);
  }
  if (parts.partner != 0) {
    give(FeeShareOf::BusinessPartner, terms.shares->business_partner->partner, parts.partner);
  }
  core::Minor held = 0;
  if (reserved) {
    TRY(held, fees::held_of(parts.manager, terms.reserve->share));
  }
  give(FeeShareOf::Reserve, {}, held);
  give(FeeShareOf::Manager, {}, parts.manager - held);
  return core::ok();
}

core::Minor RolloverRun::taken_by(const FeeCharged& fee) {
  if (fee.shares.empty()) return fee.amount;
  core::Minor sum = 0;
  for (const FeeShare& share : fee.shares) sum += share.amount;
  return sum;
}

void RolloverRun::post_shares(Postings& postings, const FeeCharged& fee) const {
  if (fee.shares.empty()) {
    postings.add(accounts::manager_fees(pool_.manager), pool_.currency, -fee.amount);
    return;
  }
  for (const FeeShare& share : fee.shares) {
    std::string account;
    switch (share.of) {
      case FeeShareOf::Tax:
        account = accounts::tax(offer_of_fee(fee).terms.tax->country);
        break;
      case FeeShareOf::Broker:
      case FeeShareOf::House:
        account = accounts::kFeeShare;
        break;
      case FeeShareOf::IntroducingBroker:
      case FeeShareOf::BusinessPartner:
        account = accounts::partner_accrued(*share.partner);
        break;
      case FeeShareOf::Reserve:
        account = accounts::manager_reserve(pool_.manager);
        break;
      case FeeShareOf::Manager:
      case FeeShareOf::Pool:
        account = accounts::manager_fees(pool_.manager);
        break;
    }
    postings.add(std::move(account), pool_.currency, -share.amount);
  }
}

const Offer& RolloverRun::offer_of_fee(const FeeCharged& fee) const {
  return context_.state.offers.at(fee.offer);
}

core::Result<> RolloverRun::fit_into_equity(const Standing& standing, core::Minor equity,
                                            FeeCharged& fee) const {
  fee.amount = std::min(fee.amount, equity);
  const OfferTerms& terms = *standing.rules->terms;
  if (!terms.tax || terms.tax->mode.value_or(TaxMode::OnTop) == TaxMode::Included) {
    return core::ok();
  }
  // Fee and tax together must not take more than there is.
  TRY(const auto unit, core::power_of_ten(terms.tax->rate.scale));
  TRY(const auto with_tax, core::add(unit, terms.tax->rate.digits));
  TRY(const auto most, core::multiply_divide(equity, unit, with_tax, core::Rounding::Floor));
  fee.amount = std::min(fee.amount, most);
  return core::ok();
}

core::Result<> RolloverRun::charge(Standing& standing, Part& part, FeeCharged fee) {
  fee.structure = id_;
  fee.client = standing.client;
  fee.offer = standing.investor.offer;
  fee.decision = pool_.mandates.at(standing.client);
  if (pool_.valuation) fee.valuation = pool_.valuation->seq;
  if (part.lot) fee.lot = standing.investor.lots[*part.lot].number;
  fee.mark_before = part.mark;
  TRY(share_out(standing, fee));
  const core::Minor taken = taken_by(fee);
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
  post_shares(postings, fee);
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
  return core::ok();
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
