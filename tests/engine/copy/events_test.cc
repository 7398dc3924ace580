#include <gtest/gtest.h>

#include "tests/engine/copy/copying.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::copy {
namespace {

using tests::decimal;

// A copy of 0.75 of the master's 1.00, filled.
class Holding : public Copying {
 public:
  Holding() {
    add_copier(1, 7'500);
    EXPECT_EQ(buy("s1", "1"), "done");
    EXPECT_EQ(fill(1, "s1", "a", "0.75"), "done");
  }

  SplitCopies split_of(std::uint64_t numerator, std::uint64_t denominator,
                       const std::string& cash = "") const {
    SplitCopies command;
    command.structure = structure;
    command.symbol = "EURUSD";
    command.split = "e1";
    command.numerator = numerator;
    command.denominator = denominator;
    if (!cash.empty()) command.cash_per_lot = decimal(cash);
    return command;
  }
  AdjustCopies adjustment_of(AdjustmentKind kind, const std::string& per_lot) const {
    AdjustCopies command;
    command.structure = structure;
    command.symbol = "EURUSD";
    command.adjustment = "d1";
    command.kind = kind;
    command.amount_per_lot = decimal(per_lot);
    return command;
  }
};

// 0.75 x 3 / 2 = 1.125: 1.12 and 0.005 of a lot, at 201 for one: 1.005, half to even 1.00.
TEST(SplitCopies, EachCopyIsMultipliedAndTheRestIsCash) {
  Holding book;
  ASSERT_EQ(book.run(book.split_of(3, 2, "201")), "done");
  EXPECT_EQ(book.position(1), "1.12");
  EXPECT_EQ(book.open(1, "s1"), "1.12");
  EXPECT_TRUE(book.lineage("s1").open == 150'000'000);
  EXPECT_TRUE(book.owed(1) == 750'100);
  EXPECT_TRUE(book.balance(std::string(accounts::kClientTradingRealised)) == 100);
  const auto body = book.last<CopySplitAllocated>().at(0);
  EXPECT_TRUE(body.fraction.numerator == 500'000 * body.fraction.denominator);
  EXPECT_EQ(book.asked(), "");
}

// 1.10 for one before is 0.7333.. for one after.
TEST(SplitCopies, ThePriceByWhichExposureIsMeasuredFollows) {
  Holding book;
  ASSERT_EQ(book.run(book.split_of(3, 2)), "done");
  EXPECT_EQ(core::to_string(book.lineage("s1").price), "0.73333333");
  EXPECT_TRUE(book.owed(1) == 750'000);
}

// Half of 0.75 x 1.5 is kept: 0.5625, up to a step.
TEST(SplitCopies, LaterPartsAreOfWhatTheCopyHasNow) {
  Holding book;
  ASSERT_EQ(book.run(book.split_of(3, 2)), "done");
  ASSERT_EQ(book.sell("s2", "0.75"), "done");
  EXPECT_EQ(book.asked(), "0.55");
  ASSERT_EQ(book.close(1, "s2", "c", "0.55"), "done");
  ASSERT_EQ(book.buy("s3", "1"), "done");  // Added after the split.
  EXPECT_EQ(book.sized(), "0.75");
  ASSERT_EQ(book.fill(1, "s3", "b", "0.75"), "done");
  ASSERT_EQ(book.sell("s4", "1.75"), "done");
  EXPECT_EQ(book.asked(), "1.32");
  ASSERT_EQ(book.close(1, "s4", "d", "1.32"), "done");
  EXPECT_EQ(book.position(1), "0");
  EXPECT_TRUE(book.balance(accounts::street(1), "LOT.S1") == 0);
}

// 0.37 of 0.75 are to be closed: 0.74 of 1.50. 0.375 x 2 may be held, which leaves 0.01 more.
TEST(SplitCopies, WhatWasAskedForIsMultipliedToo) {
  Holding book;
  ASSERT_EQ(book.sell("s2", "0.5"), "done");
  EXPECT_EQ(book.asked(), "0.37");
  ASSERT_EQ(book.run(book.split_of(2, 1)), "done");
  EXPECT_TRUE(book.last<CopySplitAllocated>().at(0).asked == 74'000'000);
  EXPECT_EQ(book.asked(), "0.01");
  EXPECT_EQ(book.last<CopyCloseAsked>()[0].reason, CopyCloseReason::Split);
  ASSERT_EQ(book.close(1, "s2", "c", "0.75"), "done");
  ASSERT_EQ(book.sell("s3", "1"), "done");
  EXPECT_EQ(book.asked(), "0.75");
}

TEST(SplitCopies, AConsolidationMayLeaveNothing) {
  Holding book;
  ASSERT_EQ(book.run(book.split_of(1, 1'000, "1000")), "done");
  EXPECT_EQ(book.position(1), "0");
  EXPECT_TRUE(book.lineage("s1").open == 0);
  EXPECT_TRUE(book.owed(1) == 750'000 + 75);  // 0.00075 of a lot.
  ASSERT_EQ(book.sell("s2", "1"), "done");    // Another position.
  EXPECT_EQ(book.last<SignalRecorded>()[0].lineage, "s2");
}

TEST(SplitCopies, TheSameAgainChangesNothing) {
  Holding book;
  ASSERT_EQ(book.run(book.split_of(2, 1)), "done");
  ASSERT_EQ(book.run(book.split_of(2, 1)), "done");
  EXPECT_EQ(book.last_size(), 0u);
  EXPECT_EQ(book.position(1), "1.5");
  EXPECT_EQ(book.run(book.split_of(3, 1)), "Conflict/different_content");
}

TEST(SplitCopies, OrdersMustBeFilledOrOver) {
  Holding book;
  ASSERT_EQ(book.buy("s2", "1"), "done");
  ASSERT_EQ(book.fill(1, "s2", "b", "0.5"), "done");
  EXPECT_EQ(book.run(book.split_of(2, 1)), "Conflict/order_working");
  ASSERT_EQ(book.reject(1, "s2"), "done");
  ASSERT_EQ(book.run(book.split_of(2, 1)), "done");
  EXPECT_EQ(book.position(1), "2.5");
  // What counts other shares is not mixed with them; money may be put right.
  EXPECT_EQ(book.fill(1, "s2", "late", "0.25"), "Conflict/order_split");
  AmendCopy amendment;
  amendment.account = Copying::account(1);
  amendment.fill = "b";
  amendment.lots = decimal("0.4");
  amendment.price = decimal("1.1");
  amendment.reason = "venue";
  EXPECT_EQ(book.run(amendment), "Conflict/order_split");
  amendment.lots = decimal("0.5");
  amendment.commission = decimal("-1");
  EXPECT_EQ(book.run(amendment), "done");
  EXPECT_TRUE(book.owed(1) == 749'900);
}

TEST(SplitCopies, OffersOfBeforeAreWithdrawn) {
  Copying book(Model::CopyConfirmed);
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  SplitCopies command;
  command.structure = book.structure;
  command.symbol = "EURUSD";
  command.split = "e1";
  command.numerator = 2;
  ASSERT_EQ(book.run(command), "done");
  ASSERT_EQ(book.last<CopyOfferEnded>().size(), 1u);
  EXPECT_EQ(book.last<CopyOfferEnded>()[0].end, OfferEnd::Withdrawn);
  EXPECT_TRUE(book.last<CopySplitAllocated>().empty());
}

TEST(SplitCopies, BadOnesAreRefused) {
  Holding book;
  EXPECT_EQ(book.run(book.split_of(0, 1)), "InvalidInput/split");
  EXPECT_EQ(book.run(book.split_of(1, 0)), "InvalidInput/split");
  EXPECT_EQ(book.run(book.split_of(2, 2)), "InvalidInput/split");
  EXPECT_EQ(book.run(book.split_of(1'000'001, 1)), "InvalidInput/split");
  auto command = book.split_of(2, 1, "1");
  command.split = "";
  EXPECT_EQ(book.run(command), "InvalidInput/split");
  command = book.split_of(2, 1, "1");
  command.currency = "EUX";
  EXPECT_EQ(book.run(command), "InvalidInput/unknown_currency");
  command.currency = "USD";
  EXPECT_EQ(book.run(command), "done");  // Nothing is left over, so no rate is needed.
  book.add_symbol("GBPUSD", "EUR");
  command = book.split_of(2, 1);
  command.split = "e2";
  command.symbol = "GBPUSD";
  EXPECT_EQ(book.run(command), "Conflict/no_position");
  command.symbol = "XXX";
  EXPECT_EQ(book.run(command), "NotFound/unknown_symbol");
  command.structure = tests::id<core::StructureId>(1);
  EXPECT_EQ(book.run(command), "NotFound/unknown_structure");
  command = book.split_of(3, 2, "1");
  command.split = "e3";
  command.currency = "USD";
  // 1.50 x 3 / 2 is whole too; by 1 / 7 it is not.
  command.numerator = 1;
  command.denominator = 7;
  EXPECT_EQ(book.run(command), "Conflict/no_rate");
}

TEST(SplitCopies, CashIsOfOneSide) {
  Holding book;
  ASSERT_EQ(book.sell("s2", "1", "q"), "done");
  ASSERT_EQ(book.fill(1, "s2", "b", "0.75"), "done");
  EXPECT_EQ(book.run(book.split_of(3, 2, "1")), "Conflict/both_sides");
  ASSERT_EQ(book.run(book.split_of(3, 2)), "done");
  EXPECT_EQ(book.position(1), "0");
  EXPECT_EQ(book.open(1, "s1"), "1.12");
  EXPECT_EQ(book.open(1, "s2"), "1.12");
}

// 24.01 for a lot: 18.0075 for 0.75.
TEST(AdjustCopies, EachAccountHasItByItsVolume) {
  Holding book;
  book.add_copier(2, 10'000);
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  ASSERT_EQ(book.fill(1, "s2", "b", "0.25"), "done");
  ASSERT_EQ(book.fill(2, "s2", "b", "0.5"), "done");
  ASSERT_EQ(book.run(book.adjustment_of(AdjustmentKind::Dividend, "24.01")), "done");
  EXPECT_TRUE(book.owed(1) == 750'000 + 2'401);
  EXPECT_TRUE(book.owed(2) == 1'000'000 + 1'200);  // 12.005, half to even.
  EXPECT_TRUE(book.balance(std::string(accounts::kClientTradingRealised)) == 3'601);
  EXPECT_TRUE(book.last<CopiesAdjusted>().at(0).volume == 150'000'000);
  ASSERT_EQ(book.run(book.adjustment_of(AdjustmentKind::Dividend, "24.01")), "done");
  EXPECT_EQ(book.last_size(), 0u);
  EXPECT_EQ(book.run(book.adjustment_of(AdjustmentKind::Dividend, "24")),
            "Conflict/different_content");
}

TEST(AdjustCopies, FinancingIsSwapAndSoIsANegativeOne) {
  Holding book;
  ASSERT_EQ(book.run(book.adjustment_of(AdjustmentKind::Financing, "-4")), "done");
  EXPECT_TRUE(book.owed(1) == 750'000 - 300);
  EXPECT_TRUE(book.balance(std::string(accounts::kSwap)) == -300);
  EXPECT_TRUE(book.balance(std::string(accounts::kInterfundClient)) == -300);
}

TEST(AdjustCopies, OnlyTheSideThatIsNamedHasIt) {
  Holding book;
  auto command = book.adjustment_of(AdjustmentKind::Dividend, "24");
  command.side = Side::Sell;
  EXPECT_EQ(book.run(command), "Conflict/no_position");
  command.adjustment = "";
  EXPECT_EQ(book.run(command), "InvalidInput/adjustment");
}

// A dividend of 750 is a result: what is allocated stays 7,500.
TEST(AdjustCopies, ItIsNoFlow) {
  Copying book;
  CopyTerms terms;
  terms.sizing = CopySizing::Allocated;
  book.add_copier(1, 7'500, terms);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "0.75"), "done");
  AdjustCopies command;
  command.structure = book.structure;
  command.symbol = "EURUSD";
  command.adjustment = "d1";
  command.kind = AdjustmentKind::Dividend;
  command.amount_per_lot = decimal("1000");
  ASSERT_EQ(book.run(command), "done");
  SplitCopies split;
  split.structure = book.structure;
  split.symbol = "EURUSD";
  split.split = "e1";
  split.numerator = 3;
  split.denominator = 2;
  split.cash_per_lot = decimal("10000");
  ASSERT_EQ(book.run(split), "done");
  EXPECT_TRUE(book.owed(1) == 750'000 + 75'000 + 5'000);
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  EXPECT_EQ(book.sized(), "0.75");
}

// 0.005 of a lot at 100 USD for one is 0.50 USD; at 0.5 EUR for one it is 0.25 EUR.
TEST(AdjustCopies, MoneyInAnotherCurrencyIsConvertedOnce) {
  Holding book;
  book.state.structures.at(book.structure).server = "demo-1";
  ASSERT_EQ(book.run(RecordPlatformRate{"demo-1", "USD", "EUR", decimal("0.5"), {1}}), "done");
  auto command = book.split_of(3, 2, "100");
  command.currency = "USD";
  ASSERT_EQ(book.run(command), "done");
  EXPECT_TRUE(book.owed(1) == 750'025);
  ASSERT_TRUE(book.last<CopySplitAllocated>().at(0).rate.has_value());
  auto dividend = book.adjustment_of(AdjustmentKind::Dividend, "10");
  dividend.currency = "USD";
  ASSERT_EQ(book.run(dividend), "done");  // 11.20 USD.
  EXPECT_TRUE(book.owed(1) == 750'025 + 560);
}

// Splits, parts, additions and closes in any order; then the master closes all.
TEST(CopySplitProperty, AFullCloseLeavesZeroAfterAnySplits) {
  constexpr core::Minor kStep = 1'000'000;
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    Copying book;
    book.add_copier(1, 100 + static_cast<std::int64_t>(numbers.below(20'000)));
    std::uint64_t count = 0;
    const auto id = [&] { return "n" + std::to_string(++count); };
    const auto lineage = [&]() -> const CopyLineage& { return book.lineage("first"); };
    const auto own = [&]() -> const Copy* {
      const auto copy = lineage().copies.find(Copying::account(1));
      return copy == lineage().copies.end() ? nullptr : &copy->second;
    };
    const auto fill_all = [&] {
      for (const CopySized& sized : book.last<CopySized>()) {
        ASSERT_EQ(book.fill(1, sized.signal, id(), Copying::lots(sized.volume)), "done");
      }
    };
    const auto close_asked = [&] {
      const Copy* copy = own();
      if (copy == nullptr || copy->asked <= copy->closed) return;
      auto command =
          book.close_of(1, "first", id(), Copying::lots(copy->asked - copy->closed), "1");
      ASSERT_EQ(book.run(command), "done");
    };
    ASSERT_EQ(book.buy("first", "1"), "done");
    fill_all();
    for (int i = 0; i < 8 && lineage().open > kStep; ++i) {
      const auto choice = numbers.below(4);
      if (choice == 0) {
        SplitCopies split;
        split.structure = book.structure;
        split.symbol = "EURUSD";
        split.split = id();
        split.numerator = 1 + numbers.below(5);
        split.denominator = split.numerator == 3 ? 2 : 3;
        split.cash_per_lot = decimal("7");
        const auto done = book.run(split);
        ASSERT_EQ(done, split.numerator == split.denominator ? "InvalidInput/split" : "done");
      } else if (choice == 1) {
        ASSERT_EQ(book.buy(id(), "0.37"), "done");
        fill_all();
      } else if (choice == 2) {
        const auto part = static_cast<core::Minor>(
            1 + numbers.below(static_cast<std::uint64_t>(lineage().open / kStep)));
        if (part * kStep < lineage().open) {
          ASSERT_EQ(book.sell(id(), Copying::lots(part * kStep)), "done");
        }
      } else {
        close_asked();
      }
      const Copy* copy = own();
      if (copy == nullptr) continue;
      EXPECT_TRUE(copy->closed <= copy->asked && copy->asked <= copy->filled);
      const auto kept = kept_volume(Kept(lineage().reductions), *copy, lineage().lot_step);
      EXPECT_TRUE(copy->filled - copy->asked <= kept.value());
      EXPECT_EQ(book.position(1), Copying::lots(open_volume(*copy)));
    }
    if (lineage().open > 0) {
      ASSERT_EQ(book.sell("last", Copying::lots(lineage().open)), "done");
    }
    close_asked();
    EXPECT_EQ(book.position(1), "0");
    EXPECT_TRUE(book.balance(accounts::street(1), "LOT.S1") == 0);
  }
}

}  // namespace
}  // namespace engine::copy
