#include "engine/fees/waterfall.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::cents;
using tests::fees::decimal;
using tests::fees::Draw;
using tests::fees::money;

// Source: Yearn V3 docs: protocol fees, https://docs.yearn.fi/developers/v3/protocol_fees
// (FEE-03-yearn-override): 10 % of a fee of 20, not on top of it.
TEST(Waterfall, TheBrokerHasAShareOfTheFee) {
  WaterfallTerms terms;
  terms.broker_share = decimal("0.10");
  const FeeShares shares = shares_of(cents("20"), terms).value();
  EXPECT_EQ(money(shares.broker), "2.00");
  EXPECT_EQ(money(shares.manager), "18.00");
  EXPECT_EQ(money(shares.taken), "20.00");
}

// Source: B2COPY docs: IB levels + custom rewards,
// https://docs.b2copy.b2broker.com/admin-guide/configure-b2copy/allocate-custom-rewards-for-assistance-in-managing-master-accounts
// (FEE-05-b2copy-waterfall): 100, levels of 20 %, 5 % and 2 %, then 10 % of the remainder.
TEST(Waterfall, IntroducingBrokersComeBeforeThePartner) {
  WaterfallTerms terms;
  terms.introducing_shares = {decimal("0.20"), decimal("0.05"), decimal("0.02")};
  terms.partner_share = decimal("0.10");
  const FeeShares shares = shares_of(cents("100"), terms).value();
  ASSERT_EQ(shares.introducing.size(), 3U);
  EXPECT_EQ(money(shares.introducing[0]), "20.00");
  EXPECT_EQ(money(shares.introducing[1]), "5.00");
  EXPECT_EQ(money(shares.introducing[2]), "2.00");
  EXPECT_EQ(money(shares.partner), "7.30");
  EXPECT_EQ(money(shares.manager), "65.70");
}

// Source: the worked examples, NASTY-06-jpy-and-kwd: 2,469 yen.
TEST(Waterfall, SharesAreCutToTheYenAndTheManagerHasTheRest) {
  WaterfallTerms terms;
  terms.broker_share = decimal("0.25");
  terms.introducing_shares = {decimal("0.10"), decimal("0.05")};
  const FeeShares shares = shares_of(2'469, terms).value();
  EXPECT_TRUE(shares.broker == 617);
  EXPECT_TRUE(shares.introducing[0] == 246);
  EXPECT_TRUE(shares.introducing[1] == 123);
  EXPECT_TRUE(shares.manager == 1'483);
}

// Source: the managed-account rules, 3.3 (HWM-08): with 10 % tax on it, 30 % becomes 33 %.
TEST(Waterfall, ATaxOnTopIsTakenBesideTheFee) {
  WaterfallTerms terms;
  terms.tax_rate = decimal("0.10");
  terms.broker_share = decimal("0.5");
  const FeeShares shares = shares_of(cents("300"), terms).value();
  EXPECT_EQ(money(shares.tax), "30.00");
  EXPECT_EQ(money(shares.taken), "330.00");
  EXPECT_EQ(money(shares.broker), "150.00");
  EXPECT_EQ(money(shares.manager), "150.00");
}

// 19 % included in 119.00 is 19.00; in 100.00 it is 15.966, cut.
TEST(Waterfall, ATaxIncludedIsTakenOutOfTheFee) {
  WaterfallTerms terms;
  terms.tax_mode = TaxMode::Included;
  terms.tax_rate = decimal("0.19");
  terms.broker_share = decimal("0.5");
  const FeeShares shares = shares_of(cents("119"), terms).value();
  EXPECT_EQ(money(shares.tax), "19.00");
  EXPECT_EQ(money(shares.taken), "119.00");
  EXPECT_EQ(money(shares.broker), "50.00");
  EXPECT_EQ(money(shares.manager), "50.00");
  EXPECT_EQ(money(shares_of(cents("100"), terms).value().tax), "15.96");
}

TEST(Waterfall, SharesOfAllLeaveNothing) {
  WaterfallTerms terms;
  terms.broker_share = decimal("0.4");
  terms.introducing_shares = {decimal("0.6")};
  terms.partner_share = decimal("1");
  const FeeShares shares = shares_of(101, terms).value();
  EXPECT_TRUE(shares.broker == 40 && shares.introducing[0] == 60);
  EXPECT_TRUE(shares.partner == 1 && shares.manager == 0);
  terms.partner_share = decimal("0.5");
  EXPECT_TRUE(shares_of(0, terms).value().taken == 0);
}

TEST(Waterfall, RefusesSharesThatAreMoreThanTheFee) {
  const auto refused_at = [](const WaterfallTerms& terms) {
    const auto result = check_waterfall(terms);
    return result.has_value() ? "a value" : result.error().reason + " " + result.error().at;
  };
  WaterfallTerms terms;
  EXPECT_EQ(refused_at(terms), "a value");
  terms.broker_share = decimal("0.7");
  terms.introducing_shares = {decimal("0.2"), decimal("0.11")};
  EXPECT_EQ(refused_at(terms), "rate_range introducing_shares[1]");
  terms.introducing_shares = {decimal("-0.1")};
  EXPECT_EQ(refused_at(terms), "rate_range introducing_shares[0]");
  terms.introducing_shares.assign(11, decimal("0"));
  EXPECT_EQ(refused_at(terms), "rate_range introducing_shares");
  EXPECT_EQ(refused_at({.tax_rate = decimal("1.1")}), "rate_range tax_rate");
  EXPECT_EQ(refused_at({.broker_share = decimal("-0.1")}), "rate_range broker_share");
  EXPECT_EQ(refused_at({.partner_share = decimal("1.1")}), "rate_range partner_share");
  EXPECT_EQ(tests::outcome(shares_of(1, {.tax_rate = decimal("2")})), "InvalidInput/rate_range");
}

TEST(Waterfall, RefusesAFeeBelowZeroAndOneThatDoesNotFit) {
  EXPECT_EQ(tests::outcome(shares_of(-1, {})), "InvalidInput/not_positive");
  const core::Minor huge = core::power_of_ten(38).value();
  EXPECT_EQ(tests::outcome(shares_of(huge, {.tax_rate = decimal("0.8")})), "Overflow/overflow");
}

TEST(WaterfallProperty, SharesSumToTheFeeAndNoneIsBelowZero) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    WaterfallTerms terms;
    terms.tax_mode = draw.below(2) == 0 ? TaxMode::OnTop : TaxMode::Included;
    terms.tax_rate = draw.rate();
    core::Minor left = 10'000;
    const auto share = [&] {
      const core::Minor part = draw.part_of(left);
      left -= part;
      return core::to_decimal(part, 4);
    };
    terms.broker_share = share();
    for (std::uint64_t level = draw.below(5); level > 0; --level) {
      terms.introducing_shares.push_back(share());
    }
    terms.partner_share = draw.rate();
    const core::Minor fee = draw.amount();
    const FeeShares shares = shares_of(fee, terms).value();
    core::Minor sum = shares.tax + shares.broker + shares.partner + shares.manager;
    for (const core::Minor introducing : shares.introducing) {
      EXPECT_TRUE(introducing >= 0);
      sum += introducing;
    }
    EXPECT_TRUE(sum == shares.taken);
    EXPECT_TRUE(shares.taken == (terms.tax_mode == TaxMode::OnTop ? fee + shares.tax : fee));
    EXPECT_TRUE(shares.tax >= 0 && shares.broker >= 0 && shares.partner >= 0 &&
                shares.manager >= 0);
  }
}

}  // namespace
}  // namespace engine::fees
