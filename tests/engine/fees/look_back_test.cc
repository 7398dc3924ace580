#include "engine/fees/look_back.h"

#include <gtest/gtest.h>

#include <numeric>

#include "engine/fees/performance_fee.h"
#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::cents;
using tests::fees::decimal;
using tests::fees::Draw;
using tests::fees::money;

using Losses = std::vector<PeriodLoss>;

// An investor whose mark looks back over a window of periods.
struct Investor {
  core::Decimal rate;
  std::uint32_t window;
  core::Minor mark;
  Losses losses = {};
  std::uint32_t period = 0;

  // The fee at a period's end; mark and losses follow.
  core::Minor end_of_period(core::Minor equity) {
    ++period;
    const auto fee =
        floor_of(performance_fee({one_rate(rate), {}}, equity, mark, {}).value().fee).value();
    mark = std::max(mark, equity - fee);
    const core::Minor deficit = mark - (equity - fee);
    const LookBack after = look_back(losses, deficit, period, window).value();
    mark -= after.expired;
    losses = after.losses;
    return fee;
  }

  core::Minor carried() const {
    return std::accumulate(losses.begin(), losses.end(), core::Minor{0},
                           [](core::Minor sum, const PeriodLoss& l) { return sum + l.amount; });
  }
};

// Source: Hedge Fund Law Blog: high watermark / cumulative loss account,
// http://hedgefundlawblog.com/hedge-fund-high-watermark.html (LCF-01-cumulative-loss-account).
TEST(LookBack, IsACumulativeLossAccount) {
  Investor investor{decimal("0.20"), 100, cents("1000000")};
  std::string told;
  for (const std::string_view equity : {"1200000", "1000000", "1100000", "1300000"}) {
    const core::Minor fee = investor.end_of_period(cents(equity));
    told += money(fee) + "/" + money(investor.carried()) + " ";
  }
  EXPECT_EQ(told, "40000.00/0.00 0.00/160000.00 0.00/60000.00 28000.00/0.00 ");
}

// Source: ESMA Q&A 670 of 20 May 2022,
// https://www.esma.europa.eu/publications-data/questions-answers/670, its table of 19 years:
// performance in points, what is to be compensated in the following year, and whether a fee is
// paid. The loss of year 8 is compensated until year 12, that of year 14 until 18.
TEST(LookBack, EsmaCountsFiveYears) {
  struct Year {
    int performance;
    int to_compensate;
    bool fee;
  };
  constexpr Year kYears[] = {{5, 0, true},   {0, 0, false},  {-5, 5, false}, {3, 2, false},
                             {2, 0, false},  {5, 0, true},   {5, 0, true},   {-10, 10, false},
                             {2, 8, false},  {2, 6, false},  {2, 4, false},  {0, 0, false},
                             {2, 0, true},   {-6, 6, false}, {2, 4, false},  {2, 2, false},
                             {-4, 6, false}, {0, 4, false},  {5, 0, true}};
  Investor investor{decimal("0.20"), 5, 10'000};
  core::Minor equity = 10'000;
  for (const Year& year : kYears) {
    equity += 100 * year.performance;
    const core::Minor fee = investor.end_of_period(equity);
    equity -= fee;
    EXPECT_EQ(fee > 0, year.fee) << investor.period;
    EXPECT_TRUE(investor.carried() == 100 * year.to_compensate) << investor.period;
  }
}

// Source: another example of the same answer: with 2 points gained in year 18, 4 are carried into
// year 19 all the same, as what is left of year 14 is recovered first.
TEST(LookBack, ARecoveryTakesTheOldestLossEvenInItsLastYear) {
  const Losses before{{14, 200}, {17, 400}};
  const LookBack flat = look_back(before, 600, 18, 5).value();
  EXPECT_EQ(flat.losses, (Losses{{17, 400}}));
  EXPECT_TRUE(flat.expired == 200);
  const LookBack recovered = look_back(before, 400, 18, 5).value();
  EXPECT_EQ(recovered.losses, (Losses{{17, 400}}));
  EXPECT_TRUE(recovered.expired == 0);
}

// Source: rule of the IBKR Campus glossary: High Water Mark,
// https://ibkrcampus.com/glossary-terms/high-water-mark/: losses within the look-back period, gains
// applied to the oldest first. By hand, looking back over four earlier quarters: 100 lost in the
// first and 50 in the third, 30 gained in the fourth. In the fifth the rest of the first, 70, still
// counts, and in the sixth no more.
TEST(LookBack, FourEarlierQuarters) {
  Losses losses = look_back({}, 100, 1, 5).value().losses;
  losses = look_back(losses, 100, 2, 5).value().losses;
  losses = look_back(losses, 150, 3, 5).value().losses;
  losses = look_back(losses, 120, 4, 5).value().losses;
  EXPECT_EQ(losses, (Losses{{1, 70}, {3, 50}}));
  // The fifth's own result is known at its end: the loss has counted in quarters 2 to 5.
  const LookBack fifth = look_back(losses, 120, 5, 5).value();
  EXPECT_EQ(fifth.losses, (Losses{{3, 50}}));
  EXPECT_TRUE(fifth.expired == 70);
}

// "By default, the look-back period is zero": no mark at all.
TEST(LookBack, AWindowOfOneForgetsAtOnce) {
  const LookBack after = look_back({}, 100, 1, 1).value();
  EXPECT_TRUE(after.losses.empty());
  EXPECT_TRUE(after.expired == 100);
}

// Source: IBKR Campus glossary: High Water Mark,
// https://ibkrcampus.com/glossary-terms/high-water-mark/ (LCF-03-ibkr-prorate-withdrawal-rule): 100
// carried, 250 of 1,000 withdrawn.
TEST(LookBack, LossesLeaveWithTheMoney) {
  EXPECT_EQ(losses_after_withdrawals({{1, 100}}, 1'000, 250).value(), (Losses{{1, 75}}));
}

TEST(LookBack, TheNewestLossIsRoundedUpFirst) {
  // Halves of 3 and 3: 1.5 is 2, and 3 in all leave 1 for the oldest.
  EXPECT_EQ(losses_after_withdrawals({{1, 3}, {2, 3}}, 10, 5).value(), (Losses{{1, 1}, {2, 2}}));
  EXPECT_EQ(losses_after_withdrawals({{1, 1}, {2, 1}}, 10, 9).value(), (Losses{{2, 1}}));
  EXPECT_TRUE(losses_after_withdrawals({{1, 3}, {2, 3}}, 10, 10).value().empty());
}

TEST(LookBack, RefusesWhatIsNoLoss) {
  EXPECT_EQ(tests::outcome(look_back({}, 5, 1, 0)), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(look_back({}, -5, 1, 5)), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(look_back({{1, -5}}, 5, 2, 5)), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(look_back({{2, 5}, {1, 5}}, 5, 2, 5)), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(look_back({{3, 5}}, 5, 2, 5)), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(losses_after_withdrawals({{1, 5}}, 10, 11)),
            "InvalidInput/not_positive");
  const core::Minor huge = core::power_of_ten(38).value();
  EXPECT_EQ(tests::outcome(look_back({{1, huge}, {2, huge}}, 5, 2, 5)), "Overflow/overflow");
}

core::Minor sum(const Losses& losses) {
  core::Minor all = 0;
  for (const PeriodLoss& loss : losses) all += loss.amount;
  return all;
}

TEST(LookBackProperty, LossesAndWhatExpiredAreTheDeficit) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const auto window = static_cast<std::uint32_t>(1 + draw.below(6));
    Losses losses;
    core::Minor deficit = 0;
    for (std::uint32_t period = 1; period < 30; ++period) {
      deficit = draw.below(2) == 0 ? draw.part_of(deficit) : deficit + draw.amount();
      const LookBack after = look_back(losses, deficit, period, window).value();
      EXPECT_TRUE(sum(after.losses) + after.expired == deficit);
      for (const PeriodLoss& loss : after.losses) {
        EXPECT_TRUE(loss.amount > 0 && period - loss.period + 1 < window);
      }
      losses = after.losses;
      deficit -= after.expired;
    }
  }
}

TEST(LookBackProperty, AWithdrawalLeavesAsMuchLossAsMark) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    Losses losses;
    for (std::uint32_t period = 1; period <= draw.below(5); ++period) {
      losses.push_back({period, 1 + draw.amount()});
    }
    const core::Minor equity = 1 + draw.amount();
    const core::Minor out = draw.part_of(equity);
    const Losses left = losses_after_withdrawals(losses, equity, out).value();
    // The deficit of a mark that falls in proportion, rounded up.
    const core::Minor expected =
        core::multiply_divide(sum(losses), equity - out, equity, core::Rounding::Ceiling).value();
    EXPECT_TRUE(sum(left) == expected);
  }
}

}  // namespace
}  // namespace engine::fees
