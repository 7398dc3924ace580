// Money of accounts comes and goes, and their marks with it.

#include "engine/trading/flows.h"

#include <algorithm>

#include "engine/accounts.h"
#include "engine/cash_records.h"
#include "engine/charging/periods.h"
#include "engine/charging/released.h"
#include "engine/charging/shares.h"
#include "engine/charging/standing.h"
#include "engine/fees/hurdle.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/mandates.h"
#include "engine/gate/papers.h"
#include "engine/money.h"
#include "engine/trading/decide.h"
#include "engine/trading/equity.h"
#include "engine/trading/hedges.h"
#include "engine/trading/limits.h"
#include "engine/trading/losses.h"
#include "engine/trading/valuation.h"

namespace engine::trading {
namespace {

// How the figures before a flow are known.
struct Known {
  FlowQuality quality = FlowQuality::Measured;
  std::optional<Source> source;
};

enum class Direction { In, Out };

bool valued_now(const AccountRun& run) {
  const auto& valued = run.account().valued;
  return valued && valued->balance == run.balance() &&
         valued->effective_at == run.context().effective_at;
}

core::Result<> in_flow(core::Result<> done) {
  if (done) return done;
  return std::move(done.error()).within("flow");
}

core::Result<> check_balance_before(const AccountRun& run, const FlowFacts& facts) {
  if (!facts.balance_before) return core::ok();
  TRY(const auto balance,
      signed_money(*facts.balance_before, run.account().currency, "balance_before"));
  if (balance == run.balance()) return core::ok();
  return core::conflict("balance_differs", "balance_before",
                        "The books have another balance; record what is missing there first.");
}

core::Result<> value_before(AccountRun& run, const FlowFacts& facts) {
  TRY(const auto equity,
      signed_money(*facts.equity_before, run.account().currency, "equity_before"));
  AccountValued body{run.id(),    run.account().structure, run.account().client, equity, 0,
                     facts.source};
  return value(run, std::move(body));
}

// A result that is measured after the mandate's last day, or after the manager trades on the
// account no more, is not his.
bool is_after_manager(const AccountRun& run) {
  return run.account().stopped.has_value() ||
         run.mandate_is_over(core::utc_date(run.context().effective_at));
}

// What leaves takes its part of the gain along: the fee on it cannot wait until the equity is
// known.
core::Result<> check_stated(const AccountRun& run, const FlowFacts& facts, Direction direction) {
  if (direction == Direction::In || facts.equity_before) return core::ok();
  if (!run.rules().charges_performance || run.fee_free() || is_after_manager(run)) {
    return core::ok();
  }
  return core::conflict("equity_unstated", "equity_before",
                        "Positions are open and a performance fee may be due on what leaves: give "
                        "the account's equity just before, or value the account at this time.");
}

// Figures that were measured, or worked out from measured ones, value the account at the flow. What
// is only asserted, or not said while positions are open, waits for two people; a withdrawal must
// say something where a performance fee is charged.
// Source: the managed-account rules, ruling 8.
core::Result<Known> figures_before(AccountRun& run, const std::optional<FlowFacts>& given,
                                   Direction direction) {
  const FlowFacts facts = given.value_or(FlowFacts{});
  TRY(in_flow(check_balance_before(run, facts)));
  Known known{facts.quality.value_or(FlowQuality::Measured), facts.source};
  if (facts.equity_before && known.quality != FlowQuality::Asserted) {
    TRY(in_flow(value_before(run, facts)));
    return known;
  }
  // Without positions the books know it themselves.
  const bool measured =
      valued_now(run) ||
      (run.floating() == 0 && !has_open_positions(run.context(), run.id(), run.account()));
  if (measured && !facts.equity_before) return Known{FlowQuality::Measured, facts.source};
  TRY(in_flow(check_stated(run, facts, direction)));
  known.quality = FlowQuality::Asserted;
  run.block();
  return known;
}

AccountFlow flow_of(const AccountRun& run, const Known& known, core::Minor amount) {
  AccountFlow flow;
  flow.account = run.id();
  flow.structure = run.account().structure;
  flow.client = run.account().client;
  flow.strategy = run.structure().strategy;
  flow.currency = run.account().currency;
  flow.amount = amount;
  flow.equity_before = run.equity();
  flow.balance_before = run.balance();
  flow.quality = known.quality;
  flow.source = known.source;
  flow.mark_before = run.mark();
  flow.date = core::utc_date(run.context().effective_at);
  flow.blocks = known.quality == FlowQuality::Asserted;
  return flow;
}

// Rows 7 and 8, sent and confirmed at once: the money passes through the transit account, which the
// record leaves as it was.
void move_cash(AccountRun& run, core::Minor into_account) {
  const std::string& currency = run.account().currency;
  const core::PartyId& client = run.account().client;
  const std::string transit(accounts::kTransitInternal);
  const bool funds = into_account >= 0;
  Postings postings;
  postings.add(accounts::wallet(client), currency, into_account);
  postings.add(transit, currency, -into_account).add(transit, currency, into_account);
  postings.add(accounts::account_balance(client, run.id()), currency, -into_account);
  run.effects().add(CashMoved{funds ? "account_funded" : "account_defunded", client, currency,
                              funds ? into_account : -into_account},
                    std::move(postings), run.subjects());
}

// --- Deposits. ---

void carry_mark(AccountRun& run, std::string path, core::Minor mark,
                const std::optional<core::AccountId>& from) {
  const TradingAccount& account = run.account();
  const core::StrategyId& strategy = run.structure().strategy;
  const std::string code = accounts::mark_code(account.currency);
  Postings postings;
  postings.add(std::move(path), code, -mark);
  postings.add(accounts::account_mark(strategy, account.client, run.id()), code, mark);
  run.effects().add(
      AccountMarkMoved{run.id(), account.structure, account.client, strategy, account.currency,
                       AccountMarkReason::Carried, run.mark(), run.mark() + mark, from},
      std::move(postings), run.subjects());
  run.moved(0, mark);
}

bool holds_units(const Context& context, const core::StrategyId& strategy,
                 const core::PartyId& client) {
  return std::ranges::any_of(context.state.structures, [&](const auto& entry) {
    const auto& [id, pool] = entry;
    return pool.strategy == strategy && pool.investors.contains(client) &&
           context.books.balance(accounts::units(id, client),
                                 accounts::unit_code(pool.ordinal, pool.epoch)) != 0;
  });
}

// What is left of a mark in pools of the strategy that he has left.
void carry_pool_mark(AccountRun& run) {
  const Context& context = run.context();
  const core::PartyId& client = run.account().client;
  const core::StrategyId& strategy = run.structure().strategy;
  std::string path = accounts::mark(strategy, client);
  const core::Minor mark = context.books.balance(path, accounts::mark_code(run.account().currency));
  if (mark == 0 || holds_units(context, strategy, client)) return;
  carry_mark(run, std::move(path), mark, {});
}

// What is left of a mark on accounts that stand empty goes along with the client: a loss is not
// forgotten because its account was given up.
core::Result<> carry_marks(AccountRun& run) {
  const Context& context = run.context();
  const TradingAccount& account = run.account();
  const auto all = context.state.trading->of_client.find(account.client);
  if (all == context.state.trading->of_client.end()) return core::ok();
  const core::StrategyId& strategy = run.structure().strategy;
  const std::string code = accounts::mark_code(account.currency);
  for (const core::AccountId& id : all->second) {
    const TradingAccount& other = context.state.trading->accounts.at(id);
    if (id == run.id() || other.currency != account.currency) continue;
    if (context.state.structures.at(other.structure).strategy != strategy) continue;
    const std::string path = accounts::account_mark(strategy, account.client, id);
    const core::Minor mark = context.books.balance(path, code);
    TRY(const Money money, money_of(context, id, other));
    if (mark == 0 || money.equity != 0 || has_open_positions(context, id, other)) continue;
    carry_mark(run, path, mark, id);
  }
  return core::ok();
}

// The losses that come back with the money: from accounts first, then from a pool of the strategy.
core::Result<> restore(const AccountRun& run, AccountFlow& flow) {
  const State& state = run.context().state;
  core::Minor left = flow.amount;
  if (const auto all = state.trading->losses.find(flow.strategy);
      all != state.trading->losses.end()) {
    if (const auto own = all->second.find(flow.client); own != all->second.end()) {
      auto stack = own->second;
      TRY(const auto back, take_back(stack, flow.currency, left));
      flow.restored = back.loss;
      left -= back.amount;
    }
  }
  const auto strategy = state.strategies.find(flow.strategy);
  if (strategy == state.strategies.end() || strategy->second.currency != flow.currency) {
    return core::ok();
  }
  const auto pool = strategy->second.released.find(flow.client);
  if (pool == strategy->second.released.end()) return core::ok();
  auto stack = pool->second;
  core::Minor taken_out = 0;
  for (const ReleasedLoss& released : stack) taken_out += released.amount;
  flow.pool_returned = std::min(left, taken_out);
  TRY(flow.pool_restored, charging::pop_released(stack, flow.pool_returned));
  return core::ok();
}

void remember_deposit(AccountRun& run, const AccountFlow& flow) {
  AccountStanding& standing = run.standing;
  Investor& investor = standing.investor;
  if (standing.accrued_to) {
    investor.period_base += flow.amount;
  } else {
    investor.joined = flow.date;
    investor.period_base = run.equity();
    standing.accrued_to = flow.date;
    standing.charged_to = flow.date;
    const std::uint64_t year = charging::year_of(flow.date);
    // The year's fees go on for who comes back within it.
    if (investor.year.year < year) investor.year = {year, run.equity(), 0};
  }
  investor.opening = run.equity();
  standing.base += flow.amount;
  standing.peak = std::max(standing.peak + flow.amount, run.equity());
}

// --- Withdrawals. ---

// A part of the accrued performance fee falls due with the money, or all of it, as the offer says.
core::Result<> charge_all_first(AccountRun& run, core::Minor& withdrawn) {
  if (run.rules().withdrawal_charge != WithdrawalCharge::Full || run.is_blocked() ||
      is_after_manager(run)) {
    return core::ok();
  }
  TRY(run.crystallise(FeeDue::Redemption));
  run.investor().management_since_charge = 0;
  withdrawn = std::min(withdrawn, run.equity());
  return core::ok();
}

core::Result<> charge_part(AccountRun& run, core::Minor withdrawn) {
  const charging::FeeRules& rules = run.rules();
  if (!rules.charges_performance || run.fee_free() || run.is_blocked() || is_after_manager(run) ||
      run.equity() <= 0 || rules.withdrawal_charge == WithdrawalCharge::Full) {
    return core::ok();
  }
  TRY(FeeCharged fee, charging::charge_on_withdrawal(rules, run.marked(), withdrawn));
  if (fee.amount == 0) return core::ok();
  TRY(charging::fit_into_equity(*rules.terms, withdrawn, fee));
  TRY(charging::apply_cap(*rules.terms, run.investor().year, fee));
  return run.take(std::move(fee));
}

core::Result<> remember_withdrawal(AccountRun& run, const AccountFlow& flow) {
  AccountStanding& standing = run.standing;
  Investor& investor = standing.investor;
  const core::Minor before = flow.equity_before;
  TRY(const auto hurdle,
      fees::hurdle_after_withdrawals(charging::exact_of(investor.hurdle), before, flow.amount));
  investor.hurdle = charging::amount_of(hurdle);
  TRY(charging::scale_losses(investor, run.rules(), before, flow.amount));
  // Of the management fees that are added back the part that leaves goes with it.
  TRY(investor.management_since_charge,
      core::multiply_divide(investor.management_since_charge, before - flow.amount, before,
                            core::Rounding::Floor));
  investor.period_base -= flow.amount;
  investor.opening = run.equity();
  TRY(standing.base, after_withdrawal(standing.base, before, flow.amount));
  TRY(standing.peak, after_withdrawal(standing.peak, before, flow.amount));
  if (flow.amount < before) return core::ok();
  TRY(run.release_held(true));
  charging::forget_holding(investor);
  standing.accrued_to.reset();
  standing.charged_to.reset();
  return core::ok();
}

}  // namespace

core::Result<> admit_funding(const Context& context, const core::AccountId& id,
                             const TradingAccount& account) {
  // What keeps positions alive is not held up by a paper that is missing.
  if (has_open_positions(context, id, account)) {
    return gate::require_active_mandate(context, account.structure, account.client);
  }
  TRY(gate::admit_money(context, account.structure, account.client));
  TRY(gate::authorisation(context, account.structure, account.client));
  return core::ok();
}

core::Result<> deposit(AccountRun& run, const std::optional<FlowFacts>& facts, core::Minor amount,
                       const MoveMoney& move) {
  run.open_marks();
  TRY(const Known known, figures_before(run, facts, Direction::In));
  const core::Date date = core::utc_date(run.context().effective_at);
  TRY(run.accrue(date));
  run.begin_year(date);
  carry_pool_mark(run);
  TRY(carry_marks(run));
  AccountFlow flow = flow_of(run, known, amount);
  TRY(restore(run, flow));
  TRY(auto raised, core::add(amount, flow.restored));
  TRY(raised, core::add(raised, flow.pool_restored));
  TRY(flow.mark_after, core::add(flow.mark_before, raised));
  move(amount);
  Postings postings;
  run.post_mark(raised, -flow.restored - flow.pool_restored, postings);
  run.effects().add(flow, std::move(postings), run.subjects());
  run.moved(amount, raised);
  remember_deposit(run, flow);
  warn_of_hedges(run, flow.equity_before);
  run.stand();
  return core::ok();
}

core::Result<> withdraw(AccountRun& run, const std::optional<FlowFacts>& facts,
                        core::Minor withdrawn, const MoveMoney& move) {
  run.open_marks();
  TRY(const Known known, figures_before(run, facts, Direction::Out));
  TRY(check_withdrawable({run.balance(), run.floating(), run.equity()}, withdrawn));
  const core::Date date = core::utc_date(run.context().effective_at);
  TRY(run.accrue(date));
  run.begin_year(date);
  if (withdrawn == run.equity()) {
    // The last chance to charge what has accrued.
    TRY(run.charge_accrued(date));
    withdrawn = std::min(withdrawn, run.equity());
  }
  TRY(charge_all_first(run, withdrawn));
  TRY(check_withdrawable({run.balance(), run.floating(), run.equity()}, withdrawn));
  AccountFlow flow = flow_of(run, known, withdrawn);
  flow.withdrawal = true;
  fees::MarkAfterWithdrawal after{run.mark(), 0};
  if (run.equity() > 0) {
    TRY(after, fees::mark_after_withdrawals(run.rules().withdrawal_rule, run.equity(), run.mark(),
                                            withdrawn));
  }
  TRY(charge_part(run, withdrawn));
  flow.fees = flow.balance_before - run.balance();
  flow.released = after.released;
  flow.mark_after = after.mark;
  move(-(withdrawn - flow.fees));
  Postings postings;
  run.post_mark(flow.mark_after - flow.mark_before, flow.released, postings);
  run.effects().add(flow, std::move(postings), run.subjects());
  run.moved(-(withdrawn - flow.fees), flow.mark_after - flow.mark_before);
  if (withdrawn > 0) {
    TRY(remember_withdrawal(run, flow));
  }
  warn_of_hedges(run, flow.equity_before);
  run.stand();
  return core::ok();
}

Drafts decide(const Context& context, const FundAccount& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  TRY(admit_funding(context, command.account, *account));
  TRY(const auto amount, positive_money(command.amount, account->currency, "amount"));
  Effects effects(context.effective_at);
  TRY(auto run, AccountRun::begin(context, command.account, *account, effects));
  TRY(deposit(run, command.flow, amount, [&run](core::Minor into) { move_cash(run, into); }));
  return effects.take();
}

Drafts decide(const Context& context, const DefundAccount& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  TRY(const auto amount, positive_money(command.amount, account->currency, "amount"));
  Effects effects(context.effective_at);
  TRY(auto run, AccountRun::begin(context, command.account, *account, effects));
  TRY(withdraw(run, command.flow, amount, [&run](core::Minor into) { move_cash(run, into); }));
  return effects.take();
}

Drafts decide(const Context& context, const AcceptFlow& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  FlowAccepted accepted{command};
  for (const std::uint64_t flow : account->unmeasured) {
    if (!command.flow || *command.flow == flow) accepted.flows.push_back(flow);
  }
  if (accepted.flows.empty()) {
    return core::conflict("flow_not_waiting", "flow",
                          "No such flow of this account waits to be accepted.");
  }
  Effects effects(context.effective_at);
  effects.add(accepted, {}, {account->client.bytes, account->structure.bytes}).documents = {
      command.document};
  return effects.take();
}

}  // namespace engine::trading
