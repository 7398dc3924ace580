// Clients' accounts in a group: opened, funded, valued.

#include "engine/accounts.h"

#include "engine/cash_records.h"
#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/trading/decide.h"
#include "engine/trading/equity.h"
#include "engine/trading_state.h"

namespace engine::trading {
namespace {

constexpr std::string_view kValuation = "valuation";

// Laws of an account listen to its own valuation, not to the whole group's: accounts are valued one
// by one, and one in deficit must not stop the valuation that would show it.
core::StructureId scope_of(const core::AccountId& account) { return {account.bytes}; }

ledger::AccountOpening grouped(std::string path, const std::string& group,
                               const core::AccountId& account) {
  ledger::AccountOpening opening;
  opening.path = std::move(path);
  opening.laws.push_back({ledger::LawKind::GroupNeverDebit, group, std::string(kValuation)});
  opening.scope = core::Id<ledger::ScopeTag>{scope_of(account).bytes};
  return opening;
}

struct Transfer {
  std::string_view type;
  std::string from;
  std::string to;
};

// Rows 7 and 8, sent and confirmed at once: the money passes through the transit account, which the
// record leaves as it was.
std::vector<ledger::Draft> transferred(const Context& context, const TradingAccount& account,
                                       core::Minor amount, const Transfer& transfer) {
  const std::string& currency = context.state.structures.at(account.structure).currency;
  const std::string transit(accounts::kTransitInternal);
  Postings postings;
  postings.add(transfer.from, currency, amount).add(transit, currency, -amount);
  postings.add(transit, currency, amount).add(transfer.to, currency, -amount);
  Effects effects(context.effective_at);
  effects.add(CashMoved{std::string(transfer.type), account.client, currency, amount},
              std::move(postings), {account.client.bytes, account.structure.bytes});
  return effects.take();
}

}  // namespace

Drafts decide(const Context& context, const OpenTradingAccount& command) {
  TRY(const Structure* structure, find_structure(context, command.structure, Model::Mam));
  TRY(require_client(context, command.client));
  TRY(require_mandate(*structure, command.client));
  if (context.state.trading->accounts.contains(command.account)) {
    return core::conflict("exists", "account", "This id is registered already.");
  }
  TRY(const auto decision, gate::authorisation(context, *structure, command.client));
  const Subjects subjects{command.client.bytes, command.structure.bytes};
  const std::string group = accounts::account_of(command.client, command.account);
  Effects effects(context.effective_at);
  effects.open(
      {grouped(accounts::account_balance(command.client, command.account), group, command.account),
       grouped(accounts::account_floating(command.client, command.account), group,
               command.account)},
      subjects);
  effects.add(TradingAccountOpened{command, structure->accounts.size() + 1, decision}, {},
              subjects);
  return effects.take();
}

Drafts decide(const Context& context, const FundAccount& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  const std::string& currency = context.state.structures.at(account->structure).currency;
  TRY(const auto amount, positive_money(command.amount, currency, "amount"));
  return transferred(context, *account, amount,
                     {"account_funded", accounts::wallet(account->client),
                      accounts::account_balance(account->client, command.account)});
}

Drafts decide(const Context& context, const DefundAccount& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  const std::string& currency = context.state.structures.at(account->structure).currency;
  TRY(const auto amount, positive_money(command.amount, currency, "amount"));
  TRY(const Money money, money_of(context, command.account, *account));
  TRY(check_withdrawable(money, amount));
  return transferred(
      context, *account, amount,
      {"account_defunded", accounts::account_balance(account->client, command.account),
       accounts::wallet(account->client)});
}

Drafts decide(const Context& context, const ValueAccount& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  const std::string& currency = context.state.structures.at(account->structure).currency;
  TRY(const auto equity, signed_money(command.equity, currency, "equity"));
  if (equity < 0) {
    return core::conflict("negative_equity", "equity",
                          "The loss exceeds the account's money; record who bears it "
                          "(cover_negative_balance), then value the account.");
  }
  TRY(const Money money, money_of(context, command.account, *account));
  TRY(const auto change, core::subtract(equity, money.equity));
  // Row 21.
  Postings postings;
  postings.add(accounts::account_floating(account->client, command.account), currency, -change);
  postings.in(currency, change);
  postings.add(std::string(accounts::kClientTradingFloating), currency, change);
  Effects effects(context.effective_at);
  effects.add(AccountValued{command.account, account->structure, account->client, equity, change,
                            command.source},
              std::move(postings), {account->client.bytes, account->structure.bytes});
  effects.announce(std::string(kValuation), scope_of(command.account));
  return effects.take();
}

void apply(State& state, const TradingAccountOpened& body, const ledger::RecordView&) {
  const OpenTradingAccount& opened = body.account;
  state.structures.at(opened.structure).accounts.push_back(opened.account);
  state.trading->accounts[opened.account] = {opened.structure, opened.client, body.ordinal};
}

// Equity is the books' to know: balance and floating.
void apply(State&, const AccountValued&, const ledger::RecordView&) {}

}  // namespace engine::trading
