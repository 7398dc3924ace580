// Row 28: a loss that is greater than what the account holds. The account ends at zero; nobody
// else's money carries the rest.

#include "core/amount.h"
#include "engine/accounts.h"
#include "engine/client_money/decide.h"
#include "engine/client_money/opening.h"
#include "engine/money.h"
#include "engine/trading/equity.h"
#include "engine/trading/valuation.h"

namespace engine::client_money {
namespace {

// Where a retail client can never owe more than he paid in.
bool is_protected(const Context& context, const TradingAccount& account) {
  return context.state.structures.at(account.structure).jurisdiction != Jurisdiction::Offshore &&
         context.state.clients.at(account.client).category == ClientCategory::Retail;
}

core::Result<> check_bearer(const Context& context, const TradingAccount& account,
                            BorneBy borne_by) {
  if (borne_by == BorneBy::House || !is_protected(context, account)) return core::ok();
  return core::conflict("negative_balance_protected", "borne_by",
                        "A retail client never owes more than his account held; the house bears "
                        "the rest.");
}

// The account loses what it has; what it had lost already (a balance below zero) comes back.
core::Result<Postings> emptied(const TradingAccount& account, const NegativeBalanceCovered& body,
                               std::string bearer) {
  TRY(const auto equity, core::add(body.balance, body.floating));
  const std::string& currency = body.currency;
  Postings postings;
  postings.add(accounts::account_balance(account.client, body.account), currency, body.balance);
  postings.add(accounts::account_floating(account.client, body.account), currency, body.floating);
  postings.out(currency, equity);
  postings.add(std::string(accounts::kClientTradingRealised), currency, -body.loss);
  postings.add(std::string(accounts::kClientTradingFloating), currency, -body.floating);
  postings.add(std::move(bearer), currency, body.deficit);
  return postings;
}

}  // namespace

Drafts decide(const Context& context, const CoverNegativeBalance& command) {
  TRY(const TradingAccount* account, trading::find_account(context, command.account));
  const std::string& currency = account->currency;
  core::Minor loss = 0;
  if (command.loss) {
    TRY(loss, positive_money(*command.loss, currency, "loss"));
  }
  TRY(check_bearer(context, *account, command.borne_by));
  if (trading::has_open_positions(context, command.account, *account)) {
    return core::conflict("positions_open", "account",
                          "Positions are open: record their closes first, then what is missing.");
  }
  TRY(const trading::Money money, trading::money_of(context, command.account, *account));
  TRY(const auto deficit, core::subtract(loss, money.balance));
  if (deficit <= 0) {
    return core::conflict("not_negative", command.loss ? "loss" : "account",
                          "The account's balance covers its losses.");
  }
  const bool is_owed = command.borne_by == BorneBy::Client;
  const std::string bearer =
      is_owed ? accounts::receivable(account->client) : std::string(accounts::kNegativeBalanceCost);
  const Subjects subjects{account->client.bytes, account->structure.bytes};
  Effects effects(context.effective_at);
  open_if_missing(context, effects, bearer, {}, is_owed ? subjects : Subjects{});
  const NegativeBalanceCovered body{command.account,
                                    account->structure,
                                    account->client,
                                    currency,
                                    money.balance,
                                    money.floating,
                                    loss,
                                    deficit,
                                    command.borne_by};
  TRY(auto postings, emptied(*account, body, bearer));
  effects.add(body, std::move(postings), subjects);
  return effects.take();
}

void apply(State&, const NegativeBalanceCovered&, const ledger::RecordView&) {}

}  // namespace engine::client_money
