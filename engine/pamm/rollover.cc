#include "engine/pamm/rollover.h"

#include <algorithm>
#include <numeric>

#include "core/amount.h"
#include "core/check.h"
#include "engine/accounts.h"
#include "engine/currency/rounding.h"
#include "engine/imports.h"
#include "engine/lookup.h"
#include "engine/pamm/decide.h"

namespace engine::pamm {
namespace {

core::Error refused(std::string reason, std::string at, std::string detail) {
  return core::conflict(std::move(reason), std::move(at), std::move(detail));
}

}  // namespace

Drafts decide(const Context& context, const Rollover& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  return RolloverRun(context, command, *pool).run();
}

RolloverRun::RolloverRun(const Context& context, const Rollover& command, const Structure& pool)
    : context_(context),
      command_(command),
      id_(command.structure),
      pool_(pool),
      offer_(offer_of(context, pool)),
      dealing_(charging::dealing_of(offer_.terms)),
      unit_(accounts::unit_code(pool.ordinal, pool.epoch)),
      mark_(accounts::mark_code(pool.currency)),
      cutoff_(command.cutoff),
      effects_(context.effective_at),
      pool_mark_(exact_of(pool.pool_mark)) {}

core::Result<std::vector<ledger::Draft>> RolloverRun::run() {
  TRY(check_time());
  TRY(load());
  TRY(take_snapshot());
  TRY(reconcile());
  distribute_retained();
  absorb_negative_balance();
  TRY(attribute());
  TRY(charge_accrued_fees());
  TRY(end_periods());
  TRY(redeem());
  close_epoch();
  TRY(subscribe());
  TRY(rebase_units());
  TRY(rebase());
  TRY(share_positions());
  send_operation();
  TRY(record_standings());
  TRY(complete());
  return effects_.take();
}

core::Result<> RolloverRun::check_time() {
  TRY(check_not_migrating(context_.state, pool_));
  if (pool_.stage == StructureStage::Archived) {
    return refused("archived", "structure", "The structure was liquidated; it is over.");
  }
  // East of Greenwich a trade date begins before its UTC day.
  if (command_.trade_date.days > core::utc_date(context_.effective_at).days + 1) {
    return refused("trade_date", "trade_date", "The trade date lies in the future.");
  }
  if (pool_.trade_date && command_.trade_date <= *pool_.trade_date) {
    return refused("trade_date", "trade_date",
                   "The trade date must be after the last rollover's, " +
                       core::to_string(*pool_.trade_date) + ".");
  }
  if (pool_.calendar.empty()) return core::ok();
  const CalendarEntry& entry = pool_.calendar.front();
  if (command_.cutoff || command_.period_end) {
    return core::invalid("calendar_decides", command_.cutoff ? "cutoff" : "period_end",
                         "The structure has a calendar: leave cutoff and period_end out.");
  }
  if (command_.trade_date != entry.trade_date) {
    return refused(
        "rollover_order", "trade_date",
        "The calendar's next rollover is that of " + core::to_string(entry.trade_date) + ".");
  }
  if (context_.effective_at < entry.rollover) {
    return refused("rollover_early", "trade_date",
                   "This rollover takes place at " + core::to_string(entry.rollover) + ".");
  }
  if (pool_.calendar.size() < 2) {
    return refused("calendar_end", "structure",
                   "The calendar must name the rollover after this one (set_calendar): it says "
                   "whether a period ends here.");
  }
  cutoff_ = entry.cutoff;
  next_date_ = pool_.calendar[1].trade_date;
  return core::ok();
}

core::Result<> RolloverRun::load() {
  TRY(standings_, standings(context_, id_, pool_, rules_));
  find_managed_days();
  uses_pool_mark_ = std::ranges::any_of(rules_, [](const auto& entry) {
    const PerformanceTerms* more = entry.second.more();
    return entry.second.scope == MarkScope::Pool || (more != nullptr && more->equalisation);
  });
  by_client_.resize(standings_.size());
  std::iota(by_client_.begin(), by_client_.end(), std::size_t{0});
  std::ranges::sort(by_client_, {}, [this](std::size_t i) { return standings_[i].client; });
  return core::ok();
}

core::Result<core::Minor> RolloverRun::units_of(core::Minor money, core::Rounding rounding) const {
  CHECK(price_equity_ > 0);
  return core::multiply_divide(money, price_units_, price_equity_, rounding);
}

core::Result<> RolloverRun::require_classified() const {
  if (pool_.unclassified.empty()) return core::ok();
  return core::conflict("unclassified_operation", "structure",
                        "A balance row of unknown class was imported: no performance fee is taken "
                        "until it is classified (classify_operation).");
}

void RolloverRun::defer(const DueRequest& due, DeferReason reason) {
  effects_.add(RequestDeferred{due.id, id_, due.request.client, reason}, {}, subjects(due));
}

void RolloverRun::give_back(const DueRequest& due, CancelReason reason) {
  const core::PartyId& client = due.request.client;
  Postings postings;
  postings.add(accounts::pending_in(id_, client), pool_.currency, *due.request.amount);
  postings.add(accounts::wallet(client), pool_.currency, -*due.request.amount);
  effects_.add(RequestCancelled{due.id, id_, client, reason}, std::move(postings), subjects(due));
}

void RolloverRun::move_mark(Standing& standing, Part& part, core::Minor mark, MarkReason reason) {
  if (mark == part.mark) return;
  MarkMoved moved{id_, standing.client, reason, pool_.strategy, part.mark, mark};
  if (part.lot) moved.lot = standing.investor.lots[*part.lot].number;
  effects_.add(moved, mark_postings(standing, part, mark), subjects(standing.client));
  part.mark = mark;
  keep(standing, part);
}

// Row 17.
Postings RolloverRun::mark_postings(const Standing& standing, const Part& part,
                                    core::Minor mark) const {
  Postings postings;
  postings.add(accounts::mark(pool_.strategy, standing.client), mark_, mark - part.mark);
  postings.add(std::string(accounts::kMemoContra), mark_, part.mark - mark);
  return postings;
}

core::Result<> RolloverRun::record_standings() {
  for (Standing& standing : standings_) {
    standing.investor.opening = standing.entitlement();
    // What the other records tell already.
    Investor told = pool_.investors.at(standing.client);
    told.opening = standing.investor.opening;
    told.management = standing.investor.management;
    if (told == standing.investor) continue;
    effects_.add(InvestorStanding{id_, standing.client, standing.investor}, {},
                 subjects(standing.client));
  }
  return core::ok();
}

core::Result<> RolloverRun::complete() {
  RolloverCompleted completed;
  completed.structure = id_;
  completed.trade_date = command_.trade_date;
  completed.rollover = pool_.rollovers + 1;
  completed.period_end = command_.period_end;
  completed.equity_before = equity_;
  completed.units_before = units_;
  completed.result = undistributed_;
  completed.fees = fees_;
  completed.redeemed = redeemed_;
  completed.subscribed = subscribed_;
  for (const Standing& standing : standings_) {
    TRY(completed.equity_after, core::add(completed.equity_after, standing.entitlement()));
    TRY(completed.units_after, core::add(completed.units_after, standing.units));
    TRY(completed.floating, core::add(completed.floating, standing.floating));
  }
  if (units_ > 0 && completed.units_after == 0) completed.epoch = pool_.epoch + 1;
  if (uses_pool_mark_) {
    completed.mark_numerator = pool_mark_.numerator;
    completed.mark_denominator = pool_mark_.denominator;
  }
  Postings postings;
  const core::Minor moved = rounding_ - pool_.rounding;
  if (rounding_ != 0 || pool_.rounding != 0) {
    // The platform's own figures differ by the roundings of its positions.
    if (rounding_ != 0) completed.rounding = rounding_;
    postings.add(std::string(accounts::kClientTradingFloating), pool_.currency, moved);
    postings.add(std::string(accounts::kRounding), pool_.currency, -moved);
  }
  completed.gated = gated_;
  completed.archived = pool_.stage == StructureStage::Liquidating && completed.units_after == 0;
  TRY(currency::watch_rounding(context_, pool_.currency, moved, effects_));
  effects_.add(completed, std::move(postings), {id_.bytes});
  effects_.announce("rollover", id_);
  return core::ok();
}

Standing& RolloverRun::standing_of(const core::PartyId& client) {
  const auto found = std::ranges::lower_bound(
      by_client_, client, {}, [this](std::size_t i) { return standings_[i].client; });
  CHECK(found != by_client_.end());
  CHECK(standings_[*found].client == client);
  return standings_[*found];
}

Subjects RolloverRun::subjects(const DueRequest& due) const {
  Subjects out = subjects(due.request.client);
  out.push_back(due.id.bytes);
  return out;
}

Subjects RolloverRun::subjects(const core::PartyId& client) const {
  return {client.bytes, id_.bytes};
}

}  // namespace engine::pamm
