// The first steps of a rollover: the equity it rests on, and each investor's part of the result.

#include <algorithm>

#include "core/allocate.h"
#include "core/amount.h"
#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/pamm/held.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {
namespace {

core::Error refused(std::string reason, std::string detail) {
  return core::conflict(std::move(reason), "structure", std::move(detail));
}

// What the platform's own figures differ by: each open position may be off by a smallest unit.
core::Result<core::Minor> difference_of(const PoolValued& valued) {
  if (!valued.balance || !valued.floating) return core::Minor{0};
  TRY(auto sum, core::add(*valued.balance, *valued.floating));
  TRY(sum, core::add(sum, valued.credit.value_or(0)));
  return core::subtract(valued.equity, sum);
}

core::Result<> check_difference(const PoolValued& valued, core::Minor difference) {
  const core::Minor tolerance = static_cast<core::Minor>(valued.open_positions.value_or(0));
  if (difference <= tolerance && difference >= -tolerance) return core::ok();
  return refused("reconcile_drift",
                 "The platform's equity is not its balance, credit and floating result together, "
                 "beyond one smallest unit for each open position; nothing is priced.");
}

}  // namespace

core::Result<> RolloverRun::take_snapshot() {
  undistributed_ = -context_.books.balance(accounts::undistributed(id_), pool_.currency);
  retained_ = -context_.books.balance(accounts::pool_retained(id_), pool_.currency);
  for (const Standing& standing : standings_) {
    TRY(units_, core::add(units_, standing.units));
  }
  if (units_ == 0) {
    if (undistributed_ != 0) {
      return refused("pool_without_owners",
                     "Results were booked while nobody held units; they belong to no investor.");
    }
    // A pool begins at par: one unit per unit of currency.
    TRY(price_equity_, core::power_of_ten(*core::currency_scale(pool_.currency)));
    TRY(price_units_, core::power_of_ten(kUnitScale));
    pool_mark_ = {price_equity_, price_units_};
    return core::ok();
  }
  const auto& valuation = pool_.valuation;
  if (!valuation || valuation->seq < std::max(pool_.rollover_seq, pool_.last_deal_seq)) {
    return refused("valuation_missing",
                   "Record the pool's equity (record_valuation) after the last deal and the last "
                   "rollover first.");
  }
  if (!pool_.calendar.empty() && valuation->effective_at < *cutoff_) {
    return refused("valuation_early",
                   "The valuation is of a time before the cut-off: prices must not be known while "
                   "requests are still taken.");
  }
  TRY(rounding_, difference_of(valuation->value));
  TRY(check_difference(valuation->value, rounding_));
  TRY(equity_, core::subtract(valuation->value.equity, valuation->value.credit.value_or(0)));
  TRY(equity_, core::subtract(equity_, rounding_));
  if (equity_ < 0) {
    absorbed_ = -equity_;
    equity_ = 0;
  }
  price_equity_ = equity_;
  price_units_ = units_;
  return core::ok();
}

core::Result<> RolloverRun::reconcile() {
  if (!pool_.server) return core::ok();
  const std::string code = accounts::operation_code(pool_.currency);
  if (context_.books.balance(accounts::operation(id_), code) != 0) {
    return refused("operation_unconfirmed",
                   "The platform has not confirmed the capital of the last rollover; it is held.");
  }
  if (units_ == 0) return core::ok();
  const PoolValued& valued = pool_.valuation->value;
  if (!valued.balance) {
    return refused("valuation_balance",
                   "Deals are imported here: the valuation must give the platform's balance.");
  }
  TRY(const auto expected, expected_balance(context_, id_, pool_));
  if (expected == *valued.balance) return core::ok();
  const unsigned scale = *core::currency_scale(pool_.currency);
  return refused("reconcile_drift",
                 "The platform's balance is " + core::print_fixed(*valued.balance, scale) +
                     " but the ledger expects " + core::print_fixed(expected, scale) +
                     "; nothing is priced until the difference is explained (hold_rollover).");
}

void RolloverRun::distribute_retained() {
  // Without owners it waits for the next who hold units.
  if (retained_ == 0 || units_ == 0) return;
  Postings postings;
  postings.add(accounts::pool_retained(id_), pool_.currency, retained_);
  postings.add(accounts::undistributed(id_), pool_.currency, -retained_);
  effects_.add(RetainedDistributed{id_, retained_}, std::move(postings), {id_.bytes});
  undistributed_ += retained_;
}

void RolloverRun::absorb_negative_balance() {
  if (absorbed_ == 0) return;
  // Row 28: what is lost beyond the pool's money is the firm's.
  Postings postings;
  postings.add(accounts::undistributed(id_), pool_.currency, -absorbed_);
  postings.in(pool_.currency, absorbed_);
  postings.add(std::string(accounts::kNegativeBalanceCost), pool_.currency, absorbed_);
  effects_.add(NegativeBalanceAbsorbed{id_, absorbed_}, std::move(postings), {id_.bytes});
  undistributed_ += absorbed_;
}

core::Result<> RolloverRun::attribute() {
  if (units_ == 0) return core::ok();
  core::Minor before = 0;
  std::vector<core::Minor> units;
  for (const Standing& standing : standings_) {
    units.push_back(standing.units);
    TRY(before, core::add(before, standing.entitlement()));
  }
  TRY(const auto entitlements, entitlements_of(before, units));
  // The posted entitlement is fixed first, then the floating part, then the settled by difference.
  TRY(const auto result, core::subtract(equity_, before));
  TRY(const auto floating, core::subtract(result, undistributed_));
  TRY(const auto floating_parts, core::allocate(floating, units));
  for (std::size_t i = 0; i < standings_.size(); ++i) {
    Standing& standing = standings_[i];
    if (standing.units == 0) continue;
    const core::Minor was = standing.entitlement();
    const core::Minor f = floating_parts[i];
    const core::Minor t = entitlements[i] - was - f;
    Postings postings;
    postings.add(accounts::undistributed(id_), pool_.currency, t);
    postings.add(accounts::settled(id_, standing.client), pool_.currency, -t);
    postings.add(accounts::floating(id_, standing.client), pool_.currency, -f);
    postings.in(pool_.currency, f);
    postings.add(std::string(accounts::kClientTradingFloating), pool_.currency, f);
    standing.settled += t;
    standing.floating += f;
    effects_.add(ResultAttributed{id_, standing.client, was, entitlements[i], t, f},
                 std::move(postings), subjects(standing.client));
  }
  return core::ok();
}

}  // namespace engine::pamm
