#include "engine/fees/volume_fee.h"

#include <gtest/gtest.h>

#include "engine/fees/exit_fee.h"
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

TEST(VolumeFee, PerLot) {
  EXPECT_EQ(floored(per_lot_fee(decimal("2.50"), decimal("7"), 2).value()), "17.50");
  // 0.01 lots at 1.25: 1.25 cents, exact until it is charged.
  EXPECT_EQ(written(per_lot_fee(decimal("0.01"), decimal("1.25"), 2).value()), "5/4");
  EXPECT_EQ(per_lot_fee(decimal("3"), decimal("120"), 0).value(), whole(360));         // Yen.
  EXPECT_EQ(per_lot_fee(decimal("0.5"), decimal("0.003"), 3).value(), (Exact{3, 2}));  // Dinar.
}

// 5 lots of EURUSD at 30 a million a side: 550,000 in, 551,500 out.
TEST(VolumeFee, PerMillionASide) {
  const auto in = per_million_fee(cents("550000"), decimal("30")).value();
  const auto out = per_million_fee(cents("551500"), decimal("30")).value();
  EXPECT_EQ(floored(in), "16.50");
  EXPECT_EQ(written(out), "3309/2");  // 16.545
  EXPECT_EQ(floored(add(in, out).value()), "33.04");
}

TEST(VolumeFee, RefusesWhatIsBelowZeroAndWhatDoesNotFit) {
  EXPECT_EQ(tests::outcome(per_lot_fee(decimal("-1"), decimal("7"), 2)),
            "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(per_lot_fee(decimal("1"), decimal("-7"), 2)),
            "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(per_million_fee(-1, decimal("7"))), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(per_million_fee(1, decimal("-7"))), "InvalidInput/not_positive");
  const core::Minor huge = core::power_of_ten(38).value();
  EXPECT_EQ(tests::outcome(per_million_fee(huge + 1, decimal("7"))), "Overflow/overflow");
  EXPECT_EQ(tests::outcome(per_lot_fee({huge, 0}, decimal("7"), 2)), "Overflow/overflow");
}

TEST(VolumeFeeProperty, VolumeMayBeCutInParts) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const core::Decimal rate = core::to_decimal(draw.amount() % 1'000'000, 3);
    const core::Minor all = draw.amount();
    const core::Minor some = draw.part_of(all);
    EXPECT_EQ(per_million_fee(all, rate).value(),
              add(per_million_fee(some, rate).value(), per_million_fee(all - some, rate).value())
                  .value());
    const auto lots = [&](core::Minor volume) {
      return per_lot_fee(core::to_decimal(volume, 8), rate, 2).value();
    };
    EXPECT_EQ(lots(all), add(lots(some), lots(all - some)).value());
  }
}

// Source: FXOptimax offer parameters, http://help.fxoptimax.com/printEntry/133
// (FEE-01-early-withdrawal): half of 5,000.
TEST(ExitFee, FxOptimaxTakesHalfOfAnEarlyWithdrawal) {
  const auto charges = exit_charges(cents("5000"), 0, {decimal("0"), decimal("0.50")}).value();
  EXPECT_EQ(money(charges.penalty), "2500.00");
  EXPECT_EQ(money(charges.paid), "2500.00");
}

TEST(ExitFee, IsTakenOfTheGrossAmountAndDownToTheUnit) {
  const auto charges = exit_charges(999, 100, {decimal("0.01"), decimal("0.1")}).value();
  EXPECT_TRUE(charges.exit_fee == 9 && charges.penalty == 99 && charges.paid == 791);
}

TEST(ExitFee, TakesNoMoreThanIsLeft) {
  const auto charges = exit_charges(100, 30, {decimal("0.4"), decimal("0.5")}).value();
  EXPECT_TRUE(charges.exit_fee == 40 && charges.penalty == 30 && charges.paid == 0);
}

TEST(ExitFee, RefusesWhatIsNoPart) {
  const ExitTerms terms{decimal("0.1"), decimal("0.1")};
  EXPECT_EQ(tests::outcome(exit_charges(-1, 0, terms)), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(exit_charges(10, 11, terms)), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(exit_charges(10, -1, terms)), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(exit_charges(10, 0, {decimal("1.1"), decimal("0")})),
            "InvalidInput/rate_range");
  EXPECT_EQ(tests::outcome(exit_charges(10, 0, {decimal("0"), decimal("-0.1")})),
            "InvalidInput/rate_range");
}

TEST(ExitFeeProperty, AllPartsSumToTheRedemption) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const core::Minor gross = draw.amount();
    const core::Minor fee = draw.part_of(gross);
    const auto charges = exit_charges(gross, fee, {draw.rate(), draw.rate()}).value();
    EXPECT_TRUE(charges.exit_fee >= 0 && charges.penalty >= 0 && charges.paid >= 0);
    EXPECT_TRUE(fee + charges.exit_fee + charges.penalty + charges.paid == gross);
  }
}

}  // namespace
}  // namespace engine::fees
