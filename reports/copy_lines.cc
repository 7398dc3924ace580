#include "reports/copy_lines.h"

#include <algorithm>
#include <tuple>

#include "engine/accounts.h"

namespace reports {
namespace {

using core::Decimal;
using core::Rational;
using core::Result;

constexpr unsigned kCopyPriceScale = 8;  // Of averages.

Decimal copied_lots(Minor volume) { return core::to_decimal(volume, engine::kLotScale); }

// What so much volume is worth at a price, in 1e-8 lots times the price.
Result<Rational> value_of(Minor volume, const Decimal& price) {
  TRY(const Minor unit, core::power_of_ten(price.scale));
  TRY(const Rational each, Rational::of(price.digits, unit));
  return core::multiply(Rational(volume), each);
}

Result<Decimal> average_price(const Rational& average) {
  TRY(const Minor digits, core::to_minor(average, kCopyPriceScale, core::Rounding::HalfEven));
  return core::to_decimal(digits, kCopyPriceScale);
}

template <class E>
std::string choice_name(E value) {
  return std::string(core::EnumNames<E>::names[static_cast<std::size_t>(value)]);
}

CopyEvent event_of(engine::OfferEnd end) {
  switch (end) {
    case engine::OfferEnd::Confirmed:
      return CopyEvent::Confirmed;
    case engine::OfferEnd::Declined:
      return CopyEvent::Declined;
    case engine::OfferEnd::Expired:
      return CopyEvent::Expired;
    case engine::OfferEnd::Withdrawn:
      return CopyEvent::Withdrawn;
  }
  core::check_failed("an offer ends in one of four ways", __FILE__, __LINE__);
}

core::Error not_there(const Change& change) {
  return core::corrupt("record", "seq " + std::to_string(change.record.seq),
                       "The record names a signal or a fill that was not recorded before it.");
}

}  // namespace

Result<> CopyLines::read(const Change& change, Statement& out) {
  switch (change.record.kind) {
    case engine::SignalRecorded::kKind:
      return read_signal(change);
    case engine::CopySized::kKind:
    case engine::CopySkipped::kKind:
    case engine::CopyOffered::kKind:
    case engine::CopyOfferEnded::kKind:
      return read_order(change, out);
    case engine::CopyCloseAsked::kKind:
    case engine::CopyRejected::kKind:
    case engine::CopyStopped::kKind:
      return read_execution(change, out);
    case engine::CopyFilled::kKind:
      return read_fill(change, out);
    case engine::CopyClosed::kKind:
      return read_close(change, out);
    case engine::CopyAmended::kKind:
      return read_amendment(change, out);
    case engine::CopySplitAllocated::kKind:
      return read_split(change, out);
    case engine::CopyAdjusted::kKind:
      return read_adjustment(change, out);
    default:
      return core::ok();
  }
}

Result<> CopyLines::read_signal(const Change& change) {
  TRY(const auto body, body_of<engine::SignalRecorded>(change.record));
  if (body.signal.structure != change.scope.structure || body.after < body.before) {
    return core::ok();
  }
  const Instrument instrument{body.signal.symbol, body.signal.side};
  signals_[body.signal.signal] = instrument;
  lineages_.emplace(body.lineage, instrument);
  return core::ok();
}

Result<const CopyLines::Instrument*> CopyLines::find_lineage(const Change& change,
                                                             const std::string& lineage) const {
  const auto found = lineages_.find(lineage);
  if (found == lineages_.end()) return not_there(change);
  return &found->second;
}

// A line of an order knows its signal, and that its instrument.
Result<> CopyLines::add_event(const Change& change, CopyLine line, Statement& out) const {
  if (change.span != Span::Within) return core::ok();
  line.evidence = change.evidence();
  if (line.symbol.empty() && line.event != CopyEvent::Stopped) {
    const auto signal = signals_.find(line.signal);
    if (signal == signals_.end()) return not_there(change);
    line.symbol = signal->second.symbol;
    line.side = signal->second.side;
  }
  return add_line(out.copies, std::move(line));
}

Result<> CopyLines::read_order(const Change& change, Statement& out) {
  CopyLine line;
  core::StructureId structure;
  const auto of_size = [&](const engine::CopySized& body) {
    structure = body.structure;
    line.account = body.account;
    line.signal = body.signal;
    line.lots = copied_lots(body.volume);
  };
  if (change.record.kind == engine::CopySized::kKind) {
    TRY(const auto body, body_of<engine::CopySized>(change.record));
    line.event = CopyEvent::Ordered;
    of_size(body);
  } else if (change.record.kind == engine::CopyOffered::kKind) {
    TRY(const auto body, body_of<engine::CopyOffered>(change.record));
    line.event = CopyEvent::Offered;
    of_size(body.sized);
  } else if (change.record.kind == engine::CopySkipped::kKind) {
    TRY(const auto body, body_of<engine::CopySkipped>(change.record));
    structure = body.structure;
    line.event = CopyEvent::Skipped;
    line.account = body.account;
    line.signal = body.signal;
    line.reason = choice_name(body.reason);
  } else {
    TRY(const auto body, body_of<engine::CopyOfferEnded>(change.record));
    structure = body.structure;
    line.event = event_of(body.end);
    line.account = body.account;
    line.signal = body.signal;
    line.lots = copied_lots(body.volume);
  }
  if (!concerns(change, structure, line.account)) return core::ok();
  return add_event(change, std::move(line), out);
}

Result<> CopyLines::read_execution(const Change& change, Statement& out) {
  CopyLine line;
  core::StructureId structure;
  std::string lineage;
  if (change.record.kind == engine::CopyCloseAsked::kKind) {
    TRY(const auto body, body_of<engine::CopyCloseAsked>(change.record));
    structure = body.structure;
    lineage = body.lineage;
    line.event = CopyEvent::CloseAsked;
    line.account = body.account;
    line.signal = body.signal;
    line.lots = copied_lots(body.volume);
    line.reason = choice_name(body.reason);
  } else if (change.record.kind == engine::CopyRejected::kKind) {
    TRY(const auto body, body_of<engine::CopyRejected>(change.record));
    structure = body.structure;
    lineage = body.lineage;
    line.event = CopyEvent::Rejected;
    line.account = body.rejected.account;
    line.signal = body.rejected.signal;
    line.lots = copied_lots(body.volume);
    line.reason = body.rejected.reason;
  } else {
    TRY(const auto body, body_of<engine::CopyStopped>(change.record));
    structure = body.structure;
    line.event = CopyEvent::Stopped;
    line.account = body.account;
    line.reason = choice_name(body.stop);
  }
  if (!concerns(change, structure, line.account)) return core::ok();
  if (!lineage.empty()) {
    TRY(const Instrument* instrument, find_lineage(change, lineage));
    line.symbol = instrument->symbol;
    line.side = instrument->side;
  }
  return add_event(change, std::move(line), out);
}

Result<> CopyLines::read_fill(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::CopyFilled>(change.record));
  if (!concerns(change, body.structure, body.fill.account)) return core::ok();
  TRY(find_lineage(change, body.lineage));
  Course& course = held_[{body.fill.account, body.lineage}];
  course.steps.push_back({true, body.fill.fill, body.volume, body.fill.price});
  TRY(take_step(course.now, course.steps.back()));
  return add_traded(change,
                    {TransactionKind::Fill, body.fill.account, body.lineage, body.fill.fill,
                     body.volume, body.fill.price, 0, 0, body.commission},
                    out);
}

Result<> CopyLines::read_close(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::CopyClosed>(change.record));
  if (!concerns(change, body.structure, body.close.account)) return core::ok();
  TRY(find_lineage(change, body.lineage));
  Course& course = held_[{body.close.account, body.lineage}];
  course.steps.push_back({false, body.close.close, body.volume, body.close.price});
  TRY(take_step(course.now, course.steps.back()));
  return add_traded(change,
                    {TransactionKind::Close, body.close.account, body.lineage, body.close.close,
                     body.volume, body.close.price, body.profit, body.swap, body.commission},
                    out);
}

// What comes to what is open changes its average; what goes does not.
Result<> CopyLines::take_step(Held& held, const Step& step) {
  if (!step.opens) {
    TRY(held.open, core::subtract(held.open, step.volume));
    return core::ok();
  }
  if (step.volume == 0) return core::ok();  // Busted.
  TRY(Rational value, value_of(step.volume, step.price));
  const Minor before = std::max(held.open, Minor{0});
  if (held.average) value = core::add(value, core::multiply(*held.average, Rational(before)));
  TRY(const Minor together, core::add(before, step.volume));
  TRY(held.average, core::divide(value, Rational(together)));
  TRY(held.open, core::add(held.open, step.volume));
  return core::ok();
}

// All comes to what it would, had it been so from the start.
Result<> CopyLines::change_step(Course& course, const engine::CopyAmended& body) {
  const bool opens = body.amended.fill.has_value();
  const std::string id = opens ? *body.amended.fill : body.amended.close.value_or("");
  const auto step = std::ranges::find_if(
      course.steps, [&](const Step& one) { return one.opens == opens && one.id == id; });
  if (step != course.steps.end()) {
    TRY(step->volume, core::add(step->volume, body.volume_change));
    step->price = body.amended.price;
  } else if (opens) {
    return core::ok();  // Of before a split: its money alone was put right.
  } else {
    TRY(course.start.open, core::subtract(course.start.open, body.volume_change));
  }
  course.now = course.start;
  for (const Step& one : course.steps) {
    TRY(take_step(course.now, one));
  }
  return core::ok();
}

Result<> CopyLines::read_amendment(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::CopyAmended>(change.record));
  if (!concerns(change, body.structure, body.amended.account)) return core::ok();
  TRY(const Instrument* instrument, find_lineage(change, body.lineage));
  const bool of_fill = body.amended.fill.has_value();
  TRY(change_step(held_[{body.amended.account, body.lineage}], body));
  CopyLine line;
  line.event = CopyEvent::Amended;
  line.account = body.amended.account;
  line.signal = body.signal;
  line.symbol = instrument->symbol;
  line.side = instrument->side;
  line.lots = copied_lots(body.volume);
  line.reason = body.amended.reason;
  TRY(add_event(change, std::move(line), out));
  return add_traded(
      change,
      {of_fill ? TransactionKind::Fill : TransactionKind::Close, body.amended.account, body.lineage,
       of_fill ? *body.amended.fill : body.amended.close.value_or(""), body.volume_change,
       body.amended.price, body.profit_change, body.swap_change, body.commission_change},
      out);
}

// The average price is divided by the ratio of the split.
Result<> CopyLines::read_split(const Change& change, Statement& out) {
  TRY(const auto body, body_of<engine::CopySplitAllocated>(change.record));
  if (!concerns(change, body.structure, body.account)) return core::ok();
  TRY(const Instrument* instrument, find_lineage(change, body.lineage));
  Course& course = held_[{body.account, body.lineage}];
  Held& held = course.now;
  if (held.average && body.before != 0) {
    // Of the exact volume after the split the fraction is gone, and its part of the value too.
    TRY(const Rational fraction, Rational::of(body.fraction.numerator, body.fraction.denominator));
    const Rational whole = core::add(Rational(body.after), fraction);
    TRY(held.average, core::divide(core::multiply(*held.average, Rational(held.open)), whole));
  }
  held.open = body.after;
  course.start = held;
  course.steps.clear();
  if (change.span == Span::Within && body.cash != 0) {
    TRY(add_line(out.results, ResultLine{change.evidence(), body.cash, 0}));
  }
  CopyLine line;
  line.event = CopyEvent::Split;
  line.account = body.account;
  line.signal = body.split;
  line.symbol = instrument->symbol;
  line.side = instrument->side;
  line.lots = copied_lots(body.after);
  return add_event(change, std::move(line), out);
}

Result<> CopyLines::read_adjustment(const Change& change, Statement& out) const {
  TRY(const auto body, body_of<engine::CopyAdjusted>(change.record));
  if (change.span != Span::Within || !concerns(change, body.structure, body.account)) {
    return core::ok();
  }
  if (body.kind != engine::AdjustmentKind::Dividend) {
    TRY(add_line(out.swaps, AmountLine{change.evidence(), body.amount}));
  }
  return add_line(out.results, ResultLine{change.evidence(), body.amount, 0});
}

Result<> CopyLines::add_traded(const Change& change, const Traded& traded, Statement& out) const {
  if (change.span != Span::Within) return core::ok();
  TRY(const Instrument* instrument, find_lineage(change, traded.lineage));
  Transaction line;
  line.kind = traded.kind;
  line.evidence = change.evidence();
  line.account = traded.account;
  line.reference = traded.reference;
  line.symbol = instrument->symbol;
  line.side = instrument->side;
  line.lots = copied_lots(traded.volume);
  line.time = change.record.effective_at;
  line.price = traded.price;
  if (traded.kind == TransactionKind::Close) {
    // What closes a purchase is a sale.
    const bool bought = instrument->side == engine::Side::Buy;
    line.side = bought ? engine::Side::Sell : engine::Side::Buy;
    const Held& held = held_.at({traded.account, traded.lineage}).now;
    if (held.average) {
      TRY(line.opened_price, average_price(*held.average));
    }
  }
  line.profit = traded.profit;
  line.swap = traded.swap;
  line.commission = traded.commission;
  for (const Minor part : {traded.profit, traded.swap, traded.commission}) {
    TRY(line.result, core::add(line.result, part));
  }
  if (line.result != 0 || line.swap != 0 || line.commission != 0) {
    TRY(add_line(out.results, ResultLine{change.evidence(), line.result, 0}));
  }
  if (line.swap != 0) {
    TRY(add_line(out.swaps, AmountLine{change.evidence(), line.swap}));
  }
  if (line.commission != 0) {
    TRY(add_line(out.fees,
                 FeeLine{FeeClass::Execution, change.evidence(), -line.commission, {}, {}, 0}));
  }
  return add_line(out.transactions, std::move(line));
}

Result<> CopyLines::add_positions(Statement& out) const {
  // Copies of several positions of the master in one symbol and side are one at their average.
  struct Open {
    Minor volume = 0;
    Rational value;
  };
  std::map<std::tuple<core::AccountId, std::string, engine::Side>, Open> positions;
  for (const auto& [key, course] : held_) {
    const Held& held = course.now;
    if (held.open == 0 || !held.average) continue;
    const Instrument& instrument = lineages_.at(key.second);
    Open& open = positions[{key.first, instrument.symbol, instrument.side}];
    TRY(open.volume, core::add(open.volume, held.open));
    open.value = core::add(open.value, core::multiply(*held.average, Rational(held.open)));
  }
  for (const auto& [key, open] : positions) {
    const auto& [account, symbol, side] = key;
    Position line{account, symbol, side, copied_lots(open.volume), {}};
    TRY(const Rational average, core::divide(open.value, Rational(open.volume)));
    TRY(line.average_price, average_price(average));
    TRY(add_line(out.positions, std::move(line)));
  }
  return core::ok();
}

}  // namespace reports
