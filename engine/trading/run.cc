#include "engine/trading/run.h"

#include "engine/accounts.h"
#include "engine/charging/standing.h"
#include "engine/gate/mandates.h"
#include "engine/lookup.h"
#include "engine/trading/equity.h"

namespace engine::trading {

AccountRun::AccountRun(const Context& context, const core::AccountId& id,
                       const TradingAccount& account, charging::FeeRules rules, Effects& effects)
    : standing(account.standing),
      context_(&context),
      id_(id),
      account_(&account),
      structure_(&context.state.structures.at(account.structure)),
      rules_(std::move(rules)),
      effects_(&effects) {}

core::Result<AccountRun> AccountRun::begin(const Context& context, const core::AccountId& id,
                                           const TradingAccount& account, Effects& effects) {
  const Structure& structure = context.state.structures.at(account.structure);
  TRY(auto rules, charging::rules_of(offer_of(context, structure)));
  AccountRun run(context, id, account, std::move(rules), effects);
  TRY(const Money money, money_of(context, id, account));
  run.mandate_until_ = gate::last_day_of_mandate(context.state, account.structure, account.client);
  run.balance_ = money.balance;
  run.floating_ = money.floating;
  run.mark_ = context.books.balance(accounts::account_mark(structure.strategy, account.client, id),
                                    accounts::mark_code(account.currency));
  run.standing.investor.ordinal = account.ordinal;
  run.standing.investor.offer = structure.offer;
  return run;
}

charging::Marked AccountRun::marked() const {
  return {equity(),
          floating_,
          standing.investor.management_since_charge,
          mark_,
          charging::exact_of(standing.investor.hurdle),
          false};
}

void AccountRun::open_marks() {
  const core::StrategyId& strategy = structure_->strategy;
  std::vector<ledger::AccountOpening> missing;
  for (auto path : {accounts::account_mark(strategy, account_->client, id_),
                    accounts::released(strategy, account_->client)}) {
    if (context_->books.is_open(path)) continue;
    missing.push_back(engine::account(std::move(path), {ledger::LawKind::NeverCredit}));
  }
  if (!missing.empty()) effects_->open(std::move(missing), subjects());
}

void AccountRun::moved(core::Minor balance, core::Minor mark) {
  balance_ += balance;
  mark_ += mark;
}

void AccountRun::post_mark(core::Minor change, core::Minor released, Postings& postings) const {
  const std::string code = accounts::mark_code(account_->currency);
  const core::StrategyId& strategy = structure_->strategy;
  postings.add(accounts::account_mark(strategy, account_->client, id_), code, change);
  postings.add(accounts::released(strategy, account_->client), code, released);
  postings.add(std::string(accounts::kMemoContra), code, -change - released);
}

void AccountRun::stand() {
  if (standing == account_->standing) return;
  effects_->add(AccountStood{id_, account_->structure, account_->client, standing}, {}, subjects());
}

}  // namespace engine::trading
