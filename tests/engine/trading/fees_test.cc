#include <gtest/gtest.h>

#include "tests/engine/trading/charged_group.h"

namespace engine::trading {
namespace {

// The performance fees of month ends at which account 1 has so much before the fee.
std::string fees_of(OfferTerms terms, const std::string& deposit,
                    const std::vector<std::string>& equities) {
  ChargedGroup group(std::move(terms));
  group.add_client_account(1, 1'000'000);
  EXPECT_EQ(group.fund(1, deposit), "done");
  std::string out;
  std::int32_t day = 1;
  for (const std::string& equity : equities) {
    EXPECT_EQ(group.month_end(day += 30, equity), "done");
    const std::string charged = group.charged();
    out += (out.empty() ? "" : " ") + (charged.empty() ? std::string("0") : charged);
  }
  return out;
}

// HWM-01-ctrader-gross and HWM-02-ctrader-inputs-net.
TEST(FeesOfAccounts, GrossAndNetMarksAsPublished) {
  const std::vector<std::string> months{"12000", "11000", "12500", "14000"};
  EXPECT_EQ(fees_of(performance("0.3", MarkBasis::Gross), "10000", months), "60000 0 15000 45000");
  EXPECT_EQ(fees_of(performance("0.3", MarkBasis::Net), "10000", months), "60000 0 33000 54900");
}

// HWM-03-evestin-net.
TEST(FeesOfAccounts, ADrawdownIsRecoveredBeforeTheNextFee) {
  EXPECT_EQ(fees_of(performance("0.25"), "100000", {"108000", "111000", "109000", "112000"}),
            "200000 125000 0 56250");
}

TEST(FeesOfAccounts, NothingTwiceAtOnePriceAndNothingAtTheMark) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.month_end(31, "1000"), "done");
  EXPECT_EQ(group.charged(), "");
  ASSERT_EQ(group.month_end(61, "1100"), "done");
  EXPECT_EQ(group.charged(), "2000");
  ASSERT_EQ(group.charge(61), "done");
  EXPECT_EQ(group.charged(), "");
  EXPECT_TRUE(group.mark(1) == 108'000);
}

TEST(FeesOfAccounts, TheManagementFeeIsOnEachDaysOpeningEquity) {
  OfferTerms terms;
  terms.management_fee_rate = decimal("0.0365");  // A ten-thousandth a day.
  ChargedGroup group(terms);
  group.add_client_account(1, 3000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  group.at_day(11);  // Ten days of 1000: 1.00.
  ASSERT_EQ(group.fund(1, "2000"), "done");
  group.at_day(16);  // Five of 3000: 1.50.
  ASSERT_EQ(group.value(1, "3300"), "done");
  group.at_day(18);  // Two of 3300: 0.66.
  ASSERT_EQ(group.value(1, "3000"), "done");
  ASSERT_EQ(group.charge(18, false), "done");
  EXPECT_EQ(group.charged(), "316");
  const auto fee = group.last<AccountFeeCharged>().at(0).fee;
  EXPECT_EQ(fee.days, 17u);
  EXPECT_TRUE(fee.exact_numerator == 316 * fee.exact_denominator);
  EXPECT_TRUE(group.equity(1) == 299'684);
}

TEST(FeesOfAccounts, AnUnpaidFractionStaysAccrued) {
  OfferTerms terms;
  terms.management_fee_rate = decimal("0.0365");
  ChargedGroup group(terms);
  group.add_client_account(1, 150);
  ASSERT_EQ(group.fund(1, "150"), "done");  // 1.5 cents a day.
  group.at_day(2);
  ASSERT_EQ(group.charge(2, false), "done");
  EXPECT_EQ(group.charged(), "1");
  group.at_day(3);
  ASSERT_EQ(group.charge(3, false), "done");
  // 1.5 and 1.4999 make 2.9999.
  EXPECT_EQ(group.charged(), "1");
}

TEST(FeesOfAccounts, ASubscriptionIsByDays) {
  OfferTerms terms;
  terms.subscription_fee = decimal("365");
  ChargedGroup group(terms);
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  group.at_day(31);
  ASSERT_EQ(group.charge(31, false), "done");
  EXPECT_EQ(group.charged(), "3000");
  EXPECT_TRUE(group.last<AccountFeeCharged>()[0].fee.fee == FeeKind::Subscription);
}

// FEE-05-b2copy-waterfall by numbers, with a tax on top.
TEST(FeesOfAccounts, SharesAndTaxSumToWhatIsTaken) {
  OfferTerms terms = performance("0.2");
  const auto ib = [](std::uint64_t n) { return tests::id<core::PartyId>(880 + n); };
  terms.shares.emplace().introducing = {
      {ib(1), decimal("0.2")}, {ib(2), decimal("0.05")}, {ib(3), decimal("0.02")}};
  terms.shares->business_partner = {ib(4), decimal("0.1")};
  terms.tax = {decimal("0.1"), "CY", {}};
  ChargedGroup group(terms);
  for (std::uint64_t n = 1; n <= 4; ++n) group.open(accounts::partner_accrued(ib(n)));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.month_end(31, "1500"), "done");
  EXPECT_EQ(group.charged(), "10000");
  const auto has = [&](std::uint64_t n) {
    return -group.balance(accounts::partner_accrued(ib(n)));
  };
  EXPECT_TRUE(has(1) == 2'000);
  EXPECT_TRUE(has(2) == 500);
  EXPECT_TRUE(has(3) == 200);
  EXPECT_TRUE(has(4) == 730);
  EXPECT_TRUE(group.manager_fees() == 6'570);
  EXPECT_TRUE(group.balance(accounts::tax("CY")) == -1'000);
  EXPECT_TRUE(group.equity(1) == 139'000);
  EXPECT_TRUE(group.mark(1) == 139'000);
}

TEST(FeesOfAccounts, AReserveIsPaidBackForALossAndReleasedLater) {
  OfferTerms terms = performance("0.2");
  terms.reserve = {decimal("0.5"), 2, decimal("0.2")};
  ChargedGroup group(terms);
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.month_end(31, "1100"), "done");
  const auto held = [&] { return -group.balance(accounts::manager_reserve(group.manager)); };
  EXPECT_TRUE(held() == 1'000);
  EXPECT_TRUE(group.manager_fees() == 1'000);
  ASSERT_EQ(group.month_end(61, "1060"), "done");  // 20 lost: 4.00 come back.
  EXPECT_TRUE(held() == 600);
  EXPECT_TRUE(group.equity(1) == 106'400);
  EXPECT_TRUE(group.mark(1) == 108'400);
  ASSERT_EQ(group.month_end(91, "1064"), "done");
  EXPECT_TRUE(held() == 0);
  EXPECT_TRUE(group.manager_fees() == 1'600);
}

TEST(FeesOfAccounts, ACapCutsAllFeesOfAYear) {
  OfferTerms terms = performance("0.2");
  terms.annual_cap = decimal("0.01");
  ChargedGroup group(terms);
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.month_end(31, "1100"), "done");
  EXPECT_EQ(group.charged(), "1000");
  EXPECT_TRUE(*group.last<AccountFeeCharged>()[0].fee.forfeited == 1'000);
  EXPECT_TRUE(group.mark(1) == 109'000);
}

TEST(FeesOfAccounts, AHurdleBlocksAndTheMarkMoves) {
  OfferTerms terms = performance("0.2");
  terms.performance.emplace().hurdle = {decimal("0.365"), HurdleKind::Hard, {}, {}};
  ChargedGroup group(terms);
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.month_end(31, "1030"), "done");  // Thirty days of 1.00.
  EXPECT_EQ(group.charged(), "");
  EXPECT_TRUE(group.mark(1) == 103'000);
}

TEST(FeesOfAccounts, AnEquityThatNobodyKnowsIsNotCharged) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.accept(1, "0.10"), "done");
  ASSERT_EQ(group.fill(1, "f", "0.10"), "done");
  group.at_day(31);
  EXPECT_EQ(group.charge(31), "Conflict/valuation_missing");
  ASSERT_EQ(group.value(1, "1100"), "done");
  // The gain is closed now, and still floats in the books.
  ASSERT_EQ(group.close(1, "c", "0.10", "100"), "done");
  EXPECT_EQ(group.charge(31), "Conflict/valuation_missing");
  ASSERT_EQ(group.value(1, "1100"), "done");
  EXPECT_EQ(group.charge(31), "done");
  EXPECT_EQ(group.charged(), "2000");
}

TEST(FeesOfAccounts, TheManagersOwnAccountIsFree) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  group.state.structures.at(group.structure).manager_client = client_id(1);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.month_end(31, "1100"), "done");
  EXPECT_EQ(group.charged(), "");
}

TEST(FeesOfAccounts, APeriodOfTheOfferEndsOnce) {
  OfferTerms terms = performance("0.2");
  terms.performance.emplace().frequency = Frequency::Monthly;
  ChargedGroup group(terms);
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.month_end(20, "1100"), "done");
  group.at_day(25);
  EXPECT_EQ(group.charge(25), "Conflict/period_not_over");
  ASSERT_EQ(group.month_end(45, "1200"), "done");  // In February.
  EXPECT_EQ(group.charged(), "2400");
}

TEST(FeesOfAccounts, DatesGoForwardAndNotBeyondToday) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  EXPECT_EQ(group.charge(3), "Conflict/trade_date");
  ASSERT_EQ(group.month_end(31, "1100"), "done");
  EXPECT_EQ(group.charge(30), "Conflict/trade_date");
  EXPECT_EQ(group.charge(31, true, {Group::account(1), Group::account(1)}),
            "InvalidInput/accounts_twice");
  EXPECT_EQ(group.charge(31, true, {Group::account(9)}), "NotFound/unknown_account");
}

// "HWM reset after stopping and restarting".
TEST(StoppedAccounts, TheMarkIsTheOneItHadAndTheTimeBetweenIsFree) {
  OfferTerms terms = performance("0.2");
  terms.management_fee_rate = decimal("0.0365");
  ChargedGroup group(terms);
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  const auto account = Group::account(1);
  EXPECT_EQ(group.run(RestartAccount{account, {5}}), "Conflict/account_running");
  group.at_day(11);
  ASSERT_EQ(group.value(1, "801"), "done");
  ASSERT_EQ(group.run(StopAccount{account, {11}}), "done");  // Ten days: 1.00.
  EXPECT_EQ(group.charged(), "100");
  EXPECT_TRUE(group.mark(1) == 100'000);
  EXPECT_EQ(group.run(StopAccount{account, {11}}), "Conflict/account_stopped");
  group.at_day(16);
  ASSERT_EQ(group.value(1, "800"), "done");
  group.at_day(21);
  EXPECT_EQ(group.charge(21, true, {account}), "Conflict/no_mandate");
  EXPECT_EQ(group.charge(21), "done");
  EXPECT_EQ(group.charged(), "");
  EXPECT_EQ(group.run(RestartAccount{account, {10}}), "Conflict/trade_date");
  ASSERT_EQ(group.run(RestartAccount{account, {21}}), "done");
  ASSERT_EQ(group.month_end(31, "1000"), "done");
  EXPECT_EQ(group.charged(), "80");  // Ten days of 800; the loss has come back, and no more.
  EXPECT_TRUE(group.mark(1) == 100'000);
}

TEST(StoppedAccounts, NothingIsOpenedOnThem) {
  ChargedGroup group(performance("0.2"));
  group.add_client_account(1, 1000);
  ASSERT_EQ(group.fund(1, "1000"), "done");
  ASSERT_EQ(group.run(StopAccount{Group::account(1), {1}}), "done");
  EXPECT_EQ(group.accept(1, "0.10"), "Conflict/no_participants");
}

}  // namespace
}  // namespace engine::trading
