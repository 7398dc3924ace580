// Fees that accrue day by day or with what is traded.

#include <algorithm>

#include "core/amount.h"
#include "core/iso4217.h"
#include "core/rational.h"
#include "engine/accounts.h"
#include "engine/dealing_records.h"
#include "engine/fees/day_count.h"
#include "engine/fees/management_fee.h"
#include "engine/fees/volume_fee.h"
#include "engine/setup_records.h"
#include "reports/explain/fee.h"
#include "reports/explain/offer_rules.h"

namespace reports::explain {
namespace {

using engine::FeeCharged;
using engine::FeeKind;
namespace fees = engine::fees;

std::string print(const std::optional<core::Date>& date) {
  return date ? core::to_string(*date) : "none";
}

core::Result<> check_rate(Fee& fee, const core::Decimal& rate) {
  fee.calculation.check("rate", "the offer's", core::to_string(rate), fee.rate());
  return core::ok();
}

// The time that a fee is for. Each with a mandate is charged by itself, the oldest first.
Days time_of(const Fee& fee) {
  const auto charged = static_cast<std::size_t>(
      std::ranges::count(fee.earlier, fee.body.fee, [](const FeeCharged& one) { return one.fee; }));
  const core::Date end = fee.rollovers.current.body.trade_date;
  if (!fee.rollovers.last) return {fee.body.from.value_or(end), end};
  if (charged >= fee.managed.with_mandate.size()) return {end, end};
  return fee.managed.with_mandate[charged];
}

// From the last rollover's trade date to this one's, which is not in it, less what is not covered
// by a mandate.
core::Result<fees::Fraction> check_period(Fee& fee, fees::DayCount convention, bool with_days) {
  const Days time = time_of(fee);
  const bool at_rollover = !fee.rollovers.last || time.from == fee.rollovers.last->body.trade_date;
  const bool to_rollover = time.to == fee.rollovers.current.body.trade_date;
  fee.calculation.check(
      "from", at_rollover ? "the last rollover's trade date" : "the day on which he signed again",
      print(time.from), print(fee.body.from));
  fee.calculation.check(
      "to, which does not count",
      to_rollover ? "this rollover's trade date" : "the day after the mandate's last",
      print(time.to), print(fee.body.to));
  if (with_days) {
    fee.calculation.check("days", print(time.from) + " to " + print(time.to),
                          std::to_string(time.to.days - time.from.days),
                          std::to_string(fee.body.days));
  }
  return fees::year_fraction(convention, time.from, time.to);
}

std::string print(const fees::Fraction& years) {
  return core::to_string(years.numerator) + " / " + core::to_string(years.denominator);
}

// What was accrued and charged before: by his last fee of the kind, unless he left since.
struct Carried {
  fees::Exact accrued;
  core::Minor charged = 0;
};

Carried carried_by(const engine::RunningFee& running) {
  return {{running.accrued.numerator, running.accrued.denominator}, running.charged};
}

core::Result<bool> left_since(Fee& fee, std::uint64_t seq) {
  bool left = false;
  TRY(for_each_of_client<engine::RedemptionPriced>(
      fee.calculation.sources(), fee.body.client, seq, fee.calculation.seq(),
      [&](const auto& body, const auto&) {
        left = left || (body.full && body.structure == fee.body.structure);
      }));
  TRY(for_each_of_client<engine::TransferPriced>(
      fee.calculation.sources(), fee.body.client, seq, fee.calculation.seq(),
      [&](const auto& body, const auto&) { left = left || body.structure == fee.body.structure; }));
  return left;
}

core::Result<Carried> carried_of(Fee& fee) {
  TRY(const auto last,
      find_body<FeeCharged>(fee.calculation.sources(), ledger::SubjectId(fee.body.client.bytes),
                            Direction::Before, fee.calculation.seq(), [&](const FeeCharged& body) {
                              return body.fee == fee.body.fee &&
                                     body.structure == fee.body.structure;
                            }));
  if (!last) {
    if (!fee.standing) return Carried{};
    const engine::Investor& then = fee.standing->body.investor;
    return carried_by(fee.body.fee == FeeKind::Management ? then.management : then.subscription);
  }
  TRY(const bool left, left_since(fee, last->seq));
  if (left) return Carried{};
  fee.calculation.rests_on(last->seq, "his last fee of this kind");
  return Carried{{last->body.exact_numerator, last->body.exact_denominator},
                 last->body.charged_before + last->body.amount + last->body.forfeited.value_or(0)};
}

core::Result<> check_accrued(Fee& fee, const fees::Exact& period, const std::string& how) {
  TRY(const Carried carried, carried_of(fee));
  Calculation& calculation = fee.calculation;
  const std::string of_period = calculation.exact(period.numerator, period.denominator);
  calculation.given("accrued in the period, exactly", how + " = " + of_period);
  TRY(const auto sum, fees::add(carried.accrued, period));
  const auto shown = [&](const fees::Exact& exact) {
    return calculation.exact(exact.numerator, exact.denominator);
  };
  const fees::Exact recorded{fee.body.exact_numerator, fee.body.exact_denominator};
  TRY(const bool same,
      same_fraction(sum.numerator, sum.denominator, recorded.numerator, recorded.denominator));
  calculation.require(same, "accrued since he joined, exactly",
                      shown(carried.accrued) + " before + " + of_period + " = " + shown(sum),
                      shown(recorded));
  calculation.check_money("charged of it before", "by his earlier fees of this kind",
                          carried.charged, fee.body.charged_before);
  TRY(const auto floor, fees::floor_of(sum));
  TRY(fee.due, fees::charge_of(sum, carried.charged));
  calculation.given("due now", fee.money(floor) + ", which is all that accrued, rounded down, - " +
                                   fee.money(carried.charged) + " = " + fee.money(fee.due));
  return core::ok();
}

// --- Management fee. ---

std::string name_of(fees::ManagementBase base) {
  switch (base) {
    case fees::ManagementBase::End:
      return "his entitlement before the fee";
    case fees::ManagementBase::Average:
      return "half of his entitlements at the period's begin and end, ";
    case fees::ManagementBase::Begin:
      break;
  }
  return "his entitlement after the last rollover";
}

core::Result<fees::Exact> check_base(Fee& fee, const engine::ManagementTerms& more) {
  const auto choice = management_base(more);
  const core::Minor begin = fee.opening.value_or(fee.body.base);
  TRY(const auto base, fees::management_base(choice, begin, fee.body.equity_before));
  std::string how = name_of(choice);
  if (choice == fees::ManagementBase::Average) {
    how += fee.money(begin) + " and " + fee.money(fee.body.equity_before) + ", rounded down";
  } else if (choice == fees::ManagementBase::Begin && fee.rollovers.last) {
    TRY(const Investor then, investor_at(fee.calculation, fee.terms, fee.body.structure,
                                         fee.body.client, fee.rollovers.last->seq));
    const core::Minor moved = begin - then.entitlement;
    if (moved != 0) how += " and " + fee.money(moved) + " of corrections since";
  }
  TRY(const auto floor, fees::floor_of(base));
  fee.calculation.check_money("base", how, floor, fee.body.base);
  return base;
}

}  // namespace

core::Result<> step_management(Fee& fee) {
  const engine::OfferTerms& terms = fee.offer();
  const engine::ManagementTerms more = terms.management.value_or(engine::ManagementTerms{});
  TRY(check_rate(fee, terms.management_fee_rate));
  TRY(const auto years, check_period(fee, day_count(more), true));
  TRY(const auto base, check_base(fee, more));
  TRY(auto accrual, fees::management_accrual(base, terms.management_fee_rate, years));
  std::string how =
      (base.denominator == 1 ? fee.money(fee.body.base)
                             : fee.calculation.exact(base.numerator, base.denominator)) +
      " x " + fee.rate() + " x " + print(years);
  if (more.flat) {
    TRY(const auto flat, money_of(more.flat, fee.calculation.currency()));
    TRY(const auto part, fees::flat_accrual(flat, years));
    TRY(accrual, fees::add(accrual, part));
    how += " + " + fee.money(flat) + " x " + print(years);
  }
  if (more.minimum) {
    TRY(const auto minimum, money_of(more.minimum, fee.calculation.currency()));
    TRY(const auto least, fees::flat_accrual(minimum, years));
    TRY(accrual, fees::larger(accrual, least));
    how += ", at least " + fee.money(minimum) + " x " + print(years);
  }
  return check_accrued(fee, accrual, how);
}

core::Result<> step_subscription(Fee& fee) {
  TRY(const auto annual, money_of(fee.offer().subscription_fee, fee.calculation.currency()));
  TRY(check_rate(fee, core::Decimal{}));
  fee.calculation.check_money("base", "the offer's subscription fee for a year", annual,
                              fee.body.base);
  TRY(const auto years, check_period(fee, fees::DayCount::Act365, true));
  TRY(const auto accrual, fees::flat_accrual(annual, years));
  return check_accrued(fee, accrual, fee.money(annual) + " x " + print(years));
}

// --- Volume. ---

namespace {

struct Traded {
  core::Minor lots = 0;
  core::Minor notional = 0;
};

core::Result<Traded> traded_since(Fee& fee) {
  Traded traded;
  const unsigned scale = core::currency_scale(fee.calculation.currency()).value_or(0);
  const std::uint64_t after = rollover_begin(fee.rollovers);
  TRY(fee.calculation.sources().find(
      engine::DealRecorded::kKind, std::nullopt, Direction::Before, fee.calculation.seq(),
      [&](const ledger::RecordView& record) -> core::Result<bool> {
        if (record.seq <= after) return true;
        TRY(const auto body, core::from_cbor<engine::DealRecorded>(record.body));
        if (body.deal.structure != fee.body.structure) return false;
        TRY(const auto lots, core::to_minor(body.deal.lots, engine::kLotScale));
        traded.lots += lots;
        for (const auto& side : {body.deal.notional_open, body.deal.notional_close}) {
          if (!side) continue;
          TRY(const auto money, core::to_minor(*side, scale));
          traded.notional += money;
        }
        return false;
      }));
  return traded;
}

}  // namespace

core::Result<> step_volume(Fee& fee) {
  const engine::VolumeTerms volume = fee.offer().volume.value_or(engine::VolumeTerms{});
  Calculation& calculation = fee.calculation;
  TRY(check_rate(fee, volume.per_lot.value_or(volume.per_million.value_or(core::Decimal{}))));
  TRY(check_period(fee, fees::DayCount::Act365, false));
  TRY(const Traded traded, traded_since(fee));
  calculation.check("lots traded by the pool", "its deals since the last rollover",
                    Calculation::units(traded.lots),
                    Calculation::units(fee.body.lots_traded.value_or(0)));
  calculation.check_money("traded by the pool, both sides", "its deals since the last rollover",
                          traded.notional, fee.body.notional_traded.value_or(0));
  const core::Minor pool_units = fee.rollovers.current.body.units_before;
  calculation.check_units("units of the pool", "before the flows", pool_units,
                          fee.body.pool_units.value_or(0));
  fees::Exact total;
  std::string how;
  if (volume.per_lot) {
    TRY(total, fees::per_lot_fee({traded.lots, engine::kLotScale}, *volume.per_lot,
                                 core::currency_scale(calculation.currency()).value_or(0)));
    how = Calculation::units(traded.lots) + " lots x " + core::to_string(*volume.per_lot);
  }
  if (volume.per_million) {
    TRY(const auto part, fees::per_million_fee(traded.notional, *volume.per_million));
    TRY(total, fees::add(total, part));
    how += std::string(how.empty() ? "" : " + ") + calculation.money(traded.notional) + " x " +
           core::to_string(*volume.per_million) + " / 1000000";
  }
  // Those that he held while the pool traded, before this rollover's fees took some.
  TRY(const Investor then, investor_at(calculation, fee.terms, fee.body.structure, fee.body.client,
                                       rollover_begin(fee.rollovers)));
  const core::Minor units = then.units;
  TRY(const auto exact, fees::multiply(total, {units, std::max<core::Minor>(pool_units, 1)}));
  TRY(const bool same, same_fraction(exact.numerator, exact.denominator, fee.body.exact_numerator,
                                     fee.body.exact_denominator));
  calculation.require(same, "volume fee, exactly",
                      "(" + how + ") x " + Calculation::units(units) + " / " +
                          Calculation::units(pool_units) +
                          " units = " + calculation.exact(exact.numerator, exact.denominator),
                      calculation.exact(fee.body.exact_numerator, fee.body.exact_denominator));
  calculation.require(fee.body.base == 0 && fee.body.charged_before == 0 && fee.body.days == 0,
                      "base, days and what was charged before", "none: it goes by the volume",
                      "another");
  TRY(fee.due, fees::floor_of(exact));
  return core::ok();
}

}  // namespace reports::explain
