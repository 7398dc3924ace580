#include <gtest/gtest.h>

#include "tests/engine/partners/tree.h"

namespace engine::partners {
namespace {

using tests::decimal;

std::string published(const std::function<void(ProgrammeTerms&)>& change) {
  Tree book;
  ProgrammeTerms terms = paying(PayBasis::Commission, "0.5");
  change(terms);
  return book.run(PublishProgramme{book.programme, book.start, "EUR", terms});
}

TEST(PublishProgramme, RefusesTermsThatCannotBeKept) {
  EXPECT_EQ(published([](auto&) {}), "done");
  EXPECT_EQ(published([](auto& terms) { terms.pays.clear(); }), "InvalidInput/pays");
  EXPECT_EQ(published([](auto& terms) { terms.pays[0].rates.clear(); }), "InvalidInput/rates");
  EXPECT_EQ(published([](auto& terms) { terms.pays[0].rates[0].rate = decimal("1.01"); }),
            "InvalidInput/rate_range");
  EXPECT_EQ(published([](auto& terms) { terms.pays[0].rates[0].symbol = "X"; }),
            "NotFound/unknown_symbol");
  EXPECT_EQ(published([](auto& terms) { terms.pays[0].rates[0].group = "g"; }),
            "InvalidInput/rates");
  EXPECT_EQ(published([](auto& terms) { terms.pays[0].rates.push_back(terms.pays[0].rates[0]); }),
            "InvalidInput/rates");
  EXPECT_EQ(published([](auto& terms) {
              terms.pays[0].rates[0].tiers = {{decimal("5"), decimal("0.6")},
                                              {decimal("5"), decimal("0.7")}};
            }),
            "InvalidInput/tiers");
  EXPECT_EQ(published([](auto& terms) {
              terms.groups = {{"g", {"GER40"}}, {"h", {"GER40"}}};
            }),
            "InvalidInput/groups");
  EXPECT_EQ(published([](auto& terms) {
              terms.tree = TreeTerms{TreeMode::Ratio, {}, {}, false};
            }),
            "InvalidInput/levels");
  EXPECT_EQ(published([](auto& terms) { terms.revenue_cap = decimal("1.1"); }),
            "InvalidInput/rate_range");
  EXPECT_EQ(published([](auto& terms) {
              terms.gates = DealGates{};
              terms.gates->max_per_lot = decimal("-1");
            }),
            "InvalidInput/negative_amount");
  EXPECT_EQ(published([](auto& terms) { terms.acquisition = AcquisitionTerms{}; }),
            "InvalidInput/ladder");
  EXPECT_EQ(published([](auto& terms) {
              terms.payout = PayoutTerms{PayoutCycle::Daily, decimal("0"), 4000, {}};
            }),
            "InvalidInput/days_range");
  EXPECT_EQ(published([](auto& terms) {
              terms.churn = ChurnTerms{decimal("0"), {}};
            }),
            "InvalidInput/not_positive");
}

TEST(PublishProgramme, WholeTiersStandBesideNoBoundOfADeal) {
  const auto whole = [](const std::function<void(DealGates&)>& change) {
    return published([&](ProgrammeTerms& terms) {
      terms.tier_mode = VolumeTiers::Whole;
      terms.gates = DealGates{};
      change(*terms.gates);
    });
  };
  EXPECT_EQ(whole([](auto&) {}), "done");
  EXPECT_EQ(whole([](auto& gates) { gates.max_per_lot = decimal("3"); }),
            "InvalidInput/whole_tiers");
  EXPECT_EQ(whole([](auto& gates) { gates.max_of_deposits = decimal("0.5"); }),
            "InvalidInput/whole_tiers");
  EXPECT_EQ(whole([](auto& gates) { gates.max_of_loss = decimal("0.5"); }),
            "InvalidInput/whole_tiers");
}

TEST(PublishProgramme, LevelsHaveNoMoreThanAllBetweenThem) {
  const auto ratio = [](const std::vector<std::string>& levels) {
    return published([&](ProgrammeTerms& terms) {
      terms.tree = TreeTerms{TreeMode::Ratio, decimals(levels), {}, false};
    });
  };
  EXPECT_EQ(ratio({"0.7", "0.3"}), "done");
  EXPECT_EQ(ratio({"0.7", "0.3", "0.01"}), "InvalidInput/shares_sum");
}

TEST(PublishProgramme, ANewVersionRulesFromItsTimeOn) {
  Tree book(paying(PayBasis::PerLot, "5"));
  const auto version = [&](const std::string& from, const std::string& rate) {
    return book.run(
        PublishProgramme{book.programme, Tree::at(from), "EUR", paying(PayBasis::PerLot, rate)});
  };
  EXPECT_EQ(version("2026-01-01", "6"), "Conflict/out_of_order");
  ASSERT_EQ(version("2026-01-06", "6"), "done");
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  EXPECT_EQ(book.lines(), "5");
  RecordPartnerDeal later = Tree::deal("2");
  later.opened_at = Tree::at("2026-01-06");
  later.closed_at = Tree::at("2026-01-07");
  ASSERT_EQ(book.run(later), "done");
  EXPECT_EQ(book.lines(), "6");
  EXPECT_EQ(book.leg().version, 2u);
  EXPECT_EQ(book.run(PublishProgramme{book.programme, Tree::at("2026-02-01"), "USD",
                                      paying(PayBasis::PerLot, "6")}),
            "Conflict/programme_currency");
}

TEST(Programmes, NothingChangesUnderDealsThatHavePaid) {
  Tree book(paying(PayBasis::PerLot, "5"));
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  const core::Instant before = Tree::at("2026-01-02");
  EXPECT_EQ(book.run(SetPartnerParent{book.d, book.b, before}), "Conflict/retroactive");
  EXPECT_EQ(book.run(AssignProgramme{book.d, book.programme, before, {}}), "Conflict/retroactive");
  EXPECT_EQ(book.run(AttributeClient{Tree::client(1), book.c, before, false}),
            "Conflict/retroactive");
  EXPECT_EQ(
      book.run(PublishProgramme{book.programme, before, "EUR", paying(PayBasis::PerLot, "6")}),
      "Conflict/retroactive");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "wrong parent"}), "done");
  EXPECT_EQ(book.run(SetPartnerParent{book.d, book.b, before}), "done");
}

// C has nothing between D's 60 % and B's 80 %, and the deal rests on his place all the same.
TEST(Programmes, NothingChangesForWhoStandsInTheChainUnpaid) {
  Tree book;
  ASSERT_EQ(book.run(PublishProgramme{book.programme, book.start, "EUR",
                                      paying(PayBasis::Commission, "1")}),
            "done");
  const std::vector<std::pair<core::PartyId, std::string>> shares{
      {book.b, "0.8"}, {book.c, "0.6"}, {book.d, "0.6"}};
  for (const auto& [partner, share] : shares) {
    ASSERT_EQ(book.run(AssignProgramme{partner, book.programme, book.start, decimal(share)}),
              "done");
  }
  ASSERT_EQ(book.run(SetPartnerParent{book.d, book.c, book.start}), "done");
  ASSERT_EQ(book.run(SetPartnerParent{book.c, book.b, book.start}), "done");
  ASSERT_EQ(book.run(AttributeClient{Tree::client(1), book.d, book.start, false}), "done");
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  EXPECT_EQ(book.lines(), "6 2");
  const auto other = tests::id<core::PartyId>(903);
  book.add_partner(other);
  EXPECT_EQ(book.run(SetPartnerParent{book.c, other, Tree::at("2026-01-02")}),
            "Conflict/retroactive");
}

TEST(SetPartnerParent, ATreeHasNoCircles) {
  Tree book(paying(PayBasis::PerLot, "5"));
  EXPECT_EQ(book.run(SetPartnerParent{book.b, book.d, Tree::at("2026-01-02")}),
            "Conflict/partner_cycle");
  EXPECT_EQ(book.run(SetPartnerParent{book.b, book.b, Tree::at("2026-01-02")}),
            "Conflict/partner_cycle");
  // D leaves from the 10th on; a circle until then is one all the same.
  ASSERT_EQ(book.run(SetPartnerParent{book.d, {}, Tree::at("2026-01-10")}), "done");
  EXPECT_EQ(book.run(SetPartnerParent{book.b, book.d, Tree::at("2026-01-02")}),
            "Conflict/partner_cycle");
  EXPECT_EQ(book.run(SetPartnerParent{book.b, book.d, Tree::at("2026-01-10")}), "done");
}

TEST(Programmes, NameOnlyWhatIsThere) {
  Tree book(paying(PayBasis::PerLot, "5"));
  const auto nobody = tests::id<core::PartyId>(999);
  const core::Instant from = Tree::at("2026-01-02");
  EXPECT_EQ(book.run(AssignProgramme{nobody, book.programme, from, {}}),
            "NotFound/unknown_partner");
  EXPECT_EQ(book.run(AssignProgramme{book.d, tests::id<ProgrammeId>(1), from, {}}),
            "NotFound/unknown_programme");
  EXPECT_EQ(book.run(AssignProgramme{book.d, book.programme, from, decimal("1.2")}),
            "InvalidInput/rate_range");
  EXPECT_EQ(book.run(AssignProgramme{book.d, book.programme, Tree::at("2025-12-31"), {}}),
            "Conflict/programme_period");
  EXPECT_EQ(book.run(SetPartnerParent{book.d, nobody, from}), "NotFound/unknown_partner");
  EXPECT_EQ(book.run(SetPartnerParent{book.d, book.b, book.start}), "Conflict/out_of_order");
  EXPECT_EQ(book.run(AttributeClient{nobody, book.d, from, false}), "NotFound/unknown_client");
  EXPECT_EQ(book.run(AttributeClient{Tree::client(1), nobody, from, false}),
            "NotFound/unknown_partner");
}

}  // namespace
}  // namespace engine::partners
