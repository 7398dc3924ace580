#include "engine/trading/equity.h"

#include "engine/accounts.h"
#include "engine/trading_state.h"

namespace engine::trading {

core::Result<const TradingAccount*> find_account(const Context& context,
                                                 const core::AccountId& account) {
  const auto found = context.state.trading->accounts.find(account);
  if (found != context.state.trading->accounts.end()) return &found->second;
  return core::not_found("unknown_account", "account",
                         "No such trading account; record open_trading_account first.");
}

core::Result<Money> money_of(const Context& context, const core::AccountId& id,
                             const TradingAccount& account) {
  const std::string& currency = account.currency;
  // A liability: what is owed to the client stands in credit, which is negative.
  Money money;
  money.balance = -context.books.balance(accounts::account_balance(account.client, id), currency);
  money.floating = -context.books.balance(accounts::account_floating(account.client, id), currency);
  TRY(money.equity, core::add(money.balance, money.floating));
  return money;
}

core::Result<GroupAmount> in_group_currency(const Context& context, const TradingAccount& account,
                                            core::Minor amount) {
  const Structure& structure = context.state.structures.at(account.structure);
  GroupAmount out{amount, {}};
  if (account.currency == structure.currency) return out;
  TRY(auto rate,
      currency::rate_for(
          context.state,
          {account.currency, structure.currency, context.effective_at, {}, structure.server}));
  TRY(out.amount, currency::convert(amount, rate, core::Rounding::Floor));
  out.rate = std::move(rate);
  return out;
}

core::Result<> check_withdrawable(const Money& money, core::Minor amount) {
  if (amount > money.balance) {
    return core::conflict("insufficient_balance", "amount",
                          "The account's balance is less than that.");
  }
  if (amount > money.equity) {
    return core::conflict("insufficient_equity", "amount",
                          "Open positions are in loss: the account's equity is less than that.");
  }
  return core::ok();
}

}  // namespace engine::trading
