#include <gtest/gtest.h>

#include "tests/engine/client_money/money_book.h"

namespace engine::client_money {
namespace {

using tests::decimal;
using tests::id;

const std::string kReceivable = "assets:house:receivable:00000000000000000000000000000001";
const std::string kPsp = "assets:house:psp:00000000000000000000000000000384";
const std::string kReserve = "assets:house:psp-reserve:00000000000000000000000000000384";

SettlePsp settlement(const MoneyBook& book, std::string_view amount, std::string_view cost,
                     std::string_view reserve) {
  return {book.psp, book.trust, "EUR", decimal(amount), decimal(cost), decimal(reserve)};
}

ChargeBack charge_back(std::uint64_t payment, std::string_view amount,
                       BorneBy rest = BorneBy::House) {
  return {MoneyBook::payment_id(payment), decimal(amount), rest};
}

TEST(DepositByCard, ItIsOwedToTheClientBeforeTheMoneyIsThere) {
  MoneyBook book;
  EXPECT_EQ(book.pay_by_card(1, 1, "250.00"), "done");
  EXPECT_TRUE(book.wallet(1) == 25'000);
  EXPECT_TRUE(book.balance(kPsp) == 25'000);
  EXPECT_TRUE(book.held() == 0);
  EXPECT_TRUE(book.c() == -25'000);  // The house's to fund.
}

TEST(DepositByCard, WhatItNamesMustExist) {
  MoneyBook book;
  EXPECT_EQ(book.pay_by_card(1, 9, "1"), "NotFound/unknown_client");
  EXPECT_EQ(book.run(DepositByCard{MoneyBook::payment_id(1), id<PspId>(1), tests::client_id(1),
                                   decimal("1"), "EUR"}),
            "NotFound/unknown_psp");
  EXPECT_EQ(book.pay_by_card(1, 1, "0"), "InvalidInput/not_positive");
  EXPECT_EQ(book.pay_by_card(1, 1, "0.001"), "InvalidInput/precision");
  EXPECT_EQ(book.run(RegisterPsp{book.psp}), "Conflict/exists");
}

// 1000.00 less 25.00 cost less 100.00 held back: 875.00 arrive; the 125.00 are the house's to fund
// until the reserve is released.
TEST(SettlePsp, CostAndReserveAreTheHousesAndNotTheClients) {
  MoneyBook book;
  ASSERT_EQ(book.pay_by_card(1, 1, "1000.00"), "done");
  EXPECT_EQ(book.run(settlement(book, "1000.00", "25.00", "100.00")), "done");
  EXPECT_TRUE(book.held() == 87'500);
  EXPECT_TRUE(book.balance(kPsp) == 0);
  EXPECT_TRUE(book.balance(std::string(accounts::kPspCost)) == 2'500);
  EXPECT_TRUE(book.balance(kReserve) == 10'000);
  EXPECT_TRUE(book.c() == -12'500);
  EXPECT_TRUE(book.last<PspSettled>().at(0).paid == 87'500);
  EXPECT_EQ(book.run(ReleasePspReserve{book.psp, book.trust, "EUR", decimal("60.00")}), "done");
  EXPECT_TRUE(book.c() == -6'500);
  EXPECT_EQ(book.run(ReleasePspReserve{book.psp, book.own, "EUR", decimal("40.00")}), "done");
  EXPECT_TRUE(book.c() == -6'500);
  EXPECT_TRUE(book.balance(accounts::bank(book.own, BankRing::House)) == 4'000);
  EXPECT_EQ(book.run(ReleasePspReserve{book.psp, book.own, "EUR", decimal("0.01")}),
            "Conflict/law_never_credit");
}

TEST(SettlePsp, PartsThatDoNotFitAreRefused) {
  MoneyBook book;
  ASSERT_EQ(book.pay_by_card(1, 1, "100.00"), "done");
  EXPECT_EQ(book.run(settlement(book, "100.01", "0", "0")), "Conflict/psp_balance");
  EXPECT_EQ(book.run(settlement(book, "100.00", "60.00", "40.01")),
            "InvalidInput/settlement_parts");
  EXPECT_EQ(book.run(settlement(book, "100.00", "-0.01", "0")), "InvalidInput/settlement_parts");
  EXPECT_EQ(book.run(settlement(book, "100.00", "0", "-0.01")), "InvalidInput/settlement_parts");
  auto elsewhere = settlement(book, "1", "0", "0");
  elsewhere.bank = book.own;
  EXPECT_EQ(book.run(elsewhere), "Conflict/wrong_bank");
  elsewhere.bank = id<core::BankId>(1);
  EXPECT_EQ(book.run(elsewhere), "NotFound/unknown_bank");
  EXPECT_EQ(book.run(ReleasePspReserve{book.psp, elsewhere.bank, "EUR", decimal("1")}),
            "NotFound/unknown_bank");
  // All of it may be cost and reserve.
  EXPECT_EQ(book.run(settlement(book, "100.00", "60.00", "40.00")), "done");
}

TEST(ChargeBack, TheWalletGivesWhatItHoldsAndTheRestIsBorneAsStated) {
  MoneyBook book;
  ASSERT_EQ(book.pay_by_card(1, 1, "300.00"), "done");
  ASSERT_EQ(book.run(Withdraw{tests::client_id(1), decimal("180.00"), "EUR"}), "done");
  EXPECT_EQ(book.run(charge_back(1, "100.00", BorneBy::Client)), "done");
  EXPECT_TRUE(book.wallet(1) == 2'000);
  EXPECT_FALSE(book.books.is_open(kReceivable));
  EXPECT_EQ(book.run(charge_back(1, "100.00", BorneBy::Client)), "done");
  EXPECT_TRUE(book.wallet(1) == 0);
  EXPECT_TRUE(book.balance(kReceivable) == 8'000);
  EXPECT_EQ(book.run(charge_back(1, "100.00", BorneBy::House)), "done");
  EXPECT_TRUE(book.balance(std::string(accounts::kPspCost)) == 10'000);
  EXPECT_TRUE(book.balance(kPsp) == 0);
  const auto body = book.last<ChargedBack>().at(0);
  EXPECT_TRUE(body.from_wallet == 0 && body.rest == 10'000 && body.charged_back == 30'000);
}

TEST(ChargeBack, NotMoreThanWasPaidAndNothingUnknown) {
  MoneyBook book;
  ASSERT_EQ(book.pay_by_card(1, 1, "300.00"), "done");
  EXPECT_EQ(book.run(charge_back(1, "300.01")), "Conflict/payment_exhausted");
  EXPECT_EQ(book.run(charge_back(1, "200.00")), "done");
  EXPECT_EQ(book.run(charge_back(1, "100.01")), "Conflict/payment_exhausted");
  EXPECT_EQ(book.run(charge_back(1, "0")), "InvalidInput/not_positive");
  EXPECT_EQ(book.run(charge_back(2, "1")), "NotFound/unknown_payment");
}

}  // namespace
}  // namespace engine::client_money
