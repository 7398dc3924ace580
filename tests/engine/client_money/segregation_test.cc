#include <gtest/gtest.h>

#include "tests/engine/client_money/money_book.h"

namespace engine::client_money {
namespace {

using tests::client_id;
using tests::decimal;
using tests::id;
using enum OwedMeasure;

constexpr std::string_view kToday = "2026-01-05";

core::Minor house_bank(const MoneyBook& book) {
  return book.balance(accounts::bank(book.own, BankRing::House));
}

TEST(RecordSegregation, AShortfallIsFunded) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "500.00"), "done");
  ASSERT_EQ(book.pay_by_card(1, 1, "250.00"), "done");
  EXPECT_EQ(book.run(book.day(kToday, CashBalances)), "done");
  EXPECT_TRUE(book.c() == 0);
  EXPECT_TRUE(book.held() == 75'000);
  EXPECT_TRUE(house_bank(book) == -25'000);
  const auto body = book.last<SegregationRecorded>().at(0);
  EXPECT_TRUE(body.held_total == 50'000 && body.held.banks == 50'000);
  EXPECT_TRUE(body.owed_total == 75'000 && body.owed.wallets == 75'000);
  EXPECT_TRUE(body.interfund_before == -25'000 && body.interfund_after == 0);
  EXPECT_TRUE(body.shortfall == 25'000 && body.excess == 0 && body.funded == 25'000);
  EXPECT_TRUE(body.surplus_after == 0);
  EXPECT_FALSE(body.late);
}

TEST(RecordSegregation, AnExcessIsRemovedAllOrInPart) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "500.00"), "done");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(1), decimal("500.00")}), "done");
  book.trade(1, -10'000);  // The house won 100.00, which lie in the client bank.
  auto command = book.day(kToday, CashBalances);
  command.remove = decimal("100.01");
  EXPECT_EQ(book.run(command), "InvalidInput/segregation_remove");
  command.remove = decimal("-0.01");
  EXPECT_EQ(book.run(command), "InvalidInput/segregation_remove");
  command.remove = decimal("60.00");
  EXPECT_EQ(book.run(command), "done");
  EXPECT_TRUE(book.c() == 4'000 && house_bank(book) == 6'000);
  book.at("2026-01-06T09:00:00Z");
  EXPECT_EQ(book.run(book.day("2026-01-06", CashBalances)), "done");
  EXPECT_TRUE(book.c() == 0 && house_bank(book) == 10'000 && book.held() == 40'000);
}

TEST(RecordSegregation, NothingToMoveNeedsNoBanks) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "500.00"), "done");
  auto command = book.day(kToday, CashBalances);
  command.client_bank.reset();
  command.house_bank.reset();
  EXPECT_EQ(book.run(command), "done");
  ASSERT_EQ(book.pay_by_card(1, 1, "1"), "done");
  book.at("2026-01-06T09:00:00Z");
  command.date = core::parse_date("2026-01-06").value();
  EXPECT_EQ(book.run(command), "Conflict/segregation_banks");
  command.client_bank = book.trust;
  EXPECT_EQ(book.run(command), "Conflict/segregation_banks");
  command.house_bank = book.second_trust;
  EXPECT_EQ(book.run(command), "Conflict/wrong_bank");
  command.house_bank = id<core::BankId>(1);
  EXPECT_EQ(book.run(command), "NotFound/unknown_bank");
  command.house_bank = book.own;
  command.client_bank = book.own;
  EXPECT_EQ(book.run(command), "Conflict/wrong_bank");
  EXPECT_TRUE(book.c() == -100);
}

// Row 13 and 21 by each measure: account 1 has 1000.00 and floats at +200.00, account 2 has 1000.00
// and floats at -300.00. The books owe 1900.00 and hold 2000.00.
TEST(RecordSegregation, TheMeasureSaysWhatCountsAsOwed) {
  struct Case {
    OwedMeasure measure;
    core::Minor owed;
    core::Minor shortfall;
    core::Minor excess;
  };
  for (const Case& one :
       {Case{CashBalances, 200'000, 0, 0}, Case{BalancesAndFloatingProfit, 220'000, 20'000, 0},
        Case{NetOfFloatingLoss, 190'000, 0, 10'000}}) {
    MoneyBook book;
    for (const std::uint64_t number : {1u, 2u}) {
      ASSERT_EQ(book.deposit(number, "1000.00"), "done");
      ASSERT_EQ(book.run(FundAccount{MoneyBook::account(number), decimal("1000.00")}), "done");
    }
    ASSERT_EQ(book.run(ValueAccount{MoneyBook::account(1), decimal("1200.00"), {}}), "done");
    ASSERT_EQ(book.run(ValueAccount{MoneyBook::account(2), decimal("700.00"), {}}), "done");
    ASSERT_EQ(book.run(book.day(kToday, one.measure)), "done");
    const auto body = book.last<SegregationRecorded>().at(0);
    EXPECT_TRUE(body.owed_total == 190'000);
    EXPECT_TRUE(body.owed.floating_profit == 20'000 && body.owed.floating_loss == -30'000);
    EXPECT_TRUE(body.owed_measured == one.owed) << core::to_string(body.owed_measured);
    EXPECT_TRUE(body.shortfall == one.shortfall) << core::to_string(body.shortfall);
    EXPECT_TRUE(body.excess == one.excess) << core::to_string(body.excess);
    EXPECT_TRUE(book.c() >= 0 && body.surplus_after >= 0);
  }
}

// Client 2's account is 300.00 in debit until somebody bears it: client 1 is owed his 1000.00 all
// the same, and the bank must hold them.
TEST(RecordSegregation, NobodysDebitIsSetOffAgainstSomebodyElsesMoney) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "1000.00"), "done");
  ASSERT_EQ(book.deposit(2, "100.00"), "done");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(2), decimal("100.00")}), "done");
  book.trade(2, -40'000);
  ASSERT_EQ(book.run(book.day(kToday, NetOfFloatingLoss)), "done");
  const auto body = book.last<SegregationRecorded>().at(0);
  EXPECT_TRUE(body.owed_total == 70'000 && body.owed_measured == 100'000);
  EXPECT_TRUE(body.excess == 10'000 && body.removed == 10'000);
  EXPECT_TRUE(book.held() == 100'000 && book.c() == 30'000);
}

TEST(RecordSegregation, EveryClassOfWhatIsOwedIsShown) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  ASSERT_EQ(book.run(Withdraw{client_id(1), decimal("10.00"), "EUR"}), "done");
  ASSERT_EQ(book.send(1, 1, "20.00"), "done");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(1), decimal("30.00")}), "done");
  ASSERT_EQ(book.run(RecordReceipt{MoneyBook::receipt_id(1), book.trust, decimal("7.00"), "EUR"}),
            "done");
  const auto pool = id<core::StructureId>(701);
  const std::string bank(MoneyBook::kBank);  // "assets:cm:bank:0"
  for (const auto& [path, amount] : {std::pair{accounts::settled(pool, client_id(2)), 1'100},
                                     std::pair{accounts::floating(pool, client_id(2)), 200},
                                     std::pair{accounts::pending_in(pool, client_id(2)), 300},
                                     std::pair{accounts::pending_out(pool, client_id(2)), 400},
                                     std::pair{accounts::undistributed(pool), -50},
                                     std::pair{std::string("liabilities:cm:else"), 3}}) {
    book.open(path);
    book.post(bank, path, "EUR", amount);
  }
  ASSERT_EQ(book.run(book.day(kToday, CashBalances)), "done");
  const auto body = book.last<SegregationRecorded>().at(0);
  const OwedByClass& owed = body.owed;
  EXPECT_TRUE(owed.wallets == 4'000 && owed.payouts == 1'000 && owed.accounts == 3'000);
  EXPECT_TRUE(owed.transit == 2'000 && owed.unallocated == 700 && owed.other == 3);
  EXPECT_TRUE(owed.pool_pending == 700 && owed.pool_settled == 1'100);
  EXPECT_TRUE(owed.undistributed == -50 && owed.floating_profit == 200);
  EXPECT_TRUE(body.owed_total == 12'653 && body.owed_measured == 12'453);
  EXPECT_TRUE(body.held_total == 12'653 && body.interfund_before == 0);
}

TEST(RecordSegregation, ADayIsDoneOnceAndDaysGoForward) {
  MoneyBook book;
  book.at("2026-01-08T09:00:00Z");
  EXPECT_EQ(book.run(book.day("2026-01-09", CashBalances)), "InvalidInput/segregation_date");
  EXPECT_EQ(book.run(book.day("2026-01-07", CashBalances)), "done");
  EXPECT_EQ(book.run(book.day("2026-01-07", CashBalances)), "Conflict/segregation_done");
  EXPECT_EQ(book.run(book.day("2026-01-06", CashBalances)), "Conflict/segregation_order");
  auto dollars = book.day("2026-01-06", CashBalances);
  dollars.currency = "USD";
  EXPECT_EQ(book.run(dollars), "done");
  EXPECT_EQ(book.run(book.day("2026-01-08", CashBalances)), "done");
}

TEST(RecordSegregation, WhatTheBankDoesNotHoldIsNotRemoved) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  ASSERT_EQ(book.run(FundAccount{MoneyBook::account(1), decimal("100.00")}), "done");
  book.trade(1, -5'000);
  auto command = book.day(kToday, CashBalances);
  command.client_bank = book.second_trust;
  EXPECT_EQ(book.run(command), "Conflict/law_never_credit");
  command.remove = decimal("0");
  EXPECT_EQ(book.run(command), "done");
  EXPECT_TRUE(book.c() == 5'000);
}

TEST(RecordSegregation, TheMeasureIsTheRulesOrTheCommands) {
  MoneyBook book;
  EXPECT_EQ(book.run(book.day(kToday)), "InvalidInput/missing_field");
  ASSERT_EQ(book.run(book.rule(kToday, 2'880)), "done");
  EXPECT_EQ(book.run(book.day(kToday, CashBalances)), "Conflict/segregation_rule");
  auto command = book.day(kToday);
  command.cut_off = book.now;
  EXPECT_EQ(book.run(command), "Conflict/segregation_rule");
  EXPECT_EQ(book.run(book.day(kToday)), "done");
  EXPECT_EQ(book.last<SegregationRecorded>().at(0).measure, NetOfFloatingLoss);
  auto garbage = book.day(kToday, CashBalances);
  garbage.currency = "EURO";
  EXPECT_EQ(book.run(garbage), "InvalidInput/unknown_currency");
}

TEST(RecordSegregation, AStatementThatDiffersIsRefusedUnlessTheDifferenceIsStated) {
  MoneyBook book;
  ASSERT_EQ(book.deposit(1, "100.00"), "done");
  auto command = book.day(kToday, CashBalances);
  command.statements = {{book.trust, decimal("99.00"), {}}};
  EXPECT_EQ(book.run(command), "Conflict/bank_difference");
  command.statements[0].difference = decimal("1.00");
  EXPECT_EQ(book.run(command), "Conflict/bank_difference");
  command.statements[0].difference = decimal("-1.00");
  command.statements.push_back({book.trust, decimal("100.00"), {}});
  EXPECT_EQ(book.run(command), "InvalidInput/duplicate_bank");
  command.statements[1] = {book.own, decimal("0"), {}};
  EXPECT_EQ(book.run(command), "Conflict/wrong_bank");
  command.statements[1] = {book.second_trust, decimal("0.001"), {}};
  EXPECT_EQ(book.run(command), "InvalidInput/precision");
  command.statements[1] = {book.second_trust, decimal("3.00"), decimal("3.00")};
  EXPECT_EQ(book.run(command), "done");
  // What is missing is funded; what is too much makes nothing good.
  const auto body = book.last<SegregationRecorded>().at(0);
  EXPECT_TRUE(body.statement_shortage == 100 && body.funded == 100 && body.surplus_after == 0);
  EXPECT_TRUE(book.c() == 100);
  ASSERT_EQ(body.statements.size(), 2u);
  EXPECT_TRUE(body.statements[0].difference == -100 && body.statements[1].difference == 300);
}

// --- Breaches. The rule: each day, by 06:00 of the next (1800 minutes after it begins). ---

std::vector<std::string> breaches(const MoneyBook& book) {
  std::vector<std::string> out;
  for (const auto& breach : book.last<ClientMoneyBreached>()) {
    out.push_back(std::string(core::EnumNames<BreachReason>::names.at(
                      static_cast<std::size_t>(breach.reason))) +
                  " " + core::to_string(*breach.date) + " " + core::to_string(breach.amount));
  }
  return out;
}
using Breaches = std::vector<std::string>;

TEST(Breaches, ADayThatIsNotCalculatedByItsCutOffIsFoundOnce) {
  MoneyBook book;
  ASSERT_EQ(book.run(book.rule(kToday, 1'800)), "done");
  ASSERT_EQ(book.pay_by_card(1, 1, "2.50"), "done");
  book.at("2026-01-06T05:59:59Z");
  EXPECT_EQ(book.tick(), "nothing");
  book.at("2026-01-06T06:00:00Z");
  EXPECT_EQ(book.tick(), "done");
  EXPECT_EQ(breaches(book), Breaches{"missed 2026-01-05 250"});
  EXPECT_EQ(book.tick(), "nothing");
  // Done late all the same, and no second breach.
  EXPECT_EQ(book.run(book.day(kToday)), "done");
  EXPECT_EQ(breaches(book), Breaches{});
  EXPECT_TRUE(book.last<SegregationRecorded>().at(0).late);
  EXPECT_TRUE(book.c() == 0);
}

TEST(Breaches, ALateCalculationSaysSoItself) {
  MoneyBook book;
  ASSERT_EQ(book.run(book.rule(kToday, 1'800)), "done");
  book.at("2026-01-06T06:00:00Z");
  EXPECT_EQ(book.run(book.day(kToday)), "done");
  EXPECT_EQ(breaches(book), Breaches{"late 2026-01-05 0"});
  EXPECT_EQ(book.tick(), "nothing");
}

TEST(Breaches, WithoutARuleTheCommandsOwnCutOffCounts) {
  MoneyBook book;
  auto command = book.day(kToday, CashBalances);
  command.cut_off = core::Instant{book.now.micros + 1'000};
  EXPECT_EQ(book.run(command), "done");
  EXPECT_EQ(breaches(book), Breaches{});
  book.at("2026-01-06T06:00:00Z");
  command.date = core::parse_date("2026-01-06").value();
  command.cut_off = book.now;
  EXPECT_EQ(book.run(command), "done");
  EXPECT_EQ(breaches(book), Breaches{"late 2026-01-06 0"});
}

TEST(Breaches, DaysThatAreLeftOutAreFoundByTheNextCalculation) {
  MoneyBook book;
  ASSERT_EQ(book.run(book.rule(kToday, 10'080)), "done");
  ASSERT_EQ(book.run(book.day(kToday)), "done");
  ASSERT_EQ(book.pay_by_card(1, 1, "2.50"), "done");
  book.at("2026-01-08T12:00:00Z");
  EXPECT_EQ(book.run(book.day("2026-01-08")), "done");
  EXPECT_EQ(breaches(book), (Breaches{"passed_over 2026-01-06 250", "passed_over 2026-01-07 250"}));
  EXPECT_EQ(book.tick(), "nothing");
}

// The 10th and 11th of January 2026 are a Saturday and a Sunday.
TEST(Breaches, WeekendsAreAsTheRuleSays) {
  MoneyBook book;
  ASSERT_EQ(book.run(book.rule("2026-01-09", 1'800, RequiredDays::MondayToFriday)), "done");
  book.at("2026-01-13T06:00:00Z");
  EXPECT_EQ(book.tick(), "done");
  EXPECT_EQ(breaches(book), (Breaches{"missed 2026-01-09 0", "missed 2026-01-12 0"}));
  ASSERT_EQ(book.run(book.rule("2026-01-13", 1'800, RequiredDays::None)), "done");
  book.at("2027-01-13T06:00:00Z");
  EXPECT_EQ(book.tick(), "nothing");
}

TEST(Breaches, ATickFindsAThousandAndTheNextGoesOn) {
  MoneyBook book;
  ASSERT_EQ(book.run(book.rule(kToday, 0)), "done");
  book.at("2028-12-31T00:00:00Z");  // 1092 days from the 5th of January 2026 on, both counted.
  EXPECT_EQ(book.tick(), "done");
  EXPECT_EQ(breaches(book).size(), 1'000u);
  EXPECT_EQ(book.tick(), "done");
  EXPECT_EQ(breaches(book).size(), 92u);
  EXPECT_EQ(book.tick(), "nothing");
}

TEST(SetSegregationRule, ANewRuleDoesNotHideWhatWasMissed) {
  MoneyBook book;
  ASSERT_EQ(book.run(book.rule(kToday, 1'800)), "done");
  book.at("2026-01-07T05:00:00Z");
  EXPECT_EQ(book.run(book.rule("2026-01-20", 0)), "done");
  EXPECT_EQ(breaches(book), Breaches{"missed 2026-01-05 0"});
  book.at("2026-01-19T05:00:00Z");
  EXPECT_EQ(book.tick(), "nothing");
}

TEST(SetSegregationRule, WhatMakesNoSenseIsRefused) {
  MoneyBook book;
  EXPECT_EQ(book.run(book.rule("2026-01-04", 0)), "InvalidInput/segregation_date");
  EXPECT_EQ(book.run(book.rule(kToday, 10'081)), "InvalidInput/cut_off");
  auto rule = book.rule(kToday, 0);
  rule.currency = "EURO";
  EXPECT_EQ(book.run(rule), "InvalidInput/unknown_currency");
}

}  // namespace
}  // namespace engine::client_money
