#include "engine/pamm/rollover.h"

#include <algorithm>
#include <numeric>

#include "core/allocate.h"
#include "core/amount.h"
#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/lookup.h"
#include "engine/pamm/decide.h"

namespace engine::pamm {
namespace {

constexpr unsigned kUnitScale = 8;

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
      unit_(accounts::unit_code(pool.ordinal, pool.epoch)),
      mark_(accounts::mark_code(pool.currency)),
      effects_(context.effective_at),
      standings_(standings(context, id_, pool)),
      by_client_(standings_.size()) {
  std::iota(by_client_.begin(), by_client_.end(), std::size_t{0});
  std::ranges::sort(by_client_, {}, [this](std::size_t i) { return standings_[i].client; });
}

core::Result<std::vector<ledger::Draft>> RolloverRun::run() {
  TRY(check_dates());
  TRY(take_snapshot());
  TRY(reconcile());
  TRY(attribute());
  TRY(charge_management());
  TRY(crystallise());
  TRY(redeem());
  TRY(subscribe());
  TRY(rebase());
  send_operation();
  TRY(complete());
  return effects_.take();
}

core::Result<> RolloverRun::check_dates() const {
  // East of Greenwich a trade date begins before its UTC day.
  if (command_.trade_date.days > core::utc_date(context_.effective_at).days + 1) {
    return refused("trade_date", "trade_date", "The trade date lies in the future.");
  }
  if (!pool_.trade_date || command_.trade_date > *pool_.trade_date) return core::ok();
  return refused("trade_date", "trade_date",
                 "The trade date must be after the last rollover's, " +
                     core::to_string(*pool_.trade_date) + ".");
}

core::Result<> RolloverRun::take_snapshot() {
  undistributed_ = -context_.books.balance(accounts::undistributed(id_), pool_.currency);
  for (const Standing& standing : standings_) {
    TRY(units_, core::add(units_, standing.units));
  }
  if (units_ == 0) {
    if (undistributed_ != 0) {
      return refused("pool_without_owners", "structure",
                     "Results were booked while nobody held units; they belong to no investor.");
    }
    // A pool begins at par: one unit per unit of currency.
    TRY(price_equity_, core::power_of_ten(*core::currency_scale(pool_.currency)));
    TRY(price_units_, core::power_of_ten(kUnitScale));
    return core::ok();
  }
  const auto& valuation = pool_.valuation;
  if (!valuation || valuation->seq < std::max(pool_.rollover_seq, pool_.last_deal_seq)) {
    return refused("valuation_missing", "structure",
                   "Record the pool's equity (record_valuation) after the last deal and the last "
                   "rollover first.");
  }
  equity_ = valuation->value.equity;
  price_equity_ = equity_;
  price_units_ = units_;
  return core::ok();
}

core::Result<> RolloverRun::reconcile() const {
  if (!pool_.server) return core::ok();
  const std::string code = accounts::operation_code(pool_.currency);
  if (context_.books.balance(accounts::operation(id_), code) != 0) {
    return refused("operation_unconfirmed", "structure",
                   "The platform has not confirmed the capital of the last rollover; it is held.");
  }
  if (units_ == 0) return core::ok();
  const PoolValued& valued = pool_.valuation->value;
  if (!valued.balance) {
    return refused("valuation_balance", "structure",
                   "Deals are imported here: the valuation must give the platform's balance.");
  }
  core::Minor expected = undistributed_;
  for (const Standing& standing : standings_) {
    TRY(expected, core::add(expected, standing.settled));
  }
  if (expected == *valued.balance) return core::ok();
  const unsigned scale = *core::currency_scale(pool_.currency);
  return refused("reconcile_drift", "structure",
                 "The platform's balance is " + core::print_fixed(*valued.balance, scale) +
                     " but the ledger expects " + core::print_fixed(expected, scale) +
                     "; nothing is priced until the difference is explained.");
}

core::Result<> RolloverRun::attribute() {
  if (units_ == 0) return core::ok();
  std::vector<core::Minor> weights;
  core::Minor before = 0;
  for (const Standing& standing : standings_) {
    weights.push_back(standing.units);
    TRY(before, core::add(before, standing.entitlement()));
  }
  // The posted entitlement is fixed first, then the floating part, then the settled by difference.
  TRY(const auto entitlements, core::allocate(equity_, weights));
  TRY(const auto result, core::subtract(equity_, before));
  TRY(const auto floating, core::subtract(result, undistributed_));
  TRY(const auto floating_parts, core::allocate(floating, weights));
  for (std::size_t i = 0; i < standings_.size(); ++i) {
    Standing& standing = standings_[i];
    if (standing.units == 0) continue;
    const core::Minor was = standing.entitlement();
    const core::Minor f = floating_parts[i];
    const core::Minor t = entitlements[i] - was - f;
    Postings postings;
    postings.add(accounts::undistributed(id_), pool_.currency, t);
    postings.add(accounts::settled(id_, standing.client), pool_.currency, -t);
    postings.add(accounts::floating(id_, standing.client), pool_.currency, -f);
    postings.in(pool_.currency, f);
    postings.add(std::string(accounts::kClientTradingFloating), pool_.currency, f);
    standing.settled += t;
    standing.floating += f;
    effects_.add(ResultAttributed{id_, standing.client, was, entitlements[i], t, f},
                 std::move(postings), subjects(standing.client));
  }
  return core::ok();
}

core::Result<core::Minor> RolloverRun::units_of(core::Minor money, core::Rounding rounding) const {
  CHECK(price_equity_ > 0);
  return core::multiply_divide(money, price_units_, price_equity_, rounding);
}

core::Result<> RolloverRun::rebase() {
  if (!flows_) return core::ok();
  core::Minor floating = 0;
  core::Minor units = 0;
  std::vector<core::Minor> weights;
  for (const Standing& standing : standings_) {
    TRY(floating, core::add(floating, standing.floating));
    TRY(units, core::add(units, standing.units));
    weights.push_back(standing.units);
  }
  std::vector<core::Minor> parts(standings_.size(), 0);
  if (units > 0) {
    TRY(parts, core::allocate(floating, weights));
  }
  for (std::size_t i = 0; i < standings_.size(); ++i) {
    Standing& standing = standings_[i];
    const core::Minor moved = parts[i] - standing.floating;
    if (moved == 0) continue;
    Postings postings;
    postings.add(accounts::settled(id_, standing.client), pool_.currency, moved);
    postings.add(accounts::floating(id_, standing.client), pool_.currency, -moved);
    standing.settled -= moved;
    standing.floating += moved;
    effects_.add(FloatingRebased{id_, standing.client, moved}, std::move(postings),
                 subjects(standing.client));
  }
  return core::ok();
}

void RolloverRun::send_operation() {
  const core::Minor net = subscribed_ - redeemed_ - fees_;
  if (!pool_.server || net == 0) {
    pay_on();
    return;
  }
  const std::string code = accounts::operation_code(pool_.currency);
  Postings postings;
  postings.add(accounts::operation(id_), code, net);
  postings.add(std::string(accounts::kMemoContra), code, -net);
  effects_.add(OperationSent{id_, net}, std::move(postings), {id_.bytes});
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
  effects_.add(completed, {}, {id_.bytes});
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

void apply(State& state, const ResultAttributed& body, const ledger::RecordView&) {
  state.structures.at(body.structure).investors.at(body.client).opening = body.entitlement_after;
}

void apply(State&, const FloatingRebased&, const ledger::RecordView&) {}

void apply(State& state, const RolloverCompleted& body, const ledger::RecordView& record) {
  Structure& pool = state.structures.at(body.structure);
  pool.rollovers = body.rollover;
  pool.trade_date = body.trade_date;
  pool.rollover_seq = record.seq;
}

}  // namespace engine::pamm
