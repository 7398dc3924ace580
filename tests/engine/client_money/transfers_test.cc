#include <gtest/gtest.h>

#include "tests/engine/client_money/money_book.h"

namespace engine::client_money {
namespace {

using tests::decimal;
using tests::id;
using enum TransferDirection;

core::Minor in_transit(const MoneyBook& book) { return -book.balance(accounts::transit("demo-1")); }

std::string confirm(MoneyBook& book, std::uint64_t transfer, const std::string& ticket) {
  return book.run(ConfirmTransfer{MoneyBook::transfer_id(transfer), ticket});
}

TEST(Transfers, MoneyIsInTransitUntilThePlatformConfirms) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  EXPECT_EQ(book.send(1, 1, "60.00"), "done");
  EXPECT_TRUE(book.wallet(1) == 4'000 && in_transit(book) == 6'000 && book.on_account(1) == 0);
  EXPECT_EQ(confirm(book, 1, "t-1"), "done");
  EXPECT_TRUE(book.wallet(1) == 4'000 && in_transit(book) == 0 && book.on_account(1) == 6'000);
  EXPECT_EQ(book.send(2, 1, "25.00", FromAccount), "done");
  EXPECT_TRUE(book.wallet(1) == 4'000 && in_transit(book) == 2'500 && book.on_account(1) == 3'500);
  EXPECT_EQ(confirm(book, 2, "t-2"), "done");
  EXPECT_TRUE(book.wallet(1) == 6'500 && in_transit(book) == 0 && book.on_account(1) == 3'500);
  EXPECT_TRUE(book.c() == 0);
}

TEST(Transfers, WhatIsRefusedGoesBackWhereItWas) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  ASSERT_EQ(book.send(1, 1, "60.00"), "done");
  EXPECT_EQ(book.run(RefuseTransfer{MoneyBook::transfer_id(1)}), "done");
  EXPECT_TRUE(book.wallet(1) == 10'000 && in_transit(book) == 0);
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(1), decimal("50.00")}), "done");
  ASSERT_EQ(book.send(2, 1, "50.00", FromAccount), "done");
  EXPECT_EQ(book.run(RefuseTransfer{MoneyBook::transfer_id(2)}), "done");
  EXPECT_TRUE(book.on_account(1) == 5'000 && in_transit(book) == 0);
  EXPECT_FALSE(book.last<TransferEnded>().at(0).ticket.has_value());
  EXPECT_EQ(confirm(book, 2, "t-1"), "NotFound/unknown_transfer");
  EXPECT_EQ(book.run(RefuseTransfer{MoneyBook::transfer_id(2)}), "NotFound/unknown_transfer");
}

TEST(Transfers, OnlyWhatIsThereCanBeSent) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  EXPECT_EQ(book.send(1, 1, "100.01"), "Conflict/law_never_debit");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(1), decimal("50.00")}), "done");
  EXPECT_EQ(book.send(1, 1, "50.01", FromAccount), "Conflict/insufficient_balance");
  ASSERT_EQ(book.run(ValueAccount{MoneyBook::account(1), decimal("30.00"), {}}), "done");
  EXPECT_EQ(book.send(1, 1, "30.01", FromAccount), "Conflict/insufficient_equity");
  EXPECT_EQ(book.send(1, 9, "1"), "NotFound/unknown_account");
  EXPECT_EQ(book.send(1, 1, "0"), "InvalidInput/not_positive");
}

TEST(Transfers, AServerIsAPartOfAPath) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  for (const char* server : {"", "internal", "Demo", "-a", "a:b", "a b"}) {
    EXPECT_EQ(book.send(1, 1, "1", ToAccount, server), "InvalidInput/server_name") << server;
  }
  EXPECT_EQ(book.send(1, 1, "1", ToAccount, std::string(65, 'a')), "InvalidInput/server_name");
  book.state.structures.at(book.group).server = "demo-2";
  EXPECT_EQ(book.send(1, 1, "1"), "Conflict/wrong_server");
  EXPECT_EQ(book.send(1, 1, "1", ToAccount, "demo-2"), "done");
}

TEST(Transfers, ATicketConfirmsOneTransfer) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  ASSERT_EQ(book.send(1, 1, "1"), "done");
  ASSERT_EQ(book.send(2, 1, "1"), "done");
  EXPECT_EQ(confirm(book, 1, ""), "InvalidInput/ticket");
  EXPECT_EQ(confirm(book, 1, std::string(65, '1')), "InvalidInput/ticket");
  EXPECT_EQ(confirm(book, 1, "t-1"), "done");
  EXPECT_EQ(confirm(book, 2, "t-1"), "Conflict/duplicate_ticket");
  EXPECT_EQ(confirm(book, 2, "t-2"), "done");
}

FlowFacts equity(const std::string& amount) {
  FlowFacts facts;
  facts.equity_before = decimal(amount);
  return facts;
}

// 100 paid in, worth 110 a day ago, and a performance fee of 20 %.
class GainBook : public MoneyBook {
 public:
  GainBook() {
    state.offers.at(state.structures.at(group).offer).terms.performance_fee_rate = decimal("0.2");
    EXPECT_EQ(deposit(1, "200.00"), "done");
    EXPECT_EQ(send(1, 1, "100.00"), "done");
    EXPECT_EQ(confirm(*this, 1, "t-1"), "done");
    EXPECT_EQ(run(ValueAccount{account(1), decimal("110.00"), {}}), "done");
    at("2026-01-06T09:00:00Z");
  }
};

TEST(Transfers, WhatLeavesSaysTheEquityWhereAPerformanceFeeIsCharged) {
  GainBook book;
  SendTransfer back{MoneyBook::transfer_id(2), MoneyBook::account(1), FromAccount, decimal("60"),
                    "demo-1"};
  EXPECT_EQ(book.run(back), "Conflict/equity_unstated");
  back.flow = equity("120");
  ASSERT_EQ(book.run(back), "done");
  // Half of the 20 gained leaves, and 20 % of it is the fee.
  EXPECT_TRUE(book.last<AccountFeeCharged>().at(0).fee.amount == 200);
  EXPECT_TRUE(in_transit(book) == 5'800 && book.on_account(1) == 4'000 &&
              book.floating(1) == 2'000);
}

TEST(Transfers, WhatComesSaysTheEquityWithItsConfirmation) {
  GainBook book;
  ASSERT_EQ(book.send(2, 1, "50.00"), "done");
  ASSERT_EQ(book.run(ConfirmTransfer{MoneyBook::transfer_id(2), "t-2", equity("130")}), "done");
  const AccountFlow flow = book.last<AccountFlow>().at(0);
  EXPECT_TRUE(flow.equity_before == 13'000 && flow.mark_after == 15'000 && !flow.blocks);
  EXPECT_TRUE(book.floating(1) == 3'000);
  ASSERT_EQ(book.send(3, 1, "50.00"), "done");
  ASSERT_EQ(confirm(book, 3, "t-3"), "done");
  EXPECT_TRUE(book.last<AccountFlow>().at(0).blocks);
}

TEST(Transfers, WhatIsRefusedComesBackAtTheEquityThen) {
  GainBook book;
  SendTransfer back{MoneyBook::transfer_id(2),
                    MoneyBook::account(1),
                    FromAccount,
                    decimal("60"),
                    "demo-1",
                    equity("120")};
  ASSERT_EQ(book.run(back), "done");
  ASSERT_EQ(book.run(RefuseTransfer{MoneyBook::transfer_id(2), equity("61")}), "done");
  EXPECT_TRUE(book.last<AccountFlow>().at(0).equity_before == 6'100);
  EXPECT_FALSE(book.last<AccountFlow>().at(0).blocks);
}

TEST(Transfers, FiguresComeWithTheCommandThatMovesTheMoney) {
  GainBook book;
  SendTransfer there{MoneyBook::transfer_id(2),
                     MoneyBook::account(1),
                     ToAccount,
                     decimal("60"),
                     "demo-1",
                     equity("120")};
  EXPECT_EQ(book.run(there), "InvalidInput/unexpected_flow");
  there.flow.reset();
  ASSERT_EQ(book.run(there), "done");
  EXPECT_EQ(book.run(RefuseTransfer{MoneyBook::transfer_id(2), equity("120")}),
            "InvalidInput/unexpected_flow");
  SendTransfer back = there;
  back.transfer = MoneyBook::transfer_id(3);
  back.direction = FromAccount;
  back.flow = equity("120");
  ASSERT_EQ(book.run(back), "done");
  EXPECT_EQ(book.run(ConfirmTransfer{MoneyBook::transfer_id(3), "t-3", equity("60")}),
            "InvalidInput/unexpected_flow");
}

TEST(Transfers, UnconfirmedForMoreThanADayIsABreach) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  ASSERT_EQ(book.send(1, 1, "60.00"), "done");
  book.at("2026-01-07T00:00:00Z");
  EXPECT_EQ(book.tick(), "done");
  EXPECT_EQ(book.last<ClientMoneyBreached>().at(0).reason, BreachReason::Unconfirmed);
  EXPECT_EQ(book.tick(), "nothing");
  EXPECT_EQ(confirm(book, 1, "t-1"), "done");
}

}  // namespace
}  // namespace engine::client_money
