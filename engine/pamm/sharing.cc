// How a pool's result and its floating part are shared, and what follows the flows.

#include <algorithm>
#include <numeric>

#include "core/allocate.h"
#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {
namespace {

bool by_positions(PoolSharing sharing) {
  return sharing == PoolSharing::Reallocation || sharing == PoolSharing::NoAction;
}

PoolSharing sharing_of(const Offer& offer) {
  return offer.terms.sharing.value_or(PoolSharing::Units);
}

}  // namespace

core::Result<std::vector<core::Minor>> RolloverRun::entitlements_of(
    core::Minor before, const std::vector<core::Minor>& units) {
  std::vector<core::Minor> weights;
  bool weighted = false;
  for (const Standing& standing : standings_) {
    weights.push_back(standing.investor.weight);
    weighted = weighted || standing.investor.weight != 0;
  }
  if (!by_positions(sharing_of(offer_)) || !weighted) return core::allocate(equity_, units);
  // The result goes by the positions as they were shared; capital stays as it was.
  TRY(const auto result, core::subtract(equity_, before));
  TRY(auto parts, core::allocate(result, weights));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    TRY(parts[i], core::add(parts[i], standings_[i].entitlement()));
    if (parts[i] >= 0) continue;
    return core::conflict("loss_beyond_share", "structure",
                          "An investor's part of the positions lost more than he holds; price this "
                          "pool by units.");
  }
  return parts;
}

core::Result<> RolloverRun::rebase() {
  if (!flows_) return core::ok();
  core::Minor floating = 0;
  core::Minor units = 0;
  std::vector<core::Minor> weights;
  for (const Standing& standing : standings_) {
    TRY(floating, core::add(floating, standing.floating));
    TRY(units, core::add(units, standing.units));
    weights.push_back(standing.units);
  }
  std::vector<core::Minor> parts(standings_.size(), 0);
  if (units > 0) {
    TRY(parts, core::allocate(floating, weights));
  }
  for (std::size_t i = 0; i < standings_.size(); ++i) {
    Standing& standing = standings_[i];
    const core::Minor moved = parts[i] - standing.floating;
    if (moved == 0) continue;
    Postings postings;
    postings.add(accounts::settled(id_, standing.client), pool_.currency, moved);
    postings.add(accounts::floating(id_, standing.client), pool_.currency, -moved);
    standing.settled -= moved;
    standing.floating += moved;
    effects_.add(FloatingRebased{id_, standing.client, moved}, std::move(postings),
                 subjects(standing.client));
  }
  return core::ok();
}

core::Result<> RolloverRun::rebase_units() {
  if (sharing_of(offer_) == PoolSharing::Units) return core::ok();
  TRY(const auto unit, core::power_of_ten(kUnitScale - *core::currency_scale(pool_.currency)));
  for (Standing& standing : standings_) {
    TRY(const auto units, core::multiply(standing.entitlement(), unit));
    const core::Minor more = units - standing.units;
    if (more == 0) continue;
    Postings postings;
    postings.add(accounts::units(id_, standing.client), unit_, more);
    postings.add(accounts::units_issued(id_), unit_, -more);
    effects_.add(UnitsRebased{id_, standing.client, more}, std::move(postings),
                 subjects(standing.client));
    standing.units = units;
  }
  return core::ok();
}

core::Result<> RolloverRun::share_positions() {
  const PoolSharing sharing = sharing_of(offer_);
  if (!by_positions(sharing)) return core::ok();
  const bool open = pool_.valuation && pool_.valuation->value.open_lots &&
                    pool_.valuation->value.open_lots->digits > 0;
  const bool shared = std::ranges::any_of(
      standings_, [](const Standing& standing) { return standing.investor.weight != 0; });
  // Without action newcomers have no part of what is open; a withdrawal shares anew.
  if (sharing == PoolSharing::NoAction && open && shared && redeemed_ == 0) return core::ok();
  std::vector<std::size_t> order(standings_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // A step that is left over goes to the larger account.
  std::ranges::stable_sort(order, std::greater<>{},
                           [this](std::size_t i) { return standings_[i].entitlement(); });
  const bool newcomers = sharing == PoolSharing::Reallocation || redeemed_ > 0;
  std::vector<core::Minor> capital;
  core::Minor sum = 0;
  for (const std::size_t i : order) {
    const Standing& standing = standings_[i];
    capital.push_back(standing.entitlement() - (newcomers ? 0 : standing.new_money));
    TRY(sum, core::add(sum, capital.back()));
  }
  std::vector<core::Minor> steps(order.size(), 0);
  if (open && sum > 0) {
    TRY(const auto volume, open_steps());
    TRY(steps, core::allocate(volume, capital));
  }
  for (std::size_t i = 0; i < order.size(); ++i) standings_[order[i]].investor.weight = steps[i];
  return core::ok();
}

core::Result<core::Minor> RolloverRun::open_steps() const {
  const core::Decimal step = offer_.terms.lot_step.value_or(core::Decimal{1, 2});
  const core::Decimal& lots = *pool_.valuation->value.open_lots;
  TRY(const auto lots_unit, core::power_of_ten(step.scale));
  TRY(const auto step_unit, core::power_of_ten(lots.scale));
  TRY(const auto of_step, core::multiply(step.digits, step_unit));
  return core::multiply_divide(lots.digits, lots_unit, of_step, core::Rounding::Floor);
}

void RolloverRun::close_epoch() {
  // Units that are worth nothing would be reborn with the next money that comes in.
  if (units_ == 0 || equity_ > 0) return;
  for (Standing& standing : standings_) {
    if (standing.units == 0) continue;
    Postings postings;
    postings.add(accounts::units(id_, standing.client), unit_, -standing.units);
    postings.add(accounts::units_issued(id_), unit_, standing.units);
    effects_.add(UnitsVoided{id_, standing.client, standing.units}, std::move(postings),
                 subjects(standing.client));
    standing.units = 0;
    standing.investor.lots.clear();
    standing.investor.joined.reset();
  }
  flows_ = true;
  epoch_closed_ = true;
}

}  // namespace engine::pamm
