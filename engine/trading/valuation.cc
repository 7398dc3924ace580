// An account's equity between the platform and the books.

#include "engine/trading/valuation.h"

#include <algorithm>

#include "engine/accounts.h"
#include "engine/currency/rounding.h"
#include "engine/instruments_state.h"
#include "engine/mam_state.h"
#include "engine/money.h"
#include "engine/trading/decide.h"
#include "engine/trading/equity.h"
#include "engine/trading/limits.h"

namespace engine::trading {
namespace {

// What the platform's own figures differ by: each open position may be off by a smallest unit.
// Source: the managed-account rules, ruling 12.
core::Result<core::Minor> rounding_of(const AccountValued& body, core::Minor balance) {
  if (!body.floating) return core::Minor{0};
  TRY(const auto sum, core::add(balance, *body.floating));
  TRY(const auto difference, core::subtract(body.equity, sum));
  const auto tolerance = static_cast<core::Minor>(body.open_positions.value_or(0));
  if (difference <= tolerance && difference >= -tolerance) return difference;
  return core::conflict("reconcile_drift", "floating",
                        "The platform's equity is not its balance, credit and floating result "
                        "together, beyond one smallest unit for each open position.");
}

core::Result<> check_balance(const AccountRun& run, const std::optional<core::Minor>& balance,
                             std::string_view field) {
  if (!balance || *balance == run.balance()) return core::ok();
  return core::conflict("balance_differs", std::string(field),
                        "The books have another balance; record what is missing there, or correct "
                        "what is wrong, before the account is valued.");
}

core::Result<> read_money(const std::optional<core::Decimal>& value, const std::string& currency,
                          std::string_view field, std::optional<core::Minor>& out) {
  if (!value) return core::ok();
  TRY(out, signed_money(*value, currency, field));
  return core::ok();
}

core::Result<AccountValued> figures_of(const ValueAccount& command, const TradingAccount& account) {
  const std::string& currency = account.currency;
  AccountValued body{command.account, account.structure, account.client, 0, 0, command.source};
  TRY(body.equity, signed_money(command.equity, currency, "equity"));
  TRY(read_money(command.balance, currency, "balance", body.balance));
  TRY(read_money(command.floating, currency, "floating", body.floating));
  TRY(read_money(command.credit, currency, "credit", body.credit));
  TRY(read_money(command.margin, currency, "margin", body.margin));
  TRY(read_money(command.free_margin, currency, "free_margin", body.free_margin));
  TRY(read_money(command.exposure, currency, "exposure", body.exposure));
  body.open_positions = command.open_positions;
  // Credit is nobody's money.
  TRY(body.equity, core::subtract(body.equity, body.credit.value_or(0)));
  return body;
}

// By how much the platform's roundings differ from those of the last valuation.
core::Minor rounding_moved(const AccountRun& run, const AccountValued& body) {
  const auto& last = run.account().valued;
  return body.rounding.value_or(0) - (last ? last->value.rounding.value_or(0) : core::Minor{0});
}

// Row 21, and what the platform's roundings are.
Postings postings_of(const AccountRun& run, const AccountValued& body) {
  const std::string& currency = run.account().currency;
  Postings postings;
  postings.add(accounts::account_floating(body.client, body.account), currency,
               -body.floating_change);
  postings.in(currency, body.floating_change);
  postings.add(std::string(accounts::kClientTradingFloating), currency, body.floating_change);
  const core::Minor moved = rounding_moved(run, body);
  postings.add(std::string(accounts::kClientTradingFloating), currency, moved);
  postings.add(std::string(accounts::kRounding), currency, -moved);
  return postings;
}

}  // namespace

core::Result<> value(AccountRun& run, AccountValued body) {
  if (body.equity < 0) {
    return core::conflict("negative_equity", "equity",
                          "The loss exceeds the account's money; record who bears it "
                          "(cover_negative_balance), then value the account.");
  }
  TRY(check_balance(run, body.balance, "balance"));
  body.balance = run.balance();
  TRY(body.floating_change, core::subtract(body.equity, run.equity()));
  TRY(const auto rounding, rounding_of(body, run.balance()));
  if (rounding != 0) body.rounding = rounding;
  run.set_floating(body.equity - run.balance());
  const auto accrued_to = run.standing.accrued_to;
  TRY(run.accrue(core::utc_date(run.context().effective_at)));
  if (run.standing.accrued_to != accrued_to) {
    const Investor& investor = run.investor();
    body.accruals = AccountAccruals{investor.management.accrued, investor.subscription.accrued,
                                    investor.hurdle, *run.standing.accrued_to};
  }
  run.investor().opening = body.equity;
  run.standing.peak = std::max(run.standing.peak, body.equity);
  run.effects().add(body, postings_of(run, body), run.subjects());
  return currency::watch_rounding(run.context(), run.account().currency, rounding_moved(run, body),
                                  run.effects());
}

bool has_open_positions(const Context& context, const core::AccountId& account,
                        const TradingAccount& owner) {
  if (const auto symbols = context.state.trading->symbols.find(account);
      symbols != context.state.trading->symbols.end()) {
    for (const std::uint64_t symbol : symbols->second) {
      const std::string lots = accounts::lot_code(symbol);
      if (context.books.balance(accounts::position(account, symbol), lots) != 0) return true;
    }
  }
  const auto orders = context.state.blocks->open.find(owner.structure);
  if (orders == context.state.blocks->open.end()) return false;
  return std::ranges::any_of(orders->second, [&](const core::OrderId& id) {
    const Order& order = context.state.blocks->orders.at(id);
    const auto share = order.shares.find(account);
    if (share == order.shares.end()) return false;
    return (shares_results_only(order.method) ? order.open : share->second.open) != 0;
  });
}

void note_symbol(State& state, const core::AccountId& account, const std::string& symbol) {
  const auto known = state.instruments->symbols.find(symbol);
  if (known == state.instruments->symbols.end()) return;
  state.trading->symbols[account].insert(known->second.ordinal);
}

core::Result<> move_expected(State& state, const core::AccountId& account, core::Minor amount) {
  auto& valued = state.trading->accounts.at(account).valued;
  if (!valued || !valued->balance) return core::ok();
  TRY(valued->balance, core::add(*valued->balance, amount));
  return core::ok();
}

bool knows_equity(const AccountRun& run, core::Date date) {
  const auto& valued = run.account().valued;
  // East of Greenwich a trade date begins before its UTC day.
  if (valued && valued->balance == run.balance() &&
      core::utc_date(valued->effective_at).days >= date.days - 1) {
    return true;
  }
  return run.floating() == 0 && !has_open_positions(run.context(), run.id(), run.account());
}

Drafts decide(const Context& context, const ValueAccount& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  Effects effects(context.effective_at);
  TRY(auto run, AccountRun::begin(context, command.account, *account, effects));
  TRY(auto body, figures_of(command, *account));
  TRY(value(run, body));
  check_limits(run, body.exposure);
  effects.announce(std::string(kValuation), scope_of(command.account));
  return effects.take();
}

void apply(State& state, const AccountValued& body, const ledger::RecordView& record) {
  TradingAccount& account = state.trading->accounts.at(body.account);
  account.valued = {body, body.balance, record.seq, record.effective_at};
  AccountStanding& standing = account.standing;
  standing.investor.opening = body.equity;
  standing.peak = std::max(standing.peak, body.equity);
  if (!body.accruals) return;
  standing.investor.management.accrued = body.accruals->management;
  standing.investor.subscription.accrued = body.accruals->subscription;
  standing.investor.hurdle = body.accruals->hurdle;
  standing.accrued_to = body.accruals->to;
}

}  // namespace engine::trading
