// Fills and closes that were not as recorded: the difference is posted, and what was recorded
// stays.

#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/copy/asks.h"
#include "engine/copy/decide.h"
#include "engine/copy/entry.h"
#include "engine/copy/result.h"
#include "engine/money.h"
#include "engine/partners/closes.h"
#include "engine/partners/decide.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

struct Amending {
  const TradingAccount* account = nullptr;
  const CopySubscription* subscription = nullptr;
  const CopyExecution* before = nullptr;
  const CopyLineage* lineage = nullptr;
  const Copy* copy = nullptr;
};

core::Result<const CopyExecution*> find_execution(const CopySubscription& subscription,
                                                  const AmendCopy& command) {
  const auto& executions = command.fill ? subscription.fills : subscription.closes;
  const auto found = executions.find(command.fill ? *command.fill : *command.close);
  if (found != executions.end()) return &found->second;
  return core::not_found("unknown_copy", command.fill ? "fill" : "close",
                         "No such fill or close of this account is recorded.");
}

core::Result<Amending> find(const Context& context, const AmendCopy& command) {
  if (command.fill.has_value() == command.close.has_value()) {
    return core::invalid("missing_field", "fill", "Name either a fill or a close.");
  }
  Amending out;
  TRY(out.account, find_copy_account(context, command.account));
  const CopyTrading& copy = *context.state.copy;
  const auto subscription = copy.subscriptions.find(command.account);
  if (subscription == copy.subscriptions.end()) {
    return core::not_found("unknown_copy", "account", "The account copies nothing.");
  }
  out.subscription = &subscription->second;
  TRY(out.before, find_execution(*out.subscription, command));
  out.lineage = &copy.masters.at(out.account->structure).lineages.at(out.before->lineage);
  out.copy = &out.lineage->copies.at(command.account);
  return out;
}

// Zero is a bust, and a bust leaves no money.
core::Result<core::Minor> amended_volume(const AmendCopy& command) {
  if (command.lots.digits != 0) return volume_of(command.lots);
  if (command.profit.digits == 0 && command.swap.digits == 0 && command.commission.digits == 0) {
    return core::Minor{0};
  }
  return core::invalid("not_positive", "lots",
                       "Nothing is left of what never was: its money is zero too.");
}

core::Result<> check_fill(const AmendCopy& command, const Amending& amending, core::Minor change) {
  if (command.profit.digits != 0 || command.swap.digits != 0) {
    return core::invalid("unused_field", "profit", "A fill has a commission alone.");
  }
  const CopyOrder& order = amending.copy->orders.at(amending.before->signal);
  TRY(check_steps(amending.before->volume + change, order.lot_step));
  if (change > order.sized - order.filled) {
    return core::conflict("overfill", "lots", "The order would be filled beyond its volume.");
  }
  if (change >= -open_volume(*amending.copy)) return core::ok();
  return core::conflict("overclose", "lots",
                        "More of the copy is closed than would be filled; amend its closes first.");
}

core::Result<> check_close(const Amending& amending, core::Minor change) {
  const core::Minor volume = amending.before->volume + change;
  TRY(check_grid(*amending.lineage, *amending.copy, volume,
                 open_volume(*amending.copy) + amending.before->volume));
  if (change <= open_volume(*amending.copy)) return core::ok();
  return core::conflict("overclose", "lots", "More would be closed than is open.");
}

core::Result<CopyAmended> amended(const Context& context, const AmendCopy& command,
                                  const Amending& amending) {
  const std::string& currency = currency_of(context, *amending.account);
  const CopyExecution& before = *amending.before;
  CopyAmended body;
  body.amended = command;
  body.structure = amending.account->structure;
  body.client = amending.account->client;
  body.signal = before.signal;
  body.lineage = before.lineage;
  TRY(body.volume, amended_volume(command));
  TRY(body.volume_change, core::subtract(body.volume, before.volume));
  TRY(body.profit, signed_money(command.profit, currency, "profit"));
  TRY(body.swap, signed_money(command.swap, currency, "swap"));
  TRY(body.commission, signed_money(command.commission, currency, "commission"));
  TRY(body.profit_change, core::subtract(body.profit, before.profit));
  TRY(body.swap_change, core::subtract(body.swap, before.swap));
  TRY(body.commission_change, core::subtract(body.commission, before.commission));
  return body;
}

// What is held has changed: perhaps more of it must be closed.
core::Result<> ask_after_amendment(const CopyAmended& body, const Amending& amending,
                                   Effects& effects) {
  const bool of_fill = body.amended.fill.has_value();
  Copy after = *amending.copy;
  cut_by_stops(after, *amending.subscription);
  if (of_fill) {
    TRY(change_filled(after, body.signal, body.volume_change));
  } else {
    TRY(change_closed(after, body.volume_change));
  }
  TRY(const auto held,
      kept_volume(Kept(amending.lineage->reductions), after, amending.lineage->lot_step));
  add_ask({body.structure, body.amended.account, body.client, body.signal, body.lineage,
           of_fill ? CopyCloseReason::LateFill : CopyCloseReason::Amended},
          after, held, effects);
  return core::ok();
}

core::Result<> amend_partners(const Context& context, const CopyAmended& body,
                              const TradingAccount& account, Effects& effects) {
  const auto scale = core::currency_scale(currency_of(context, account));
  CHECK(scale.has_value());
  const AmendCopy& command = body.amended;
  return partners::CloseAccruals(context).amend(effects,
                                                {command.account,
                                                 {},
                                                 *command.close,
                                                 command.lots,
                                                 command.price,
                                                 core::to_decimal(-body.commission_change, *scale),
                                                 command.reason});
}

}  // namespace

Drafts decide(const Context& context, const AmendCopy& command) {
  TRY(const Amending amending, find(context, command));
  TRY(trading::check_platform_id(command.reason, "reason"));
  TRY(check_price(command.price, "price"));
  TRY(const CopyAmended body, amended(context, command, amending));
  if (body.volume_change != 0) {
    TRY(check_unsplit(*amending.lineage, amending.before->splits));
  }
  if (command.fill) {
    TRY(check_fill(command, amending, body.volume_change));
  } else {
    TRY(check_close(amending, body.volume_change));
  }
  const Result changes{body.profit_change, body.swap_change, body.commission_change, {}};
  TRY(auto postings, postings_of(context, command.account, *amending.account, *amending.lineage,
                                 changes, command.fill ? body.volume_change : -body.volume_change));
  Effects effects(context.effective_at);
  effects.add(body, std::move(postings), {body.client.bytes, body.structure.bytes});
  if (body.volume_change != 0) {
    TRY(ask_after_amendment(body, amending, effects));
  }
  if (!command.close) return effects.take();
  if (body.volume_change != 0) {
    TRY(partners::accrue(context, effects, body.structure, *command.close,
                         core::to_decimal(body.volume_change, kLotScale)));
  }
  TRY(amend_partners(context, body, *amending.account, effects));
  return effects.take();
}

core::Result<> apply(State& state, const CopyAmended& body, const ledger::RecordView&) {
  CopyTrading& trading = *state.copy;
  CopySubscription& subscription = trading.subscriptions.at(body.amended.account);
  CopyMaster& master = trading.masters.at(body.structure);
  Copy& copy = master.lineages.at(body.lineage).copies.at(body.amended.account);
  cut_by_stops(copy, subscription);
  if (body.amended.fill) {
    TRY(change_filled(copy, body.signal, body.volume_change));
  } else {
    TRY(change_closed(copy, body.volume_change));
  }
  note_committed(master, body.amended.account, body.lineage);
  CopyExecution& execution = body.amended.fill ? subscription.fills.at(*body.amended.fill)
                                               : subscription.closes.at(*body.amended.close);
  const CopyExecution before = execution;
  execution.price = body.amended.price;
  execution.volume = body.volume;
  execution.profit = body.profit;
  execution.swap = body.swap;
  execution.commission = body.commission;
  const Result changes{body.profit_change, body.swap_change, body.commission_change, {}};
  TRY(const auto sum, changes.sum());
  TRY(subscription.results, core::add(subscription.results, sum));
  if (body.amended.fill) return amend_entry(copy.entry, before, execution);
  return partners::add_volume(state, body.structure, body.client, body.volume_change);
}

}  // namespace engine::copy
