#include "reports/explain/own_currency.h"

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/currency/rates.h"
#include "engine/trading_records.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

std::string print_rate(const engine::RateUsed& rate) {
  return core::to_string(rate.numerator) + " / " + core::to_string(rate.denominator) + " of " +
         core::to_string(rate.date) + " (" +
         std::string(
             core::EnumNames<engine::RateSource>::names[static_cast<std::size_t>(rate.source)]) +
         ")";
}

core::Result<> check_converted(Calculation& calculation, const char* what, core::Minor amount,
                               const engine::RateUsed& rate, core::Minor recorded) {
  TRY(const auto converted, engine::currency::convert(amount, rate, core::Rounding::HalfEven));
  calculation.check(
      std::string(what) + " in " + rate.to,
      calculation.money(amount) + " x " + print_rate(rate) + ", half even, in smallest units",
      core::to_string(converted), core::to_string(recorded));
  return core::ok();
}

}  // namespace

core::Result<std::string> account_currency(Calculation& calculation,
                                           const core::StructureId& structure,
                                           const core::PartyId& client,
                                           const core::AccountId& account) {
  TRY(const auto terms, find_terms(calculation, structure));
  TRY(const auto opened,
      find_body<engine::TradingAccountOpened>(
          calculation.sources(), ledger::SubjectId(client.bytes), Direction::Before,
          calculation.seq(), [&](const auto& one) { return one.account.account == account; }));
  std::string currency = terms.offer.currency;
  if (opened && opened->body.account.currency) currency = *opened->body.account.currency;
  calculation.set_currency(currency);
  return currency;
}

core::Result<> check_booked(Calculation& calculation, const AccountMoney& money,
                            const std::optional<engine::OwnCurrency>& own) {
  const std::string account = engine::accounts::account_balance(money.client, money.account);
  if (!own) {
    calculation.check_money("result", "profit + swap + commission, as posted",
                            -calculation.posted(account, calculation.currency()),
                            money.profit + money.swap + money.commission);
    return core::ok();
  }
  if (own->rate.seq) calculation.rests_on(*own->rate.seq, "the exchange rate");
  TRY(check_converted(calculation, "profit", money.profit, own->rate, own->profit));
  TRY(check_converted(calculation, "swap", money.swap, own->rate, own->swap));
  TRY(check_converted(calculation, "commission", money.commission, own->rate, own->commission));
  calculation.check("result in " + own->rate.to, "as posted, in smallest units",
                    core::to_string(-calculation.posted(account, own->rate.to)),
                    core::to_string(own->profit + own->swap + own->commission));
  return core::ok();
}

core::Result<> check_told(Calculation& calculation, const char* what, const core::Decimal& told,
                          const engine::RateUsed& rate, core::Minor recorded) {
  const auto scale = core::currency_scale(rate.from);
  if (!scale) return core::ok();
  TRY(const auto minor, core::to_minor(told, *scale));
  TRY(const auto converted, engine::currency::convert(minor, rate, core::Rounding::HalfEven));
  calculation.check_money(what,
                          core::to_string(told) + " " + rate.from + " x " +
                              core::to_string(rate.numerator) + " / " +
                              core::to_string(rate.denominator) + ", half to even",
                          converted, recorded);
  return core::ok();
}

}  // namespace reports::explain
