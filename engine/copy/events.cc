// Splits, dividends and financing on open copies.

#include <algorithm>

#include "core/exact_decimal.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/copy/asks.h"
#include "engine/copy/decide.h"
#include "engine/copy/result.h"
#include "engine/copy/scaling.h"
#include "engine/currency/rates.h"
#include "engine/instruments/contract.h"
#include "engine/instruments_state.h"
#include "engine/money.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

// Far above any split there was, and small enough that volumes times it fit.
constexpr std::uint64_t kRatioMax = 1'000'000;

// The structure, its master and the symbol that an event is about.
struct Event {
  const Structure* structure = nullptr;
  const CopyMaster* master = nullptr;
  std::string symbol;    // As registered.
  std::string currency;  // Of its money.
};

template <class Command>
core::Result<Event> find_event(const Context& context, const Command& command) {
  Event event;
  TRY(event.structure, find_copy_structure(context, command.structure));
  TRY(event.symbol, instruments::registered_name(context.state, command.symbol));
  event.currency =
      command.currency.value_or(context.state.instruments->symbols.at(event.symbol).currency);
  TRY(check_currency(event.currency, "currency"));
  static const CopyMaster kNone;
  const auto master = context.state.copy->masters.find(command.structure);
  event.master = master == context.state.copy->masters.end() ? &kNone : &master->second;
  return event;
}

// True if the event is recorded already. Errors: Conflict/different_content at `field`.
core::Result<bool> is_recorded(const CopyMaster& master, const std::string& id,
                               const core::Hash& content, std::string_view field) {
  const auto known = master.events.find(id);
  if (known == master.events.end()) return false;
  TRY(check_repetition(known->second, content, field));
  return true;
}

core::Error nothing_open() {
  return core::conflict("no_position", "symbol",
                        "Neither the master nor a copy has anything open of this.");
}

// Volume x money for each lot, in the account's own smallest units.
struct Money {
  core::Minor amount = 0;
  std::optional<RateUsed> rate;
};

// Rounding: half even, once.
core::Result<Money> money_of(const Context& context, const Event& event,
                             const TradingAccount& account, const core::Rational& volume,
                             const core::Decimal& per_lot) {
  TRY(const auto lot, core::power_of_ten(kLotScale));
  TRY(const auto lots, core::divide(volume, core::Rational(lot)));
  core::Rational exact = core::multiply(lots, core::rational_of(per_lot));
  Money money;
  if (account.currency != event.currency) {
    TRY(money.rate,
        currency::rate_for(context.state, {event.currency, account.currency, context.effective_at,
                                           std::nullopt, event.structure->server}));
    TRY(exact, currency::convert_exact(exact, *money.rate));
  }
  TRY(money.amount, core::to_minor(exact, core::currency_scale(account.currency).value(),
                                   core::Rounding::HalfEven));
  return money;
}

core::Result<> check_ratio(const SplitCopies& command) {
  const auto in_range = [](std::uint64_t n) { return n >= 1 && n <= kRatioMax; };
  if (in_range(command.numerator) && in_range(command.denominator) &&
      command.numerator != command.denominator) {
    return core::ok();
  }
  return core::invalid("split", "numerator",
                       "Numerator and denominator are 1 to 1,000,000 and not equal.");
}

bool is_open(const CopyLineage& lineage) {
  return lineage.open > 0 || std::ranges::any_of(lineage.committed, [&](const auto& account) {
           return open_volume(lineage.copies.at(account)) > 0;
         });
}

// What fills after a split would count in shares of before it.
core::Result<> check_filled(const CopyLineage& lineage) {
  for (const auto& [account, copy] : lineage.copies) {
    for (const auto& [signal, order] : copy.orders) {
      if (order.over || order.filled == order.ordered) continue;
      return core::conflict("order_working", "symbol",
                            "An order for signal " + signal +
                                " is not filled; end what is left of it (reject_copy) before the "
                                "split.");
    }
  }
  return core::ok();
}

SplitRatio ratio_of(const SplitCopies& command) {
  return {static_cast<core::Minor>(command.numerator),
          static_cast<core::Minor>(command.denominator)};
}

core::Result<core::Decimal> split_price(const core::Decimal& price, const SplitRatio& ratio) {
  const unsigned scale = std::max<unsigned>(price.scale, kLotScale);
  TRY(const auto digits, core::to_minor(price, scale));
  TRY(const auto split,
      core::multiply_divide(digits, ratio.old_units, ratio.new_units, core::Rounding::HalfEven));
  return core::to_decimal(split, scale);
}

// One copy: its volume, what of it was to be closed already, and cash for the rest of a step.
core::Result<> split_copy(const Context& context, const SplitCopies& command, const Event& event,
                          const CopiesSplit& split, const CopyLineage& after,
                          const core::AccountId& id, const Copy& copy, Effects& effects) {
  const TradingAccount& account = context.state.trading->accounts.at(id);
  const SplitRatio ratio = ratio_of(command);
  TRY(const ScaledVolume open, scale_volume(open_volume(copy), ratio, after.lot_step));
  TRY(const ScaledVolume asked, scale_volume(copy.asked - copy.closed, ratio, after.lot_step));
  CopySplitAllocated body;
  body.structure = command.structure;
  body.account = id;
  body.client = account.client;
  body.split = command.split;
  body.lineage = split.lineage;
  body.before = open_volume(copy);
  body.after = open.volume;
  body.fraction = open.fraction;
  body.asked = std::min(asked.volume, open.volume);
  if (command.cash_per_lot && open.fraction.numerator != 0) {
    TRY(const auto fraction,
        core::Rational::of(open.fraction.numerator, open.fraction.denominator));
    TRY(Money money, money_of(context, event, account, fraction, *command.cash_per_lot));
    body.cash_per_lot = command.cash_per_lot;
    body.cash = money.amount;
    body.rate = std::move(money.rate);
  }
  TRY(auto postings,
      postings_of(context, id, account, after, {body.cash, 0, 0, {}}, body.after - body.before));
  effects.add(body, std::move(postings), {account.client.bytes, command.structure.bytes});
  Copy scaled = copy;
  scaled.filled = copy.closed + body.after;
  scaled.asked = copy.closed + body.asked;
  TRY(const auto held, kept_volume(Kept(after.reductions), scaled, after.lot_step));
  add_ask({command.structure, id, account.client, {}, split.lineage, CopyCloseReason::Split},
          scaled, held, effects);
  return core::ok();
}

core::Result<> split_lineage(const Context& context, const SplitCopies& command, const Event& event,
                             const std::string& id, const CopyLineage& lineage, Effects& effects) {
  CopiesSplit split;
  split.split = command;
  split.split.symbol = event.symbol;
  split.split.currency = event.currency;
  split.content = content_of(command);
  split.lineage = id;
  split.before = lineage.open;
  const SplitRatio ratio = ratio_of(command);
  TRY(const ScaledVolume open, scale_volume(lineage.open, ratio, lineage.lot_step));
  split.after = open.volume;
  TRY(split.price, split_price(lineage.price, ratio));
  effects.add(split, {}, {command.structure.bytes});
  CopyLineage after = lineage;
  apply_split(after, split);
  for (const auto& [account, copy] : lineage.copies) {
    if (open_volume(copy) == 0) continue;
    TRY(split_copy(context, command, event, split, after, account, copy, effects));
  }
  end_offers(context, OfferEnd::Withdrawn, lineage.offers, effects);
  return core::ok();
}

// Fractions of what was bought and of what was sold are worth the same with opposite signs.
core::Result<> check_one_side(const SplitCopies& command,
                              const std::vector<const CopyLineage*>& lineages) {
  const bool both = std::ranges::any_of(lineages, [&](const CopyLineage* lineage) {
    return lineage->side != lineages.front()->side;
  });
  if (!both || !command.cash_per_lot) return core::ok();
  return core::conflict("both_sides", "cash_per_lot",
                        "The symbol is open on both sides, which lose by a fraction where the "
                        "others gain; book the cash by adjust_copies for each side.");
}

}  // namespace

void apply_split(CopyLineage& lineage, const CopiesSplit& split) {
  lineage.open = split.after;
  lineage.price = split.price;
  ++lineage.splits;
  // To copies it is as if the position went from the old units to the new; and to nothing, if it
  // did.
  const auto to = static_cast<core::Minor>(split.split.numerator);
  lineage.reductions.push_back({static_cast<core::Minor>(split.split.denominator),
                                split.before > 0 && split.after == 0 ? 0 : to});
}

Drafts decide(const Context& context, const SplitCopies& command) {
  TRY(const Event event, find_event(context, command));
  TRY(trading::check_platform_id(command.split, "split"));
  TRY(const bool known, is_recorded(*event.master, command.split, content_of(command), "split"));
  if (known) return std::vector<ledger::Draft>();
  TRY(check_ratio(command));
  std::vector<const CopyLineage*> lineages;
  for (const std::string& id : working_lineages(*event.master, event.symbol)) {
    const CopyLineage& lineage = event.master->lineages.at(id);
    if (!is_open(lineage)) continue;
    TRY(check_filled(lineage));
    lineages.push_back(&lineage);
  }
  if (lineages.empty()) return nothing_open();
  TRY(check_one_side(command, lineages));
  Effects effects(context.effective_at);
  for (const std::string& id : working_lineages(*event.master, event.symbol)) {
    const CopyLineage& lineage = event.master->lineages.at(id);
    if (!is_open(lineage)) continue;
    TRY(split_lineage(context, command, event, id, lineage, effects));
  }
  return effects.take();
}

Drafts decide(const Context& context, const AdjustCopies& command) {
  TRY(const Event event, find_event(context, command));
  TRY(trading::check_platform_id(command.adjustment, "adjustment"));
  CopiesAdjusted whole{command, content_of(command), event.currency, 0};
  whole.adjusted.symbol = event.symbol;
  TRY(const bool known,
      is_recorded(*event.master, command.adjustment, whole.content, "adjustment"));
  if (known) return std::vector<ledger::Draft>();
  std::map<core::AccountId, core::Minor> volumes;
  const CopyLineage* any = nullptr;
  for (const std::string& id : working_lineages(*event.master, event.symbol)) {
    const CopyLineage& lineage = event.master->lineages.at(id);
    if (lineage.side != command.side) continue;
    for (const core::AccountId& account : lineage.committed) {
      const Copy& copy = lineage.copies.at(account);
      if (open_volume(copy) == 0) continue;
      any = &lineage;
      TRY(volumes[account], core::add(volumes[account], open_volume(copy)));
      TRY(whole.volume, core::add(whole.volume, open_volume(copy)));
    }
  }
  if (any == nullptr) return nothing_open();
  Effects effects(context.effective_at);
  effects.add(whole, {}, {command.structure.bytes});
  for (const auto& [id, volume] : volumes) {
    const TradingAccount& account = context.state.trading->accounts.at(id);
    TRY(Money money,
        money_of(context, event, account, core::Rational(volume), command.amount_per_lot));
    if (money.amount == 0) continue;
    const bool dividend = command.kind == AdjustmentKind::Dividend;
    const Result result =
        dividend ? Result{money.amount, 0, 0, {}} : Result{0, money.amount, 0, {}};
    TRY(auto postings, postings_of(context, id, account, *any, result, 0));
    effects.add(
        CopyAdjusted{command.structure, id, account.client, command.adjustment, command.kind,
                     volume, command.amount_per_lot, money.amount, std::move(money.rate)},
        std::move(postings), {account.client.bytes, command.structure.bytes});
  }
  return effects.take();
}

void apply(State& state, const CopiesSplit& body, const ledger::RecordView&) {
  CopyMaster& master = state.copy->masters.at(body.split.structure);
  master.events[body.split.split] = body.content;
  apply_split(master.lineages.at(body.lineage), body);
  note_working(master, body.lineage);
}

core::Result<> apply(State& state, const CopySplitAllocated& body, const ledger::RecordView&) {
  CopyMaster& master = state.copy->masters.at(body.structure);
  Copy& copy = master.lineages.at(body.lineage).copies.at(body.account);
  TRY(copy.filled, core::add(copy.closed, body.after));
  TRY(copy.asked, core::add(copy.closed, body.asked));
  copy.entry.unknown = true;
  note_committed(master, body.account, body.lineage);
  CopySubscription& subscription = state.copy->subscriptions.at(body.account);
  TRY(subscription.results, core::add(subscription.results, body.cash));
  return core::ok();
}

void apply(State& state, const CopiesAdjusted& body, const ledger::RecordView&) {
  state.copy->masters.at(body.adjusted.structure).events[body.adjusted.adjustment] = body.content;
}

// Like a copy's result: no flow.
core::Result<> apply(State& state, const CopyAdjusted& body, const ledger::RecordView&) {
  CopySubscription& subscription = state.copy->subscriptions.at(body.account);
  TRY(subscription.results, core::add(subscription.results, body.amount));
  return core::ok();
}

}  // namespace engine::copy
