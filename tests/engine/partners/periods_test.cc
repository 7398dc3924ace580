#include <gtest/gtest.h>

#include "tests/engine/partners/tree.h"

namespace engine::partners {
namespace {

using tests::decimal;

// A client's period; nothing that is "" is stated.
ClientPeriod period_of(std::uint64_t number, const std::string& net_deposits,
                       const std::string& lots, const std::string& revenue = "") {
  const auto stated = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(decimal(text));
  };
  ClientPeriod client;
  client.client = Tree::client(number);
  client.net_deposits = stated(net_deposits);
  client.lots = stated(lots);
  client.revenue = stated(revenue);
  return client;
}

std::string accrue_month(Tree& book, const std::string& from, const std::string& to,
                         std::vector<ClientPeriod> clients) {
  return book.run(AccruePeriod{book.d, Tree::day(from), Tree::day(to), std::move(clients)});
}

// 100 from 500 of net deposits, 250 from 1,000; after 3 lots.
ProgrammeTerms acquisition(bool hybrid) {
  ProgrammeTerms terms;
  terms.acquisition = AcquisitionTerms{
      {{decimal("500"), decimal("100")}, {decimal("1000"), decimal("250")}}, decimal("3"), hybrid};
  return terms;
}

TEST(AcquisitionPay, WaitsForAnActiveClientAndPaysDifferences) {
  Tree book(acquisition(false));
  const auto month = [&](const std::string& deposits, const std::string& lots) {
    const std::string done =
        accrue_month(book, "2026-01-01", "2026-02-01", {period_of(1, deposits, lots)});
    return done == "done" ? book.lines() : done;
  };
  EXPECT_EQ(month("600", "2.99"), "");
  EXPECT_EQ(month("600", "3"), "100");
  EXPECT_EQ(month("600", "3"), "");
  EXPECT_EQ(month("1000", "9"), "150");
  EXPECT_EQ(month("0", "9"), "");
  EXPECT_EQ(month("600", ""), "InvalidInput/missing_field");
  EXPECT_EQ(book.earned(book.d), "250");
}

TEST(HybridPay, IsHalfOfEach) {
  ProgrammeTerms terms = acquisition(true);
  terms.pays = {pay(PayBasis::PerLot, "8")};
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  EXPECT_EQ(book.lines(), "4");
  ASSERT_EQ(accrue_month(book, "2026-01-01", "2026-02-01", {period_of(1, "500", "3")}), "done");
  EXPECT_EQ(book.lines(), "50");
}

// Source: the worked examples, IB-13-negative-carryover: 40 % of 24,300 is 9,720; of -16,500 it is
// -6,600, which is carried; of 20,000 it is then 8,000 - 6,600.
TEST(RevenueShare, ALossIsCarried) {
  ProgrammeTerms terms;
  terms.revenue_share = RevenueShareTerms{decimal("0.4"), true, false};
  Tree book(terms);
  ClientPeriod first = period_of(1, "", "", "27000");
  first.bonus = decimal("1000");
  first.chargebacks = decimal("500");
  first.payment_cost = decimal("1200");
  ASSERT_EQ(accrue_month(book, "2026-01-01", "2026-02-01", {first}), "done");
  EXPECT_EQ(book.lines(), "9720");
  ASSERT_EQ(accrue_month(book, "2026-02-01", "2026-03-01", {period_of(1, "", "", "-16500")}),
            "done");
  EXPECT_EQ(book.lines(), "");
  EXPECT_EQ(core::to_string(book.last<RevenueShared>().at(0).carries), "-6600");
  ASSERT_EQ(accrue_month(book, "2026-03-01", "2026-04-01", {period_of(1, "", "", "20000")}),
            "done");
  EXPECT_EQ(book.lines(), "1400");
  EXPECT_EQ(accrue_month(book, "2026-03-31", "2026-05-01", {}), "Conflict/out_of_order");
}

TEST(RevenueShare, RepaysAcquisitionPayFirst) {
  ProgrammeTerms terms = acquisition(false);
  terms.revenue_share = RevenueShareTerms{decimal("0.5"), false, true};
  Tree book(terms);
  ASSERT_EQ(accrue_month(book, "2026-01-01", "2026-02-01", {period_of(1, "500", "3", "120")}),
            "done");
  EXPECT_EQ(book.lines(), "100");  // 60 of the share repays; 40 are left.
  ASSERT_EQ(accrue_month(book, "2026-02-01", "2026-03-01", {period_of(1, "", "3", "200")}), "done");
  EXPECT_EQ(book.lines(), "60");
}

// 5 a lot, 7 from 100 lots on, whole: 90 lots at 5, 30 at 7, and 90 x 2 at the end of the month.
TEST(TopUp, WholeTiersPayTheEarlierVolumeAtTheEndOfTheMonth) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.tier_mode = VolumeTiers::Whole;
  terms.pays[0].rates[0].tiers = {{decimal("100"), decimal("7")}};
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1", "90", "500")), "done");
  ASSERT_EQ(book.run(Tree::deal("2", "30", "500")), "done");
  EXPECT_EQ(book.lines(), "210");
  EXPECT_EQ(accrue_month(book, "2026-01-01", "2026-01-31", {}), "Conflict/nothing_to_accrue");
  ASSERT_EQ(accrue_month(book, "2026-01-01", "2026-02-01", {}), "done");
  EXPECT_EQ(book.lines(), "180");
  EXPECT_EQ(accrue_month(book, "2026-01-01", "2026-02-01", {}), "Conflict/nothing_to_accrue");
}

TEST(AccruePeriod, RefusesWhatItCannotPay) {
  Tree book(acquisition(false));
  EXPECT_EQ(accrue_month(book, "2026-02-01", "2026-02-01", {}), "InvalidInput/period");
  EXPECT_EQ(accrue_month(book, "2025-01-01", "2025-02-01", {}), "Conflict/no_programme");
  EXPECT_EQ(accrue_month(book, "2026-01-01", "2026-02-01", {period_of(7, "1", "1")}),
            "NotFound/unknown_client");
  book.add_client(Tree::client(2), ClientCategory::Retail);
  EXPECT_EQ(accrue_month(book, "2026-01-01", "2026-02-01", {period_of(2, "1", "1")}),
            "Conflict/wrong_partner");
  EXPECT_EQ(accrue_month(book, "2026-01-01", "2026-02-01",
                         {period_of(1, "1", "1"), period_of(1, "1", "1")}),
            "InvalidInput/clients");
  EXPECT_EQ(accrue_month(book, "2026-01-01", "2026-02-01", {period_of(1, "1", "-1")}),
            "InvalidInput/negative_amount");
  book.state.genesis.profile = "cysec";
  book.state.managers[book.d] = {book.d, "CY"};
  EXPECT_EQ(accrue_month(book, "2026-01-01", "2026-02-01", {period_of(1, "1", "1")}),
            "Conflict/rebate_to_manager");
}

// One lot of 20,000 and one of 20,005: both sides are 40,005, over an equity of 1,000.
TEST(CheckChurn, HoldsWhatTheClientEarnedAboveTheBound) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.churn = ChurnTerms{decimal("40"), {}};
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  const auto check = [&](const std::string& equity) {
    EXPECT_EQ(book.run(CheckChurn{Tree::client(1), book.d, Tree::day("2026-01-01"),
                                  Tree::day("2026-02-01"), decimal(equity)}),
              "done");
    return book.last<ChurnMeasured>().at(0);
  };
  EXPECT_FALSE(check("1001").alert);
  const ChurnMeasured measured = check("1000");
  EXPECT_TRUE(measured.alert && measured.held == 500);
  EXPECT_EQ(core::to_string(measured.notional), "40005");
  EXPECT_EQ(core::to_string(measured.commission), "5");
  EXPECT_TRUE(book.accrued(book.d) == 0 && check("1").held == 0);
  EXPECT_EQ(book.run(CheckChurn{Tree::client(1), book.d, Tree::day("2026-01-01"),
                                Tree::day("2026-02-01"), decimal("0")}),
            "InvalidInput/not_positive");
}

}  // namespace
}  // namespace engine::partners
