// Deals that are taken back or amended: the others stand as if they had never been otherwise.

#include <gtest/gtest.h>

#include <limits>

#include "tests/engine/partners/tree.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::partners {
namespace {

using tests::decimal;

// 5 a lot, 10 from 2 lots on.
ProgrammeTerms two_tiers(VolumeTiers mode) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.pays[0].rates[0].tiers = {{decimal("2"), decimal("10")}};
  terms.tier_mode = mode;
  return terms;
}

std::string take_back(Tree& book, const std::string& ticket) {
  return book.run(ReversePartnerDeal{"live-1", ticket, "amended"});
}

// 1 lot, 2 lots and 1: 5, 5 + 10, and 10. Without the first: 10 and 10. With 2 lots in its place:
// 10, 20 and 10.
TEST(AmendedDeal, CountsInMarginalTiersWhereItStood) {
  Tree book(two_tiers(VolumeTiers::Marginal));
  ASSERT_EQ(book.run(Tree::deal("1", "1", "1000")), "done");
  ASSERT_EQ(book.run(Tree::deal("2", "2", "1000")), "done");
  ASSERT_EQ(book.run(Tree::deal("3", "1", "1000")), "done");
  EXPECT_EQ(book.earned(book.d), "30");
  ASSERT_EQ(take_back(book, "1"), "done");
  EXPECT_EQ(book.lines(), "-5 -15 10");  // The third comes to 10 as before, and stays.
  EXPECT_EQ(book.earned(book.d), "20");
  ASSERT_EQ(book.run(Tree::deal("1", "2", "1000")), "done");
  EXPECT_EQ(book.lines(), "10 -10 20");
  EXPECT_EQ(book.earned(book.d), "40");
  EXPECT_TRUE(book.accrued(book.d) == 4'000);
}

// Bought 2; sold 1, which adds nothing; sold 3 more, which makes 4 of them.
TEST(AmendedDeal, CountsAmongHedgesWhereItStood) {
  Tree book(paying(PayBasis::PerLot, "5"));
  const auto trade = [&](const std::string& ticket, Side side, const std::string& lots) {
    RecordPartnerDeal deal = Tree::deal(ticket, lots, "1000");
    deal.side = side;
    deal.hedge_group = "g";
    return book.run(deal);
  };
  ASSERT_EQ(trade("1", Side::Buy, "2"), "done");
  ASSERT_EQ(trade("2", Side::Sell, "1"), "done");
  ASSERT_EQ(trade("3", Side::Sell, "3"), "done");
  EXPECT_EQ(book.earned(book.d), "20");
  ASSERT_EQ(take_back(book, "1"), "done");
  EXPECT_EQ(book.lines(), "-10 5 -10 15");
  EXPECT_EQ(book.earned(book.d), "20");
  ASSERT_EQ(trade("1", Side::Buy, "1"), "done");
  EXPECT_EQ(book.lines(), "5 -5");  // The second counts nothing again, the third 3 as it did.
  EXPECT_EQ(book.earned(book.d), "20");
}

// 10 a month: 5, and 5 of 10. Without the first all 10.
TEST(AmendedDeal, LeavesOthersWhatItTookOfTheClientsBound) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.gates = DealGates{};
  terms.gates->max_of_deposits = decimal("0.5");
  Tree book(terms);
  const auto trade = [&](const std::string& ticket, const std::string& lots) {
    RecordPartnerDeal deal = Tree::deal(ticket, lots, "1000");
    deal.client_deposits = decimal("20");
    return book.run(deal);
  };
  ASSERT_EQ(trade("1", "1"), "done");
  ASSERT_EQ(trade("2", "2"), "done");
  EXPECT_EQ(book.lines(), "5");
  ASSERT_EQ(take_back(book, "1"), "done");
  EXPECT_EQ(book.earned(book.d), "10");
}

TEST(AmendedDeal, LeavesAloneWhatDoesNotRestOnIt) {
  Tree book(paying(PayBasis::PerLot, "5"));
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  ASSERT_EQ(book.run(Tree::deal("2")), "done");
  ASSERT_EQ(take_back(book, "1"), "done");
  EXPECT_EQ(book.last<PartnerDealReversed>().size(), 1u);
  EXPECT_EQ(book.lines(), "-5");
}

// The second lot is paid 10 with the first before it and 5 alone. Its manager had no programme when
// it was recorded, and gets one from before it: he had no part in it, and gets none.
TEST(AmendedDeal, KeepsTheTreesThatItWasRecordedWith) {
  Tree book(two_tiers(VolumeTiers::Marginal));
  const auto manager = tests::id<core::PartyId>(800);
  const auto structure = tests::id<core::StructureId>(700);
  book.add_manager(manager);
  book.add_structure(structure, Model::Mam, manager, {}).jurisdiction = Jurisdiction::Offshore;
  const auto trade = [&](const std::string& ticket, const std::string& lots) {
    RecordPartnerDeal deal = Tree::deal(ticket, lots, "1000");
    deal.structure = structure;
    return book.run(deal);
  };
  ASSERT_EQ(trade("1", "2"), "done");
  ASSERT_EQ(trade("2", "1"), "done");
  EXPECT_EQ(book.lines(), "10");
  ASSERT_EQ(book.run(AssignProgramme{manager, book.programme, book.start, {}}), "done");
  ASSERT_EQ(take_back(book, "1"), "done");
  EXPECT_EQ(book.lines(), "-10 -10 5");
  EXPECT_EQ(book.leg().chain.front().partner, book.d);
  EXPECT_EQ(book.last<PartnerDealRecorded>().at(0).legs.size(), 1u);
  EXPECT_EQ(book.earned(book.d), "5");
  EXPECT_EQ(book.earned(manager), "0");
}

// A point of a lot is worth 0.1, and is paid 5-fold, 10-fold from 2 lots on: 1 and 1, and 0.5 for
// the second alone. A contract of ten times the size is set from before them since.
TEST(AmendedDeal, KeepsTheContractOfItsRecord) {
  ProgrammeTerms terms = two_tiers(VolumeTiers::Marginal);
  terms.pays[0].basis = PayBasis::Points;
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1", "2", "1000")), "done");
  ASSERT_EQ(book.run(Tree::deal("2", "1", "1000")), "done");
  auto& contracts = book.state.instruments->symbols.at("GER40").contracts;
  ContractVersion larger = contracts.back();
  larger.from = book.start;
  larger.spec.contract_size = decimal("10");
  larger.version = 2;
  contracts.push_back(larger);
  ASSERT_EQ(take_back(book, "1"), "done");
  EXPECT_EQ(book.lines(), "-1 -1 0.5");
  EXPECT_EQ(book.last<PartnerDealRecorded>().at(0).contract, 1u);
}

// The law gave the manager's part to the client as long as he was a retail client.
TEST(AmendedDeal, StaysWithWhomItWent) {
  Tree book(two_tiers(VolumeTiers::Marginal));
  const auto manager = tests::id<core::PartyId>(800);
  const auto structure = tests::id<core::StructureId>(700);
  book.add_manager(manager);
  book.add_structure(structure, Model::Mam, manager, {}).jurisdiction = Jurisdiction::Cysec;
  ASSERT_EQ(book.run(AssignProgramme{manager, book.programme, book.start, {}}), "done");
  for (const std::string ticket : {"1", "2"}) {
    RecordPartnerDeal deal = Tree::deal(ticket, "2", "1000");
    deal.structure = structure;
    ASSERT_EQ(book.run(deal), "done");
  }
  EXPECT_EQ(book.lines(), "20 20");
  book.state.clients.at(Tree::client(1)).category = ClientCategory::Professional;
  ASSERT_EQ(take_back(book, "1"), "done");
  const auto lines = book.last<PartnerLineAccrued>();
  ASSERT_EQ(book.lines(), "-10 -10 -20 -20 10 10");
  EXPECT_FALSE(lines.at(4).routed);
  EXPECT_EQ(lines.at(5).partner, manager);
  EXPECT_TRUE(lines.at(5).routed);
  EXPECT_EQ(book.earned(manager), "0");
}

RecordPartnerDeal drawn_trade(tests::Numbers& numbers, std::uint64_t ticket) {
  RecordPartnerDeal deal = Tree::deal(std::to_string(ticket));
  deal.lots = core::to_decimal(static_cast<core::Minor>(1 + numbers.below(200)), 2);
  deal.commission = core::to_decimal(static_cast<core::Minor>(numbers.below(2'000)), 2);
  deal.side = numbers.below(2) == 0 ? Side::Buy : Side::Sell;
  if (numbers.below(3) != 0) deal.hedge_group = "g" + std::to_string(numbers.below(2));
  deal.client_deposits = decimal("40");
  return deal;
}

ProgrammeTerms drawn_tiers(tests::Numbers& numbers) {
  ProgrammeTerms terms =
      two_tiers(numbers.below(2) == 0 ? VolumeTiers::Marginal : VolumeTiers::Whole);
  if (terms.tier_mode == VolumeTiers::Marginal && numbers.below(2) == 0) {
    terms.gates = DealGates{};
    terms.gates->max_of_deposits = decimal("0.5");
  }
  terms.tree = TreeTerms{};
  terms.tree->mode = static_cast<TreeMode>(numbers.below(3));
  if (terms.tree->mode != TreeMode::Differential) terms.tree->levels = decimals({"0.5", "0.3"});
  return terms;
}

void expect_same_sums(const Tree& book, const Tree& other) {
  for (const core::PartyId& partner : {book.b, book.c, book.d}) {
    EXPECT_EQ(book.earned(partner), other.earned(partner));
    EXPECT_TRUE(book.accrued(partner) == other.accrued(partner));
  }
  const auto window = [](const Tree& one) {
    return one.state.partner_book->windows.at(one.d).at(one.programme).at(202601);
  };
  EXPECT_TRUE(window(book).lots == window(other).lots);
  EXPECT_TRUE(window(book).lines == window(other).lines);
}

TEST(AmendmentsProperty, AmendedDealsEndAsIfTheyHadBeenTheOnlyOnes) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const ProgrammeTerms terms = drawn_tiers(numbers);
    Tree book(terms);
    std::map<std::uint64_t, RecordPartnerDeal> stand;
    const std::uint64_t deals = 2 + numbers.below(5);
    for (std::uint64_t ticket = 0; ticket < deals; ++ticket) {
      stand[ticket] = drawn_trade(numbers, ticket);
      ASSERT_EQ(book.run(stand[ticket]), "done");
    }
    for (std::uint64_t change = 0; change < 3; ++change) {
      const std::uint64_t ticket = numbers.below(deals);
      if (stand.erase(ticket) == 1) {
        ASSERT_EQ(take_back(book, std::to_string(ticket)), "done");
      }
      if (numbers.below(3) == 0) continue;  // Busted.
      stand[ticket] = drawn_trade(numbers, ticket);
      ASSERT_EQ(book.run(stand[ticket]), "done");
    }
    Tree other(terms);
    if (stand.empty()) continue;
    for (const auto& [ticket, deal] : stand) ASSERT_EQ(other.run(deal), "done");
    expect_same_sums(book, other);
  }
}

// --- What a month is topped up for
// ----------------------------------------------------------------

std::string accrue_january(Tree& book, const core::PartyId& partner) {
  return book.run(AccruePeriod{partner, Tree::day("2026-01-01"), Tree::day("2026-02-01"), {}});
}

// 90 lots of his own, without self_rebate, and 30 of a client's at the higher rate already.
TEST(TopUp, OwnDealsThatAreNotPaidAreNotToppedUp) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.tier_mode = VolumeTiers::Whole;
  terms.pays[0].rates[0].tiers = {{decimal("100"), decimal("7")}};
  Tree book(terms);
  book.add_client(Tree::client(2), ClientCategory::Retail);
  ASSERT_EQ(book.run(AttributeClient{Tree::client(2), book.d, book.start, true}), "done");
  RecordPartnerDeal own = Tree::deal("1", "90", "1000");
  own.client = Tree::client(2);
  ASSERT_EQ(book.run(own), "done");
  EXPECT_EQ(book.lines(), "");
  ASSERT_EQ(book.run(Tree::deal("2", "30", "1000")), "done");
  EXPECT_EQ(book.lines(), "210");
  EXPECT_EQ(accrue_january(book, book.d), "Conflict/nothing_to_accrue");
}

// Each of the two trees has 7.50 of a revenue of 16, and 15 of 31. The introducer's first 1.5 lots
// would be worth 7.50 more, but only 2 of the month's revenue are left.
TEST(TopUp, TheSecondTreeTakesOfTheRevenueAndIsNotToppedUp) {
  Tree book(two_tiers(VolumeTiers::Whole));
  const auto manager = tests::id<core::PartyId>(800);
  const auto structure = tests::id<core::StructureId>(700);
  book.add_manager(manager);
  book.add_structure(structure, Model::Mam, manager, {}).jurisdiction = Jurisdiction::Offshore;
  ASSERT_EQ(book.run(AssignProgramme{manager, book.programme, book.start, {}}), "done");
  const auto trade = [&](const std::string& ticket, const std::string& lots,
                         const std::string& commission) {
    RecordPartnerDeal deal = Tree::deal(ticket, lots, commission);
    deal.structure = structure;
    return book.run(deal);
  };
  ASSERT_EQ(trade("1", "1.5", "16"), "done");
  EXPECT_EQ(book.lines(), "7.5 7.5");
  ASSERT_EQ(trade("2", "1.5", "31"), "done");
  EXPECT_EQ(book.lines(), "15 15");
  ASSERT_EQ(accrue_january(book, book.d), "done");
  EXPECT_EQ(book.lines(), "2");
  EXPECT_EQ(accrue_january(book, manager), "Conflict/nothing_to_accrue");
}

// 90 lots at 5 and 30 at 7, from 100 lots on: 450 + 210, and 180 for the first 90. Without the 30
// the tier is lost, and the 180 with it; with 30 others they are due again.
TEST(TopUp, IsTakenBackWhenTheTierIsLost) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.tier_mode = VolumeTiers::Whole;
  terms.pays[0].rates[0].tiers = {{decimal("100"), decimal("7")}};
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1", "90", "1000")), "done");
  ASSERT_EQ(book.run(Tree::deal("2", "30", "1000")), "done");
  EXPECT_EQ(book.earned(book.d), "660");
  ASSERT_EQ(accrue_january(book, book.d), "done");
  EXPECT_EQ(book.lines(), "180");
  EXPECT_EQ(accrue_january(book, book.d), "Conflict/nothing_to_accrue");
  ASSERT_EQ(take_back(book, "2"), "done");
  ASSERT_EQ(accrue_january(book, book.d), "done");
  EXPECT_EQ(book.lines(), "-180");
  EXPECT_EQ(book.earned(book.d), "450");
  EXPECT_TRUE(book.accrued(book.d) == 45'000);
  EXPECT_EQ(accrue_january(book, book.d), "Conflict/nothing_to_accrue");
  ASSERT_EQ(book.run(Tree::deal("3", "30", "1000")), "done");
  ASSERT_EQ(accrue_january(book, book.d), "done");
  EXPECT_EQ(book.lines(), "180");
  EXPECT_EQ(book.earned(book.d), "840");
}

// 7.50 and 15 of a revenue of 25: of the 7.50 that are due 2.50 are left. No more is taken back.
TEST(TopUp, NoMoreIsTakenBackThanWasPaid) {
  Tree book(two_tiers(VolumeTiers::Whole));
  ASSERT_EQ(book.run(Tree::deal("1", "1.5", "8")), "done");
  ASSERT_EQ(book.run(Tree::deal("2", "1.5", "17")), "done");
  EXPECT_EQ(book.earned(book.d), "22.5");
  ASSERT_EQ(accrue_january(book, book.d), "done");
  EXPECT_EQ(book.lines(), "2.5");
  ASSERT_EQ(take_back(book, "2"), "done");
  ASSERT_EQ(accrue_january(book, book.d), "done");
  EXPECT_EQ(book.lines(), "-2.5");
  EXPECT_EQ(book.earned(book.d), "7.5");
}

// --- Overrides
// ------------------------------------------------------------------------------------

ProgrammeTerms overriding() {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.tree = TreeTerms{};
  terms.tree->mode = TreeMode::Override;
  terms.tree->levels = decimals({"3", "2"});
  return terms;
}

TEST(Override, PaysNothingAboveADealWithoutARate) {
  ProgrammeTerms terms = overriding();
  terms.pays[0].rates[0].symbol = "EURUSD";
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  EXPECT_EQ(book.leg().gate, DealGate::NoRate);
  EXPECT_EQ(book.lines(), "");
}

// Half of 12: 5 to who brought him, and 1 of 3 above.
TEST(Override, StaysWithinTheClientsBounds) {
  ProgrammeTerms terms = overriding();
  terms.gates = DealGates{};
  terms.gates->max_of_deposits = decimal("0.5");
  Tree book(terms);
  RecordPartnerDeal deal = Tree::deal("1");
  deal.client_deposits = decimal("12");
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "5 1");
  deal.ticket = "2";
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "");
}

TEST(DealCounts, AreRefusedWhereTheyWouldWrap) {
  Tree book(paying(PayBasis::PerLot, "5"));
  ServerDay& day = book.state.partner_book->servers["live-1"][Tree::day("2026-01-05")];
  day.deals = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(book.run(Tree::deal("1")), "Overflow/overflow");
}

}  // namespace
}  // namespace engine::partners
