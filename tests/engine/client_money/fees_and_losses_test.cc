#include <gtest/gtest.h>

#include "engine/mam_state.h"
#include "tests/engine/client_money/money_book.h"

namespace engine::client_money {
namespace {

using tests::client_id;
using tests::decimal;
using tests::id;

const std::string kNbp(accounts::kNegativeBalanceCost);

// --- Row 26 ---

TEST(PayManager, HisFeesGoToHisOwnWalletOrThroughTheBank) {
  MoneyBook book;
  book.post(accounts::bank(book.own, BankRing::House), accounts::manager_fees(book.manager), "EUR",
            10'000);
  EXPECT_EQ(book.run(PayManager{book.manager, decimal("30.00"), "EUR", client_id(3), {}}), "done");
  EXPECT_TRUE(book.wallet(3) == 3'000);
  EXPECT_TRUE(book.c() == -3'000);
  EXPECT_EQ(book.run(PayManager{book.manager, decimal("70.00"), "EUR", {}, book.own}), "done");
  EXPECT_TRUE(book.balance(accounts::manager_fees(book.manager)) == 0);
  EXPECT_TRUE(book.balance(accounts::bank(book.own, BankRing::House)) == 3'000);
  EXPECT_EQ(book.run(PayManager{book.manager, decimal("0.01"), "EUR", {}, book.own}),
            "Conflict/law_never_debit");
}

TEST(PayManager, ToNobodyElse) {
  MoneyBook book;
  const auto one = decimal("1");
  EXPECT_EQ(book.run(PayManager{book.manager, one, "EUR", client_id(1), {}}),
            "Conflict/not_own_client");
  EXPECT_EQ(book.run(PayManager{book.manager, one, "EUR", client_id(9), {}}),
            "NotFound/unknown_client");
  EXPECT_EQ(book.run(PayManager{book.manager, one, "EUR", {}, book.trust}), "Conflict/wrong_bank");
  EXPECT_EQ(book.run(PayManager{book.manager, one, "EUR", {}, {}}), "InvalidInput/one_payee");
  EXPECT_EQ(book.run(PayManager{book.manager, one, "EUR", client_id(3), book.own}),
            "InvalidInput/one_payee");
  EXPECT_EQ(book.run(PayManager{client_id(3), one, "EUR", {}, book.own}),
            "NotFound/unknown_manager");
}

// --- Row 28 ---

CoverNegativeBalance cover(std::uint64_t number, std::optional<std::string_view> loss = {},
                           BorneBy borne_by = BorneBy::House) {
  CoverNegativeBalance command{MoneyBook::account(number), {}, borne_by};
  if (loss) command.loss = decimal(*loss);
  return command;
}

// A loss of 1500.00 on 1000.00: the client loses 1000.00, the house bears 500.00.
TEST(CoverNegativeBalance, ALossBeyondTheMoneyTakesTheMoneyAndNoMore) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "1000.00"), "done");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(1), decimal("1000.00")}), "done");
  EXPECT_EQ(book.run(cover(1, "1500.00")), "done");
  EXPECT_TRUE(book.on_account(1) == 0);
  EXPECT_TRUE(book.balance(std::string(accounts::kClientTradingRealised)) == -150'000);
  EXPECT_TRUE(book.balance(kNbp) == 50'000);
  EXPECT_TRUE(book.c() == 100'000);  // His money is the house's now, and still in the client bank.
  const auto body = book.last<NegativeBalanceCovered>().at(0);
  EXPECT_TRUE(body.loss == 150'000 && body.balance == 100'000 && body.deficit == 50'000);
}

// The same story as the platform tells it: the closes were recorded first.
TEST(CoverNegativeBalance, ADeficitThatClosesHaveBookedComesToTheSame) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "1000.00"), "done");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(1), decimal("1000.00")}), "done");
  ASSERT_EQ(book.run(ValueAccount{MoneyBook::account(1), decimal("1100.00"), {}}), "done");
  book.trade(1, -150'000);
  ASSERT_TRUE(book.on_account(1) == -50'000);
  EXPECT_EQ(book.run(cover(1)), "done");
  EXPECT_TRUE(book.on_account(1) == 0 && book.floating(1) == 0);
  EXPECT_TRUE(book.balance(std::string(accounts::kClientTradingRealised)) == -150'000);
  EXPECT_TRUE(book.balance(std::string(accounts::kClientTradingFloating)) == 0);
  EXPECT_TRUE(book.balance(kNbp) == 50'000);
  EXPECT_TRUE(book.c() == 100'000);
  EXPECT_EQ(book.run(cover(1)), "Conflict/not_negative");
}

TEST(CoverNegativeBalance, AnUnprotectedProfessionalOwesTheRest) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(2, "10.00"), "done");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(2), decimal("10.00")}), "done");
  EXPECT_EQ(book.run(cover(2, "15.00", BorneBy::Client)), "done");
  EXPECT_TRUE(book.balance(accounts::receivable(client_id(2))) == 500);
  EXPECT_FALSE(book.books.is_open(kNbp));
}

TEST(CoverNegativeBalance, ARetailClientIsProtectedUnderTheProfilesThatSaySo) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "10.00"), "done");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(1), decimal("10.00")}), "done");
  for (const Jurisdiction jurisdiction :
       {Jurisdiction::Cysec, Jurisdiction::Fca, Jurisdiction::Asic}) {
    book.state.structures.at(book.group).jurisdiction = jurisdiction;
    EXPECT_EQ(book.run(cover(1, "15.00", BorneBy::Client)), "Conflict/negative_balance_protected");
  }
  book.state.structures.at(book.group).jurisdiction = Jurisdiction::Offshore;
  EXPECT_EQ(book.run(cover(1, "15.00", BorneBy::Client)), "done");
}

TEST(CoverNegativeBalance, OnlyWhatIsMissingAndNothingOpen) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "10.00"), "done");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(1), decimal("10.00")}), "done");
  EXPECT_EQ(book.run(cover(1)), "Conflict/not_negative");
  EXPECT_EQ(book.run(cover(1, "10.00")), "Conflict/not_negative");
  EXPECT_EQ(book.run(cover(1, "-15.00")), "InvalidInput/not_positive");
  EXPECT_EQ(book.run(cover(9, "15.00")), "NotFound/unknown_account");
  Order order;
  order.structure = book.group;
  order.open = 1;
  order.shares[MoneyBook::account(1)].open = 1;
  book.state.blocks->orders[id<core::OrderId>(1)] = order;
  note_open(*book.state.blocks, id<core::OrderId>(1));
  EXPECT_EQ(book.run(cover(1, "15.00")), "Conflict/positions_open");
}

// --- Row 29 ---

Convert conversion(std::string_view amount, std::string_view rate, std::string_view mid) {
  return {client_id(1), "EUR", "USD", decimal(amount), decimal(rate), decimal(mid), "ecb", {0}, {}};
}

// 100.01 EUR at 1.0845 are 108.460845: 108.46. At the mid rate of 1.0850 they are 108.51085:
// 108.51.
TEST(Convert, EachCurrencyBalancesByItself) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.01"), "done");
  EXPECT_EQ(book.run(conversion("100.01", "1.0845", "1.0850")), "done");
  EXPECT_TRUE(book.wallet(1) == 0 && book.wallet(1, "USD") == 10'846);
  const std::string fx = accounts::fx("EUR", "USD");
  EXPECT_EQ(fx, "equity:house:fx:eur-usd");
  EXPECT_EQ(accounts::fx("USD", "EUR"), fx);
  EXPECT_TRUE(book.balance(fx) == -10'001 && book.balance(fx, "USD") == 10'851);
  EXPECT_TRUE(book.balance(std::string(accounts::kFxMarkup), "USD") == -5);
  EXPECT_TRUE(book.c("EUR") == 10'001 && book.c("USD") == -10'846);
  const auto body = book.last<Converted>().at(0);
  EXPECT_TRUE(body.mid_value == 10'851 && body.markup == 5);
}

// 1000 yen at 0.00641 are 6.41 dollars; a dollar at 155.99 is 155 yen, and 0.99 of one is nobody's.
TEST(Convert, CurrenciesHaveTheirOwnDecimals) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "1000", "JPY"), "done");
  auto command = conversion("1000", "0.00641", "0.00641");
  command.from_currency = "JPY";
  EXPECT_EQ(book.run(command), "done");
  EXPECT_TRUE(book.wallet(1, "USD") == 641);
  command = conversion("1.00", "155.99", "156");
  command.from_currency = "USD";
  command.to_currency = "JPY";
  EXPECT_EQ(book.run(command), "done");
  EXPECT_TRUE(book.wallet(1, "JPY") == 155);
}

TEST(Convert, WhatMakesNoSenseIsRefused) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  EXPECT_EQ(book.run(conversion("100.01", "1", "1")), "Conflict/law_never_debit");
  EXPECT_EQ(book.run(conversion("1", "0", "1")), "InvalidInput/exchange_rate");
  EXPECT_EQ(book.run(conversion("1", "1", "-1")), "InvalidInput/exchange_rate");
  // Where it makes no cent's difference, too.
  EXPECT_EQ(book.run(conversion("0.01", "1.10", "1.09")), "InvalidInput/exchange_rate");
  EXPECT_EQ(book.run(conversion("1", "1.10", "1.09")), "InvalidInput/exchange_rate");
  EXPECT_EQ(book.run(conversion("0.01", "0.99", "1")), "InvalidInput/not_positive");
  EXPECT_EQ(book.run(conversion("0", "1", "1")), "InvalidInput/not_positive");
  auto command = conversion("1", "1", "1");
  command.to_currency = "EUR";
  EXPECT_EQ(book.run(command), "InvalidInput/same_currency");
  command.to_currency = "EURO";
  EXPECT_EQ(book.run(command), "InvalidInput/unknown_currency");
  command = conversion("1", "1", "1");
  command.published_at = {book.now.micros + 1};
  EXPECT_EQ(book.run(command), "InvalidInput/rate_time");
  command = conversion("1", "1", "1");
  command.rate_source.clear();
  EXPECT_EQ(book.run(command), "InvalidInput/rate_source");
  command = conversion("1", "1", "1");
  command.client = client_id(9);
  EXPECT_EQ(book.run(command), "NotFound/unknown_client");
  command = conversion("1", "99999999999999999999999999999999999999",
                       "99999999999999999999999999999999999999");
  EXPECT_EQ(book.run(command).substr(0, 9), "Overflow/");
}

}  // namespace
}  // namespace engine::client_money
