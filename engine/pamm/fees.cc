// The fee steps of a rollover.

#include "core/check.h"
#include "engine/accounts.h"
#include "engine/fees/formulas.h"
#include "engine/pamm/decide.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {

core::Result<> RolloverRun::charge(Standing& standing, FeeCharged fee) {
  fee.structure = id_;
  fee.client = standing.client;
  fee.offer = pool_.offer;
  fee.decision = pool_.mandates.at(standing.client);
  fee.equity_before = standing.entitlement();
  fee.equity_after = fee.equity_before - fee.amount;
  if (fee.amount > 0) {
    TRY(fee.units_cancelled, units_of(fee.amount, core::Rounding::Ceiling));
    fee.units_cancelled = std::min(fee.units_cancelled, standing.units);
  }
  const core::Minor mark_moved = fee.mark_after - fee.mark_before;
  // Row 14.
  Postings postings;
  postings.add(accounts::settled(id_, standing.client), pool_.currency, fee.amount);
  postings.out(pool_.currency, fee.amount);
  postings.add(accounts::manager_fees(pool_.manager), pool_.currency, -fee.amount);
  postings.add(accounts::units(id_, standing.client), unit_, -fee.units_cancelled);
  postings.add(accounts::units_issued(id_), unit_, fee.units_cancelled);
  postings.add(accounts::mark(pool_.strategy, standing.client), mark_, mark_moved);
  postings.add(std::string(accounts::kMemoContra), mark_, -mark_moved);
  standing.settled -= fee.amount;
  standing.units -= fee.units_cancelled;
  standing.mark = fee.mark_after;
  fees_ += fee.amount;
  flows_ = flows_ || fee.amount > 0;
  effects_.add(fee, std::move(postings), subjects(standing.client));
  return core::ok();
}

core::Result<> RolloverRun::charge_management() {
  if (offer_.terms.management_fee_rate.digits == 0 || !pool_.trade_date) return core::ok();
  const auto days = static_cast<std::uint64_t>(command_.trade_date.days - pool_.trade_date->days);
  for (Standing& standing : standings_) {
    if (standing.fee_free || standing.units == 0) continue;
    TRY(charge_management(standing, days));
  }
  return core::ok();
}

core::Result<> RolloverRun::charge_management(Standing& standing, std::uint64_t days) {
  // What the investor had after the last rollover: the period's opening capital.
  const core::Minor base = standing.investor.opening;
  TRY(const auto period, fees::management_accrual(base, offer_.terms.management_fee_rate, days));
  fees::Exact cumulative = period;
  TRY(cumulative.numerator,
      core::add(period.numerator, standing.investor.management.accrued.numerator));
  TRY(const auto due, fees::charge_of(cumulative, standing.investor.management.charged));
  FeeCharged fee;
  fee.fee = FeeKind::Management;
  fee.amount = std::min(due, standing.entitlement());
  fee.base = base;
  fee.rate = offer_.terms.management_fee_rate;
  fee.days = days;
  fee.exact_numerator = cumulative.numerator;
  fee.exact_denominator = cumulative.denominator;
  fee.charged_before = standing.investor.management.charged;
  fee.mark_before = standing.mark;
  fee.mark_after = standing.mark;
  return charge(standing, fee);
}

core::Result<> RolloverRun::require_classified() const {
  if (pool_.unclassified.empty()) return core::ok();
  return core::conflict("unclassified_operation", "structure",
                        "A balance row of unknown class was imported: no performance fee is taken "
                        "until it is classified (classify_operation).");
}

core::Result<> RolloverRun::crystallise() {
  if (!command_.period_end || offer_.terms.performance_fee_rate.digits == 0) return core::ok();
  if (units_ > 0) {
    TRY(require_classified());
  }
  for (Standing& standing : standings_) {
    if (standing.fee_free || standing.units == 0) continue;
    TRY(crystallise(standing));
  }
  return core::ok();
}

core::Result<> RolloverRun::crystallise(Standing& standing) {
  const core::Minor equity = standing.entitlement();
  TRY(const auto exact,
      fees::performance_accrual(equity, standing.mark, offer_.terms.performance_fee_rate));
  FeeCharged fee;
  TRY(fee.amount, fees::floor_of(exact));
  // Less than a smallest unit: no charge occurs and the mark stays.
  if (fee.amount == 0) return core::ok();
  fee.fee = FeeKind::Performance;
  fee.base = equity - standing.mark;
  fee.rate = offer_.terms.performance_fee_rate;
  fee.exact_numerator = exact.numerator;
  fee.exact_denominator = exact.denominator;
  fee.mark_before = standing.mark;
  const core::Minor reached =
      offer_.terms.mark_basis == MarkBasis::Gross ? equity : equity - fee.amount;
  fee.mark_after = std::max(standing.mark, reached);
  return charge(standing, fee);
}

core::Result<core::Minor> RolloverRun::crystallise_part(Standing& standing, core::Minor gross) {
  const core::Decimal& rate = offer_.terms.performance_fee_rate;
  const core::Minor equity = standing.entitlement();
  if (standing.fee_free || rate.digits == 0 || equity == 0) return core::Minor{0};
  TRY(const auto exact, fees::performance_accrual_on(equity, standing.mark, rate, gross));
  FeeCharged fee;
  TRY(fee.amount, fees::floor_of(exact));
  if (fee.amount == 0) return core::Minor{0};
  TRY(require_classified());
  fee.fee = FeeKind::Performance;
  TRY(fee.base,
      core::multiply_divide(equity - standing.mark, gross, equity, core::Rounding::Floor));
  fee.rate = rate;
  fee.exact_numerator = exact.numerator;
  fee.exact_denominator = exact.denominator;
  fee.mark_before = standing.mark;
  // The mark falls with the redemption, which takes this fee out of its gross amount.
  fee.mark_after = standing.mark;
  const core::Minor amount = fee.amount;
  TRY(charge(standing, std::move(fee)));
  return amount;
}

void apply(State& state, const FeeCharged& body, const ledger::RecordView&) {
  Investor& investor = state.structures.at(body.structure).investors.at(body.client);
  investor.opening = body.equity_after;
  if (body.fee == FeeKind::Management) {
    investor.management = {{body.exact_numerator, body.exact_denominator},
                           body.charged_before + body.amount};
  }
}

}  // namespace engine::pamm
