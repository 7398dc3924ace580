// Performance fees: what is compared with the mark, hurdle, tiers, and the new mark.

#include <algorithm>

#include "core/rational.h"
#include "engine/accounts.h"
#include "engine/dealing_records.h"
#include "engine/fees/crystallisation.h"
#include "engine/fees/equalisation.h"
#include "engine/fees/hurdle.h"
#include "engine/fees/performance_fee.h"
#include "reports/explain/fee.h"
#include "reports/explain/offer_rules.h"

namespace reports::explain {
namespace {

using engine::FeeBase;
using engine::FeeCharged;
using engine::FeeDue;
using engine::FeeKind;
namespace accounts = engine::accounts;
namespace fees = engine::fees;

std::string_view name_of(const std::optional<FeeDue>& due) {
  if (!due) return "none";
  return core::EnumNames<FeeDue>::names[static_cast<std::size_t>(*due)];
}

FeeBase base_of(const Fee& fee) {
  return performance_of(fee.offer()).base.value_or(FeeBase::Equity);
}

bool on_redemption(const Fee& fee) { return fee.body.due == FeeDue::Redemption; }

// --- Why it fell due. ---

core::Result<> check_due(Fee& fee) {
  const bool full = performance_of(fee.offer()).withdrawal_charge == engine::WithdrawalCharge::Full;
  bool follows = false;
  std::string why;
  if (!fee.body.due) {
    why = "a performance fee has a reason";
  } else if (on_redemption(fee)) {
    TRY(const auto next, find_body<engine::RedemptionPriced>(
                             fee.calculation.sources(), ledger::SubjectId(fee.body.client.bytes),
                             Direction::After, fee.calculation.seq(), [&](const auto& body) {
                               return body.structure == fee.body.structure;
                             }));
    follows =
        next && next->seq < fee.rollovers.current.seq && full == !fee.body.withdrawn.has_value();
    if (next) fee.calculation.rests_on(next->seq, "the redemption that this fee is taken out of");
    why = full ? "he takes money out, and the offer charges all of it then"
               : "he takes money out, and the offer charges the part that falls on it";
  } else {
    bool switches = false;
    TRY(for_each_of_client<engine::OfferSwitched>(
        fee.calculation.sources(), fee.body.client, fee.calculation.seq(),
        fee.rollovers.current.seq, [&](const auto& body, const auto& record) {
          if (body.structure != fee.body.structure) return;
          switches = true;
          fee.calculation.rests_on(record.seq, "the switch to his next offer");
        }));
    const bool change = fee.body.due == FeeDue::OfferChange;
    follows = !fee.body.withdrawn && fee.body.due != FeeDue::Accrued && (!change || switches);
    why = change ? "new terms take over after it" : "his period ends";
    if (fee.ends_mandate()) why += ": his mandate's last day is past";
  }
  fee.calculation.require(follows, "due", std::string(name_of(fee.body.due)) + ": " + why,
                          std::string(name_of(fee.body.due)));
  return core::ok();
}

// --- What is compared with the mark. ---

// Nothing if the records do not say.
core::Result<std::optional<core::Minor>> measured_of(Fee& fee, std::string& how) {
  using Found = std::optional<core::Minor>;
  Calculation& calculation = fee.calculation;
  std::optional<core::Minor> equity = fee.body.equity_before;
  if (fee.body.lot) {
    if (fee.lot() == nullptr) return Found();
    equity = fee.part_equity();
  }
  how = fee.body.lot ? "the lot's part of his entitlement, by units" : "his entitlement";
  const FeeBase base = base_of(fee);
  if (base == FeeBase::Equity) return equity;
  if (base == FeeBase::BeforeManagementFee) {
    if (!fee.standing || on_redemption(fee)) return Found();
    TRY(core::Minor management, management_since(fee.calculation, fee.body, {},
                                                 {fee.standing->body.investor, fee.standing->seq}));
    for (const FeeCharged& one : fee.earlier) {
      if (one.fee == FeeKind::Management) management += taken_by(one);
    }
    how += " + " + fee.money(management) + " of management fees since his period began";
    return Found(*equity + management);
  }
  TRY(const auto in_books,
      calculation.balance_before(accounts::floating(fee.body.structure, fee.body.client),
                                 calculation.currency()));
  const core::Minor floating = -in_books;
  if (base == FeeBase::Realised) {
    how += " without the floating result of " + fee.money(floating);
    return Found(*equity - floating);
  }
  how += " without a floating gain of " + fee.money(std::max<core::Minor>(floating, 0));
  return Found(*equity - std::max<core::Minor>(floating, 0));
}

// What was earned before the mandate's end: what stood after the last rollover, if it is still
// there.
core::Result<core::Minor> check_earned(Fee& fee, const std::optional<core::Minor>& measured,
                                       std::string how) {
  Calculation& calculation = fee.calculation;
  const core::Minor recorded = fee.body.measured.value_or(fee.body.equity_before);
  if (!measured || !fee.opening) {
    calculation.given("compared with the mark", fee.money(recorded));
    return recorded;
  }
  if (base_of(fee) == FeeBase::Equity && !fee.body.lot) {
    how += ", at most the " + fee.money(*fee.opening) + " after the last rollover";
    const core::Minor earned = std::min(*measured, *fee.opening);
    calculation.check_money("compared with the mark", how, earned, recorded);
    return earned;
  }
  how += ", at most its part of the " + fee.money(*fee.opening) + " after the last rollover";
  calculation.require(recorded <= *measured, "compared with the mark", how, fee.money(recorded));
  return recorded;
}

core::Result<core::Minor> check_measured(Fee& fee) {
  std::string how;
  TRY(const auto measured, measured_of(fee, how));
  if (fee.ends_mandate()) return check_earned(fee, measured, std::move(how));
  const bool told = base_of(fee) != FeeBase::Equity || fee.body.lot;
  const core::Minor recorded = fee.body.measured.value_or(fee.body.equity_before);
  if (!told) {
    fee.calculation.require(!fee.body.measured || *fee.body.measured == fee.body.equity_before,
                            "compared with the mark", "his entitlement", fee.money(recorded));
    return core::Minor{fee.body.equity_before};
  }
  if (!measured) {
    fee.calculation.given("compared with the mark", fee.money(recorded));
    return recorded;
  }
  fee.calculation.check_money("compared with the mark", how, *measured, recorded);
  return *measured;
}

// --- Hurdle. ---

// What stood of the hurdle after the last rollover; nothing if the records do not say.
std::optional<fees::Exact> hurdle_before(const Fee& fee) {
  if (!fee.standing) return std::nullopt;
  const engine::Investor& then = fee.standing->body.investor;
  if (!fee.body.lot) return fees::Exact{then.hurdle.numerator, then.hurdle.denominator};
  for (const engine::Lot& lot : then.lots) {
    if (lot.number == *fee.body.lot) {
      return fees::Exact{lot.hurdle.numerator, lot.hurdle.denominator};
    }
  }
  return std::nullopt;
}

core::Result<> check_hurdle(Fee& fee) {
  const auto& hurdle = performance_of(fee.offer()).hurdle;
  Calculation& calculation = fee.calculation;
  const fees::Exact recorded{fee.body.hurdle_numerator.value_or(0),
                             fee.body.hurdle_denominator.value_or(1)};
  const bool has = fee.body.hurdle_numerator && fee.body.hurdle_denominator;
  if (!hurdle) {
    calculation.require(!fee.body.hurdle_numerator && !fee.body.hurdle_denominator, "hurdle",
                        "the offer has none", "one");
    return core::ok();
  }
  const auto before = hurdle_before(fee);
  const std::string shown = calculation.exact(recorded.numerator, recorded.denominator);
  // After the period's end of the same rollover it may have begun anew.
  if (!before || !fee.rollovers.last || on_redemption(fee)) {
    calculation.given("hurdle so far", shown);
    return core::ok();
  }
  fees::Exact sum = *before;
  std::string how = calculation.exact(before->numerator, before->denominator) + " before";
  for (const Days& time : fee.managed.with_mandate) {
    TRY(const auto years, fees::year_fraction(fees::DayCount::Act365, time.from, time.to));
    TRY(const auto accrued, fees::hurdle_accrual(fee.body.mark_before, hurdle->rate, years));
    TRY(sum, fees::add(sum, accrued));
    how += " + " + fee.money(fee.body.mark_before) + " x " + core::to_string(hurdle->rate) + " x " +
           core::to_string(years.numerator) + " / " + core::to_string(years.denominator);
  }
  TRY(const bool same,
      same_fraction(sum.numerator, sum.denominator, recorded.numerator, recorded.denominator));
  calculation.require(has && same, "hurdle so far",
                      how + " = " + calculation.exact(sum.numerator, sum.denominator), shown);
  return core::ok();
}

// --- The fee. ---

std::string rates_of(const fees::TierTable& table) {
  if (table.tiers.size() == 1) return core::to_string(table.tiers.front().rate);
  std::string out;
  for (const fees::Tier& tier : table.tiers) {
    out += (out.empty() ? "" : ", ") + core::to_string(tier.rate);
    if (tier.up_to_return) out += " up to a return of " + core::to_string(*tier.up_to_return);
  }
  return "(" + out +
         (table.mode == fees::TierMode::Whole ? "; the whole gain in the tier that it reaches)"
                                              : "; each part of the gain in its own tier)");
}

std::string tell_hurdle(const Fee& fee, const fees::PerformanceTerms& rules,
                        const fees::PerformanceFee& whole) {
  if (!rules.hurdle) return "";
  const std::string threshold =
      fee.calculation.exact(whole.threshold.numerator, whole.threshold.denominator);
  switch (rules.hurdle->mode) {
    case fees::HurdleMode::Hard:
      return "above the threshold of " + threshold + " only (hard hurdle)";
    case fees::HurdleMode::Soft:
      return "on all above the mark, as the threshold of " + threshold + " is passed (soft hurdle)";
    case fees::HurdleMode::CatchUp:
      return "on all above the mark, but not more than " + core::to_string(rules.hurdle->catch_up) +
             " of what lies above the threshold of " + threshold;
  }
  return "";
}

core::Result<> check_gain(Fee& fee, const fees::PerformanceFee& whole, core::Minor measured) {
  TRY(auto base, fees::floor_of(whole.base));
  std::string how = fee.money(measured) + " - " + fee.money(fee.body.mark_before);
  if (performance_rules(fee.offer()).hurdle) how = "what the hurdle leaves of " + how;
  if (!fee.body.withdrawn) {
    fee.calculation.check_money("gain above the mark", how, base, fee.body.base);
    return core::ok();
  }
  const core::Minor equity = std::max<core::Minor>(fee.part_equity(), 1);
  TRY(base, core::multiply_divide(base, *fee.body.withdrawn, equity, core::Rounding::Floor));
  how = "(" + how + ") x " + fee.money(*fee.body.withdrawn) + " / " + fee.money(equity) +
        ", rounded down";
  fee.calculation.check_money("gain above the mark in what is taken out", how, base, fee.body.base);
  return core::ok();
}

core::Result<> check_exact(Fee& fee, const fees::PerformanceTerms& rules,
                           const fees::PerformanceFee& whole, core::Minor measured) {
  Calculation& calculation = fee.calculation;
  fees::Exact exact = whole.fee;
  std::string how = rates_of(rules.tiers) + " x " + fee.money(measured - fee.body.mark_before);
  if (fee.body.withdrawn) {
    const core::Minor equity = std::max<core::Minor>(fee.part_equity(), 1);
    how += " x " + fee.money(*fee.body.withdrawn) + " / " + fee.money(equity);
    TRY(exact, fees::multiply(whole.fee, {*fee.body.withdrawn, equity}));
  }
  if (const std::string hurdle = tell_hurdle(fee, rules, whole); !hurdle.empty()) {
    how += ", " + hurdle;
  }
  TRY(const bool same, same_fraction(exact.numerator, exact.denominator, fee.body.exact_numerator,
                                     fee.body.exact_denominator));
  calculation.require(same, "performance fee, exactly",
                      how + " = " + calculation.exact(exact.numerator, exact.denominator),
                      calculation.exact(fee.body.exact_numerator, fee.body.exact_denominator));
  TRY(fee.due, fees::floor_of(exact));
  return core::ok();
}

// The sum of what his requests of this rollover take out, of which a lot gives its part.
core::Result<> check_withdrawn(Fee& fee) {
  if (!fee.body.withdrawn) return core::ok();
  core::Minor sum = 0;
  TRY(for_each_of_client<engine::RedemptionPriced>(fee.calculation.sources(), fee.body.client,
                                                   fee.calculation.seq(), fee.rollovers.current.seq,
                                                   [&](const auto& body, const auto&) {
                                                     if (body.structure == fee.body.structure)
                                                       sum += body.withdrawn.value_or(body.gross);
                                                   }));
  if (!fee.body.lot) {
    fee.calculation.check_money("taken out of a redemption of", "his requests together", sum,
                                *fee.body.withdrawn);
  } else {
    fee.calculation.require(*fee.body.withdrawn <= sum, "taken out of this lot",
                            fee.money(*fee.body.withdrawn) + " of " + fee.money(sum),
                            fee.money(*fee.body.withdrawn));
  }
  return core::ok();
}

}  // namespace

core::Result<> step_performance(Fee& fee) {
  const fees::PerformanceTerms rules = performance_rules(fee.offer());
  fee.calculation.check("rate", rules.tiers.tiers.size() == 1 ? "the offer's" : "of the first tier",
                        core::to_string(first_rate(fee.offer())), fee.rate());
  TRY(check_due(fee));
  TRY(check_withdrawn(fee));
  TRY(const core::Minor measured, check_measured(fee));
  TRY(check_hurdle(fee));
  const fees::Exact hurdle{fee.body.hurdle_numerator.value_or(0),
                           fee.body.hurdle_denominator.value_or(1)};
  TRY(const auto whole, fees::performance_fee(rules, measured, fee.body.mark_before, hurdle));
  TRY(check_gain(fee, whole, measured));
  TRY(check_exact(fee, rules, whole, measured));
  fee.calculation.require(
      !fee.body.from && !fee.body.to && fee.body.days == 0 && fee.body.charged_before == 0,
      "period, days and what was charged before", "none: it does not accrue", "some");
  return step_equalisation(fee);
}

core::Result<> step_new_mark(Fee& fee) {
  Calculation& calculation = fee.calculation;
  if (fee.body.fee != FeeKind::Performance) {
    calculation.check_money("mark after", "only a performance fee moves it", fee.body.mark_before,
                            fee.body.mark_after);
    return core::ok();
  }
  if (fee.body.withdrawn) {
    calculation.check_money("mark after", "it falls with the redemption", fee.body.mark_before,
                            fee.body.mark_after);
    return core::ok();
  }
  const bool gross = fee.offer().mark_basis == engine::MarkBasis::Gross;
  core::Minor reached = fee.body.measured.value_or(fee.body.equity_before);
  if (!gross) {
    // What is measured before the management fee has a mark after all fees.
    if (base_of(fee) == FeeBase::BeforeManagementFee) reached = fee.part_equity();
    reached -= taken_by(fee.body);
  }
  calculation.check_money("mark after",
                          "the higher of " + fee.money(fee.body.mark_before) + " and " +
                              fee.money(reached) +
                              (gross ? ", gross of the fee" : ", net of the fee"),
                          std::max(fee.body.mark_before, reached), fee.body.mark_after);
  return core::ok();
}

core::Result<> step_equalisation(Fee& fee) {
  Calculation& calculation = fee.calculation;
  const bool has = fee.body.fund_fee || fee.body.credit || fee.body.contingent;
  const bool equalised = !fee.body.withdrawn && !fee.ends_mandate() &&
                         performance_of(fee.offer()).equalisation == engine::Equalisation::Credit;
  const engine::RolloverCompleted& now = fee.rollovers.current.body;
  const engine::Lot* lot = fee.lot();
  if (!equalised) {
    calculation.require(!has, "equalisation", "none under this offer", "some");
    return core::ok();
  }
  const bool known = lot != nullptr && lot->units > 0 && fee.rollovers.last &&
                     fee.rollovers.last->body.mark_numerator && now.units_before > 0;
  if (!known) {
    calculation.given("of it the fund's fee", fee.money(fee.body.fund_fee.value_or(0)));
    return core::ok();
  }
  const core::Decimal rate = first_rate(fee.offer());
  const fees::Exact mark{*fee.rollovers.last->body.mark_numerator,
                         *fee.rollovers.last->body.mark_denominator};
  const fees::Exact entry{fee.body.mark_before, lot->units};
  const fees::Exact price{now.equity_before, now.units_before};
  const fees::Exact units = fees::whole(lot->units);
  TRY(const auto gain, fees::excess(price, mark));
  TRY(const auto fund_fee, fees::at_rate(gain, rate));
  TRY(const auto credit, fees::equalisation_credit(entry, mark, rate));
  TRY(const auto returned, fees::credit_now(credit, price, mark, rate));
  TRY(const auto contingent, fees::contingent_redemption(entry, price, mark, rate));
  const auto check = [&](std::string what, const fees::Exact& of_unit,
                         const std::optional<core::Minor>& recorded) -> core::Result<> {
    TRY(const auto exact, fees::multiply(of_unit, units));
    TRY(const auto amount, fees::floor_of(exact));
    calculation.check_money(std::move(what),
                            Calculation::units(lot->units) + " units, rounded down", amount,
                            recorded.value_or(-1));
    return core::ok();
  };
  TRY(check("the fund's fee by the pool's mark", fund_fee, fee.body.fund_fee));
  TRY(check("less the equalisation credit that comes back", returned, fee.body.credit));
  return check("and what the pool's mark does not charge", contingent, fee.body.contingent);
}

}  // namespace reports::explain
