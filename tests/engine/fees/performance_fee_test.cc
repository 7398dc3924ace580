#include "engine/fees/performance_fee.h"

#include <gtest/gtest.h>

#include "engine/fees/hurdle.h"
#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::cents;
using tests::fees::decimal;
using tests::fees::Draw;
using tests::fees::floored;
using tests::fees::money;
using tests::fees::written;

PerformanceTerms terms(std::string_view rate, std::optional<HurdleTerms> hurdle = std::nullopt) {
  return {one_rate(decimal(rate)), hurdle};
}

PerformanceFee fee_of(const PerformanceTerms& terms, std::string_view equity, std::string_view mark,
                      const Exact& hurdle = {}) {
  return performance_fee(terms, cents(equity), cents(mark), hurdle).value();
}

enum class Basis { Net, Gross };

// Fees of month after month: "fee/mark after".
std::vector<std::string> months(std::string_view rate, std::string_view start, Basis basis,
                                const std::vector<std::string>& equities) {
  std::vector<std::string> told;
  core::Minor mark = cents(start);
  for (const std::string& text : equities) {
    const core::Minor equity = cents(text);
    const auto fee = floor_of(performance_fee(terms(rate), equity, mark, {}).value().fee).value();
    if (fee > 0) mark = std::max(mark, basis == Basis::Gross ? equity : equity - fee);
    told.push_back(money(fee) + "/" + money(mark));
  }
  return told;
}

using Told = std::vector<std::string>;

// Source: cTrader Copy help: High-Water Mark Model,
// https://help.ctrader.com/ctrader-copy/high-water-mark-model/ (HWM-01-ctrader-gross).
TEST(PerformanceFee, CTraderGross) {
  EXPECT_EQ(months("0.30", "10000", Basis::Gross, {"12000", "11000", "12500", "14000"}),
            (Told{"600.00/12000.00", "0.00/12000.00", "150.00/12500.00", "450.00/14000.00"}));
}

// Source: derived from the same figures (HWM-02-ctrader-inputs-net).
TEST(PerformanceFee, CTraderNet) {
  EXPECT_EQ(months("0.30", "10000", Basis::Net, {"12000", "11000", "12500", "14000"}),
            (Told{"600.00/11400.00", "0.00/11400.00", "330.00/12170.00", "549.00/13451.00"}));
}

// Source: Evestin Forex, https://www.evestinforex.com/performance-fee (HWM-03-evestin-net).
TEST(PerformanceFee, EvestinNet) {
  EXPECT_EQ(months("0.25", "100000", Basis::Net, {"108000", "111000", "109000", "112000"}),
            (Told{"2000.00/106000.00", "1250.00/109750.00", "0.00/109750.00", "562.50/111437.50"}));
}

// Source: ICE FX help: performance fee method,
// https://help.ice-fx.com/en/articles/3349450-what-is-the-method-used-to-pay-the-performance-fee-to-the-manager
// (HWM-10-icefx).
TEST(PerformanceFee, IceFx) {
  EXPECT_EQ(floored(fee_of(terms("0.15"), "1300", "1000").fee), "45.00");
}

// Source: the worked examples, NASTY-06-jpy-and-kwd: 20 % of 12,347 yen and of 1,234.567 dinar.
TEST(PerformanceFee, YenAndDinarHaveOtherScales) {
  EXPECT_TRUE(floor_of(performance_fee(terms("0.20"), 12'347, 0, {}).value().fee).value() == 2'469);
  const auto dinar = performance_fee(terms("0.20"), 1'234'567, 0, {}).value().fee;
  EXPECT_EQ(core::print_fixed(floor_of(dinar).value(), 3), "246.913");
}

// Source: the worked examples, NASTY-01: 0.20 of 95.00, 55.00 and 35.00.
TEST(PerformanceFee, OnOpenResultsAtAMonthEnd) {
  EXPECT_EQ(floored(fee_of(terms("0.20"), "5095.00", "5000").fee), "19.00");
  EXPECT_EQ(floored(fee_of(terms("0.20"), "3055.00", "3000").fee), "11.00");
  EXPECT_EQ(floored(fee_of(terms("0.20"), "2035.00", "2000").fee), "7.00");
  EXPECT_EQ(floored(fee_of(terms("0.20"), "5068.00", "5076.00").fee), "0.00");
}

TEST(PerformanceFee, SaysBaseAndThreshold) {
  const auto fee = fee_of(terms("0.20"), "12000", "10000");
  EXPECT_EQ(fee.base, whole(cents("2000")));
  EXPECT_EQ(fee.threshold, whole(cents("10000")));
  EXPECT_FALSE(fee.blocked);
  const auto none = fee_of(terms("0.20"), "9000", "10000");
  EXPECT_EQ(none.fee, whole(0));
  EXPECT_EQ(none.base, whole(0));
  EXPECT_FALSE(none.blocked);
}

// Source: Thoughtful Finance: hedge fund hurdles,
// https://thoughtfulfinance.com/hedge-fund-hurdle-rate-and-high-water-marks/ (HUR-01-soft-hard): a
// return of 10 %, a hurdle of 8 % and 20 % come to 0.4 % hard and 2 % soft.
TEST(PerformanceFee, HardAndSoftHurdle) {
  const auto hurdle = hurdle_accrual(cents("100000"), decimal("0.08"), {365, 365}).value();
  EXPECT_EQ(hurdle, whole(cents("8000")));
  const auto hard =
      fee_of(terms("0.20", HurdleTerms{HurdleMode::Hard}), "110000", "100000", hurdle);
  EXPECT_EQ(floored(hard.fee), "400.00");
  EXPECT_EQ(floored(hard.base), "2000.00");
  EXPECT_EQ(floored(hard.threshold), "108000.00");
  const auto soft =
      fee_of(terms("0.20", HurdleTerms{HurdleMode::Soft}), "110000", "100000", hurdle);
  EXPECT_EQ(floored(soft.fee), "2000.00");
  EXPECT_EQ(floored(soft.base), "10000.00");
}

// Source: the managed-account rules, 3.1: fee = min(r x (E - H), c x (E - T)). With r 20 %, H
// 100,000, T 108,000: a full catch-up ends at 110,000; half of it at 113,333.33.
TEST(PerformanceFee, CatchUpGoesOverIntoSoft) {
  const Exact hurdle = whole(cents("8000"));
  const auto fee = [&](std::string_view part, std::string_view equity) {
    return floored(fee_of(terms("0.20", HurdleTerms{HurdleMode::CatchUp, decimal(part)}), equity,
                          "100000", hurdle)
                       .fee);
  };
  EXPECT_EQ(fee("1", "108000"), "0.00");
  EXPECT_EQ(fee("1", "109000"), "1000.00");
  EXPECT_EQ(fee("1", "110000"), "2000.00");
  EXPECT_EQ(fee("1", "120000"), "4000.00");
  EXPECT_EQ(fee("0.5", "110000"), "1000.00");
  EXPECT_EQ(fee("0.5", "113333"), "2666.50");  // c x 5,333; r x 13,333 is 2,666.60.
  EXPECT_EQ(fee("0.5", "113334"), "2666.80");
  EXPECT_EQ(fee("0.5", "120000"), "4000.00");
}

TEST(PerformanceFee, AtTheThresholdTheHurdleBlocks) {
  for (const HurdleMode mode : {HurdleMode::Hard, HurdleMode::Soft, HurdleMode::CatchUp}) {
    const auto at = fee_of(terms("0.20", HurdleTerms{mode}), "108", "100", whole(cents("8")));
    EXPECT_EQ(at.fee, whole(0));
    EXPECT_EQ(at.base, whole(0));
    EXPECT_TRUE(at.blocked);
    const auto above = fee_of(terms("0.20", HurdleTerms{mode}), "108.01", "100", whole(cents("8")));
    EXPECT_FALSE(above.blocked);
    EXPECT_TRUE(above.fee.numerator > 0);
    EXPECT_FALSE(fee_of(terms("0.20", HurdleTerms{mode}), "100", "100", {1, 3}).blocked);
  }
}

TEST(PerformanceFee, TermsWithoutAHurdleDoNotLookAtIt) {
  EXPECT_EQ(floored(fee_of(terms("0.20"), "110", "100", whole(cents("50"))).fee), "2.00");
}

// 10 % up to 30 %, then 20 %; H 1,000, T 1,200, E 1,400.
TEST(PerformanceFee, TiersAndHurdleTogether) {
  PerformanceTerms both{
      {{{decimal("0.30"), decimal("0.10")}, {std::nullopt, decimal("0.20")}}, TierMode::Marginal},
      HurdleTerms{HurdleMode::Hard}};
  EXPECT_EQ(floored(fee_of(both, "1400", "1000", whole(cents("200"))).fee), "30.00");
  both.hurdle = HurdleTerms{HurdleMode::Soft};
  EXPECT_EQ(floored(fee_of(both, "1400", "1000", whole(cents("200"))).fee), "50.00");
  both.hurdle = HurdleTerms{HurdleMode::CatchUp, decimal("0.2")};
  EXPECT_EQ(floored(fee_of(both, "1400", "1000", whole(cents("200"))).fee), "40.00");
}

TEST(PerformanceFee, RefusesACatchUpThatIsNoPart) {
  for (const std::string_view part : {"0", "-0.5", "1.01"}) {
    const HurdleTerms hurdle{HurdleMode::CatchUp, decimal(part)};
    EXPECT_EQ(tests::outcome(performance_fee(terms("0.2", hurdle), 100, 100, {})),
              "InvalidInput/rate_range");
  }
}

TEST(PerformanceFee, RefusesBadTiersEvenWithoutAGain) {
  EXPECT_EQ(tests::outcome(performance_fee({}, 90, 100, {})), "InvalidInput/rate_range");
}

TEST(PerformanceFee, RefusesWhatDoesNotFit) {
  const core::Minor huge = core::power_of_ten(38).value();
  EXPECT_EQ(tests::outcome(performance_fee(terms("0.3"), huge + 1, 0, {})), "Overflow/overflow");
  EXPECT_EQ(tests::outcome(hurdle_accrual(huge + 1, decimal("0.3"), {1, 365})),
            "Overflow/overflow");
}

// Source: the managed-account rules, ruling 6: H x h x days / 365.
TEST(Hurdle, AccruesDailyOnTheMark) {
  const auto day = hurdle_accrual(cents("10000"), decimal("0.05"), {1, 365}).value();
  EXPECT_EQ(written(day), "10000/73");  // 50,000 cents / 365.
  const auto weekend = hurdle_accrual(cents("10000"), decimal("0.05"), {3, 365}).value();
  EXPECT_EQ(add(add(day, day).value(), day).value(), weekend);
}

TEST(Hurdle, FallsInProportionWithTheNumeratorRoundedUp) {
  EXPECT_EQ(hurdle_after_withdrawals({100, 73}, 1'000, 250).value(), (Exact{75, 73}));
  EXPECT_EQ(hurdle_after_withdrawals({100, 73}, 3, 1).value(), (Exact{67, 73}));
  EXPECT_EQ(hurdle_after_withdrawals({100, 73}, 3, 3).value(), (Exact{0, 73}));
  EXPECT_EQ(hurdle_after_withdrawals({100, 73}, 0, 0).value(), (Exact{100, 73}));
}

TEST(Hurdle, RefusesMoreThanTheEquity) {
  EXPECT_EQ(tests::outcome(hurdle_after_withdrawals({1, 1}, 100, 101)),
            "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(hurdle_after_withdrawals({1, 1}, 100, -1)), "InvalidInput/not_positive");
}

struct Case {
  PerformanceTerms terms;
  core::Minor equity = 0;
  core::Minor mark = 0;
  Exact hurdle;
};

Case drawn(Draw& draw) {
  Case drawn;
  if (draw.below(2) == 0) {
    drawn.terms.tiers.tiers.push_back({core::to_decimal(1 + draw.part_of(9'999), 4), draw.rate()});
  }
  drawn.terms.tiers.tiers.push_back({std::nullopt, draw.rate()});
  if (draw.below(2) == 0) drawn.terms.tiers.mode = TierMode::Whole;
  if (draw.below(4) > 0) {
    const core::Decimal catch_up = core::to_decimal(1 + draw.part_of(999), 3);
    drawn.terms.hurdle = HurdleTerms{static_cast<HurdleMode>(draw.below(3)), catch_up};
  }
  drawn.mark = draw.amount();
  drawn.equity = draw.below(2) == 0 ? draw.amount() : drawn.mark + draw.part_of(drawn.mark);
  const auto days = static_cast<core::Minor>(draw.below(800));
  drawn.hurdle = hurdle_accrual(drawn.mark, draw.rate(2'000), {days, 365}).value();
  return drawn;
}

TEST(PerformanceFeeProperty, NoFeeAtOrBelowTheMarkAndNeverMoreThanTheGain) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Case at = drawn(draw);
    const auto fee = performance_fee(at.terms, at.equity, at.mark, at.hurdle).value();
    const Exact gain = excess(whole(at.equity), whole(at.mark)).value();
    EXPECT_TRUE(fee.fee.numerator >= 0);
    EXPECT_TRUE(compare(fee.fee, gain).value() <= 0);
    EXPECT_TRUE(compare(fee.base, gain).value() <= 0);
    EXPECT_TRUE(!fee.blocked || (at.equity > at.mark && fee.fee.numerator == 0));
    const auto at_mark = performance_fee(at.terms, at.mark, at.mark, at.hurdle).value();
    EXPECT_EQ(at_mark.fee, whole(0));
    EXPECT_FALSE(at_mark.blocked);
  }
}

// Net: the fee leaves and the mark is what is left. Gross: the mark is what was there before.
TEST(PerformanceFeeProperty, CrystallisingTwiceAtOnePriceGivesASecondFeeOfZero) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Case at = drawn(draw);
    const auto exact = performance_fee(at.terms, at.equity, at.mark, at.hurdle).value().fee;
    const core::Minor fee = floor_of(exact).value();
    const core::Minor after = at.equity - fee;
    for (const core::Minor reached : {after, at.equity}) {
      // A charge of nothing leaves mark and hurdle; a charge begins the hurdle anew.
      const core::Minor mark = fee > 0 ? std::max(at.mark, reached) : at.mark;
      const Exact hurdle = fee > 0 ? Exact{} : at.hurdle;
      const auto second = performance_fee(at.terms, after, mark, hurdle).value().fee;
      EXPECT_TRUE(floor_of(second).value() == 0);
    }
  }
}

TEST(PerformanceFeeProperty, HardIsAtMostCatchUpIsAtMostSoft) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    Case at = drawn(draw);
    const core::Minor rate = 1 + draw.part_of(999);
    at.terms.tiers = one_rate(core::to_decimal(rate, 3));
    const auto fee = [&](HurdleMode mode) {
      at.terms.hurdle = HurdleTerms{mode, core::to_decimal(rate + (1'000 - rate) / 2, 3)};
      return performance_fee(at.terms, at.equity, at.mark, at.hurdle).value().fee;
    };
    const Exact hard = fee(HurdleMode::Hard);
    const Exact catch_up = fee(HurdleMode::CatchUp);
    const Exact soft = fee(HurdleMode::Soft);
    EXPECT_TRUE(compare(hard, catch_up).value() <= 0);
    EXPECT_TRUE(compare(catch_up, soft).value() <= 0);
  }
}

TEST(PerformanceFeeProperty, WithoutHurdleAndTiersItIsThePlainFee) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const core::Decimal rate = draw.rate();
    const core::Minor equity = draw.amount();
    const core::Minor mark = draw.amount();
    const core::Minor gain = equity > mark ? equity - mark : 0;
    const Exact plain{gain * rate.digits, core::power_of_ten(rate.scale).value()};
    EXPECT_EQ(performance_fee({one_rate(rate), {}}, equity, mark, {}).value().fee,
              reduced(plain).value());
  }
}

// A mark for each lot charges at least what one mark for all of them does: the sum of the maxima is
// at least the maximum of the sum. Source: the managed-account rules, 3.1, scope.
TEST(PerformanceFeeProperty, LotsNeverPayLessThanTheInvestorWould) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const PerformanceTerms one{one_rate(draw.rate()), {}};
    Exact lots;
    core::Minor equity = 0;
    core::Minor mark = 0;
    for (std::uint64_t lot = draw.below(6) + 1; lot > 0; --lot) {
      const core::Minor value = draw.amount();
      const core::Minor entered = draw.amount();
      lots = add(lots, performance_fee(one, value, entered, {}).value().fee).value();
      equity += value;
      mark += entered;
    }
    const auto investor = performance_fee(one, equity, mark, {}).value().fee;
    EXPECT_TRUE(compare(lots, investor).value() >= 0);
  }
}

// The same over many charges, with money coming in between: every lot has a mark that only rises,
// and the investor one for all his lots. Fees are exact and, as each holder's equity is given, do
// not feed back into it.
TEST(PerformanceFeeProperty, OverManyChargesLotsNeverPayLessThanTheInvestorWould) {
  struct Lot {
    core::Minor value;
    core::Minor mark;
  };
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const PerformanceTerms one{one_rate(draw.rate()), {}};
    std::vector<Lot> lots;
    core::Minor mark = 0;
    Exact by_lot;
    Exact by_investor;
    for (int charge = 0; charge < 6; ++charge) {
      if (charge == 0 || draw.below(2) == 0) {
        const core::Minor deposit = draw.amount();
        lots.push_back({deposit, deposit});
        mark += deposit;
      }
      core::Minor equity = 0;
      for (Lot& lot : lots) {
        lot.value = draw.part_of(2 * lot.value);
        const auto fee = performance_fee(one, lot.value, lot.mark, {}).value().fee;
        by_lot = add(by_lot, fee).value();
        lot.mark = std::max(lot.mark, lot.value);
        equity += lot.value;
      }
      const auto fee = performance_fee(one, equity, mark, {}).value().fee;
      by_investor = add(by_investor, fee).value();
      mark = std::max(mark, equity);
      EXPECT_TRUE(compare(by_lot, by_investor).value() >= 0);
    }
  }
}

// Source: the worked examples, FLOW-02-deposit-in-drawdown (derived): 10,000 fell to 8,000, 8,000
// came in, then +12.5 %.
TEST(PerformanceFee, ADepositInADrawdownIsChargedByLotAndNotByInvestor) {
  EXPECT_EQ(floored(fee_of(terms("0.20"), "18000", "18000").fee), "0.00");
  EXPECT_EQ(floored(fee_of(terms("0.20"), "9000", "10000").fee), "0.00");
  EXPECT_EQ(floored(fee_of(terms("0.20"), "9000", "8000").fee), "200.00");
}

}  // namespace
}  // namespace engine::fees
