// fee_charged: one small function for each step, in the order in which they are told.

#include <algorithm>
#include <array>
#include <span>

#include "core/iso4217.h"
#include "core/rational.h"
#include "engine/accounts.h"
#include "engine/correction_records.h"
#include "engine/fees/formulas.h"
#include "reports/explain/kinds.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

using engine::FeeCharged;
using engine::FeeKind;
namespace accounts = engine::accounts;
namespace fees = engine::fees;

// The fee, and what its steps have found out so far.
struct Fee {
  Calculation& calculation;
  FeeCharged body;
  Terms terms;
  Rollovers rollovers;
  Investor investor;
  // Performance: what the fee was taken of, if it is a part's: a redemption that follows.
  std::optional<core::Minor> part = {};

  std::string money(core::Minor amount) const { return calculation.money(amount); }
  std::string rate() const { return core::to_string(body.rate); }
};

core::Result<> step_standing(Fee& fee) {
  fee.calculation.check_money("entitlement before the fee",
                              "settled + floating of the investor in the books",
                              fee.investor.entitlement, fee.body.equity_before);
  fee.calculation.check_money("high-water mark before the fee", "the investor's mark in the books",
                              fee.investor.mark, fee.body.mark_before);
  return core::ok();
}

core::Result<> step_rate(Fee& fee) {
  const engine::OfferTerms& terms = fee.terms.offer.terms;
  const bool management = fee.body.fee == FeeKind::Management;
  const core::Decimal& rate = management ? terms.management_fee_rate : terms.performance_fee_rate;
  fee.calculation.check("rate", "the offer's", core::to_string(rate), fee.rate());
  return core::ok();
}

// --- Management fee. ---

core::Result<> step_days(Fee& fee) {
  if (!fee.rollovers.last) return core::ok();
  const core::Date from = fee.rollovers.last->body.trade_date;
  const core::Date to = fee.rollovers.current.body.trade_date;
  fee.calculation.check("days", core::to_string(from) + " to " + core::to_string(to),
                        std::to_string(to.days - from.days), std::to_string(fee.body.days));
  return core::ok();
}

// Corrections since the last rollover have moved what he had after it.
core::Result<core::Minor> corrected_since(Fee& fee, std::uint64_t seq) {
  core::Minor moved = 0;
  Sources& sources = fee.calculation.sources();
  const auto add = [&](std::uint64_t kind, auto amount_of) -> core::Result<> {
    std::uint64_t at = seq;
    while (true) {
      core::Minor amount = 0;
      TRY(const auto found,
          sources.find(kind, ledger::SubjectId(fee.body.client.bytes), Direction::After, at,
                       [&](const ledger::RecordView& record) -> core::Result<bool> {
                         TRY(amount, amount_of(record));
                         return amount != 0;
                       }));
      if (!found || *found >= fee.calculation.seq()) return core::ok();
      moved += amount;
      fee.calculation.rests_on(*found, "a correction since the last rollover");
      at = *found;
    }
  };
  const auto reversed = [&](const ledger::RecordView& record) -> core::Result<core::Minor> {
    TRY(const auto body, core::from_cbor<engine::FeeReversed>(record.body));
    return body.structure == fee.body.structure ? body.amount : core::Minor{0};
  };
  const auto corrected = [&](const ledger::RecordView& record) -> core::Result<core::Minor> {
    TRY(const auto body, core::from_cbor<engine::FeeCorrected>(record.body));
    return body.structure == fee.body.structure ? -body.amount : core::Minor{0};
  };
  TRY(add(engine::FeeReversed::kKind, reversed));
  TRY(add(engine::FeeCorrected::kKind, corrected));
  return moved;
}

core::Result<> step_opening(Fee& fee) {
  if (!fee.rollovers.last) return core::ok();
  TRY(const Investor then, investor_at(fee.calculation, fee.terms, fee.body.structure,
                                       fee.body.client, fee.rollovers.last->seq));
  TRY(const auto moved, corrected_since(fee, fee.rollovers.last->seq));
  std::string how = "his entitlement after the last rollover";
  if (moved != 0) how += " and " + fee.money(moved) + " of corrections since";
  fee.calculation.check_money("base", how, then.entitlement + moved, fee.body.base);
  return core::ok();
}

// What was accrued and charged before: by his last management fee, unless he left since.
struct Carried {
  core::Minor numerator = 0;
  core::Minor denominator = 1;
  core::Minor charged = 0;
};

core::Result<Carried> carried_of(Fee& fee) {
  Sources& sources = fee.calculation.sources();
  const ledger::SubjectId client(fee.body.client.bytes);
  TRY(const auto last, find_body<FeeCharged>(sources, client, Direction::Before,
                                             fee.calculation.seq(), [&](const FeeCharged& body) {
                                               return body.fee == FeeKind::Management &&
                                                      body.structure == fee.body.structure;
                                             }));
  if (!last) return Carried{};
  TRY(const auto left, find_body<engine::RedemptionPriced>(
                           sources, client, Direction::Before, fee.calculation.seq(),
                           [&](const engine::RedemptionPriced& body) {
                             return body.full && body.structure == fee.body.structure;
                           }));
  if (left && left->seq > last->seq) return Carried{};
  fee.calculation.rests_on(last->seq, "his last management fee");
  return Carried{last->body.exact_numerator, last->body.exact_denominator,
                 last->body.charged_before + last->body.amount};
}

core::Result<> step_accrual(Fee& fee) {
  TRY(const fees::Exact period,
      fees::management_accrual(fee.body.base, fee.body.rate, fee.body.days));
  TRY(const Carried carried, carried_of(fee));
  const std::string of_period = fee.calculation.exact(period.numerator, period.denominator);
  fee.calculation.given("accrued in the period, exactly",
                        fee.money(fee.body.base) + " x " + fee.rate() + " x " +
                            std::to_string(fee.body.days) + " / 365 = " + of_period);
  TRY(const auto before, core::Rational::of(carried.numerator, carried.denominator));
  TRY(const auto now, core::Rational::of(period.numerator, period.denominator));
  TRY(const auto recorded,
      core::Rational::of(fee.body.exact_numerator, fee.body.exact_denominator));
  const std::string shown =
      fee.calculation.exact(fee.body.exact_numerator, fee.body.exact_denominator);
  fee.calculation.require(
      core::add(before, now) == recorded, "accrued since he joined, exactly",
      fee.calculation.exact(carried.numerator, carried.denominator) + " before + " + of_period,
      shown);
  fee.calculation.check_money("charged of it before", "by his earlier management fees",
                              carried.charged, fee.body.charged_before);
  return core::ok();
}

core::Result<> step_management_charge(Fee& fee) {
  const fees::Exact cumulative{fee.body.exact_numerator, fee.body.exact_denominator};
  TRY(const auto floor, fees::floor_of(cumulative));
  TRY(const auto due, fees::charge_of(cumulative, fee.body.charged_before));
  fee.calculation.check_money("management fee",
                              fee.money(floor) + ", which is all that accrued, rounded down, - " +
                                  fee.money(fee.body.charged_before) + ", and not more than he has",
                              std::min(due, fee.body.equity_before), fee.body.amount);
  return core::ok();
}

core::Result<> step_mark_stays(Fee& fee) {
  fee.calculation.check_money("mark after", "a management fee does not move it",
                              fee.body.mark_before, fee.body.mark_after);
  return core::ok();
}

// --- Performance fee. ---

// A redemption takes its part of the fee first; its own record is the next.
core::Result<> step_part(Fee& fee) {
  TRY(const auto next, find_body<engine::RedemptionPriced>(
                           fee.calculation.sources(), ledger::SubjectId(fee.body.client.bytes),
                           Direction::After, fee.calculation.seq(),
                           [&](const auto& body) { return body.structure == fee.body.structure; }));
  const bool is_part =
      next && next->seq == fee.calculation.seq() + 1 && fee.body.mark_after == fee.body.mark_before;
  if (!is_part) return core::ok();
  fee.part = next->body.gross + fee.body.amount;
  fee.calculation.rests_on(next->seq, "the redemption that this fee is taken out of");
  fee.calculation.given("taken out of a redemption of", fee.money(*fee.part));
  return core::ok();
}

core::Result<> step_gain(Fee& fee) {
  const core::Minor gain = fee.body.equity_before - fee.body.mark_before;
  std::string how = fee.money(fee.body.equity_before) + " - " + fee.money(fee.body.mark_before);
  if (!fee.part) {
    fee.calculation.check_money("gain above the mark", how, gain, fee.body.base);
    return core::ok();
  }
  TRY(const auto base,
      core::multiply_divide(gain, *fee.part, fee.body.equity_before, core::Rounding::Floor));
  how = "(" + how + ") x " + fee.money(*fee.part) + " / " + fee.money(fee.body.equity_before) +
        ", rounded down";
  fee.calculation.check_money("gain above the mark in what is taken out", how, base, fee.body.base);
  return core::ok();
}

core::Result<fees::Exact> exact_performance(const Fee& fee) {
  if (fee.part) {
    return fees::performance_accrual_on(fee.body.equity_before, fee.body.mark_before, fee.body.rate,
                                        *fee.part);
  }
  return fees::performance_accrual(fee.body.equity_before, fee.body.mark_before, fee.body.rate);
}

core::Result<> step_performance_charge(Fee& fee) {
  TRY(const fees::Exact exact, exact_performance(fee));
  const core::Minor gain = fee.body.equity_before - fee.body.mark_before;
  std::string how = fee.rate() + " x " + fee.money(gain);
  if (fee.part) how += " x " + fee.money(*fee.part) + " / " + fee.money(fee.body.equity_before);
  TRY(const bool same, same_fraction(exact.numerator, exact.denominator, fee.body.exact_numerator,
                                     fee.body.exact_denominator));
  fee.calculation.require(
      same, "performance fee, exactly",
      how + " = " + fee.calculation.exact(exact.numerator, exact.denominator),
      fee.calculation.exact(fee.body.exact_numerator, fee.body.exact_denominator));
  TRY(const auto amount, fees::floor_of(exact));
  fee.calculation.check_money("performance fee", "that, rounded down to the smallest unit", amount,
                              fee.body.amount);
  return core::ok();
}

core::Result<> step_new_mark(Fee& fee) {
  if (fee.part) {
    fee.calculation.check_money("mark after", "it falls with the redemption", fee.body.mark_before,
                                fee.body.mark_after);
    return core::ok();
  }
  const bool gross = fee.terms.offer.terms.mark_basis == engine::MarkBasis::Gross;
  const core::Minor reached =
      gross ? fee.body.equity_before : fee.body.equity_before - fee.body.amount;
  fee.calculation.check_money("mark after",
                              "the higher of " + fee.money(fee.body.mark_before) + " and " +
                                  fee.money(reached) +
                                  (gross ? ", gross of the fee" : ", net of the fee"),
                              std::max(fee.body.mark_before, reached), fee.body.mark_after);
  return core::ok();
}

// --- Both. ---

core::Result<> step_equity_after(Fee& fee) {
  fee.calculation.check_money(
      "entitlement after the fee",
      fee.money(fee.body.equity_before) + " - " + fee.money(fee.body.amount),
      fee.body.equity_before - fee.body.amount, fee.body.equity_after);
  return core::ok();
}

core::Result<> step_units(Fee& fee) {
  const unsigned scale = core::currency_scale(fee.calculation.currency()).value_or(0);
  const core::Minor equity = fee.rollovers.price_equity(scale);
  const core::Minor units = fee.rollovers.price_units();
  fee.calculation.given("price of the rollover", print_price(fee.calculation, equity, units));
  core::Minor cancelled = 0;
  if (fee.body.amount > 0 && equity > 0) {
    TRY(cancelled, core::multiply_divide(fee.body.amount, units, equity, core::Rounding::Ceiling));
  }
  fee.calculation.check_units(
      "units cancelled",
      fee.money(fee.body.amount) + " at that price, rounded up, of what he holds",
      std::min(cancelled, fee.investor.units), fee.body.units_cancelled);
  return core::ok();
}

// What the postings say must be what the body says.
core::Result<> step_postings(Fee& fee) {
  Calculation& calculation = fee.calculation;
  const auto& body = fee.body;
  core::Minor to_payees = 0;
  for (const ledger::PostingView& posting : calculation.record().postings) {
    const bool is_house = posting.account.find(":house:") != std::string_view::npos;
    if (is_house && posting.account != accounts::kInterfundHouse) to_payees -= posting.amount;
  }
  calculation.check_money(
      "out of his account", "the posting of row 14",
      calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      body.amount);
  calculation.check_money("to the payees", "all shares of the fee together", to_payees,
                          body.amount);
  calculation.check_units(
      "units out of his account", "the posting",
      -calculation.posted(accounts::units(body.structure, body.client), fee.terms.unit_code),
      body.units_cancelled);
  calculation.check_money("mark moved", "the posting",
                          calculation.posted(accounts::mark(fee.terms.strategy(), body.client),
                                             accounts::mark_code(calculation.currency())),
                          body.mark_after - body.mark_before);
  return core::ok();
}

using StepFunction = core::Result<> (*)(Fee& fee);

constexpr std::array kManagement = {
    step_standing,          step_rate,         step_days,       step_opening, step_accrual,
    step_management_charge, step_equity_after, step_mark_stays, step_units,   step_postings};
constexpr std::array kPerformance = {
    step_standing,     step_rate,     step_part,  step_gain,    step_performance_charge,
    step_equity_after, step_new_mark, step_units, step_postings};

core::Result<> take(Fee& fee, std::span<const StepFunction> steps) {
  for (const StepFunction step : steps) {
    TRY(step(fee));
  }
  return core::ok();
}

}  // namespace

core::Result<> explain_fee(Calculation& calculation) {
  TRY(auto body, body_of<FeeCharged>(calculation));
  TRY(auto terms, find_terms(calculation, body.structure));
  TRY(auto rollovers, find_rollovers(calculation, body.structure));
  TRY(const Investor investor,
      investor_at(calculation, terms, body.structure, body.client, calculation.seq() - 1));
  TRY(rest_on_valuation(calculation, body.structure));
  TRY(rest_on_mandate(calculation, body.structure, body.client));
  const bool management = body.fee == FeeKind::Management;
  calculation.set_title(std::string(management ? "a management" : "a performance") + " fee of " +
                        calculation.money(body.amount));
  Fee fee{calculation, std::move(body), std::move(terms), std::move(rollovers), investor};
  if (management) return take(fee, kManagement);
  return take(fee, kPerformance);
}

}  // namespace reports::explain
