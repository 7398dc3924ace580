#include "engine/fees/reserve.h"

#include <gtest/gtest.h>

#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::cents;
using tests::fees::decimal;
using tests::fees::Draw;
using tests::fees::money;

using Parts = std::vector<Held>;

core::Minor sum(const Parts& held) {
  core::Minor all = 0;
  for (const Held& part : held) all += part.amount;
  return all;
}

// Source: Investingoal: ZuluTrade profit sharing,
// https://investingoal.com/zulutrade-profit-sharing/ (IB-15-zulutrade-reserve): half of a fee of
// 200 is held; 20 % of a month of -500 is taken from it.
TEST(Reserve, ZuluTrade) {
  const core::Minor fee = cents("200");
  const core::Minor held = held_of(fee, decimal("0.50")).value();
  EXPECT_EQ(money(held), "100.00");
  EXPECT_EQ(money(fee - held), "100.00");
  const Reserve after = clawed_back({{1, held}}, decimal("0.20"), cents("500")).value();
  EXPECT_EQ(money(after.moved), "100.00");
  EXPECT_TRUE(after.held.empty());
}

TEST(Reserve, PaysBackTheOldestFirstAndNoMoreThanItHas) {
  const Parts held{{1, 30}, {2, 30}};
  const Reserve some = clawed_back(held, decimal("0.2"), 200).value();
  EXPECT_TRUE(some.moved == 40);
  EXPECT_EQ(some.held, (Parts{{2, 20}}));
  const Reserve all = clawed_back(held, decimal("0.2"), 2'000).value();
  EXPECT_TRUE(all.moved == 60);
  EXPECT_TRUE(all.held.empty());
  EXPECT_EQ(clawed_back(held, decimal("0.2"), 4).value().held, held);  // 0.8, down.
}

TEST(Reserve, ReleasesWhatWasHeldLongEnough) {
  const Parts held{{1, 10}, {2, 20}, {3, 30}};
  const Reserve third = released_held(held, 3, 2).value();
  EXPECT_TRUE(third.moved == 10);
  EXPECT_EQ(third.held, (Parts{{2, 20}, {3, 30}}));
  EXPECT_TRUE(released_held(held, 5, 2).value().moved == 60);
  EXPECT_TRUE(released_held(held, 0, 2).value().moved == 0);
  EXPECT_TRUE(released_held(held, 3, 0).value().moved == 60);
}

TEST(Reserve, HoldsDownToTheUnit) { EXPECT_TRUE(held_of(99, decimal("0.5")).value() == 49); }

TEST(Reserve, RefusesWhatIsNoPart) {
  EXPECT_EQ(tests::outcome(held_of(100, decimal("1.1"))), "InvalidInput/rate_range");
  EXPECT_EQ(tests::outcome(held_of(-1, decimal("0.1"))), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(clawed_back({}, decimal("-0.1"), 5)), "InvalidInput/rate_range");
  EXPECT_EQ(tests::outcome(clawed_back({}, decimal("0.1"), -5)), "InvalidInput/not_positive");
  const core::Minor huge = core::power_of_ten(38).value();
  EXPECT_EQ(tests::outcome(released_held({{1, huge}, {1, huge}}, 5, 1)), "Overflow/overflow");
}

TEST(ReserveProperty, NothingIsLostBetweenHeldPaidAndTakenBack) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const core::Decimal ratio = draw.rate();
    const core::Decimal rate = draw.rate();
    const auto periods = static_cast<std::uint32_t>(draw.below(5));
    Parts held;
    core::Minor in = 0;
    core::Minor out = 0;
    for (std::uint32_t period = 1; period < 20; ++period) {
      const Reserve released = released_held(held, period, periods).value();
      const Reserve after = clawed_back(released.held, rate, draw.part_of(draw.amount())).value();
      out += released.moved + after.moved;
      held = after.held;
      const core::Minor part = held_of(draw.amount(), ratio).value();
      held.push_back({period, part});
      in += part;
      EXPECT_TRUE(in == out + sum(held));
    }
  }
}

}  // namespace
}  // namespace engine::fees
