#include <gtest/gtest.h>

#include "tests/engine/copy/copying.h"

namespace engine::copy {
namespace {

using tests::decimal;

CopyTerms with_stops(const std::string& soft, const std::string& hard) {
  CopyTerms terms;
  if (!soft.empty()) terms.soft_stop = decimal(soft);
  if (!hard.empty()) terms.hard_stop = decimal(hard);
  return terms;
}

std::string check(Copying& book) {
  CheckCopyStops command;
  command.structure = book.structure;
  return book.run(command);
}

TEST(CopyStops, ASoftStopCopiesNoMoreAndClosesNothing) {
  Copying book;
  book.add_copier(1, 10'000, with_stops("0.6", ""));
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.equity(1, "6000.01"), "done");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.stopped(), "");
  ASSERT_EQ(book.equity(1, "6000"), "done");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.stopped(), "soft");
  EXPECT_EQ(book.asked(), "");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.last_size(), 0u);  // Once.
  ASSERT_EQ(book.buy("s2", "1"), "done");
  EXPECT_EQ(book.skipped(), "stopped");
  ASSERT_EQ(book.sell("s3", "2"), "done");
  EXPECT_EQ(book.asked(), "1");
}

TEST(CopyStops, AHardStopClosesAllAndDisconnects) {
  Copying book;
  book.add_copier(1, 10'000, with_stops("0.6", "0.5"));
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.fill(1, "s2", "b", "0.4"), "done");
  ASSERT_EQ(book.equity(1, "5000"), "done");
  CheckCopyStops command;
  command.account = Copying::account(1);
  ASSERT_EQ(book.run(command), "done");
  EXPECT_EQ(book.stopped(), "hard");
  EXPECT_EQ(book.asked(), "1 0.4");
  // What fills later is closed at once; what the master closes is not asked twice.
  ASSERT_EQ(book.fill(1, "s2", "c", "0.6"), "done");
  EXPECT_EQ(book.asked(), "0.6");
  ASSERT_EQ(book.sell("s3", "1"), "done");
  EXPECT_EQ(book.asked(), "");
}

// His platform closed the lot; the master still holds his. Then 0.6 of that close never were.
TEST(CopyStops, WhatOpensAgainAfterAHardOneIsClosed) {
  Copying book;
  book.add_copier(1, 10'000, with_stops("", "0.5"));
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.close(1, "s1", "c", "1"), "done");
  ASSERT_EQ(book.run(StopCopying{Copying::account(1), true}), "done");
  EXPECT_EQ(book.asked(), "");
  AmendCopy amendment;
  amendment.account = Copying::account(1);
  amendment.close = "c";
  amendment.lots = decimal("0.4");
  amendment.price = decimal("1.2");
  amendment.reason = "amended";
  ASSERT_EQ(book.run(amendment), "done");
  EXPECT_EQ(book.asked(), "0.6");
}

TEST(CopyStops, AnOrderOfAfterwardsIsNotCut) {
  Copying book;
  book.add_copier(1, 10'000, with_stops("", "0.5"));
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.close(1, "s1", "c", "1"), "done");
  ASSERT_EQ(book.run(StopCopying{Copying::account(1), true}), "done");
  ASSERT_EQ(book.set_terms(1, with_stops("", "0.5")), "done");
  ASSERT_EQ(book.buy("s2", "1"), "done");
  ASSERT_EQ(book.fill(1, "s2", "b", "1"), "done");
  EXPECT_EQ(book.asked(), "");
  EXPECT_TRUE(book.copy(1, "s1").orders.at("s1").cut);
  EXPECT_FALSE(book.copy(1, "s1").orders.at("s2").cut);
}

// Positions that are over cost a stop, an adjustment and a split nothing.
TEST(CopyStops, WhatIsOverIsInNoIndex) {
  Copying book(Model::CopyConfirmed);
  book.add_copier(1, 10'000);
  for (int i = 0; i < 50; ++i) {
    const std::string name = std::to_string(i);
    ASSERT_EQ(book.buy("b" + name, "1", name), "done");
    ASSERT_EQ(book.run(ConfirmCopy{Copying::account(1), "b" + name}), "done");
    ASSERT_EQ(book.fill(1, "b" + name, "f" + name, "1"), "done");
    ASSERT_EQ(book.sell("s" + name, "1", name), "done");
    ASSERT_EQ(book.close(1, "s" + name, "c" + name, "1"), "done");
  }
  const CopyMaster& master = book.state.copy->masters.at(book.structure);
  EXPECT_EQ(master.lineages.size(), 50u);
  EXPECT_TRUE(master.working.empty() && master.committed.empty());
  EXPECT_TRUE(book.state.copy->expiries.empty());
  EXPECT_TRUE(master.lineages.at("b0").committed.empty() &&
              master.lineages.at("b0").offers.empty());
}

TEST(CopyStops, TheHardOneFollowsTheSoftOne) {
  Copying book;
  book.add_copier(1, 10'000, with_stops("0.6", "0.5"));
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.equity(1, "5500"), "done");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.stopped(), "soft");
  EXPECT_EQ(book.asked(), "");
  ASSERT_EQ(book.equity(1, "5000.01"), "done");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.stopped(), "");
  ASSERT_EQ(book.equity(1, "5000"), "done");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.stopped(), "hard");
  EXPECT_EQ(book.asked(), "1");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.last_size(), 0u);
}

TEST(CopyStops, BelowBothLevelsTheHardOneCounts) {
  Copying book;
  book.add_copier(1, 10'000, with_stops("0.6", "0.6"));
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.equity(1, "6000"), "done");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.stopped(), "hard");
  EXPECT_EQ(book.asked(), "1");
}

TEST(CopyStops, TheNextSignalMeasuresThemFirst) {
  Copying book;
  book.add_copier(1, 10'000, with_stops("", "0.5"));
  book.add_copier(2, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.fill(2, "s1", "a", "1"), "done");
  ASSERT_EQ(book.equity(1, "4000"), "done");
  ASSERT_EQ(book.sell("s2", "3"), "done");  // A reversal: its close asks each of the two once.
  EXPECT_EQ(book.stopped(), "hard");
  EXPECT_EQ(book.asked(), "1 1");
  EXPECT_EQ(book.skipped(), "stopped");
  EXPECT_EQ(book.sized(), "2");
  EXPECT_TRUE(book.copy(1, "s1").asked == book.copy(1, "s1").filled);
  EXPECT_TRUE(book.copy(2, "s1").asked == book.copy(2, "s1").filled);
}

TEST(CopyStops, NewTermsLiftAStopAndSetTheBaseAgain) {
  Copying book;
  book.add_copier(1, 10'000, with_stops("0.6", ""));
  ASSERT_EQ(book.equity(1, "6000"), "done");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.stopped(), "soft");
  ASSERT_EQ(book.set_terms(1, with_stops("0.6", "")), "done");
  EXPECT_EQ(book.last<CopyTermsSet>()[0].version, 2u);
  EXPECT_TRUE(book.last<CopyTermsSet>()[0].base == 600'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "0.6");
}

// 10,000 with a stop at 6,000; 5,000 come: at 9,000 of 15,000.
TEST(CopyStops, TheBaseMayFollowFlows) {
  for (const bool follows : {false, true}) {
    Copying book;
    CopyTerms terms = with_stops("0.6", "");
    terms.base_on_flow = follows;
    book.add_copier(1, 10'000, terms);
    ASSERT_EQ(book.buy("s1", "1"), "done");
    ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
    ASSERT_EQ(book.close(1, "s1", "c", "1", "-1000"), "done");  // A result is no flow.
    book.post(std::string(Copying::kBank), accounts::wallet(tests::client_id(1)), "EUR", 500'000);
    ASSERT_EQ(book.run(FundAccount{Copying::account(1), decimal("5000")}), "done");
    ASSERT_EQ(book.equity(1, "9000"), "done");
    ASSERT_EQ(check(book), "done");
    EXPECT_EQ(book.stopped(), follows ? "soft" : "");
  }
}

// 10,000, and 15,000 won, of which 12,000 go: of -2,000 there is no half. Of the 10,000 it is
// 5,000.
TEST(CopyStops, ABaseThatFlowedAwayIsTheOneThatWasSet) {
  Copying book;
  CopyTerms terms = with_stops("", "0.5");
  terms.base_on_flow = true;
  book.add_copier(1, 10'000, terms);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.close(1, "s1", "c", "1", "15000"), "done");
  ASSERT_EQ(book.run(DefundAccount{Copying::account(1), decimal("12000")}), "done");
  ASSERT_EQ(book.equity(1, "5000.01"), "done");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.stopped(), "");
  ASSERT_EQ(book.equity(1, "5000"), "done");
  ASSERT_EQ(check(book), "done");
  EXPECT_EQ(book.stopped(), "hard");
}

TEST(CopyStops, TheClientMayStopByHimself) {
  Copying book;
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.fill(1, "s1", "a", "1"), "done");
  ASSERT_EQ(book.run(StopCopying{Copying::account(1), false}), "done");
  EXPECT_EQ(book.asked(), "");
  EXPECT_EQ(book.run(StopCopying{Copying::account(1), false}), "Conflict/stopped");
  ASSERT_EQ(book.run(StopCopying{Copying::account(1), true}), "done");
  EXPECT_EQ(book.asked(), "1");
  EXPECT_TRUE(book.last<CopyStopped>()[0].by_client);
  EXPECT_EQ(book.run(StopCopying{Copying::account(1), true}), "Conflict/stopped");
}

TEST(CheckCopyStops, ItNamesOneOrAll) {
  Copying book;
  book.add_copier(1, 10'000);
  EXPECT_EQ(book.run(CheckCopyStops{}), "InvalidInput/missing_field");
  EXPECT_EQ(book.run(CheckCopyStops{book.structure, Copying::account(1), {}}),
            "InvalidInput/missing_field");
  EXPECT_EQ(book.run(CheckCopyStops{book.structure, {}, decimal("1")}),
            "InvalidInput/unused_field");
  EXPECT_EQ(book.run(CheckCopyStops{{}, Copying::account(9), {}}), "NotFound/unknown_account");
}

TEST(CheckCopyStops, TheFreeMarginMeasuredSizesTheNextCopy) {
  Copying book;
  CopyTerms terms;
  terms.sizing = CopySizing::FreeMargin;
  book.add_copier(1, 10'000, terms);
  ValueMaster master;
  master.structure = book.structure;
  master.equity = decimal("10000");
  master.free_margin = decimal("8000");
  ASSERT_EQ(book.run(master), "done");
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.skipped(), "no_basis");
  ASSERT_EQ(book.run(CheckCopyStops{{}, Copying::account(1), decimal("2000")}), "done");
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  EXPECT_EQ(book.sized(), "0.25");
}

TEST(SetCopyTerms, TermsWithoutSenseAreRefused) {
  Copying book;
  book.add_account(1, 0);
  EXPECT_EQ(book.set_terms(1, {}), "Conflict/no_equity");
  book.add_account(2, 1'000);
  const auto outcome = [&](const std::function<void(CopyTerms&)>& change) {
    CopyTerms terms;
    change(terms);
    return book.set_terms(2, terms);
  };
  EXPECT_EQ(outcome([](CopyTerms& t) { t.parameter = decimal("1"); }), "InvalidInput/unused_field");
  EXPECT_EQ(outcome([](CopyTerms& t) { t.sizing = CopySizing::FixedLots; }),
            "InvalidInput/missing_field");
  EXPECT_EQ(outcome([](CopyTerms& t) {
              t.sizing = CopySizing::FixedRisk;
              t.parameter = decimal("1.01");
            }),
            "InvalidInput/rate_range");
  EXPECT_EQ(outcome([](CopyTerms& t) {
              t.sizing = CopySizing::FixedLots;
              t.parameter = decimal("1");
              t.ratio = decimal("1");
            }),
            "InvalidInput/unused_field");
  EXPECT_EQ(outcome([](CopyTerms& t) {
              t.sizing = CopySizing::FixedLots;
              t.parameter = decimal("1");
              t.rounding = CopyRounding::Mql5Ladder;
            }),
            "InvalidInput/rounding");
  EXPECT_EQ(outcome([](CopyTerms& t) { t.leverage_guard = true; }), "InvalidInput/missing_field");
  EXPECT_EQ(outcome([](CopyTerms& t) { t.ratio = decimal("0"); }), "InvalidInput/not_positive");
  EXPECT_EQ(outcome([](CopyTerms& t) { t.max_lots = decimal("-1"); }), "InvalidInput/not_positive");
  EXPECT_EQ(outcome([](CopyTerms& t) { t.soft_stop = decimal("1.1"); }), "InvalidInput/rate_range");
  EXPECT_EQ(outcome([](CopyTerms& t) {
              t.soft_stop = decimal("0.5");
              t.hard_stop = decimal("0.6");
            }),
            "InvalidInput/stop_levels");
  EXPECT_EQ(outcome([](CopyTerms& t) { t.confirm_seconds = 0; }), "InvalidInput/confirm_seconds");
  EXPECT_EQ(outcome([](CopyTerms& t) { t.confirm_seconds = 604'801; }),
            "InvalidInput/confirm_seconds");
  EXPECT_EQ(outcome([](CopyTerms& t) { t.base = decimal("0.001"); }), "InvalidInput/precision");
  EXPECT_EQ(outcome([](CopyTerms&) {}), "done");
}

}  // namespace
}  // namespace engine::copy
