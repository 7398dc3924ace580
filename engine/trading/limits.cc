// Limits of accounts: set, tightened, breached, lifted.

#include "engine/trading/limits.h"

#include "core/amount.h"
#include "core/exact_decimal.h"
#include "core/iso4217.h"
#include "engine/fees/left.h"
#include "engine/money.h"
#include "engine/trading/decide.h"
#include "engine/trading/equity.h"

namespace engine::trading {
namespace {

constexpr std::int64_t kLeverageMax = 10'000;
constexpr std::size_t kReasonBytesMax = 1000;

// amount <= part x of, without overflow.
bool at_most(core::Minor amount, const core::Rational& part, core::Minor of) {
  return core::Rational(amount) <= core::multiply(part, core::Rational(of));
}

core::Minor money_of_limit(const core::Decimal& limit, const std::string& currency) {
  return core::to_minor(limit, *core::currency_scale(currency)).value();  // Checked when set.
}

std::optional<StopReason> breached(const AccountRun& run,
                                   const std::optional<core::Minor>& exposure) {
  const AccountLimits& limits = run.account().limits;
  const AccountStanding& standing = run.standing;
  const std::string& currency = run.account().currency;
  const core::Minor equity = run.equity();
  if (limits.stop_out && at_most(equity, core::rational_of(*limits.stop_out), standing.base)) {
    return StopReason::StopOut;
  }
  if (limits.max_drawdown &&
      at_most(equity, core::subtract(core::Rational(1), core::rational_of(*limits.max_drawdown)),
              standing.peak)) {
    return StopReason::Drawdown;
  }
  if (limits.max_loss && standing.base - equity >= money_of_limit(*limits.max_loss, currency)) {
    return StopReason::Loss;
  }
  if (limits.minimum_balance && run.balance() < money_of_limit(*limits.minimum_balance, currency)) {
    return StopReason::MinimumBalance;
  }
  if (limits.max_leverage && exposure &&
      !at_most(*exposure, core::rational_of(*limits.max_leverage), equity)) {
    return StopReason::Leverage;
  }
  return std::nullopt;
}

core::Result<> check_part(const std::optional<core::Decimal>& part, std::string_view field) {
  if (!part) return core::ok();
  TRY(check_rate(*part, 1, field));
  if (part->digits > 0) return core::ok();
  return core::invalid("rate_range", std::string(field),
                       "The part must be above 0 and at most 1; leave it out for none.");
}

core::Result<> check_limit_values(const AccountLimits& limits, const std::string& currency) {
  TRY(check_part(limits.stop_out, "stop_out"));
  TRY(check_part(limits.max_drawdown, "max_drawdown"));
  if (limits.max_loss) {
    TRY(positive_money(*limits.max_loss, currency, "max_loss"));
  }
  if (limits.minimum_balance) {
    TRY(positive_money(*limits.minimum_balance, currency, "minimum_balance"));
  }
  if (!limits.max_leverage) return core::ok();
  TRY(check_rate(*limits.max_leverage, kLeverageMax, "max_leverage"));
  if (limits.max_leverage->digits > 0) return core::ok();
  return core::invalid("rate_range", "max_leverage",
                       "The leverage must be above 0; leave it out for no limit.");
}

// Takes over what is given, if it is not looser than what stands. A larger number is tighter for
// what must be left of an account, and looser for what may be lost or risked.
core::Result<> tighten(std::optional<core::Decimal>& standing,
                       const std::optional<core::Decimal>& given, bool larger_is_tighter,
                       std::string_view field) {
  if (!given) return core::ok();
  if (standing) {
    const auto before = core::rational_of(*standing);
    const auto after = core::rational_of(*given);
    if (larger_is_tighter ? after < before : after > before) {
      return core::conflict("limit_looser", "limits: " + std::string(field),
                            "The limit that stands is tighter; a looser one needs two people "
                            "(set_account_limits).");
    }
  }
  standing = given;
  return core::ok();
}

core::Result<AccountLimits> tightened(AccountLimits limits, const AccountLimits& given) {
  TRY(tighten(limits.stop_out, given.stop_out, true, "stop_out"));
  TRY(tighten(limits.max_drawdown, given.max_drawdown, false, "max_drawdown"));
  TRY(tighten(limits.max_loss, given.max_loss, false, "max_loss"));
  TRY(tighten(limits.minimum_balance, given.minimum_balance, true, "minimum_balance"));
  TRY(tighten(limits.max_leverage, given.max_leverage, false, "max_leverage"));
  return limits;
}

core::Result<> in_limits(core::Result<> checked) {
  if (checked) return checked;
  return std::move(checked.error()).within("limits");
}

Subjects subjects_of(const TradingAccount& account) {
  return {account.client.bytes, account.structure.bytes};
}

}  // namespace

void check_limits(AccountRun& run, const std::optional<core::Minor>& exposure) {
  if (run.account().stopped_out) return;
  const auto reason = breached(run, exposure);
  if (!reason) return;
  const TradingAccount& account = run.account();
  run.effects().add(StopOutTriggered{run.id(), account.structure, account.client, *reason,
                                     *reason != StopReason::Leverage, run.equity(), run.balance(),
                                     run.standing.base, run.standing.peak, exposure},
                    {}, run.subjects());
}

bool may_open(const TradingAccount& account) { return !account.stopped_out && !account.stopped; }

core::Result<core::Minor> after_withdrawal(core::Minor figure, core::Minor equity,
                                           core::Minor withdrawn) {
  if (equity <= 0) return core::Minor{figure};
  return fees::left_of(figure, equity, withdrawn);
}

Drafts decide(const Context& context, const SetAccountLimits& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  TRY(in_limits(check_limit_values(command.limits, account->currency)));
  AccountLimitsSet set{command.account, command.limits, account->standing.base,
                       account->standing.peak};
  if (command.new_base) {
    TRY(const Money money, money_of(context, command.account, *account));
    set.base = money.equity;
    set.peak = money.equity;
  }
  Effects effects(context.effective_at);
  effects.add(set, {}, subjects_of(*account));
  return effects.take();
}

Drafts decide(const Context& context, const TightenAccountLimits& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  TRY(in_limits(check_limit_values(command.limits, account->currency)));
  TRY(const auto limits, tightened(account->limits, command.limits));
  Effects effects(context.effective_at);
  effects.add(
      AccountLimitsSet{command.account, limits, account->standing.base, account->standing.peak}, {},
      subjects_of(*account));
  return effects.take();
}

Drafts decide(const Context& context, const LiftStopOut& command) {
  TRY(const TradingAccount* account, find_account(context, command.account));
  if (!account->stopped_out) {
    return core::conflict("not_stopped_out", "account", "No stop-out stands.");
  }
  if (command.reason.empty() || command.reason.size() > kReasonBytesMax) {
    return core::invalid("reason", "reason", "Say why, in 1 to 1000 bytes.");
  }
  TRY(const Money money, money_of(context, command.account, *account));
  Effects effects(context.effective_at);
  effects.add(StopOutLifted{command, money.equity}, {}, subjects_of(*account));
  return effects.take();
}

void apply(State& state, const AccountLimitsSet& body, const ledger::RecordView&) {
  TradingAccount& account = state.trading->accounts.at(body.account);
  account.limits = body.limits;
  account.standing.base = body.base;
  account.standing.peak = body.peak;
}

void apply(State& state, const StopOutTriggered& body, const ledger::RecordView&) {
  state.trading->accounts.at(body.account).stopped_out = body.reason;
}

void apply(State& state, const StopOutLifted& body, const ledger::RecordView&) {
  TradingAccount& account = state.trading->accounts.at(body.lifted.account);
  account.stopped_out.reset();
  account.standing.base = body.base;
  account.standing.peak = body.base;
}

}  // namespace engine::trading
