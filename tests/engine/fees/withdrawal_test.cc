#include "engine/fees/withdrawal.h"

#include <gtest/gtest.h>

#include "engine/fees/crystallisation.h"
#include "engine/fees/performance_fee.h"
#include "tests/engine/fees/support.h"
#include "tests/support/outcome.h"

namespace engine::fees {
namespace {

using tests::fees::cents;
using tests::fees::decimal;
using tests::fees::Draw;
using tests::fees::floored;
using tests::fees::money;

constexpr WithdrawalRule kAll[] = {WithdrawalRule::ProportionalRestore,
                                   WithdrawalRule::Proportional, WithdrawalRule::Absolute};

// "mark/released".
std::string after(WithdrawalRule rule, std::string_view equity, std::string_view mark,
                  std::string_view withdrawn) {
  const auto result =
      mark_after_withdrawals(rule, cents(equity), cents(mark), cents(withdrawn)).value();
  return money(result.mark) + "/" + money(result.released);
}

// Source: cTrader forum 37838, https://ctrader.jp/forum/ctrader-copy/37838
// (WD-01-ctrader-absolute): 120 - 40 = 80; the proportional rule gives 120 x 66/106 = 74.717,
// rounded up.
TEST(Withdrawal, CTraderTakesTheAmountOffTheMark) {
  EXPECT_EQ(after(WithdrawalRule::Absolute, "106", "120", "40"), "80.00/0.00");
  EXPECT_EQ(after(WithdrawalRule::Proportional, "106", "120", "40"), "74.72/0.00");
}

// Source: the worked examples, WD-05-absolute-vs-proportional (derived): the return needed before
// the next fee is 14/66 under the absolute rule, and 14/106 as before under the proportional one.
TEST(Withdrawal, TheReturnNeededGrowsUnderTheAbsoluteRuleAlone) {
  EXPECT_EQ(after(WithdrawalRule::Absolute, "106000000", "120000000", "40000000"),
            "80000000.00/0.00");
  EXPECT_EQ(after(WithdrawalRule::Proportional, "106000000", "120000000", "40000000"),
            "74716981.14/0.00");  // 74,716,981.1321, up.
}

// Source: OrderBook, five scenarios,
// https://support.orderbook.finance/en/support/solutions/articles/67000679135
// (WD-03-orderbook-scenarios): the distance to the mark is constant in money below it, and the mark
// is the balance at or above it. Here the latter holds at the mark; above it the mark falls in
// proportion under every rule (ruling 4).
TEST(Withdrawal, OrderBookKeepsTheDistance) {
  EXPECT_EQ(after(WithdrawalRule::Absolute, "800", "1000", "300"), "700.00/0.00");
  EXPECT_EQ(after(WithdrawalRule::Absolute, "1000", "1000", "300"), "700.00/0.00");
}

// Source: Pacifica vault docs: Profit & Loss, https://docs.pacifica.fi/vaults/profit-and-loss.md
// (FLOW-01-pacifica-hwm-flows): a deposit of 200 makes 1,200 of 1,000, then 150 leave.
TEST(Withdrawal, PacificaTakesTheGrossAmountOff) {
  EXPECT_EQ(after(WithdrawalRule::Absolute, "1100", "1200", "150"), "1050.00/0.00");
}

// Source: the worked examples, WD-06-withdraw-redeposit-restore (derived): equity 80, mark 100, 40
// out and in again.
TEST(Withdrawal, ARoundTripBelowTheMark) {
  EXPECT_EQ(after(WithdrawalRule::Absolute, "80", "100", "40"), "60.00/0.00");
  EXPECT_EQ(after(WithdrawalRule::Proportional, "80", "100", "40"), "50.00/0.00");
  EXPECT_EQ(after(WithdrawalRule::ProportionalRestore, "80", "100", "40"), "50.00/10.00");
  EXPECT_EQ(money(restored_in_all(cents("40"), cents("10"), cents("40")).value()), "10.00");

  // With the money back the marks are 100, 90 and 100; a return of 25 % takes the equity to 100.
  const auto fee = [](std::string_view mark) {
    return floored(performance_fee({one_rate(decimal("0.20")), {}}, cents("100"), cents(mark), {})
                       .value()
                       .fee);
  };
  EXPECT_EQ(fee("100"), "0.00");
  EXPECT_EQ(fee("90"), "2.00");
}

// Source: the managed-account rules, ruling 4: above the mark it is H x (E - W) / E under every
// rule.
TEST(Withdrawal, AtAGainAllRulesAreOne) {
  for (const WithdrawalRule rule : kAll) {
    EXPECT_EQ(after(rule, "12000", "10000", "3000"), "7500.00/0.00");
    EXPECT_EQ(after(rule, "12000", "10000", "12000"), "0.00/0.00");
    EXPECT_EQ(after(rule, "3", "1", "1"), "0.67/0.00");
  }
}

TEST(Withdrawal, AFullExitAtALoss) {
  EXPECT_EQ(after(WithdrawalRule::ProportionalRestore, "80", "100", "80"), "0.00/20.00");
  EXPECT_EQ(after(WithdrawalRule::Proportional, "80", "100", "80"), "0.00/0.00");
  // The loss stays to be recovered, by whatever comes back.
  EXPECT_EQ(after(WithdrawalRule::Absolute, "80", "100", "80"), "20.00/0.00");
}

TEST(Withdrawal, AHoldingThatIsWorthNothingKeepsItsMark) {
  for (const WithdrawalRule rule : kAll) {
    EXPECT_EQ(after(rule, "0", "100", "0"), "100.00/0.00");
    EXPECT_EQ(after(rule, "-5", "100", "0"), "100.00/0.00");
  }
}

TEST(Withdrawal, RefusesMoreThanTheEquityAndLessThanNothing) {
  for (const WithdrawalRule rule : kAll) {
    for (const core::Minor mark : {50, 200}) {
      EXPECT_EQ(tests::outcome(mark_after_withdrawals(rule, 100, mark, 101)),
                "InvalidInput/not_positive");
      EXPECT_EQ(tests::outcome(mark_after_withdrawals(rule, 100, mark, -1)),
                "InvalidInput/not_positive");
    }
    EXPECT_EQ(tests::outcome(mark_after_withdrawals(rule, -100, 50, -50)),
              "InvalidInput/not_positive");
  }
  EXPECT_EQ(tests::outcome(restored_in_all(10, 5, 11)), "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(restored_in_all(10, 5, -1)), "InvalidInput/not_positive");
}

TEST(Restored, ComesBackInProportionRoundedUp) {
  EXPECT_TRUE(restored_in_all(10, 3, 0).value() == 0);
  EXPECT_TRUE(restored_in_all(10, 3, 1).value() == 1);
  EXPECT_TRUE(restored_in_all(10, 3, 2).value() == 1);
  EXPECT_TRUE(restored_in_all(10, 3, 4).value() == 2);
  EXPECT_TRUE(restored_in_all(10, 3, 10).value() == 3);
  EXPECT_TRUE(restored_in_all(0, 3, 0).value() == 3);
}

// Source: the worked examples, WD-04-prorata-crystallisation (derived): equity 12,000, mark 10,000,
// 20 %, 3,000 leave.
TEST(Crystallisation, ProRataOrFull) {
  const Exact fee =
      performance_fee({one_rate(decimal("0.20")), {}}, cents("12000"), cents("10000"), {})
          .value()
          .fee;
  EXPECT_EQ(fee, whole(cents("400")));
  const auto part = crystallised(Crystallisation::ProRata, fee, cents("12000"), cents("3000"));
  EXPECT_EQ(money(part.value()), "100.00");  // 2,900 are paid out.
  // What stays, 9,000 over a mark of 7,500, still owes 300: together 400.
  EXPECT_EQ(after(WithdrawalRule::Proportional, "12000", "10000", "3000"), "7500.00/0.00");

  const auto full = crystallised(Crystallisation::Full, fee, cents("12000"), cents("3000"));
  EXPECT_EQ(money(full.value()), "400.00");
  // The mark is the 11,600 after the fee, and 8,600 once 3,000 have left.
  EXPECT_EQ(after(WithdrawalRule::Proportional, "11600", "11600", "3000"), "8600.00/0.00");
}

TEST(Crystallisation, NothingWithoutAWithdrawalAndDownToTheUnit) {
  EXPECT_TRUE(crystallised(Crystallisation::Full, whole(400), 12'000, 0).value() == 0);
  EXPECT_TRUE(crystallised(Crystallisation::ProRata, whole(400), 0, 0).value() == 0);
  EXPECT_TRUE(crystallised(Crystallisation::ProRata, {1'999, 5}, 3, 1).value() == 133);  // 133.27
  EXPECT_TRUE(crystallised(Crystallisation::Full, {1'999, 5}, 3, 1).value() == 399);
}

TEST(Crystallisation, RefusesMoreThanTheEquity) {
  EXPECT_EQ(tests::outcome(crystallised(Crystallisation::Full, whole(1), 5, 6)),
            "InvalidInput/not_positive");
  EXPECT_EQ(tests::outcome(crystallised(Crystallisation::ProRata, whole(1), 5, -1)),
            "InvalidInput/not_positive");
}

struct Position {
  core::Minor equity;
  core::Minor mark;
};

Position drawn(Draw& draw) {
  const core::Minor equity = draw.amount();
  const core::Minor mark = draw.below(3) == 0 ? draw.amount() : equity + draw.part_of(equity);
  return {equity, mark};
}

// Any sequence of withdrawals at one price: the last word is that of their sum.
TEST(WithdrawalProperty, OrderAndNumberOfWithdrawalsChangeNothing) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Position at = drawn(draw);
    const auto rule = static_cast<WithdrawalRule>(draw.below(3));
    const Exact fee{draw.part_of(at.equity), 1 + draw.part_of(365)};
    const std::uint64_t cuts = 1 + draw.below(5);
    core::Minor withdrawn = 0;
    core::Minor mark = at.mark;
    core::Minor released = 0;
    core::Minor paid = 0;
    for (std::uint64_t i = 0; i < cuts; ++i) {
      const MarkAfterWithdrawal before =
          mark_after_withdrawals(rule, at.equity, at.mark, withdrawn).value();
      const core::Minor fee_before =
          crystallised(Crystallisation::ProRata, fee, at.equity, withdrawn).value();
      withdrawn += draw.part_of(at.equity - withdrawn);
      const MarkAfterWithdrawal now =
          mark_after_withdrawals(rule, at.equity, at.mark, withdrawn).value();
      // Each withdrawal only ever takes away, adds to the loss, and costs.
      EXPECT_TRUE(now.mark <= before.mark);
      EXPECT_TRUE(now.released >= before.released);
      mark += now.mark - before.mark;
      released += now.released - before.released;
      const core::Minor fee_now =
          crystallised(Crystallisation::ProRata, fee, at.equity, withdrawn).value();
      EXPECT_TRUE(fee_now >= fee_before);
      paid += fee_now - fee_before;
    }
    const auto once = mark_after_withdrawals(rule, at.equity, at.mark, withdrawn).value();
    EXPECT_TRUE(mark == once.mark && released == once.released);
    EXPECT_TRUE(paid == crystallised(Crystallisation::ProRata, fee, at.equity, withdrawn).value());
    EXPECT_TRUE(paid <= floor_of(fee).value());
  }
}

TEST(WithdrawalProperty, ARoundTripAtOnePriceChangesNothingBelowTheMark) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    Position at = drawn(draw);
    at.mark = std::max(at.mark, at.equity);
    const core::Minor out = draw.part_of(at.equity);
    for (const auto rule : {WithdrawalRule::Absolute, WithdrawalRule::ProportionalRestore}) {
      const auto left = mark_after_withdrawals(rule, at.equity, at.mark, out).value();
      // The money comes back in two deposits, each with its part of the loss.
      const core::Minor first = draw.part_of(out);
      core::Minor mark = left.mark + first;
      const core::Minor part = restored_in_all(out, left.released, first).value();
      mark += part + (out - first);
      mark += restored_in_all(out, left.released, out).value() - part;
      EXPECT_TRUE(mark == at.mark);
    }
  }
}

// The share of a fee that is not crystallised is owed by what stays: nothing is lost or made, but
// for a mark rounded up by less than a unit.
TEST(WithdrawalProperty, ProRataLeavesTheRestOfTheFeeToWhatStays) {
  for (std::uint64_t seed = 0; seed < tests::fees::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const core::Decimal rate = draw.rate();
    const core::Minor mark = draw.amount();
    const core::Minor equity = mark + 1 + draw.amount();
    const core::Minor out = draw.part_of(equity);
    const PerformanceTerms terms{one_rate(rate), {}};
    const Exact fee = performance_fee(terms, equity, mark, {}).value().fee;
    const Exact taken = multiply(fee, Exact{out, equity}).value();
    const auto left =
        mark_after_withdrawals(WithdrawalRule::Proportional, equity, mark, out).value();
    const Exact rest = performance_fee(terms, equity - out, left.mark, {}).value().fee;
    const Exact lost = subtract(fee, add(taken, rest).value()).value();
    EXPECT_TRUE(lost.numerator >= 0);
    EXPECT_TRUE(compare(lost, whole(1)).value() < 0);
  }
}

}  // namespace
}  // namespace engine::fees
