#include "engine/fees/tiers.h"

#include <gtest/gtest.h>

#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::cents;
using tests::fees::decimal;
using tests::fees::Draw;
using tests::fees::floored;
using tests::fees::written;

TierTable two_tiers(std::string_view first, std::string_view bound, std::string_view second,
                    TierMode mode) {
  return {{{decimal(bound), decimal(first)}, {std::nullopt, decimal(second)}}, mode};
}

std::string fee_on(const TierTable& table, std::string_view capital, std::string_view profit) {
  const core::Minor mark = cents(capital);
  return floored(tiered_fee(table, mark, whole(mark), mark + cents(profit)).value());
}

// Source: Vital Markets: tiered performance fee,
// https://support.vitalmarkets.com/en/support/solutions/articles/44002393607
// (PAMM-10-vital-tiered).
TEST(Tiers, MarginalTakesEachRateOnItsPartOfTheGain) {
  const TierTable table = two_tiers("0.12", "0.30", "0.15", TierMode::Marginal);
  EXPECT_EQ(fee_on(table, "500", "150"), "18.00");
  EXPECT_EQ(fee_on(table, "500", "200"), "25.50");
}

// Source: the same, read as other brokers do: "20 % below 30 %, 35 % at or above" on all of the
// profit. 29.998 is cut to 29.99.
TEST(Tiers, WholeTakesOneRateOnAllOfTheGain) {
  const TierTable table = two_tiers("0.20", "0.30", "0.35", TierMode::Whole);
  EXPECT_EQ(fee_on(table, "500", "149.99"), "29.99");
  EXPECT_EQ(fee_on(table, "500", "150"), "52.50");
  EXPECT_EQ(fee_on(table, "500", "200"), "70.00");
  EXPECT_EQ(fee_on(two_tiers("0.12", "0.30", "0.15", TierMode::Whole), "500", "200"), "30.00");
}

// From a hard hurdle of 20 %, the gain above it: 10 points in the first tier, 10 in the second.
TEST(Tiers, AGainMayBeginAboveTheMark) {
  TierTable table = two_tiers("0.10", "0.30", "0.20", TierMode::Marginal);
  EXPECT_EQ(tiered_fee(table, 1'000, whole(1'200), 1'400).value(), whole(30));
  EXPECT_EQ(tiered_fee(table, 1'000, whole(1'350), 1'400).value(), whole(10));
  table.mode = TierMode::Whole;  // 40 % is in the second tier; the base is still 200.
  EXPECT_EQ(tiered_fee(table, 1'000, whole(1'200), 1'400).value(), whole(40));
}

TEST(Tiers, BoundsBetweenSmallestUnitsAreExact) {
  const TierTable table = two_tiers("0.1", "0.333", "0.2", TierMode::Marginal);
  // The first tier ends at 9.331: 2.331 at 10 % and 2.669 at 20 %.
  EXPECT_EQ(written(tiered_fee(table, 7, whole(7), 12).value()), "7669/10000");
}

TEST(Tiers, AboveAMarkOfZeroTheLastTierCounts) {
  TierTable table = two_tiers("0.10", "0.30", "0.20", TierMode::Marginal);
  EXPECT_EQ(tiered_fee(table, 0, whole(0), 1'000).value(), whole(200));
  table.mode = TierMode::Whole;
  EXPECT_EQ(tiered_fee(table, 0, whole(0), 1'000).value(), whole(200));
}

TEST(Tiers, NothingWithoutAGain) {
  const TierTable table = one_rate(decimal("0.2"));
  EXPECT_EQ(tiered_fee(table, 100, whole(100), 100).value(), whole(0));
  EXPECT_EQ(tiered_fee(table, 100, whole(100), 99).value(), whole(0));
  EXPECT_EQ(tiered_fee(table, 100, {301, 3}, 100).value(), whole(0));
  EXPECT_EQ(tiered_fee(table, 100, whole(100), -5).value(), whole(0));
}

TEST(Tiers, RefusesATableThatDoesNotSayARateForEachReturn) {
  const auto outcome_at = [](const TierTable& table) {
    const auto result = check_tiers(table);
    return result.has_value() ? "a value" : result.error().reason + " " + result.error().at;
  };
  const core::Decimal rate = decimal("0.2");
  EXPECT_EQ(outcome_at({}), "rate_range tiers");
  EXPECT_EQ(outcome_at({std::vector<Tier>(21, Tier{std::nullopt, rate}), {}}), "rate_range tiers");
  EXPECT_EQ(outcome_at({{{decimal("0.3"), rate}}, {}}), "rate_range tiers[0]");
  EXPECT_EQ(outcome_at({{{std::nullopt, rate}, {std::nullopt, rate}}, {}}), "rate_range tiers[0]");
  EXPECT_EQ(outcome_at({{{decimal("0"), rate}, {std::nullopt, rate}}, {}}), "rate_range tiers[0]");
  EXPECT_EQ(
      outcome_at({{{decimal("0.3"), rate}, {decimal("0.30"), rate}, {std::nullopt, rate}}, {}}),
      "rate_range tiers[1]");
  EXPECT_EQ(outcome_at(one_rate(decimal("1.01"))), "rate_range tiers[0]");
  EXPECT_EQ(outcome_at(one_rate(decimal("-0.1"))), "rate_range tiers[0]");
  EXPECT_EQ(outcome_at(one_rate(decimal("1"))), "a value");
  EXPECT_EQ(tests::outcome(tiered_fee({}, 1, whole(1), 2)), "InvalidInput/rate_range");
}

TEST(Tiers, RefusesWhatDoesNotFit) {
  const core::Minor huge = core::power_of_ten(38).value();
  EXPECT_EQ(tests::outcome(tiered_fee(one_rate(decimal("0.3")), 0, whole(0), huge + 1)),
            "Overflow/overflow");
}

TierTable drawn_table(Draw& draw) {
  TierTable table;
  table.mode = draw.below(2) == 0 ? TierMode::Marginal : TierMode::Whole;
  core::Minor bound = 0;
  for (std::uint64_t left = draw.below(4); left > 0; --left) {
    bound += 1 + static_cast<core::Minor>(draw.below(5'000));
    table.tiers.push_back({core::to_decimal(bound, 4), draw.rate()});
  }
  table.tiers.push_back({std::nullopt, draw.rate()});
  return table;
}

TEST(TiersProperty, EqualRatesAreOneRate) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    TierTable table = drawn_table(draw);
    const core::Decimal rate = draw.rate();
    for (Tier& tier : table.tiers) tier.rate = rate;
    const core::Minor mark = draw.amount();
    const core::Minor equity = draw.below(2) == 0 ? draw.amount() : mark * 3 / 2;
    EXPECT_EQ(tiered_fee(table, mark, whole(mark), equity).value(),
              at_rate(excess(whole(equity), whole(mark)).value(), rate).value());
  }
}

// A gain cut in two at any place costs the same: an integral.
TEST(TiersProperty, MarginalFeesAddUpOverPartsOfTheGain) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    TierTable table = drawn_table(draw);
    table.mode = TierMode::Marginal;
    const core::Minor mark = draw.amount();
    const core::Minor equity = mark + draw.part_of(2 * mark);
    const core::Minor between = mark + draw.part_of(equity - mark);
    const auto all = tiered_fee(table, mark, whole(mark), equity).value();
    const auto low = tiered_fee(table, mark, whole(mark), between).value();
    const auto high = tiered_fee(table, mark, whole(between), equity).value();
    EXPECT_EQ(all, add(low, high).value());
  }
}

TEST(TiersProperty, AFeeIsNeverMoreThanTheGain) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const TierTable table = drawn_table(draw);
    const core::Minor mark = draw.amount();
    const core::Minor equity = draw.amount();
    const auto fee = tiered_fee(table, mark, whole(mark), equity).value();
    EXPECT_TRUE(fee.numerator >= 0);
    EXPECT_TRUE(floor_of(fee).value() <= std::max<core::Minor>(equity - mark, 0));
  }
}

}  // namespace
}  // namespace engine::fees
