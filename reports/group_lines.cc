#include "reports/group_lines.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/exact_decimal.h"

namespace reports {
namespace {

using core::Decimal;
using core::Rational;
using core::Result;

constexpr unsigned kPriceScale = 8;  // Of averages.

Result<Decimal> rounded(const Rational& price) {
  TRY(const Minor digits, core::to_minor(price, kPriceScale, core::Rounding::HalfEven));
  return core::to_decimal(digits, kPriceScale);
}

Result<Decimal> lots_of(Minor steps, const Decimal& lot_step) {
  TRY(const Minor digits, core::multiply(steps, lot_step.digits));
  return core::to_decimal(digits, lot_step.scale);
}

}  // namespace

Result<> GroupLines::read(const Change& change, Statement& out) {
  switch (change.record.kind) {
    case engine::AccountValued::kKind:
      return read_valuation(change, out);
    case engine::OrderAccepted::kKind:
      return read_order(change);
    case engine::FillRecorded::kKind:
      return read_fill(change);
    case engine::FillChanged::kKind:
      return read_fill_change(change);
    case engine::FillAllocated::kKind: {
      TRY(auto body, body_of<engine::FillAllocated>(change.record));
      return read_fill_part(
          change,
          {body.order, body.account, std::move(body.fill), body.steps, body.commission.value_or(0)},
          out);
    }
    case engine::AllocationCorrected::kKind: {
      TRY(auto body, body_of<engine::AllocationCorrected>(change.record));
      return read_fill_part(change,
                            {body.order, body.account, body.fill.value_or(""), body.steps,
                             body.commission.value_or(0)},
                            out);
    }
    case engine::CloseRecorded::kKind:
      return read_close(change);
    case engine::CloseAllocated::kKind:
      return read_close_part(change, out);
    case engine::AdjustmentAllocated::kKind:
      return read_adjustment(change, out);
    case engine::OrderSplit::kKind:
      return read_split(change);
    case engine::SplitAllocated::kKind:
      return read_split_part(change, out);
    default:
      return core::ok();
  }
}

Result<> GroupLines::read_valuation(const Change& change, Statement& out) const {
  TRY(auto body, body_of<engine::AccountValued>(change.record));
  if (change.span == Span::After || !accounts_.contains(body.account)) return core::ok();
  for (Holding& holding : out.holdings) {
    if (holding.account != body.account) continue;
    // A late valuation of an earlier time does not take the place of a newer one.
    if (holding.close.valued && holding.close.valued->at > change.record.effective_at) continue;
    holding.close.valued = change.evidence();
    if (change.span == Span::Before) holding.open.valued = change.evidence();
  }
  if (change.span == Span::Before) return core::ok();
  if (body.floating_change != 0) {
    TRY(add_line(out.results, ResultLine{change.evidence(), 0, body.floating_change}));
  }
  return add_line(out.valuations,
                  Valuation{change.evidence(), body.account, body.equity, body.source});
}

Result<> GroupLines::read_order(const Change& change) {
  TRY(auto body, body_of<engine::OrderAccepted>(change.record));
  if (body.order.structure != change.scope.structure) return core::ok();
  Block& block = blocks_[body.order.order];
  const bool by_alias = body.policy && body.policy->symbol;
  block.symbol = by_alias ? *body.policy->symbol : std::move(body.order.symbol);
  block.side = body.order.side;
  block.lot_step = body.lot_step;
  block.averaged = body.residual != engine::Residual::SainteLague;
  return core::ok();
}

Result<GroupLines::Block*> GroupLines::find_block(const Change& change,
                                                  const core::OrderId& order) {
  const auto found = blocks_.find(order);
  if (found != blocks_.end()) return &found->second;
  return core::corrupt("record", "seq " + std::to_string(change.record.seq),
                       "The record names an order that was not accepted before it.");
}

Result<> GroupLines::read_fill(const Change& change) {
  TRY(const auto body, body_of<engine::FillRecorded>(change.record));
  if (body.structure != change.scope.structure) return core::ok();
  TRY(Block * block, find_block(change, body.order));
  const Rational price = core::rational_of(body.price);
  block->value = core::add(block->value, core::multiply(Rational(body.steps), price));
  TRY(block->steps, core::add(block->steps, body.steps));
  block->price = body.price;
  return core::ok();
}

Result<Decimal> GroupLines::average_price(const Block& block) {
  if (block.steps == 0) return block.price;
  TRY(const Rational average, core::divide(block.value, Rational(block.steps)));
  return rounded(average);
}

// After a valuation nobody's part is changed, and so neither is his price.
Result<> GroupLines::read_fill_change(const Change& change) {
  TRY(const auto body, body_of<engine::FillChanged>(change.record));
  if (body.structure != change.scope.structure || body.priced) return core::ok();
  TRY(Block * block, find_block(change, body.order));
  const Rational before = core::rational_of(body.price_before);
  const Rational after = core::rational_of(body.price);
  block->value = core::subtract(block->value, core::multiply(Rational(body.steps_before), before));
  block->value = core::add(block->value, core::multiply(Rational(body.steps), after));
  TRY(block->steps, core::add(block->steps, body.steps - body.steps_before));
  return core::ok();
}

Result<> GroupLines::read_fill_part(const Change& change, FillPart part, Statement& out) {
  if (change.span == Span::After || !accounts_.contains(part.account)) return core::ok();
  TRY(Block * block, find_block(change, part.order));
  Minor& open = block->open[part.account];
  TRY(open, core::add(open, part.steps));
  if (change.span == Span::Before || (part.steps == 0 && part.commission == 0)) return core::ok();
  Transaction line{TransactionKind::Fill,
                   change.evidence(),
                   part.account,
                   std::move(part.fill),
                   block->symbol,
                   block->side,
                   {},
                   {},
                   block->price,
                   {},
                   {}};
  line.time = change.record.effective_at;
  line.commission = part.commission;
  line.result = part.commission;
  TRY(line.lots, lots_of(part.steps, block->lot_step));
  if (block->averaged) {
    TRY(line.price, average_price(*block));
  }
  return add_fill_part(std::move(line), change, out);
}

Result<> GroupLines::add_fill_part(Transaction line, const Change& change, Statement& out) {
  if (line.commission != 0) {
    TRY(add_line(out.results, ResultLine{change.evidence(), line.commission, 0}));
    TRY(add_line(out.fees,
                 FeeLine{FeeClass::Execution, change.evidence(), -line.commission, {}, {}, 0}));
  }
  return add_line(out.transactions, std::move(line));
}

Result<> GroupLines::read_close(const Change& change) {
  TRY(const auto body, body_of<engine::CloseRecorded>(change.record));
  if (body.structure != change.scope.structure) return core::ok();
  TRY(Block * block, find_block(change, body.order));
  block->close_price = body.price;
  return core::ok();
}

Result<> GroupLines::read_close_part(const Change& change, Statement& out) {
  TRY(auto body, body_of<engine::CloseAllocated>(change.record));
  if (change.span == Span::After || !accounts_.contains(body.account)) return core::ok();
  TRY(Block * block, find_block(change, body.order));
  Minor& open = block->open[body.account];
  TRY(open, core::subtract(open, body.steps));
  if (change.span == Span::Before) return core::ok();
  // What closes a purchase is a sale.
  const auto side = block->side == engine::Side::Buy ? engine::Side::Sell : engine::Side::Buy;
  Transaction line{TransactionKind::Close,
                   change.evidence(),
                   body.account,
                   std::move(body.close),
                   block->symbol,
                   side,
                   {},
                   {},
                   block->close_price,
                   {},
                   {},
                   body.profit,
                   body.swap,
                   body.commission};
  line.time = change.record.effective_at;
  TRY(line.lots, lots_of(body.steps, block->lot_step));
  TRY(line.opened_price, average_price(*block));
  for (const Minor part : {body.profit, body.swap, body.commission}) {
    TRY(line.result, core::add(line.result, part));
  }
  TRY(add_line(out.results, ResultLine{change.evidence(), line.result, 0}));
  if (body.swap != 0) {
    TRY(add_line(out.swaps, AmountLine{change.evidence(), body.swap}));
  }
  if (body.commission != 0) {
    TRY(add_line(out.fees,
                 FeeLine{FeeClass::Execution, change.evidence(), -body.commission, {}, {}, 0}));
  }
  return add_line(out.transactions, std::move(line));
}

Result<> GroupLines::read_adjustment(const Change& change, Statement& out) const {
  TRY(const auto body, body_of<engine::AdjustmentAllocated>(change.record));
  if (change.span != Span::Within || !accounts_.contains(body.account)) return core::ok();
  if (body.kind != engine::AdjustmentKind::Dividend) {
    TRY(add_line(out.swaps, AmountLine{change.evidence(), body.amount}));
  }
  return add_line(out.results, ResultLine{change.evidence(), body.amount, 0});
}

Result<> GroupLines::read_split(const Change& change) {
  TRY(const auto body, body_of<engine::OrderSplit>(change.record));
  if (change.span == Span::After || body.structure != change.scope.structure) return core::ok();
  TRY(Block * block, find_block(change, body.order));
  // Two shares for one cost half of what the one did.
  TRY(const Rational factor,
      Rational::of(static_cast<Minor>(body.denominator), static_cast<Minor>(body.numerator)));
  block->value = core::multiply(block->value, factor);
  return core::ok();
}

Result<> GroupLines::read_split_part(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::SplitAllocated>(change.record));
  if (change.span == Span::After || !accounts_.contains(body.account)) return core::ok();
  TRY(Block * block, find_block(change, body.order));
  block->open[body.account] = body.steps_after;
  if (change.span == Span::Before || body.cash == 0) return core::ok();
  return add_line(out.results, ResultLine{change.evidence(), body.cash, 0});
}

Result<> GroupLines::add_positions(Statement& out) const {
  // Several orders of one symbol and side are one position at their average price.
  struct Open {
    Rational lots;
    Rational value;
  };
  std::map<std::tuple<core::AccountId, std::string, engine::Side>, Open> positions;
  for (const auto& [order, block] : blocks_) {
    for (const auto& [account, steps] : block.open) {
      if (steps == 0) continue;
      const Rational step = core::rational_of(block.lot_step);
      const Rational lots = core::multiply(Rational(steps), step);
      TRY(const Rational average, core::divide(block.value, Rational(block.steps)));
      Open& open = positions[{account, block.symbol, block.side}];
      open.lots = core::add(open.lots, lots);
      open.value = core::add(open.value, core::multiply(lots, average));
    }
  }
  for (const auto& [key, open] : positions) {
    const auto& [account, symbol, side] = key;
    Position line{account, symbol, side, {}, {}};
    TRY(line.lots, rounded(open.lots));
    if (open.lots.sign() != 0) {
      TRY(const Rational average, core::divide(open.value, open.lots));
      TRY(line.average_price, rounded(average));
    }
    TRY(add_line(out.positions, std::move(line)));
  }
  return core::ok();
}

}  // namespace reports
