#include "engine/mam/own_currency.h"

#include "engine/accounts.h"
#include "engine/currency/rates.h"
#include "engine/trading_state.h"

namespace engine::mam {

core::Result<std::optional<OwnCurrency>> own_currency(const Context& context,
                                                      const core::AccountId& account,
                                                      const Earned& earned) {
  const TradingAccount& owner = context.state.trading->accounts.at(account);
  const Structure& structure = context.state.structures.at(owner.structure);
  if (owner.currency == structure.currency) return std::optional<OwnCurrency>{};
  OwnCurrency own;
  TRY(own.rate,
      currency::rate_for(
          context.state,
          {structure.currency, owner.currency, context.effective_at, {}, structure.server}));
  TRY(own.profit, currency::convert(earned.profit, own.rate, core::Rounding::HalfEven));
  TRY(own.swap, currency::convert(earned.swap, own.rate, core::Rounding::HalfEven));
  TRY(own.commission, currency::convert(earned.commission, own.rate, core::Rounding::HalfEven));
  return std::optional(std::move(own));
}

core::Result<Postings> postings_of(const Context& context, const core::AccountId& account,
                                   const Earned& earned, const std::optional<OwnCurrency>& own) {
  // Most parts of fills earn and cost nothing.
  if (!own && earned.profit == 0 && earned.swap == 0 && earned.commission == 0) return Postings();
  const TradingAccount& owner = context.state.trading->accounts.at(account);
  const Earned booked = own ? Earned{own->profit, own->swap, own->commission} : earned;
  TRY(auto result, core::add(booked.profit, booked.swap));
  TRY(result, core::add(result, booked.commission));
  Postings postings;
  postings.add(accounts::account_balance(owner.client, account), owner.currency, -result);
  postings.in(owner.currency, result);
  postings.add(std::string(accounts::kClientTradingRealised), owner.currency, booked.profit);
  postings.add(std::string(accounts::kSwap), owner.currency, booked.swap);
  postings.add(std::string(accounts::kCommission), owner.currency, booked.commission);
  return postings;
}

}  // namespace engine::mam
