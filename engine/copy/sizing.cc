#include "engine/copy/sizing.h"

#include <algorithm>

#include "engine/fees/exact.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

using fees::Exact;

// In 1e-8 lots: so far from the format's bound that sums of copies cannot reach it.
constexpr core::Minor kVolumeMax = core::Minor{1} << 96;

ExactAmount stage(const Exact& lots) { return {lots.numerator, lots.denominator}; }

core::Result<Exact> divide(const Exact& a, const Exact& b) {
  return fees::multiply(a, {b.denominator, b.numerator});
}

core::Result<Exact> factor_of(const std::optional<RateUsed>& rate) {
  if (!rate) return fees::whole(1);
  TRY(const Exact numerator, fees::exact(rate->numerator));
  TRY(const Exact denominator, fees::exact(rate->denominator));
  return divide(numerator, denominator);
}

bool is_positive(const std::optional<core::Decimal>& value) {
  return value.has_value() && value->digits > 0;
}

bool looks_at_equity(const CopyFacts& facts) {
  return facts.terms.max_exposure || facts.terms.max_margin || facts.agreed_leverage ||
         facts.class_leverage;
}

core::Decimal times(std::uint64_t leverage) { return {static_cast<core::Minor>(leverage), 0}; }

// What the facts lack for this sizing.
std::optional<CopySkip> missing(const CopyFacts& facts) {
  const CopyTerms& terms = facts.terms;
  if (is_proportional(terms.sizing)) {
    if (!is_positive(facts.basis) || !is_positive(facts.master_basis)) return CopySkip::NoBasis;
  }
  const bool of_risk = terms.sizing == CopySizing::FixedRisk;
  if (of_risk && !is_positive(facts.stop_distance)) return CopySkip::NoStopLoss;
  if ((of_risk || looks_at_equity(facts)) && !is_positive(facts.equity)) {
    return CopySkip::NoBasis;
  }
  if (terms.leverage_guard &&
      (!is_positive(terms.leverage) || !is_positive(facts.master_leverage))) {
    return CopySkip::NoLeverage;
  }
  if (terms.max_margin && !facts.margin_rate) return CopySkip::NoMarginRate;
  return std::nullopt;
}

core::Result<Exact> proportional(const CopyFacts& facts, const Exact& master) {
  TRY(const Exact basis, fees::exact(*facts.basis));
  TRY(const Exact of_master, fees::exact(*facts.master_basis));
  TRY(Exact share, divide(basis, of_master));
  TRY(const Exact rate, factor_of(facts.rate));
  TRY(share, fees::multiply(share, rate));
  TRY(share, fees::at_rate(share, facts.terms.ratio.value_or(core::Decimal{1, 0})));
  return fees::multiply(master, share);
}

// The money at risk over what one lot loses at the stop loss.
core::Result<Exact> by_risk(const CopyFacts& facts) {
  TRY(const Exact equity, fees::exact(*facts.equity));
  TRY(const Exact risk, fees::at_rate(equity, *facts.terms.parameter));
  TRY(const Exact rate, factor_of(facts.symbol_rate));
  TRY(Exact loss, fees::at_rate(rate, *facts.stop_distance));
  TRY(loss, fees::at_rate(loss, facts.contract_size));
  return divide(risk, loss);
}

core::Result<Exact> raw_size(const CopyFacts& facts, const Exact& master) {
  switch (facts.terms.sizing) {
    case CopySizing::Equity:
    case CopySizing::Balance:
    case CopySizing::FreeMargin:
    case CopySizing::Allocated:
    case CopySizing::ClientTotal:
      return proportional(facts, master);
    case CopySizing::FixedLots:
      return fees::exact(*facts.terms.parameter);
    case CopySizing::Multiplier:
      return fees::at_rate(master, *facts.terms.parameter);
    case CopySizing::FixedRisk:
      return by_risk(facts);
  }
  core::check_failed("every sizing has a formula", __FILE__, __LINE__);
}

core::Result<Exact> guarded(const CopyFacts& facts, const Exact& lots) {
  if (!facts.terms.leverage_guard) return lots;
  TRY(const Exact own, fees::exact(*facts.terms.leverage));
  TRY(const Exact of_master, fees::exact(*facts.master_leverage));
  TRY(const Exact ratio, divide(own, of_master));
  TRY(const Exact factor, fees::smaller(ratio, fees::whole(1)));
  return fees::multiply(lots, factor);
}

// Of a percentage: below 1 it is 1, then whole ones, from 10 on fives, from 100 on tens.
// Source: MQL5 Signals, "percentage ratio of deals volume" (the worked examples, COPY-06).
core::Minor rung(core::Minor percent) {
  constexpr core::Minor kTen = 10;
  constexpr core::Minor kHundred = 100;
  if (percent < 1) return 1;
  if (percent < kTen) return percent;
  const core::Minor step = percent < kHundred ? kTen / 2 : kTen;
  return percent - percent % step;
}

core::Result<Exact> laddered(const Exact& lots, const Exact& master) {
  constexpr core::Minor kHundred = 100;
  TRY(const Exact ratio, divide(lots, master));
  TRY(const Exact percent, fees::multiply(ratio, fees::whole(kHundred)));
  TRY(const auto whole, fees::floor_of(percent));
  return fees::multiply(master, {rung(whole), kHundred});
}

// The lots of which all copies' notional, or margin, reach what the terms allow.
core::Result<Exact> room(const CopyFacts& facts, const core::Decimal& allowed,
                         const std::optional<core::Decimal>& used, const Exact& of_one_lot) {
  TRY(const Exact equity, fees::exact(*facts.equity));
  TRY(const Exact limit, fees::at_rate(equity, allowed));
  TRY(const Exact before, fees::exact(used.value_or(core::Decimal{})));
  TRY(const Exact left, fees::excess(limit, before));
  return divide(left, of_one_lot);
}

core::Result<Exact> notional_of_lot(const CopyFacts& facts) {
  TRY(const Exact rate, factor_of(facts.symbol_rate));
  // What a position of a negative price is worth counts all the same.
  const core::Decimal price{facts.price.digits < 0 ? -facts.price.digits : facts.price.digits,
                            facts.price.scale};
  TRY(const Exact priced, fees::at_rate(rate, price));
  return fees::at_rate(priced, facts.contract_size);
}

// Lots on their way through the caps, and the least of the caps so far.
struct Capped {
  Exact lots;
  std::optional<Exact> least = {};

  core::Result<> by(const Exact& cap) {
    TRY(lots, fees::smaller(lots, cap));
    TRY(least, fees::smaller(least.value_or(cap), cap));
    return core::ok();
  }
};

// What the mandate agreed, and what the rules ask of the symbol's asset class.
core::Result<> cap_by_leverage(const CopyFacts& facts, const Exact& notional, Capped& capped) {
  if (facts.agreed_leverage) {
    TRY(const Exact lots, room(facts, times(*facts.agreed_leverage), facts.exposure, notional));
    TRY(capped.by(lots));
  }
  if (!facts.class_leverage) return core::ok();
  if (*facts.class_leverage == 0) return capped.by(fees::whole(0));
  TRY(const Exact margin,
      divide(notional, fees::whole(static_cast<core::Minor>(*facts.class_leverage))));
  TRY(const Exact lots, room(facts, core::Decimal{1, 0}, facts.class_margin, margin));
  return capped.by(lots);
}

core::Result<> cap_by_exposure(const CopyFacts& facts, Capped& capped) {
  const CopyTerms& terms = facts.terms;
  if (!looks_at_equity(facts)) return core::ok();
  TRY(const Exact notional, notional_of_lot(facts));
  if (notional.numerator == 0) return core::ok();
  if (terms.max_exposure) {
    TRY(const Exact lots, room(facts, *terms.max_exposure, facts.exposure, notional));
    TRY(capped.by(lots));
  }
  if (terms.max_margin) {
    TRY(const Exact margin, fees::at_rate(notional, *facts.margin_rate));
    TRY(const Exact lots, room(facts, *terms.max_margin, facts.margin, margin));
    TRY(capped.by(lots));
  }
  return cap_by_leverage(facts, notional, capped);
}

core::Result<Capped> cap(const CopyFacts& facts, const Exact& master, const Exact& lots,
                         CopySize& size) {
  const CopyTerms& terms = facts.terms;
  Capped capped{lots};
  if (terms.max_ratio) {
    TRY(const Exact limit, fees::at_rate(master, *terms.max_ratio));
    TRY(capped.by(limit));
  }
  size.after_ratio = stage(capped.lots);
  if (terms.max_lots) {
    TRY(const Exact limit, fees::exact(*terms.max_lots));
    TRY(capped.by(limit));
  }
  size.after_max_lots = stage(capped.lots);
  TRY(cap_by_exposure(facts, capped));
  size.after_exposure = stage(capped.lots);
  return capped;
}

core::Rounding rounding_of(const CopyTerms& terms) {
  switch (terms.rounding.value_or(CopyRounding::Floor)) {
    case CopyRounding::Floor:
    case CopyRounding::Mql5Ladder:
      return core::Rounding::Floor;
    case CopyRounding::Nearest:
      return core::Rounding::HalfEven;
    case CopyRounding::HalfUp:
      return core::Rounding::HalfUp;
  }
  core::check_failed("every rounding is one of the core's", __FILE__, __LINE__);
}

core::Result<core::Minor> steps_in(const Exact& lots, const Exact& step, core::Rounding rounding) {
  TRY(const Exact steps, divide(lots, step));
  return core::multiply_divide(steps.numerator, 1, steps.denominator, rounding);
}

// Whole steps: rounded, raised or dropped, and cut to one ticket.
core::Result<> count_steps(const CopyFacts& facts, const Capped& capped, Sized& out) {
  TRY(const Exact step, fees::exact(facts.lot_step));
  TRY(core::Minor steps, steps_in(capped.lots, step, rounding_of(facts.terms)));
  std::optional<core::Minor> allowed;
  if (capped.least) {
    TRY(allowed, steps_in(*capped.least, step, core::Rounding::Floor));
    steps = std::min(steps, *allowed);
  }
  out.size.rounded = steps;
  TRY(const Exact min_lots, fees::exact(facts.min_lots));
  TRY(const core::Minor least, steps_in(min_lots, step, core::Rounding::Ceiling));
  if (steps < least) {
    if (allowed && *allowed < least) {
      out.skip = CopySkip::CapReached;
      return core::ok();
    }
    if (facts.terms.below_minimum.value_or(SmallCopy::Drop) == SmallCopy::Drop) {
      out.skip = CopySkip::BelowMinimum;
      return core::ok();
    }
    steps = least;
  }
  out.size.at_least = steps;
  if (facts.max_ticket) {
    TRY(const Exact ticket, fees::exact(*facts.max_ticket));
    TRY(const core::Minor most, steps_in(ticket, step, core::Rounding::Floor));
    steps = std::min(steps, most);
  }
  out.size.steps = steps;
  TRY(const auto volume, trading::step_volume(facts.lot_step));
  TRY(out.volume, core::multiply(steps, volume));
  if (out.volume <= kVolumeMax) return core::ok();
  return core::overflow("lots", "No copy is as large as that.");
}

core::Result<> size(const CopyFacts& facts, Sized& out) {
  TRY(const Exact master, fees::exact(facts.master_lots));
  TRY(Exact lots, raw_size(facts, master));
  out.size.raw = stage(lots);
  TRY(lots, guarded(facts, lots));
  out.size.guarded = stage(lots);
  if (facts.terms.rounding == CopyRounding::Mql5Ladder) {
    TRY(lots, laddered(lots, master));
    out.size.laddered = stage(lots);
  }
  TRY(const Capped capped, cap(facts, master, lots, out.size));
  return count_steps(facts, capped, out);
}

}  // namespace

Sized size_of(const CopyFacts& facts) {
  Sized out;
  out.skip = missing(facts);
  if (out.skip) return out;
  if (!size(facts, out)) {
    out.skip = CopySkip::TooLarge;
    out.volume = 0;
  }
  return out;
}

bool is_proportional(CopySizing sizing) {
  return sizing != CopySizing::FixedLots && sizing != CopySizing::Multiplier &&
         sizing != CopySizing::FixedRisk;
}

}  // namespace engine::copy
