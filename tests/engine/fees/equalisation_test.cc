#include "engine/fees/equalisation.h"

#include <gtest/gtest.h>

#include "engine/fees/performance_fee.h"
#include "engine/fees/series.h"
#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::decimal;
using tests::fees::Draw;
using tests::fees::written;

// Source: Quantos Global Fund: equalisation accounting,
// https://quantos.capital/equalisation-accounting (EQ-01-quantos-credit): NAV 1,200, mark 1,000, 20
// %.
TEST(Equalisation, QuantosCredit) {
  const core::Decimal rate = decimal("0.20");
  const Exact gav = gross_asset_value(whole(1'200), whole(1'000), rate).value();
  EXPECT_EQ(gav, whole(1'250));
  EXPECT_EQ(equalisation_credit(gav, whole(1'000), rate).value(), whole(50));
}

TEST(Equalisation, AtOrBelowTheMarkTheValueIsTheNetOne) {
  EXPECT_EQ(gross_asset_value(whole(900), whole(1'000), decimal("0.2")).value(), whole(900));
  EXPECT_EQ(gross_asset_value(whole(1'000), whole(1'000), decimal("0.2")).value(), whole(1'000));
  EXPECT_EQ(equalisation_credit(whole(900), whole(1'000), decimal("0.2")).value(), whole(0));
}

// A credit of 50 at 1,250; at 1,100 it is 20 % of 100, at 900 nothing, at 1,300 again 50.
TEST(Equalisation, ACreditFloatsDownWithLossesAndUpToItsStart) {
  const auto worth = [](core::Minor gav) {
    return written(credit_now(whole(50), whole(gav), whole(1'000), decimal("0.2")).value());
  };
  EXPECT_EQ(worth(1'250), "50");
  EXPECT_EQ(worth(1'100), "20");
  EXPECT_EQ(worth(900), "0");
  EXPECT_EQ(worth(1'300), "50");
}

// Source: Vskills hedge fund certification: equalisation,
// https://vskills.in/certification/tutorial/equalization (EQ-03-vskills-depreciation): entry 90,
// price and mark 100.
TEST(Equalisation, VskillsDepreciation) {
  const auto redeemed = [](core::Minor entry, core::Minor gav) {
    return written(
        contingent_redemption(whole(entry), whole(gav), whole(100), decimal("0.20")).value());
  };
  EXPECT_EQ(redeemed(90, 100), "2");
  EXPECT_EQ(redeemed(90, 130), "2");  // Above the mark the fund's own fee goes on.
  EXPECT_EQ(redeemed(90, 95), "1");
  EXPECT_EQ(redeemed(90, 80), "0");
  EXPECT_EQ(redeemed(100, 130), "0");
  EXPECT_EQ(written(equalised_fee(whole(90), whole(100), whole(100), decimal("0.20")).value()),
            "2");
}

// Source: derived, after Kutukcuoglu,
// https://software.tuncalik.com/investment-performance-fees-and-shareholder-equalization/960
// (EQ-05-series-equals-equalisation): entries at 100, 90 and 120, 130 at the end.
TEST(Equalisation, IsWhatAMarkForEachLotGives) {
  const auto fee = [](core::Minor entry) {
    return written(equalised_fee(whole(entry), whole(130), whole(100), decimal("0.20")).value());
  };
  EXPECT_EQ(fee(100), "6");
  EXPECT_EQ(fee(90), "8");
  EXPECT_EQ(fee(120), "2");
}

// Source: Enzyme Onyx docs,
// https://docs.enzyme.finance/onyx-protocol/contract-implementations/fees, with derived figures
// (FLOW-03-fund-level-free-ride): 1,000 shares in at 0.90, mark and price 1.00.
TEST(Equalisation, TheFreeRideBelowTheMarkIsPaidFor) {
  const Exact share = equalised_fee(whole(90), whole(100), whole(100), decimal("0.20")).value();
  EXPECT_EQ(multiply(share, whole(1'000)).value(), whole(2'000));  // 20.00.
}

TEST(Equalisation, RefusesARateOfAllAndWhatDoesNotFit) {
  EXPECT_EQ(tests::outcome(gross_asset_value(whole(2), whole(1), decimal("1"))),
            "InvalidInput/rate_range");
  EXPECT_EQ(tests::outcome(gross_asset_value(whole(2), whole(1), decimal("-0.1"))),
            "InvalidInput/rate_range");
  const Exact huge = whole(core::power_of_ten(38).value() + 1);
  EXPECT_EQ(tests::outcome(equalised_fee(whole(1), huge, whole(2), decimal("0.3"))),
            "Overflow/overflow");
}

// Source: the managed-account rules, 3.2: only if both are at or above their marks.
TEST(Series, MergesOnlyWithoutALossOnEitherSide) {
  const Series good{whole(110), whole(110)};
  const Series bad{whole(109), whole(110)};
  EXPECT_TRUE(may_consolidate(good, good).value());
  EXPECT_FALSE(may_consolidate(good, bad).value());
  EXPECT_FALSE(may_consolidate(bad, good).value());
  EXPECT_FALSE(may_consolidate(bad, bad).value());
  EXPECT_EQ(tests::outcome(may_consolidate({{1, 0}, whole(1)}, good)),
            "InvalidInput/division_by_zero");
}

TEST(Series, SharesBecomeThoseOfTheLead) {
  EXPECT_TRUE(consolidated_units(1'000, whole(105), whole(140)).value() == 750);
  EXPECT_TRUE(consolidated_units(1'000, whole(105), whole(141)).value() == 744);  // 744.68
  EXPECT_EQ(tests::outcome(consolidated_units(1, whole(1), whole(0))), "InvalidInput/not_positive");
  const core::Minor huge = core::power_of_ten(38).value();
  EXPECT_EQ(tests::outcome(consolidated_units(huge, whole(7), whole(3))), "Overflow/overflow");
}

// Without redemptions a holder pays the same under all three: his shares at the fund's price with
// credits and contingent redemptions, a series that begins at par when he enters, and a mark of his
// own.
TEST(EqualisationProperty, SeriesEqualisationAndLotsGiveOneFee) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const auto price = [&] { return whole(1 + static_cast<core::Minor>(draw.below(300'000))); };
    const core::Decimal rate = draw.rate(9'999);
    const Exact mark = price();
    const Exact entry = price();
    const Exact gav = price();
    const Exact units{1 + static_cast<core::Minor>(draw.below(1'000'000'000)), 1'000};

    const Exact equalised = multiply(equalised_fee(entry, gav, mark, rate).value(), units).value();

    const Exact paid_in = multiply(entry, units).value();
    const Exact value = multiply(gav, units).value();
    const Exact lot = at_rate(excess(value, paid_in).value(), rate).value();

    const Exact par = whole(10'000);
    const Exact shares = multiply(paid_in, {1, 10'000}).value();
    const Exact grown = multiply(gav, {1, entry.numerator}).value();
    const Exact series_gav = multiply(par, grown).value();
    const Exact series_fee = at_rate(excess(series_gav, par).value(), rate).value();
    const Exact series = multiply(series_fee, shares).value();

    EXPECT_EQ(reduced(equalised).value(), reduced(lot).value());
    EXPECT_EQ(reduced(series).value(), reduced(lot).value());
  }
}

// However one subscription at one price is cut into lots, the fee is the same.
TEST(EqualisationProperty, LotsOfOneSubscriptionPayWhatItWouldPayWhole) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const PerformanceTerms terms{one_rate(draw.rate()), {}};
    const core::Minor entry = draw.amount() / 1'000;
    const core::Minor price = draw.amount() / 1'000;
    core::Minor units = 0;
    Exact lots;
    for (std::uint64_t lot = draw.below(5) + 1; lot > 0; --lot) {
      const auto part = static_cast<core::Minor>(draw.below(100'000));
      lots = add(lots, performance_fee(terms, price * part, entry * part, {}).value().fee).value();
      units += part;
    }
    EXPECT_EQ(lots, performance_fee(terms, price * units, entry * units, {}).value().fee);
  }
}

}  // namespace
}  // namespace engine::fees
