// What closes of block orders pay partners.

#include <gtest/gtest.h>

#include "tests/engine/mam/paying_group.h"

namespace engine::mam {
namespace {

using partners::paying;
using tests::decimal;

// Clients 1 and 2 with one part and three of four lots, opened at 1.1.
void open_four_lots(PayingGroup& group) {
  group.add_account(1, 100);
  group.add_account(2, 300);
  group.open_order(1, "4");
  ASSERT_EQ(group.filled(1), "100 300");
}

TEST(PartnerCloses, EachAccountsOwnVolumePaysWhoBroughtItsClient) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  open_four_lots(group);
  ASSERT_EQ(group.close_after(600, 1, "x", "4"), "done");
  // One lot of client 1, for 5: 0.6, 0.1 and 0.1 of it. Nobody brought client 2.
  ASSERT_EQ(group.deals().size(), 1u);
  EXPECT_EQ(group.lines(), "3 0.5 0.5");
  EXPECT_EQ(group.earned(group.d), "3");
  EXPECT_TRUE(group.balance(accounts::partner_accrued(group.d)) == -300);
  const RecordPartnerDeal deal = group.deals().at(0);
  EXPECT_EQ(deal.server, "none");
  EXPECT_EQ(deal.ticket, PayingGroup::ticket("x", 1, 1));
  EXPECT_EQ(core::to_string(deal.lots), "1");
  EXPECT_EQ(core::to_string(deal.open_price), "1.1");
  EXPECT_EQ(core::to_string(deal.close_price), "1.2");
  EXPECT_EQ(core::to_string(deal.commission.value()), "10");
  EXPECT_EQ((deal.closed_at.micros - deal.opened_at.micros) / 1'000'000, 600);
  EXPECT_TRUE(deal.structure == group.structure && deal.account == PayingGroup::account(1));
}

TEST(PartnerCloses, WithoutATreeThereIsNoRecordMore) {
  PayingGroup paid(paying(PayBasis::PerLot, "5"));
  PayingGroup plain{ProgrammeTerms{}};
  for (PayingGroup* group : {&paid, &plain}) {
    open_four_lots(*group);
    ASSERT_EQ(group->close_after(600, 1, "x", "4"), "done");
  }
  EXPECT_EQ(paid.last_size(), plain.last_size() + 4);  // The deal and three lines.
  EXPECT_EQ(plain.last_size(), 3u);
}

TEST(PartnerCloses, WhatWasOpenForLessThanThreeMinutesPaysNobody) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  open_four_lots(group);
  ASSERT_EQ(group.close_after(179, 1, "x", "2"), "done");
  EXPECT_EQ(group.leg().gate, DealGate::TooShort);
  EXPECT_EQ(group.lines(), "");
  ASSERT_EQ(group.close_after(1, 1, "y", "2"), "done");
  EXPECT_EQ(group.leg().gate, DealGate::Passed);
  EXPECT_EQ(group.lines(), "1.5 0.25 0.25");
}

TEST(PartnerCloses, TimeRunsFromTheFirstFillThatStands) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  group.add_account(1, 100);
  ASSERT_EQ(group.accept(1, "2"), "done");
  ASSERT_EQ(group.fill(1, "a", "1"), "done");
  group.pass_seconds(100);
  ASSERT_EQ(group.fill(1, "b", "1"), "done");
  ASSERT_EQ(group.close_after(80, 1, "x", "0.5"), "done");
  EXPECT_EQ(group.leg().gate, DealGate::Passed);  // 180 seconds after a.
  ASSERT_EQ(group.bust(1, "a"), "done");
  ASSERT_EQ(group.close_after(99, 1, "y", "0.25"), "done");
  EXPECT_EQ(group.leg().gate, DealGate::TooShort);  // 179 after b.
}

TEST(PartnerCloses, LinesStayWithinTheAccountsCommission) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  open_four_lots(group);
  ASSERT_EQ(group.close_after(600, 1, "x", "4", "-13"), "done");
  // Of 13 account 1 paid 3.25: 3 for d, and 0.25 is left for those above.
  EXPECT_EQ(core::to_string(group.leg().revenue), "3.25");
  EXPECT_EQ(group.lines(), "3 0.25");
  // Without commission the broker earned nothing that is known here.
  group.open_order(2, "4");
  ASSERT_EQ(group.close_after(600, 2, "x", "4", "0"), "done");
  EXPECT_EQ(core::to_string(group.leg().cap), "0");
  EXPECT_EQ(group.lines(), "");
  // What the client has of the broker lowers it.
  group.open_order(3, "4");
  ASSERT_EQ(group.close_after(600, 3, "x", "4", "8"), "done");
  EXPECT_EQ(core::to_string(group.leg().revenue), "-2");
  EXPECT_EQ(core::to_string(group.deals().at(0).bonus.value()), "2");
}

TEST(PartnerCloses, CommissionOfFillsGoesWithWhatIsClosed) {
  PayingGroup group(paying(PayBasis::Commission, "1"));
  group.add_account(1, 100);
  ASSERT_EQ(group.accept(1, "3"), "done");
  RecordFill fill{tests::id<core::OrderId>(1), "f", decimal("3"), decimal("1.1"), false};
  fill.commission = decimal("-1");
  ASSERT_EQ(group.run(fill), "done");
  // floor(-1.00 / 3), floor of half the rest, the rest: -0.34 -0.33 -0.33; the closes' own beside.
  ASSERT_EQ(group.close_after(600, 1, "x", "1", "-0.05"), "done");
  EXPECT_EQ(core::to_string(group.deals().at(0).commission.value()), "0.39");
  ASSERT_EQ(group.close_after(600, 1, "y", "1", "0"), "done");
  EXPECT_EQ(core::to_string(group.deals().at(0).commission.value()), "0.33");
  ASSERT_EQ(group.close_after(600, 1, "z", "1", "0"), "done");
  EXPECT_EQ(core::to_string(group.deals().at(0).commission.value()), "0.33");
  // 0.6 + 0.1 + 0.1 of 1.05.
  EXPECT_EQ(group.earned(group.d), "0.63");
  EXPECT_EQ(group.earned(group.c), "0.105");
}

TEST(PartnerCloses, NotionalIsAtTheOrdersAveragePrice) {
  PayingGroup group(paying(PayBasis::PerMillion, "10"));
  group.add_account(1, 100);
  ASSERT_EQ(group.accept(1, "3"), "done");
  const auto fill_at = [&](const std::string& name, const std::string& lots,
                           const std::string& price) {
    return group.run(
        RecordFill{tests::id<core::OrderId>(1), name, decimal(lots), decimal(price), false});
  };
  ASSERT_EQ(fill_at("a", "1", "1.1"), "done");
  ASSERT_EQ(fill_at("b", "2", "1.13"), "done");
  ASSERT_EQ(group.close_after(600, 1, "x", "3"), "done");
  // (1.1 + 2 x 1.13) / 3 = 1.12; 3 x 100,000 x 1.12 = 336,000: 3.36 for 10 a million.
  EXPECT_EQ(core::to_string(group.deals().at(0).open_price), "1.12");
  EXPECT_EQ(core::to_string(group.leg().base), "3.36");
}

TEST(PartnerCloses, APositionsClosePaysByEachOfItsOrders) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "5");
  terms.pays[0].rates[0].tiers = {{decimal("1"), decimal("10")}};
  PayingGroup group(terms);
  group.add_account(1, 100);
  group.open_order(1, "1");
  group.pass_seconds(3600);
  group.open_order(2, "2");
  group.pass_seconds(600);
  ClosePosition close{group.structure, "EURUSD",     Side::Buy,    "p",           decimal("3"),
                      decimal("1.2"),  decimal("0"), decimal("0"), decimal("-60")};
  ASSERT_EQ(group.run(close), "done");
  ASSERT_EQ(group.deals().size(), 2u);
  EXPECT_EQ(group.deals()[0].ticket, PayingGroup::ticket("p", 1, 1));
  EXPECT_EQ(group.deals()[1].ticket, PayingGroup::ticket("p", 2, 1));
  const std::int64_t between =
      group.deals()[1].opened_at.micros - group.deals()[0].opened_at.micros;
  EXPECT_EQ(between / 1'000'000, 2 * 3'600);
  // The first lot for 5 fills the month up to the tier, the other two are for 10.
  EXPECT_EQ(group.lines(), "3 0.5 0.5 12 2 2");
}

TEST(PartnerCloses, PositionsThatHedgeEachOtherCountAsTheLarger) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  group.add_account(1, 100);
  group.add_account(2, 100);
  group.open_order(1, "2");              // One lot each,
  group.open_order(2, "3", Side::Sell);  // and 1.5 against it.
  group.open_order(3, "2");
  ASSERT_EQ(group.close_after(600, 1, "x", "2"), "done");
  ASSERT_EQ(group.close_after(600, 2, "x", "3"), "done");
  EXPECT_EQ(core::to_string(group.leg().lots), "0.5");  // max(1, 1.5) - max(1, 0).
  // The third was open beside the second: max(2, 1.5) - max(1, 1.5).
  ASSERT_EQ(group.close_after(600, 3, "x", "2"), "done");
  EXPECT_EQ(core::to_string(group.leg().lots), "0.5");
  EXPECT_EQ(group.last<PartnerDealRecorded>().at(0).hedged->sold, decimal("1.5"));
  // What was open alone counts by itself.
  group.open_order(4, "2", Side::Sell);
  ASSERT_EQ(group.close_after(600, 4, "x", "2"), "done");
  EXPECT_EQ(core::to_string(group.leg().lots), "1");
  EXPECT_FALSE(group.deals().at(0).hedge_group.has_value());
}

TEST(PartnerCloses, TheFirmsOwnAccountPaysNobody) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  group.add_account(1, 100);
  Participation firm;
  firm.own_account = AccountOwner::Firm;
  ASSERT_EQ(group.set(1, firm), "done");
  group.open_order(1, "1");
  ASSERT_EQ(group.close_after(600, 1, "x", "1"), "done");
  EXPECT_TRUE(group.deals().empty());
}

TEST(PartnerCloses, AManagersPartOfARetailClientsCloseIsTheClients) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  ASSERT_EQ(group.run(AssignProgramme{group.manager, group.programme, group.now, {}}), "done");
  open_four_lots(group);
  ASSERT_EQ(group.close_after(600, 1, "x", "4"), "done");
  // Client 1 by d's tree and the manager's, client 2 by the manager's: 15 for three lots.
  ASSERT_EQ(group.deals().size(), 2u);
  EXPECT_EQ(group.lines(), "3 0.5 0.5 5 15");
  const auto lines = group.last<PartnerLineAccrued>();
  EXPECT_TRUE(lines[4].partner == group.manager && lines[4].routed);
  EXPECT_TRUE(lines[4].client == tests::client_id(2));
}

TEST(PartnerCloses, AreTakenBackAndStatedAnewByTheirTicket) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  open_four_lots(group);
  ASSERT_EQ(group.close_after(600, 1, "x", "4"), "done");
  RecordPartnerDeal deal = group.deals().at(0);
  EXPECT_EQ(group.run(deal), "Conflict/duplicate_deal");
  ASSERT_EQ(group.run(ReversePartnerDeal{"none", deal.ticket, "closed at another price"}), "done");
  EXPECT_EQ(group.lines(), "-3 -0.5 -0.5");
  EXPECT_EQ(group.earned(group.d), "0");
  deal.lots = decimal("0.5");
  ASSERT_EQ(group.run(deal), "done");
  EXPECT_EQ(group.lines(), "1.5 0.25 0.25");
}

TEST(PartnerCloses, NoTradeOfTheGroupIsRecordedByAnotherTicket) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  group.add_account(1, 100);
  group.add_account(2, 300);
  RecordPartnerDeal deal = partners::Tree::deal("m-1");
  deal.symbol = "EURUSD";
  deal.account = PayingGroup::account(1);
  EXPECT_EQ(group.run(deal), "done");  // It does not trade here yet.
  deal.ticket = "m-2";
  ASSERT_EQ(group.accept(1, "4"), "done");
  ASSERT_EQ(group.fill(1, "f", "2"), "done");
  EXPECT_EQ(group.run(deal), "Conflict/managed_close");
  ASSERT_EQ(group.fill(1, "g", "2"), "done");
  ASSERT_EQ(group.close_after(600, 1, "x", "4"), "done");
  EXPECT_EQ(group.run(deal), "Conflict/managed_close");
  deal.ticket = PayingGroup::ticket("x", 1, 1);
  EXPECT_EQ(group.run(deal), "Conflict/managed_close");  // Of another server.
  deal.server = "none";
  EXPECT_EQ(group.run(deal), "Conflict/duplicate_deal");
  deal.ticket = PayingGroup::ticket("y", 1, 1);
  EXPECT_EQ(group.run(deal), "Conflict/managed_close");  // No such close.
  deal.ticket = "/" + PayingGroup::account(1).hex();
  EXPECT_EQ(group.run(deal), "Conflict/managed_close");
  deal.ticket = "m-3";
  deal.account.reset();
  deal.structure = group.structure;
  EXPECT_EQ(group.run(deal), "Conflict/managed_close");
  deal.account = PayingGroup::account(77);  // Nobody's.
  EXPECT_EQ(group.run(deal), "Conflict/managed_close");
  deal.account.reset();
  deal.structure.reset();
  EXPECT_EQ(group.run(deal), "done");  // Of an account elsewhere, as far as is known.
}

TEST(PartnerCloses, OneThatCannotBeWorkedOutGoesThroughAndIsAwaited) {
  PayingGroup group(paying(PayBasis::Spread, "0.5"));
  open_four_lots(group);
  ASSERT_EQ(group.close_after(600, 1, "x", "4"), "done");
  EXPECT_EQ(group.open_steps(1), "0 0");
  EXPECT_TRUE(group.deals().empty());
  const auto awaited = group.last<PartnerDealAwaited>();
  ASSERT_EQ(awaited.size(), 1u);
  EXPECT_EQ(awaited[0].reason, "missing_field");
  EXPECT_EQ(awaited[0].field, "spread_open");
  EXPECT_EQ(awaited[0].close.close, "x");
  // The spread of 0.0001 on one lot is 10; half of it, by the tree.
  RecordPartnerDeal deal = awaited[0].deal;
  deal.spread_open = decimal("0.0001");
  ASSERT_EQ(group.run(deal), "done");
  EXPECT_EQ(group.lines(), "3 0.5 0.5");
  EXPECT_EQ(group.run(deal), "Conflict/duplicate_deal");
}

TEST(PartnerCloses, ACloseBelowZeroGoesThroughAndIsAwaited) {
  PayingGroup group(paying(PayBasis::PerLot, "5"));
  group.add_account(1, 100);
  group.open_order(1, "1");
  group.pass_seconds(600);
  ASSERT_EQ(group.run(RecordClose{tests::id<core::OrderId>(1), "x", decimal("1"), decimal("-1"),
                                  decimal("0"), decimal("0"), decimal("0")}),
            "done");
  ASSERT_EQ(group.last<PartnerDealAwaited>().size(), 1u);
  EXPECT_EQ(group.last<PartnerDealAwaited>()[0].field, "close_price");
}

TEST(PartnerCloses, AfterASplitTheAverageIsThatOfToday) {
  PayingGroup group(paying(PayBasis::PerMillion, "10"));
  group.add_account(1, 100);
  group.open_order(1, "1");
  ASSERT_EQ(group.run(SplitPosition{group.structure, "EURUSD", "s", 4, 1, {}}), "done");
  ASSERT_EQ(group.close_after(600, 1, "x", "4"), "done");
  EXPECT_EQ(core::to_string(group.deals().at(0).open_price), "0.275");
  EXPECT_EQ(core::to_string(group.leg().base), "1.1");  // 4 x 100,000 x 0.275 = 110,000.
}

}  // namespace
}  // namespace engine::mam
