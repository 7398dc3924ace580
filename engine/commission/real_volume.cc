#include "engine/commission/real_volume.h"

#include <algorithm>

#include "engine/commission/amount.h"

namespace engine::commission {

bool long_enough(std::int64_t seconds, std::uint64_t seconds_min) {
  return seconds >= 0 && static_cast<std::uint64_t>(seconds) >= seconds_min;
}

bool moved_enough(const core::Rational& open_price, const core::Rational& close_price,
                  const core::Rational& tick_size, std::uint64_t points_min) {
  const core::Rational least =
      multiply(tick_size, core::Rational(static_cast<core::Minor>(points_min)));
  const bool rose = open_price < close_price;
  return (rose ? subtract(close_price, open_price) : subtract(open_price, close_price)) >= least;
}

core::Rational allocated(const core::Rational& lots, const core::Rational& share_at_open,
                         const core::Rational& share_at_close) {
  static const core::Rational kHalf = core::Rational::of(1, 2).value();
  return multiply(lots, multiply(add(share_at_open, share_at_close), kHalf));
}

core::Rational own_funds(const core::Rational& lots, const core::Rational& bonus_lots) {
  return above_zero(subtract(lots, bonus_lots));
}

Hedged after(const Hedged& before, bool buy, const core::Rational& lots) {
  Hedged out = before;
  core::Rational& side = buy ? out.bought : out.sold;
  side = add(side, lots);
  return out;
}

core::Rational hedge_netted(const Hedged& before, bool buy, const core::Rational& lots) {
  const Hedged now = after(before, buy, lots);
  return subtract(std::max(now.bought, now.sold), std::max(before.bought, before.sold));
}

}  // namespace engine::commission
