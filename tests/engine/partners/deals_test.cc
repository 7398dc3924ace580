#include "engine/partners/deals.h"

#include <gtest/gtest.h>

#include "tests/engine/gate/ruled.h"
#include "tests/engine/partners/tree.h"

namespace engine::partners {
namespace {

using tests::decimal;

// B, C and D have 80 %, 70 % and 60 % of a commission of 10.
// Source: the worked examples, IB-02 and IB-03 (chainup).
class Chainup : public Tree {
 public:
  explicit Chainup(bool self) {
    ProgrammeTerms terms = paying(PayBasis::Commission, "1");
    terms.tree = TreeTerms{};
    terms.tree->uplines_max = 2;
    terms.tree->self_rebate = true;
    EXPECT_EQ(run(PublishProgramme{programme, start, "EUR", terms}), "done");
    const std::vector<std::pair<core::PartyId, std::string>> shares{
        {b, "0.8"}, {c, "0.7"}, {d, "0.6"}};
    for (const auto& [partner, share] : shares) {
      EXPECT_EQ(run(AssignProgramme{partner, programme, start, decimal(share)}), "done");
    }
    EXPECT_EQ(run(SetPartnerParent{d, c, start}), "done");
    EXPECT_EQ(run(SetPartnerParent{c, b, start}), "done");
    EXPECT_EQ(run(AttributeClient{client(1), d, start, self}), "done");
  }
};

TEST(RecordPartnerDeal, UplinesHaveTheDifferenceOfShares) {
  Chainup book(false);
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  EXPECT_EQ(book.lines(), "6 1");
  EXPECT_EQ(book.earned(book.d) + " " + book.earned(book.c) + " " + book.earned(book.b), "6 1 0");
  EXPECT_TRUE(book.accrued(book.d) == 600 && book.accrued(book.c) == 100);
  EXPECT_TRUE(book.balance(accounts::partner_expense(book.d)) == 600);
}

TEST(RecordPartnerDeal, APartnerWhoTradesHasHisOwnRebate) {
  Chainup book(true);
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  EXPECT_EQ(book.lines(), "6 1 1");
}

TEST(RecordPartnerDeal, AnOwnDealWithoutSelfRebatePaysHimNothingAndOthersNoMore) {
  ProgrammeTerms terms = paying(PayBasis::Commission, "0.5");
  Tree book(terms);
  ASSERT_EQ(book.run(AttributeClient{Tree::client(1), book.d, Tree::at("2026-01-02"), true}),
            "done");
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  EXPECT_EQ(book.lines(), "");
  EXPECT_TRUE(book.leg().chain.at(0).withheld);
}

// Source: the worked examples, IB-11-fnmarkets-duration.
TEST(RecordPartnerDeal, ADealOf179SecondsPaysNothingAndOneOf180Does) {
  Tree book(paying(PayBasis::PerLot, "5"));
  RecordPartnerDeal deal = Tree::deal("1");
  deal.closed_at.micros = deal.opened_at.micros + 179'999'999;
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "");
  EXPECT_EQ(book.leg().gate, DealGate::TooShort);
  deal.ticket = "2";
  deal.closed_at.micros = deal.opened_at.micros + 180'000'000;
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "5");
}

TEST(RecordPartnerDeal, APriceThatHardlyMovedPaysNothing) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.gates = DealGates{};
  terms.gates->min_points = 51;
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1")), "done");  // 50 points.
  EXPECT_EQ(book.leg().gate, DealGate::TooSmallMove);
}

// Source: the worked examples, IB-09-geratsu-hedge-netting: 1.5 bought, 1.0 and 0.8 sold.
TEST(RecordPartnerDeal, HedgedVolumeCountsOnce) {
  Tree book(paying(PayBasis::PerLot, "1"));
  const auto dealt = [&](const std::string& ticket, const std::string& lots, Side side) {
    RecordPartnerDeal deal = Tree::deal(ticket, lots);
    deal.hedge_group = "g";
    deal.side = side;
    EXPECT_EQ(book.run(deal), "done");
    return core::to_string(book.leg().lots);
  };
  EXPECT_EQ(dealt("1", "1.5", Side::Buy), "1.5");
  EXPECT_EQ(dealt("2", "1", Side::Sell), "0");
  EXPECT_EQ(book.leg().gate, DealGate::Hedged);
  EXPECT_EQ(dealt("3", "0.8", Side::Sell), "0.3");
  EXPECT_EQ(book.earned(book.d), "1.8");
}

TEST(RecordPartnerDeal, VolumeOnBonusMoneyIsLeftOut) {
  Tree book(paying(PayBasis::PerLot, "2"));
  RecordPartnerDeal deal = Tree::deal("1", "3");
  deal.bonus_lots = decimal("1");
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "4");
}

// 10 lots at 40 % at the open and 25 % at the close are 3.25 of the client's own.
TEST(RecordPartnerDeal, APoolsDealCountsByTheShareAtEachSide) {
  Tree book(paying(PayBasis::PerLot, "2"));
  RecordPartnerDeal deal = Tree::deal("1", "10", "100");
  deal.share_at_open = decimal("0.4");
  deal.share_at_close = decimal("0.25");
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "6.5");
  EXPECT_EQ(core::to_string(book.leg().revenue), "32.5");
}

// EUR 1 is USD 1.25: the spread of 13.6 a lot x 5 lots x 30 % is 20.40 dollars, 16.32 euros.
// Source: the worked examples, IB-07-fbs-spread-multiplier.
TEST(RecordPartnerDeal, ASpreadIsConvertedByTheDealsRate) {
  Tree book(paying(PayBasis::Spread, "0.3"));
  RecordPartnerDeal deal = Tree::deal("1", "5", "0");
  deal.symbol = "EURUSD";
  deal.open_price = decimal("1.25");
  deal.close_price = decimal("1.26");
  deal.spread_open = decimal("0.000136");
  deal.symbol_rate = decimal("0.8");
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "16.32");
  EXPECT_EQ(book.leg().rates.size(), 1u);
  deal.ticket = "2";
  deal.symbol_rate.reset();
  EXPECT_EQ(book.run(deal), "Conflict/no_rate");
}

TEST(RecordPartnerDeal, ASpreadOfAFastMarketCountsAsTheAverage) {
  ProgrammeTerms terms = paying(PayBasis::Spread, "0.3");
  terms.pays[0].damped = true;
  terms.pays[0].both_sides = true;
  Tree book(terms, "USD");
  RecordPartnerDeal deal = Tree::deal("1", "5");
  deal.symbol = "EURUSD";
  deal.spread_open = decimal("0.0005");
  deal.spread_close = decimal("0.0001");
  deal.spread_average = decimal("0.000136");
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "35.4");  // (0.000136 + 0.0001) x 100,000 x 5 x 0.3.
  deal.ticket = "2";
  deal.spread_average.reset();
  EXPECT_EQ(book.run(deal), "InvalidInput/missing_field");
}

TEST(RecordPartnerDeal, TheRateOfTheSymbolComesBeforeItsGroupsAndTheDefault) {
  ProgrammeTerms terms;
  terms.groups = {{"indices", {"GER40"}}};
  PayRule rule;
  rule.rates = {{{}, {}, decimal("1"), {}}, {{}, "indices", decimal("2"), {}}};
  terms.pays = {rule};
  Tree grouped(terms);
  ASSERT_EQ(grouped.run(Tree::deal("1")), "done");
  EXPECT_EQ(grouped.lines(), "2");
  EXPECT_EQ(grouped.leg().pays.at(0).matched, RateRow::Group);
  terms.pays[0].rates.push_back({"GER40", {}, decimal("3"), {}});
  Tree named(terms);
  ASSERT_EQ(named.run(Tree::deal("1")), "done");
  EXPECT_EQ(named.lines(), "3");
  RecordPartnerDeal other = Tree::deal("2");
  other.symbol = "EURUSD";
  other.currency = "EUR";
  ASSERT_EQ(named.run(other), "done");
  EXPECT_EQ(named.lines(), "1");
}

// 5 a lot, 7 from 100 lots of the month on: 90 lots, then 30 of which 20 lie above.
TEST(RecordPartnerDeal, MarginalTiersPayEachPartByItsOwnTier) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.pays[0].rates[0].tiers = {{decimal("100"), decimal("7")}};
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1", "90", "900")), "done");
  EXPECT_EQ(book.lines(), "450");
  ASSERT_EQ(book.run(Tree::deal("2", "30", "900")), "done");
  EXPECT_EQ(book.lines(), "190");
  RecordPartnerDeal next = Tree::deal("3", "1");
  next.opened_at = next.closed_at = Tree::at("2026-02-01");
  next.closed_at.micros += 600'000'000;
  ASSERT_EQ(book.run(next), "done");
  EXPECT_EQ(book.lines(), "5");  // Another month.
}

TEST(RecordPartnerDeal, PartnersNeverHaveMoreThanTheBrokerEarned) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "8");
  terms.tree = TreeTerms{TreeMode::Override, decimals({"1.5", "1"}), {}, false};
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1", "1", "10")), "done");
  EXPECT_EQ(book.lines(), "8 1.5 0.5");
  ASSERT_EQ(book.run(Tree::deal("2", "1", "3")), "done");
  EXPECT_EQ(book.lines(), "3");
  RecordPartnerDeal lost = Tree::deal("3", "1", "3");
  lost.bonus = decimal("5");
  ASSERT_EQ(book.run(lost), "done");
  EXPECT_EQ(book.lines(), "");
  EXPECT_EQ(core::to_string(book.leg().revenue), "-2");
}

TEST(RecordPartnerDeal, ACapOfRevenueIsThePartThatPartnersMayHave) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "8");
  terms.revenue_cap = decimal("0.5");
  Tree book(terms);
  ASSERT_EQ(book.run(Tree::deal("1", "1", "10")), "done");
  EXPECT_EQ(book.lines(), "5");
}

TEST(RecordPartnerDeal, AClientEarnsPartnersAPartOfHisDepositsAMonth) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "4");
  terms.gates = DealGates{};
  terms.gates->max_of_deposits = decimal("0.01");
  terms.gates->max_per_lot = decimal("3.5");
  Tree book(terms);
  RecordPartnerDeal deal = Tree::deal("1");
  EXPECT_EQ(book.run(deal), "InvalidInput/missing_field");
  deal.client_deposits = decimal("500");
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "3.5");
  deal.ticket = "2";
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "1.5");
  EXPECT_EQ(book.leg().cut_by.size(), 2u);
}

TEST(RecordPartnerDeal, TheFloorOfTheSumIsPosted) {
  Tree book(paying(PayBasis::PerLot, "0.333"));
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(book.run(Tree::deal(std::to_string(i), "0.01")), "done");
  }
  EXPECT_EQ(book.earned(book.d), "0.333");
  EXPECT_TRUE(book.accrued(book.d) == 33);
}

TEST(RecordPartnerDeal, TheParentsAtTheOpenCount) {
  ProgrammeTerms terms = paying(PayBasis::Commission, "1");
  terms.tree = TreeTerms{TreeMode::Ratio, decimals({"0.5", "0.2"}), {}, false};
  Tree book(terms);
  ASSERT_EQ(book.run(SetPartnerParent{book.d, book.b, Tree::at("2026-01-05T09:05:00Z")}), "done");
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  EXPECT_EQ(book.earned(book.c), "2");
  terms.attributed_at = DealTime::Close;
  Tree closing(terms);
  ASSERT_EQ(closing.run(SetPartnerParent{closing.d, closing.b, Tree::at("2026-01-05T09:05:00Z")}),
            "done");
  ASSERT_EQ(closing.run(Tree::deal("1")), "done");
  EXPECT_EQ(closing.earned(closing.b), "2");
}

TEST(RecordPartnerDeal, RefusesWhatMakesNoSense) {
  Tree book(paying(PayBasis::PerLot, "5"));
  const auto refused = [&](auto change) {
    RecordPartnerDeal deal = Tree::deal("1");
    change(deal);
    return book.run(deal);
  };
  EXPECT_EQ(refused([](auto& deal) { deal.symbol = "X"; }), "NotFound/unknown_symbol");
  EXPECT_EQ(refused([](auto& deal) { deal.client = tests::client_id(77); }),
            "NotFound/unknown_client");
  EXPECT_EQ(refused([](auto& deal) { deal.structure = tests::id<core::StructureId>(9); }),
            "NotFound/unknown_structure");
  EXPECT_EQ(refused([](auto& deal) { deal.lots = decimal("0"); }), "InvalidInput/not_positive");
  EXPECT_EQ(refused([](auto& deal) { deal.lots = decimal("0.000000001"); }),
            "InvalidInput/precision");
  EXPECT_EQ(refused([](auto& deal) { deal.close_price = decimal("-1"); }),
            "InvalidInput/not_positive");
  EXPECT_EQ(refused([](auto& deal) { deal.bonus = decimal("-1"); }),
            "InvalidInput/negative_amount");
  EXPECT_EQ(refused([](auto& deal) { deal.share_at_open = decimal("1.1"); }),
            "InvalidInput/share_range");
  EXPECT_EQ(refused([](auto& deal) { std::swap(deal.opened_at, deal.closed_at); }),
            "InvalidInput/deal_times");
  EXPECT_EQ(refused([](auto& deal) { deal.server = ""; }), "InvalidInput/server");
  EXPECT_EQ(refused([](auto& deal) { deal.ticket = std::string(201, 'x'); }),
            "InvalidInput/ticket");
  EXPECT_EQ(refused([](auto& deal) { deal.hedge_group = ""; }), "InvalidInput/hedge_group");
  EXPECT_EQ(refused([](auto& deal) { deal.currency = "ZZZ"; }), "InvalidInput/unknown_currency");
  EXPECT_EQ(refused([](auto&) {}), "done");
  EXPECT_EQ(refused([](auto&) {}), "Conflict/duplicate_deal");
}

TEST(RecordPartnerDeal, AClientWhomNobodyBroughtPaysNobody) {
  Tree book(paying(PayBasis::PerLot, "5"));
  book.add_client(Tree::client(2), ClientCategory::Retail);
  RecordPartnerDeal deal = Tree::deal("1");
  deal.client = Tree::client(2);
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_TRUE(book.last<PartnerDealRecorded>().at(0).legs.empty());
}

// Sums are of 18 decimals: 2^127 is 1.7e38, so that a sum may be 1.7e20.
TEST(RecordPartnerDeal, RefusesFiguresThatNoSumCouldHold) {
  Tree book(paying(PayBasis::PerLot, "5"));
  book.add_client(Tree::client(2), ClientCategory::Retail);
  RecordPartnerDeal huge = Tree::deal("1", "1000000000000000000000");
  huge.client = Tree::client(2);  // Nobody brought him, so that nothing is worked out.
  EXPECT_EQ(book.run(huge), "Overflow/overflow");
  huge.lots = decimal("1000000000");
  EXPECT_EQ(book.run(huge), "done");
  EXPECT_EQ(book.run(Tree::deal("2", "1", "100000000000000000000")), "Overflow/overflow");
  EXPECT_EQ(book.run(Tree::deal("2", "1", "1000000000000")), "done");
  RecordPartnerDeal paid_back = Tree::deal("3");
  paid_back.swap_markup = decimal("-1000000000001");
  EXPECT_EQ(book.run(paid_back), "Overflow/overflow");
  RecordPartnerDeal wide = Tree::deal("4", "1000000", "0");
  wide.spread_open = decimal("1000000001");  // x 1,000,000 lots: above 1e15.
  EXPECT_EQ(book.run(wide), "Overflow/overflow");
}

TEST(DealAccruals, SeveralDealsOfOneCommandAddUp) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "0.005");
  terms.pays[0].rates[0].tiers = {{decimal("2"), decimal("1")}};
  Tree one(terms);
  Tree many(terms);
  Effects effects(many.now);
  {
    const auto context = many.context();
    DealAccruals accruals(context);
    for (int i = 0; i < 5; ++i) {
      const RecordPartnerDeal deal = Tree::deal(std::to_string(i));
      ASSERT_TRUE(accruals.add(effects, deal).has_value());
      ASSERT_EQ(one.run(deal), "done");
    }
    EXPECT_EQ(tests::outcome(accruals.add(effects, Tree::deal("4"))), "Conflict/duplicate_deal");
  }
  ASSERT_EQ(many.commit(effects.take()), "done");
  EXPECT_EQ(many.earned(many.d), "3.01");
  EXPECT_EQ(one.earned(one.d), "3.01");
  EXPECT_TRUE(many.accrued(many.d) == 301 && one.accrued(one.d) == 301);
}

TEST(ReversePartnerDeal, TakesBackWhatTheDealEarned) {
  Tree book(paying(PayBasis::PerLot, "5"));
  ASSERT_EQ(book.run(Tree::deal("1")), "done");
  ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "busted"}), "done");
  EXPECT_EQ(book.lines(), "-5");
  EXPECT_TRUE(book.accrued(book.d) == 0);
  EXPECT_EQ(book.run(ReversePartnerDeal{"live-1", "1", "busted"}), "Conflict/already_reversed");
  EXPECT_EQ(book.run(ReversePartnerDeal{"live-1", "2", "busted"}), "NotFound/unknown_deal");
  EXPECT_EQ(book.run(ReversePartnerDeal{"live-1", "1", ""}), "InvalidInput/reason");
  ASSERT_EQ(book.run(Tree::deal("1", "0.5")), "done");  // Amended: recorded anew.
  EXPECT_EQ(book.earned(book.d), "2.5");
}

TEST(ManagersRebate, GoesToTheRetailClientWhereLawForbidsIt) {
  Tree book(paying(PayBasis::PerLot, "5"));
  const auto manager = tests::id<core::PartyId>(800);
  const auto structure = tests::id<core::StructureId>(700);
  book.add_manager(manager);
  book.add_structure(structure, Model::Mam, manager, {}).jurisdiction = Jurisdiction::Cysec;
  ASSERT_EQ(book.run(AssignProgramme{manager, book.programme, book.start, decimal("0.5")}), "done");
  RecordPartnerDeal deal = Tree::deal("1");
  deal.structure = structure;
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "5 2.5");
  EXPECT_TRUE(book.last<PartnerLineAccrued>().at(1).routed);
  EXPECT_EQ(book.earned(manager), "0");
  ASSERT_EQ(book.run(RouteRebates{manager, "EUR"}), "done");
  EXPECT_TRUE(book.balance(accounts::wallet(Tree::client(1))) == -250);
  EXPECT_TRUE(book.accrued(manager) == 0);
  EXPECT_EQ(book.run(RouteRebates{manager, "EUR"}), "Conflict/nothing_to_pay");
  book.state.clients.at(Tree::client(1)).category = ClientCategory::Professional;
  deal.ticket = "2";
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.earned(manager), "2.5");
}

// An offshore broker, and rules that look at where the client lives.
TEST(ManagersRebate, GoesToTheClientWhereTheRulesBanInducements) {
  Tree book(paying(PayBasis::PerLot, "8"));
  const auto manager = tests::id<core::PartyId>(800);
  const auto structure = tests::id<core::StructureId>(700);
  book.add_manager(manager);
  book.add_structure(structure, Model::Mam, manager, {}).jurisdiction = Jurisdiction::Offshore;
  ASSERT_EQ(book.run(AssignProgramme{manager, book.programme, book.start, {}}), "done");
  RecordPartnerDeal deal = Tree::deal("1");
  deal.structure = structure;
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_FALSE(book.last<PartnerLineAccrued>().back().routed);
  book.add_decision(manager, Model::Mam, Verdict::Allow);
  tests::decide_by_rules(book.state, GateModel::Mam);
  deal.ticket = "2";
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.last<PartnerLineAccrued>().back().partner, manager);
  EXPECT_TRUE(book.last<PartnerLineAccrued>().back().routed);
}

TEST(ManagersRebate, AndWhatTheIntroducerHasShareOneCap) {
  Tree book(paying(PayBasis::PerLot, "8"));
  const auto manager = tests::id<core::PartyId>(800);
  const auto structure = tests::id<core::StructureId>(700);
  book.add_manager(manager);
  book.add_structure(structure, Model::Mam, manager, {}).jurisdiction = Jurisdiction::Offshore;
  ASSERT_EQ(book.run(AssignProgramme{manager, book.programme, book.start, {}}), "done");
  RecordPartnerDeal deal = Tree::deal("1", "1", "10");
  deal.structure = structure;
  ASSERT_EQ(book.run(deal), "done");
  EXPECT_EQ(book.lines(), "8 2");
}

// A rate is into one currency: it would take a hundred pounds for a hundred of both.
TEST(ManagersRebate, ARateOfTheDealDoesNotServeTwoCurrencies) {
  Tree book(paying(PayBasis::PerLot, "8"));
  const auto manager = tests::id<core::PartyId>(800);
  const auto structure = tests::id<core::StructureId>(700);
  const auto dollars = tests::id<ProgrammeId>(77);
  book.add_manager(manager);
  book.add_structure(structure, Model::Mam, manager, {}).jurisdiction = Jurisdiction::Offshore;
  ASSERT_EQ(book.run(PublishProgramme{dollars, book.start, "USD", paying(PayBasis::PerLot, "8")}),
            "done");
  ASSERT_EQ(book.run(AssignProgramme{manager, dollars, book.start, {}}), "done");
  RecordPartnerDeal deal = Tree::deal("1", "1", "10");
  deal.structure = structure;
  deal.currency = "GBP";
  deal.rate = tests::decimal("1.17");
  EXPECT_EQ(book.run(deal), "InvalidInput/rate");
  // For one of them alone it serves.
  deal.structure.reset();
  EXPECT_EQ(book.run(deal), "done");
}

}  // namespace
}  // namespace engine::partners
