#include <gtest/gtest.h>

#include "tests/engine/client_money/money_book.h"

namespace engine::client_money {
namespace {

using tests::client_id;
using tests::decimal;
using tests::id;

std::string receive(MoneyBook& book, std::uint64_t receipt, std::string_view amount) {
  return book.run(
      RecordReceipt{MoneyBook::receipt_id(receipt), book.trust, decimal(amount), "EUR"});
}

TEST(Receipts, MoneyWithoutOwnerIsClientMoneyStill) {
  MoneyBook book;
  EXPECT_EQ(receive(book, 1, "70.00"), "done");
  EXPECT_TRUE(book.held() == 7'000);
  EXPECT_TRUE(book.balance(std::string(accounts::kUnallocated)) == -7'000);
  EXPECT_TRUE(book.c() == 0);
  EXPECT_EQ(book.run(IdentifyReceipt{MoneyBook::receipt_id(1), client_id(2)}), "done");
  EXPECT_TRUE(book.wallet(2) == 7'000);
  EXPECT_TRUE(book.balance(std::string(accounts::kUnallocated)) == 0);
  EXPECT_EQ(book.run(IdentifyReceipt{MoneyBook::receipt_id(1), client_id(2)}),
            "NotFound/unknown_receipt");
}

TEST(Receipts, WhatHasNoOwnerGoesBack) {
  MoneyBook book;
  ASSERT_EQ(receive(book, 1, "70.00"), "done");
  ASSERT_EQ(receive(book, 2, "5.00"), "done");
  EXPECT_EQ(book.run(ReturnReceipt{MoneyBook::receipt_id(1)}), "done");
  EXPECT_TRUE(book.held() == 500);
  EXPECT_EQ(book.run(ReturnReceipt{MoneyBook::receipt_id(1)}), "NotFound/unknown_receipt");
  EXPECT_EQ(book.run(IdentifyReceipt{MoneyBook::receipt_id(2), client_id(9)}),
            "NotFound/unknown_client");
}

TEST(Receipts, OnlyMoneyInAClientBank) {
  MoneyBook book;
  EXPECT_EQ(book.run(RecordReceipt{MoneyBook::receipt_id(1), book.own, decimal("1"), "EUR"}),
            "Conflict/wrong_bank");
  EXPECT_EQ(
      book.run(RecordReceipt{MoneyBook::receipt_id(1), id<core::BankId>(1), decimal("1"), "EUR"}),
      "NotFound/unknown_bank");
  EXPECT_EQ(receive(book, 1, "-1"), "InvalidInput/not_positive");
}

// Zero at T+1: what was received on the 5th is overdue from the 7th on, and found once.
TEST(Receipts, WithoutOwnerForMoreThanADayIsABreach) {
  MoneyBook book;
  ASSERT_EQ(receive(book, 1, "70.00"), "done");
  book.at("2026-01-06T23:59:59Z");
  EXPECT_EQ(book.tick(), "nothing");
  book.at("2026-01-07T00:00:00Z");
  EXPECT_EQ(book.tick(), "done");
  const auto breach = book.last<ClientMoneyBreached>().at(0);
  EXPECT_EQ(breach.reason, BreachReason::Unidentified);
  EXPECT_TRUE(breach.amount == 7'000);
  EXPECT_EQ(breach.item->bytes, MoneyBook::receipt_id(1).bytes);
  EXPECT_EQ(book.tick(), "nothing");
  EXPECT_EQ(book.run(ReturnReceipt{MoneyBook::receipt_id(1)}), "done");
}

TEST(ReturnWithdrawal, TheBankSendsItBackAndItIsPaidAgainOrCancelled) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  ASSERT_EQ(book.run(Withdraw{client_id(1), decimal("60.00"), "EUR"}), "done");
  ASSERT_EQ(book.run(PayWithdrawal{client_id(1), book.trust, decimal("60.00"), "EUR"}), "done");
  EXPECT_EQ(book.run(ReturnWithdrawal{client_id(1), book.trust, decimal("60.00"), "EUR"}), "done");
  EXPECT_TRUE(book.held() == 10'000);
  EXPECT_TRUE(book.balance(accounts::payout(client_id(1))) == -6'000);
  EXPECT_EQ(book.run(PayWithdrawal{client_id(1), book.trust, decimal("20.00"), "EUR"}), "done");
  EXPECT_EQ(book.run(CancelWithdrawal{client_id(1), decimal("40.01"), "EUR"}),
            "Conflict/law_never_debit");
  EXPECT_EQ(book.run(CancelWithdrawal{client_id(1), decimal("40.00"), "EUR"}), "done");
  EXPECT_TRUE(book.wallet(1) == 8'000);
  EXPECT_EQ(book.run(ReturnWithdrawal{client_id(1), book.own, decimal("1"), "EUR"}),
            "Conflict/wrong_bank");
}

}  // namespace
}  // namespace engine::client_money
