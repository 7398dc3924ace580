// The fees of accounts: at the end of a period, and when the manager's trading stops.

#include <set>

#include "engine/charging/standing.h"
#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/mandates.h"
#include "engine/lookup.h"
#include "engine/trading/decide.h"
#include "engine/trading/equity.h"
#include "engine/trading/valuation.h"

namespace engine::trading {
namespace {

core::Error wrong_date(std::string detail) {
  return core::conflict("trade_date", "trade_date", std::move(detail));
}

core::Error no_mandate() {
  return core::conflict("no_mandate", "accounts",
                        "The manager does not trade on the account any more: there is no fee for a "
                        "time without a mandate.");
}

core::Error mandate_over() {
  return core::conflict("mandate_over", "accounts",
                        "The mandate's last day is before the trade date; stop_account charges "
                        "what accrued until then.");
}

core::Result<> check_date(const Context& context, core::Date date) {
  // East of Greenwich a trade date begins before its UTC day.
  if (date.days <= core::utc_date(context.effective_at).days + 1) return core::ok();
  return wrong_date("The trade date lies in the future.");
}

bool is_charged(const TradingAccount& account) {
  return account.standing.charged_to && !account.stopped;
}

// Those that are named, each once, or all that have fees to come.
core::Result<std::vector<core::AccountId>> accounts_of(const Context& context,
                                                       const ChargeAccountFees& command,
                                                       const Structure& structure) {
  std::vector<core::AccountId> out;
  if (command.accounts.empty()) {
    for (const core::AccountId& id : structure.accounts) {
      const TradingAccount& account = context.state.trading->accounts.at(id);
      const bool over = gate::mandate_is_over(context.state, command.structure, account.client,
                                              command.trade_date);
      if (is_charged(account) && !over) out.push_back(id);
    }
    return out;
  }
  std::set<core::AccountId> seen;
  for (const core::AccountId& id : command.accounts) {
    TRY(const TradingAccount* account, find_account(context, id));
    if (account->structure != command.structure) {
      return core::conflict("wrong_structure", "accounts", "The account is of another structure.");
    }
    if (!seen.insert(id).second) {
      return core::invalid("accounts_twice", "accounts", "Name each account once.");
    }
    if (account->stopped) return no_mandate();
    if (gate::mandate_is_over(context.state, command.structure, account->client,
                              command.trade_date)) {
      return mandate_over();
    }
    out.push_back(id);
  }
  return out;
}

core::Result<> require_equity(const AccountRun& run, core::Date date) {
  if (knows_equity(run, date)) return core::ok();
  return core::conflict("valuation_missing", "accounts",
                        "Value the account (value_account) for the trade date, after its last "
                        "result: account " +
                            run.id().hex() + ".");
}

// Whether what is above the mark was there on the mandate's last day; west of Greenwich that ends
// in the UTC day after it.
bool is_measured_in_mandate(const AccountRun& run) {
  const auto& valued = run.account().valued;
  const bool by_valuation = valued && valued->balance == run.balance();
  const core::Date measured_on =
      core::utc_date(by_valuation ? valued->effective_at : run.context().effective_at);
  return !run.mandate_is_over({measured_on.days - 1});
}

core::Result<> charge(AccountRun& run, core::Date date, bool period_end) {
  TRY(require_mandate(run.structure(), run.account().client));
  if (run.standing.charged_to && date < *run.standing.charged_to) {
    return wrong_date("Fees are charged up to " + core::to_string(*run.standing.charged_to) +
                      " already.");
  }
  TRY(require_equity(run, date));
  run.open_marks();
  TRY(run.accrue(date));
  run.begin_year(date);
  TRY(run.charge_accrued(date));
  // A result that is measured after the mandate's last day is not the manager's.
  const bool earned = !run.mandate_is_over(date) && is_measured_in_mandate(run);
  if (!period_end || run.is_blocked() || !earned) return core::ok();
  TRY(run.end_period(date));
  run.investor().opening = run.equity();
  return core::ok();
}

core::Result<bool> ends_period(const AccountRun& run, core::Date date, bool said) {
  const PerformanceTerms* more = run.rules().more();
  return charging::period_ends_as_said(more == nullptr ? std::nullopt : more->frequency,
                                       run.standing.investor, date, said);
}

}  // namespace

Drafts decide(const Context& context, const ChargeAccountFees& command) {
  TRY(const Structure* structure, find_structure(context, command.structure));
  if (structure->model == Model::Pamm) {
    return core::conflict("wrong_model", "structure", "A pool's fees are charged by its rollover.");
  }
  TRY(check_date(context, command.trade_date));
  TRY(const auto ids, accounts_of(context, command, *structure));
  Effects effects(context.effective_at);
  AccountFeesCompleted completed{command.structure, command.trade_date, command.period_end};
  std::set<std::pair<core::PartyId, std::string>> expired;
  for (const core::AccountId& id : ids) {
    const TradingAccount& account = context.state.trading->accounts.at(id);
    TRY(auto run, AccountRun::begin(context, id, account, effects));
    if (expired.emplace(account.client, account.currency).second) {
      TRY(run.expire_losses(command.trade_date));
    }
    TRY(const bool ends, ends_period(run, command.trade_date, command.period_end));
    TRY(charge(run, command.trade_date, ends));
    ++completed.accounts;
    if (ends && run.is_blocked()) ++completed.blocked;
    run.stand();
  }
  effects.add(completed, {}, {command.structure.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const StopAccount& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  if (account->stopped) {
    return core::conflict("account_stopped", "account",
                          "The manager does not trade on this account any more already.");
  }
  TRY(check_date(context, command.trade_date));
  Effects effects(context.effective_at);
  TRY(auto run, AccountRun::begin(context, command.account, *account, effects));
  TRY(charge(run, command.trade_date, true));
  run.stand();
  effects.add(
      AccountStopped{command.account, account->structure, account->client, command.trade_date}, {},
      run.subjects());
  return effects.take();
}

Drafts decide(const Context& context, const RestartAccount& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  if (!account->stopped) {
    return core::conflict("account_running", "account", "The account is not stopped.");
  }
  TRY(check_date(context, command.trade_date));
  if (command.trade_date < *account->stopped) {
    return wrong_date("The account was stopped on " + core::to_string(*account->stopped) + ".");
  }
  TRY(gate::require_active_mandate(context, account->structure, account->client));
  const auto signed_on =
      gate::day_of_new_mandate(context.state, account->structure, account->client);
  if (signed_on && command.trade_date < *signed_on) {
    return wrong_date("The client had no mandate before " + core::to_string(*signed_on) + ".");
  }
  TRY(const auto decision, gate::authorisation(context, account->structure, account->client));
  Effects effects(context.effective_at);
  effects.add(AccountRestarted{command.account, account->structure, account->client,
                               command.trade_date, decision},
              {}, {account->client.bytes, account->structure.bytes});
  return effects.take();
}

void apply(State& state, const AccountStopped& body, const ledger::RecordView&) {
  state.trading->accounts.at(body.account).stopped = body.trade_date;
}

// The time between is nobody's: nothing accrues for it. The mark stands in the books.
void apply(State& state, const AccountRestarted& body, const ledger::RecordView&) {
  TradingAccount& account = state.trading->accounts.at(body.account);
  account.stopped.reset();
  account.standing.investor.period_ended.reset();
  if (!account.standing.accrued_to) return;
  account.standing.accrued_to = body.trade_date;
  account.standing.charged_to = body.trade_date;
}

}  // namespace engine::trading
