#include "reports/pool_lines.h"

namespace reports {
namespace {

using core::Result;

Result<> grow(Minor& total, Minor amount) {
  TRY(total, core::add(total, amount));
  return core::ok();
}

// A record that is neither a flow nor a rollover.
Result<Meaning> nothing_more(Result<> read) {
  if (!read) return std::move(read.error());
  return Meaning{};
}

}  // namespace

Result<Meaning> PoolLines::read(const Change& change, Statement& out) {
  TRY(units_.apply(change.record));
  switch (change.record.kind) {
    case engine::DealRecorded::kKind:
      return nothing_more(read_deal(change, out));
    case engine::BalanceOperationRecorded::kKind:
      return nothing_more(read_operation(change));
    case engine::PoolValued::kKind:
      return nothing_more(read_valuation(change));
    case engine::ResultAttributed::kKind:
      return nothing_more(read_result(change, out));
    case engine::RedemptionPriced::kKind:
      return read_redemption(change, out);
    case engine::TransferPriced::kKind:
      return read_transfer(change, out);
    case engine::InvestorOpened::kKind:
      return read_opening(change, out);
    case engine::SubscriptionPriced::kKind:
      return read_subscription(change, out);
    case engine::FloatingRebased::kKind:
      return nothing_more(read_rebasing(change, out));
    case engine::RolloverCompleted::kKind:
      return read_rollover(change, out);
    default:
      return Meaning{};
  }
}

Result<> PoolLines::read_deal(const Change& change, Statement& out) {
  TRY(auto body, body_of<engine::DealRecorded>(change.record));
  engine::RecordDeal& deal = body.deal;
  if (deal.structure != change.scope.structure) return core::ok();
  const unsigned scale = change.scope.currency.scale;
  Transaction line{TransactionKind::PoolDeal,
                   change.evidence(),
                   {},
                   std::move(deal.ticket),
                   std::move(deal.symbol),
                   deal.side,
                   deal.lots,
                   deal.close_time,
                   deal.close_price,
                   deal.open_time,
                   deal.open_price};
  TRY(line.profit, core::to_minor(deal.profit, scale));
  TRY(line.swap, core::to_minor(deal.swap, scale));
  TRY(line.commission, core::to_minor(deal.commission, scale));
  TRY(line.taxes, core::to_minor(deal.taxes, scale));
  line.result = body.result;
  TRY(grow(apart_.swap, line.swap));
  TRY(grow(apart_.commission, line.commission));
  TRY(grow(apart_.taxes, line.taxes));
  // Its result will be attributed to those who hold units: to the client only if he does.
  if (change.span != Span::Within || units_.now() == 0) return core::ok();
  return add_line(out.transactions, std::move(line));
}

Result<> PoolLines::read_operation(const Change& change) {
  TRY(const auto body, body_of<engine::BalanceOperationRecorded>(change.record));
  if (body.operation.structure != change.scope.structure) return core::ok();
  // Platforms book overnight financing either on the deal or as a balance row.
  if (body.operation.cash_class != engine::CashClass::Financing) return core::ok();
  return grow(apart_.swap, body.amount);
}

Result<> PoolLines::read_valuation(const Change& change) {
  TRY(const auto body, body_of<engine::PoolValued>(change.record));
  if (body.structure == change.scope.structure) {
    valuation_ = Valuation{change.evidence(), {}, body.equity, body.source};
  }
  return core::ok();
}

Result<> PoolLines::read_result(const Change& change, Statement& out) const {
  TRY(const auto body, body_of<engine::ResultAttributed>(change.record));
  if (change.span != Span::Within || !change.scope.concerns(body.structure, body.client) ||
      (body.settled == 0 && body.floating == 0)) {
    return core::ok();
  }
  return add_line(out.results, ResultLine{change.evidence(), body.settled, body.floating});
}

Result<Meaning> PoolLines::read_redemption(const Change& change, Statement& out) const {
  TRY(const auto body, body_of<engine::RedemptionPriced>(change.record));
  if (change.span != Span::Within || !change.scope.concerns(body.structure, body.client)) {
    return Meaning{};
  }
  TRY(add_line(out.flows,
               Flow{FlowKind::Redemption, change.evidence(), body.gross, 0, -body.gross}));
  for (const auto& [fee, amount] : {std::pair{FeeClass::Exit, body.exit_fee},
                                    std::pair{FeeClass::EarlyWithdrawal, body.penalty}}) {
    if (!amount) continue;
    TRY(add_line(out.fees, FeeLine{fee, change.evidence(), *amount, body.withdrawn, {}, 0}));
  }
  return Meaning{.flow = -body.gross};
}

Result<Meaning> PoolLines::read_transfer(const Change& change, Statement& out) const {
  TRY(const auto body, body_of<engine::TransferPriced>(change.record));
  if (change.span != Span::Within || !change.scope.concerns(body.structure, body.client)) {
    return Meaning{};
  }
  TRY(add_line(out.flows,
               Flow{FlowKind::Redemption, change.evidence(), body.amount, 0, -body.amount}));
  return Meaning{.flow = -body.amount};
}

// What was brought along when the pool was taken over.
Result<Meaning> PoolLines::read_opening(const Change& change, Statement& out) const {
  TRY(const auto body, body_of<engine::InvestorOpened>(change.record));
  const Minor value = change.moved.value();
  if (change.span != Span::Within || body.structure != change.scope.structure || value == 0) {
    return Meaning{};
  }
  TRY(add_line(out.flows, Flow{FlowKind::Subscription, change.evidence(), value, 0, value}));
  return Meaning{.flow = value};
}

Result<Meaning> PoolLines::read_subscription(const Change& change, Statement& out) const {
  TRY(const auto body, body_of<engine::SubscriptionPriced>(change.record));
  if (change.span != Span::Within || !change.scope.concerns(body.structure, body.client)) {
    return Meaning{};
  }
  TRY(const Minor net, core::subtract(body.amount, body.entry_fee));
  TRY(add_line(out.flows,
               Flow{FlowKind::Subscription, change.evidence(), body.amount, body.entry_fee, net}));
  if (body.entry_fee != 0) {
    TRY(add_line(out.fees,
                 FeeLine{FeeClass::Entry, change.evidence(), body.entry_fee, body.amount, {}, 0}));
  }
  return Meaning{.flow = net};
}

Result<> PoolLines::read_rebasing(const Change& change, Statement& out) const {
  TRY(const auto body, body_of<engine::FloatingRebased>(change.record));
  if (change.span != Span::Within || !change.scope.concerns(body.structure, body.client)) {
    return core::ok();
  }
  return grow(out.rebased, body.moved);
}

// The pool's result since the last rollover is attributed in one sum; the client's part of its
// financing and costs follows his units, as the sum does.
Result<> PoolLines::share_apart(const Change& change, Statement& out) const {
  TRY(const Minor swap, units_.share(apart_.swap));
  TRY(const Minor commission, units_.share(apart_.commission));
  TRY(const Minor taxes, units_.share(apart_.taxes));
  if (change.span != Span::Within) return core::ok();
  if (swap != 0) {
    TRY(add_line(out.swaps, AmountLine{change.evidence(), swap}));
  }
  if (commission != 0) {
    TRY(add_line(out.fees,
                 FeeLine{FeeClass::Execution, change.evidence(), -commission, {}, {}, 0}));
  }
  if (taxes != 0) {
    TRY(add_line(out.fees, FeeLine{FeeClass::Other, change.evidence(), -taxes, {}, {}, 0}));
  }
  return core::ok();
}

void PoolLines::price(const Change& change, const engine::RolloverCompleted& body,
                      Statement& out) const {
  // A late rollover of an earlier day does not take the place of a newer one.
  if (out.units->priced && out.units->priced->at > change.record.effective_at) return;
  // One price for all flows. A pool's first rollover has no units before it.
  const bool first = body.units_before == 0;
  out.units->priced = change.evidence();
  out.units->price_equity = first ? body.equity_after : body.equity_before;
  out.units->price_units = first ? body.units_after : body.units_before;
  Holding& holding = out.holdings.front();
  if (valuation_) holding.close.valued = valuation_->evidence;
  if (change.span == Span::Before) holding.open.valued = holding.close.valued;
}

Result<Meaning> PoolLines::read_rollover(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::RolloverCompleted>(change.record));
  if (body.structure != change.scope.structure) return Meaning{};
  TRY(share_apart(change, out));
  apart_ = {};
  // A rollover before the client came, or after he left, is none of his business.
  const bool held = units_.before() != 0 || units_.now() != 0;
  if (!held || change.span == Span::After) return Meaning{};
  price(change, body, out);
  if (change.span == Span::Before) return Meaning{};
  if (valuation_) {
    TRY(add_line(out.valuations, *valuation_));
  }
  return Meaning{.priced = true};
}

}  // namespace reports
