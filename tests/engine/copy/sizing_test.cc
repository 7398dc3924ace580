#include "engine/copy/sizing.h"

#include <gtest/gtest.h>

#include "tests/engine/copy/facts.h"

namespace engine::copy {
namespace {

using tests::decimal;

RateUsed rate(const std::string& numerator) {
  RateUsed out;
  out.from = "EUR";
  out.to = "USD";
  out.numerator = decimal(numerator);
  out.denominator = decimal("1");
  return out;
}

// Source: the worked examples, COPY-01-b2copy-ratio: 3.125, half up 3.13.
CopyFacts b2copy(CopyRounding rounding) {
  CopyFacts out = facts("2.5");
  out.basis = decimal("5000");
  out.master_basis = decimal("2000");
  out.terms.ratio = decimal("0.5");
  out.terms.rounding = rounding;
  return out;
}

TEST(SizeOf, AHalfStepGoesAsTheRoundingSays) {
  const Sized half_up = size_of(b2copy(CopyRounding::HalfUp));
  EXPECT_EQ(exact_text(half_up.size.raw), "25/8");
  EXPECT_EQ(lots_of(half_up), "3.13");
  EXPECT_EQ(lots_of(b2copy(CopyRounding::Floor)), "3.12");
  EXPECT_EQ(lots_of(b2copy(CopyRounding::Nearest)), "3.12");  // To the even step.
}

TEST(SizeOf, NearestGoesUpBeyondTheHalf) {
  CopyFacts out = facts("0.019");
  out.terms.sizing = CopySizing::Multiplier;
  out.terms.parameter = decimal("1");
  out.terms.rounding = CopyRounding::Nearest;
  EXPECT_EQ(lots_of(out), "0.02");
}

// Source: the worked examples, COPY-03-axi-floor.
TEST(SizeOf, AMultiplierIsRoundedDown) {
  CopyFacts out = facts("0.01");
  out.terms.sizing = CopySizing::Multiplier;
  out.terms.parameter = decimal("5.3");
  const Sized sized = size_of(out);
  EXPECT_EQ(exact_text(sized.size.raw), "53/1000");
  EXPECT_EQ(lots_of(sized), "0.05");
}

// Source: the worked examples, NASTY-04: 6480 x 2 / 110000 = 162/1375.
TEST(SizeOf, TheRawSizeIsExact) {
  CopyFacts out = facts("2");
  out.basis = decimal("6480");
  out.master_basis = decimal("110000");
  const Sized sized = size_of(out);
  EXPECT_EQ(exact_text(sized.size.raw), "162/1375");
  EXPECT_EQ(lots_of(sized), "0.11");
}

// Source: the worked examples, COPY-06-mql5-ladder.
TEST(SizeOf, TheLadderHasRungsOfOneFiveAndTenPercent) {
  const auto on_ladder = [](const std::string& percent) {
    CopyFacts out = facts("100");
    out.basis = decimal(percent);
    out.master_basis = decimal("100");
    out.terms.rounding = CopyRounding::Mql5Ladder;
    return lots_of(out);
  };
  EXPECT_EQ(on_ladder("0.25"), "1");
  EXPECT_EQ(on_ladder("6.25"), "6");
  EXPECT_EQ(on_ladder("29.7"), "25");
  EXPECT_EQ(on_ladder("129.6"), "120");
  EXPECT_EQ(on_ladder("1"), "1");
  EXPECT_EQ(on_ladder("9.99"), "9");
  EXPECT_EQ(on_ladder("10"), "10");
  EXPECT_EQ(on_ladder("14.9"), "10");
  EXPECT_EQ(on_ladder("99.9"), "95");
  EXPECT_EQ(on_ladder("100"), "100");
}

// Source: MQL5, "General information on trading signals": balances of 40,000 and 5,000 EUR against
// 15,000 USD, 50 % and 35 % of the deposit, leverages of 200 and 50 against 100, 1.27 USD a EUR.
TEST(SizeOf, ThePublishedExampleOfSignals) {
  CopyFacts out = facts("1");
  out.master_basis = decimal("15000");
  out.master_leverage = decimal("100");
  out.rate = rate("1.27");
  out.terms.rounding = CopyRounding::Mql5Ladder;
  out.terms.leverage_guard = true;
  out.basis = decimal("40000");
  out.terms.ratio = decimal("0.5");
  out.terms.leverage = decimal("200");
  EXPECT_EQ(lots_of(out), "1.6");
  out.basis = decimal("5000");
  out.terms.ratio = decimal("0.35");
  out.terms.leverage = decimal("50");
  const Sized second = size_of(out);
  EXPECT_EQ(exact_text(second.size.raw), "889/6000");       // 0.35 x 5000 x 1.27 / 15000.
  EXPECT_EQ(exact_text(second.size.guarded), "889/12000");  // 7.41 %.
  EXPECT_EQ(lots_of(second), "0.07");
}

TEST(SizeOf, FixedLotsFollowNoMoney) {
  CopyFacts out = facts("7");
  out.basis.reset();
  out.master_basis.reset();
  out.terms.sizing = CopySizing::FixedLots;
  out.terms.parameter = decimal("0.3");
  EXPECT_EQ(lots_of(out), "0.3");
}

// 1 % of 10,000 is 100; a lot loses 0.005 x 100,000 = 500 at the stop loss: 0.2 lots.
TEST(SizeOf, FixedRiskNeedsTheStopLoss) {
  CopyFacts out = facts("7");
  out.terms.sizing = CopySizing::FixedRisk;
  out.terms.parameter = decimal("0.01");
  EXPECT_EQ(lots_of(out), "no_stop_loss");
  out.stop_distance = decimal("0");
  EXPECT_EQ(lots_of(out), "no_stop_loss");
  out.stop_distance = decimal("0.005");
  EXPECT_EQ(lots_of(out), "0.2");
  out.symbol_rate = rate("2");
  EXPECT_EQ(lots_of(out), "0.1");
}

TEST(SizeOf, CapsApplyInTheirOrderAndEachStageStands) {
  CopyFacts out = facts("2");
  out.basis = decimal("30000");
  out.terms.max_ratio = decimal("2.5");
  out.terms.max_lots = decimal("4.005");
  // 36 x 10,000 of equity less 21,000 is 339,000: 3.0818.. lots of 110,000.
  out.terms.max_exposure = decimal("36");
  out.exposure = decimal("21000");
  const Sized sized = size_of(out);
  EXPECT_EQ(exact_text(sized.size.raw), "6/1");
  EXPECT_EQ(exact_text(sized.size.guarded), "6/1");
  EXPECT_EQ(exact_text(sized.size.laddered), "absent");
  EXPECT_EQ(exact_text(sized.size.after_ratio), "5/1");
  EXPECT_EQ(exact_text(sized.size.after_max_lots), "801/200");
  EXPECT_EQ(exact_text(sized.size.after_exposure), "339/110");
  EXPECT_TRUE(sized.size.rounded == 308);
  EXPECT_EQ(lots_of(sized), "3.08");
}

// 50 % of 10,000 less 900 is 4,100; a lot takes 110,000 x 0.02 = 2,200.
TEST(SizeOf, TheMarginCapCountsWhatIsUsed) {
  CopyFacts out = facts("9");
  out.terms.max_margin = decimal("0.5");
  out.margin = decimal("900");
  EXPECT_EQ(lots_of(out), "no_margin_rate");
  out.margin_rate = decimal("0.02");
  EXPECT_EQ(lots_of(out), "1.86");
  out.margin = decimal("5000");
  EXPECT_EQ(lots_of(out), "cap_reached");
}

TEST(SizeOf, RoundingNeverGoesAboveACap) {
  CopyFacts out = facts("1");
  out.terms.max_lots = decimal("0.127");
  out.terms.rounding = CopyRounding::HalfUp;
  EXPECT_EQ(lots_of(out), "0.12");
}

TEST(SizeOf, BelowTheSmallestVolumeItIsDroppedOrRaised) {
  CopyFacts out = facts("0.05");
  out.min_lots = decimal("0.1");
  const Sized dropped = size_of(out);
  EXPECT_EQ(lots_of(dropped), "below_minimum");
  EXPECT_TRUE(dropped.size.rounded == 5);
  EXPECT_FALSE(dropped.size.steps.has_value());
  out.terms.below_minimum = SmallCopy::Raise;
  EXPECT_EQ(lots_of(out), "0.1");
  out.terms.max_lots = decimal("0.09");
  EXPECT_EQ(lots_of(out), "cap_reached");
}

TEST(SizeOf, TheBrokersLargestTicketComesLast) {
  CopyFacts out = facts("80");
  out.max_ticket = decimal("50");
  const Sized sized = size_of(out);
  EXPECT_TRUE(sized.size.at_least == 8'000);
  EXPECT_EQ(lots_of(sized), "50");
}

TEST(SizeOf, TheGuardNeverRaises) {
  CopyFacts out = facts("1");
  out.terms.leverage_guard = true;
  out.terms.leverage = decimal("200");
  EXPECT_EQ(lots_of(out), "no_leverage");
  out.master_leverage = decimal("100");
  EXPECT_EQ(lots_of(out), "1");
  out.master_leverage = decimal("500");
  EXPECT_EQ(lots_of(out), "0.4");
}

TEST(SizeOf, WithoutMoneyThereIsNoCopy) {
  CopyFacts out = facts("1");
  out.basis = decimal("0");
  EXPECT_EQ(lots_of(out), "no_basis");
  out.basis = decimal("-5");
  EXPECT_EQ(lots_of(out), "no_basis");
  out.basis = decimal("5");
  out.master_basis.reset();
  EXPECT_EQ(lots_of(out), "no_basis");
}

// 128 bits: nothing is wrapped, and one client's absurd numbers stop nobody else's copy.
TEST(SizeOf, NumbersThatDoNotFitAreSkipped) {
  CopyFacts out = facts("99999999999");
  out.basis = core::Decimal{(core::Minor{1} << 120) + 1, 0};
  out.master_basis = decimal("0.0000007");
  const Sized sized = size_of(out);
  EXPECT_EQ(lots_of(sized), "too_large");
  EXPECT_TRUE(sized.volume == 0);
  // 2^96 of 1e-8 lots is 792281625142643375935.43950336 lots.
  CopyFacts large = facts("792281625142643375935.43");
  EXPECT_EQ(lots_of(large), "792281625142643375935.43");
  large.master_lots = decimal("792281625142643375935.44");
  EXPECT_EQ(lots_of(large), "too_large");
}

// Lots as a platform's floating point has them: 0.1 + 0.2 is not 0.3, a tenth of 0.7 not 0.07.
TEST(SizeOf, NoLotIsLostToBinaryFractions) {
  CopyFacts out = facts("0.7");
  out.terms.sizing = CopySizing::Multiplier;
  out.terms.parameter = decimal("0.1");
  EXPECT_EQ(lots_of(out), "0.07");
  out.master_lots = decimal("1.15");
  out.terms.parameter = decimal("1");
  EXPECT_EQ(lots_of(out), "1.15");
}

}  // namespace
}  // namespace engine::copy
