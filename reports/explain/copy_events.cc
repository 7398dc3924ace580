// Copies: splits, dividends and financing.

#include "core/exact_decimal.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/copy/scaling.h"
#include "engine/copy_event_records.h"
#include "engine/copy_records.h"
#include "engine/currency/rates.h"
#include "reports/explain/kinds.h"
#include "reports/explain/own_currency.h"

namespace reports::explain {
namespace {

std::string print_volume(core::Minor volume) {
  return core::to_string(core::to_decimal(volume, engine::kLotScale)) + " lots";
}

std::string print_volume(const engine::ExactAmount& volume) {
  return core::to_string(volume.numerator) + "/" + core::to_string(volume.denominator) +
         " x 10^-8 lots";
}

core::Error without(const Calculation& calculation, std::string what) {
  return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                       "The records have no " + std::move(what) + " that this one rests on.");
}

// Volume x money for each lot, as it was booked on the account.
struct PerLot {
  engine::ExactAmount volume;
  core::Decimal money;
  std::optional<engine::RateUsed> rate;
  core::Minor recorded = 0;
};

core::Result<> check_per_lot(Calculation& calculation, const std::string& currency,
                             const PerLot& booked) {
  TRY(const auto lot, core::power_of_ten(engine::kLotScale));
  TRY(const auto volume, core::Rational::of(booked.volume.numerator, booked.volume.denominator));
  TRY(const auto lots, core::divide(volume, core::Rational(lot)));
  core::Rational exact = core::multiply(lots, core::rational_of(booked.money));
  std::string how = print_volume(booked.volume) + " x " + core::to_string(booked.money);
  if (booked.rate) {
    if (booked.rate->seq) calculation.rests_on(*booked.rate->seq, "the exchange rate");
    TRY(exact, engine::currency::convert_exact(exact, *booked.rate));
    how += " " + booked.rate->from + " x " + core::to_string(booked.rate->numerator) + " / " +
           core::to_string(booked.rate->denominator);
  }
  const auto scale = core::currency_scale(currency);
  if (!scale) return without(calculation, "known currency");
  TRY(const auto minor, core::to_minor(exact, *scale, core::Rounding::HalfEven));
  calculation.check_money("money", how + ", half to even", minor, booked.recorded);
  return core::ok();
}

}  // namespace

core::Result<> explain_copy_split(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CopySplitAllocated>(calculation));
  TRY(const auto currency,
      account_currency(calculation, body.structure, body.client, body.account));
  calculation.set_title("a copy after a split, " + print_volume(body.after));
  TRY(const auto whole, find_body<engine::CopiesSplit>(
                            calculation.sources(), ledger::SubjectId(body.structure.bytes),
                            Direction::Before, calculation.seq(), [&](const auto& one) {
                              return one.split.split == body.split && one.lineage == body.lineage;
                            }));
  if (!whole) return without(calculation, "split");
  calculation.rests_on(whole->seq, "the split of the master's position");
  const engine::SplitCopies& split = whole->body.split;
  TRY(const auto opened, find_body<engine::SignalRecorded>(
                             calculation.sources(), ledger::SubjectId(body.structure.bytes),
                             Direction::Before, calculation.seq(), [&](const auto& one) {
                               return one.lineage == body.lineage && one.lot_step.has_value();
                             }));
  if (!opened) return without(calculation, "signal");
  calculation.rests_on(opened->seq, "the signal with the lot step");
  TRY(const auto scaled, engine::copy::scale_volume(body.before,
                                                    {static_cast<core::Minor>(split.numerator),
                                                     static_cast<core::Minor>(split.denominator)},
                                                    *opened->body.lot_step));
  calculation.check("volume after",
                    print_volume(body.before) + " x " + std::to_string(split.numerator) + " / " +
                        std::to_string(split.denominator) + ", down to a lot step",
                    print_volume(scaled.volume), print_volume(body.after));
  calculation.check("left over", "the exact product less that", print_volume(scaled.fraction),
                    print_volume(body.fraction));
  if (body.cash_per_lot) {
    TRY(check_per_lot(calculation, currency,
                      {body.fraction, *body.cash_per_lot, body.rate, body.cash}));
  }
  calculation.check_money(
      "booked", "the posting of row 20",
      -calculation.posted(engine::accounts::account_balance(body.client, body.account), currency),
      body.cash);
  return core::ok();
}

core::Result<> explain_copy_adjusted(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CopyAdjusted>(calculation));
  TRY(const auto currency,
      account_currency(calculation, body.structure, body.client, body.account));
  calculation.set_title("money on open copies of " + print_volume(body.volume));
  TRY(const auto whole, find_body<engine::CopiesAdjusted>(
                            calculation.sources(), ledger::SubjectId(body.structure.bytes),
                            Direction::Before, calculation.seq(), [&](const auto& one) {
                              return one.adjusted.adjustment == body.adjustment;
                            }));
  if (!whole) return without(calculation, "event");
  calculation.rests_on(whole->seq, "the event on all copies");
  calculation.check("for one lot", "the event's",
                    core::to_string(whole->body.adjusted.amount_per_lot),
                    core::to_string(body.amount_per_lot));
  calculation.given("open", print_volume(body.volume));
  TRY(check_per_lot(calculation, currency,
                    {{body.volume, 1}, body.amount_per_lot, body.rate, body.amount}));
  calculation.check_money(
      "booked", "the posting of row 20",
      -calculation.posted(engine::accounts::account_balance(body.client, body.account), currency),
      body.amount);
  return core::ok();
}

}  // namespace reports::explain
