// Clients' accounts under a manager: opened.

#include "engine/accounts.h"

#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/papers.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/trading/decide.h"
#include "engine/trading_state.h"

namespace engine::trading {
namespace {

constexpr std::size_t kLoginBytesMax = 64;

ledger::AccountOpening grouped(std::string path, const std::string& group,
                               const core::AccountId& account) {
  ledger::AccountOpening opening;
  opening.path = std::move(path);
  opening.laws.push_back({ledger::LawKind::GroupNeverDebit, group, std::string(kValuation)});
  opening.scope = core::Id<ledger::ScopeTag>{scope_of(account).bytes};
  return opening;
}

// Groups and copy trading; a pool has one account for all.
core::Result<const Structure*> find_with_accounts(const Context& context,
                                                  const core::StructureId& id) {
  TRY(const Structure* structure, find_structure(context, id));
  if (structure->model != Model::Pamm) return structure;
  return core::conflict("wrong_model", "structure",
                        "Investors of a pool have no accounts of their own.");
}

core::Result<> check_terms(const OpenTradingAccount& command) {
  if (command.currency) {
    TRY(check_currency(*command.currency, "currency"));
  }
  if (!command.login || (!command.login->empty() && command.login->size() <= kLoginBytesMax)) {
    return core::ok();
  }
  return core::invalid("login", "login", "The platform's login has 1 to 64 bytes.");
}

// One deal of a group reduces or stands beside what is open: it cannot do both.
core::Result<> check_mode(const Context& context, const Structure& structure,
                          const OpenTradingAccount& command) {
  if (structure.model != Model::Mam || structure.accounts.empty()) return core::ok();
  const PositionMode mode = context.state.trading->accounts.at(structure.accounts.front()).mode;
  if (command.mode.value_or(PositionMode::Hedging) == mode) return core::ok();
  return core::conflict("mode_differs", "mode",
                        "The group's accounts keep positions in another way; open the account with "
                        "their mode, or under another group.");
}

// His entitlement, his mark, and the losses that left with his money: those may be there from
// another account or structure of the strategy.
std::vector<ledger::AccountOpening> openings(const Context& context,
                                             const OpenTradingAccount& command,
                                             const core::StrategyId& strategy) {
  const std::string group = accounts::account_of(command.client, command.account);
  std::vector<ledger::AccountOpening> out{
      grouped(accounts::account_balance(command.client, command.account), group, command.account),
      grouped(accounts::account_floating(command.client, command.account), group, command.account),
      account(accounts::account_mark(strategy, command.client, command.account),
              {ledger::LawKind::NeverCredit})};
  if (auto released = accounts::released(strategy, command.client);
      !context.books.is_open(released)) {
    out.push_back(account(std::move(released), {ledger::LawKind::NeverCredit}));
  }
  return out;
}

}  // namespace

Drafts decide(const Context& context, const OpenTradingAccount& command) {
  TRY(const Structure* structure, find_with_accounts(context, command.structure));
  TRY(require_client(context, command.client));
  TRY(gate::admit_money(context, command.structure, command.client));
  if (context.state.trading->accounts.contains(command.account)) {
    return core::conflict("exists", "account", "This id is registered already.");
  }
  TRY(check_terms(command));
  TRY(check_mode(context, *structure, command));
  TRY(const auto decision, gate::authorisation(context, command.structure, command.client));
  const Subjects subjects{command.client.bytes, command.structure.bytes};
  Effects effects(context.effective_at);
  effects.open(openings(context, command, structure->strategy), subjects);
  effects.add(TradingAccountOpened{command, structure->accounts.size() + 1, decision}, {},
              subjects);
  return effects.take();
}

void apply(State& state, const TradingAccountOpened& body, const ledger::RecordView&) {
  const OpenTradingAccount& opened = body.account;
  Structure& structure = state.structures.at(opened.structure);
  structure.accounts.push_back(opened.account);
  TradingAccount& account = state.trading->accounts[opened.account];
  account.structure = opened.structure;
  account.client = opened.client;
  account.ordinal = body.ordinal;
  account.currency = opened.currency.value_or(structure.currency);
  account.mode = opened.mode.value_or(PositionMode::Hedging);
  account.login = opened.login;
  state.trading->of_client[opened.client].push_back(opened.account);
}

}  // namespace engine::trading
