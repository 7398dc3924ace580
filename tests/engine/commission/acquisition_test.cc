#include "engine/commission/acquisition.h"

#include <gtest/gtest.h>

#include "tests/engine/commission/parts.h"

namespace engine::commission {
namespace {

// 100 from 500 of net deposits, 250 from 1,000, 600 from 5,000.
core::Rational due(std::string_view net_deposits, std::string_view paid) {
  const std::vector<Step> ladder{{amount("500"), amount("100")},
                                 {amount("1000"), amount("250")},
                                 {amount("5000"), amount("600")}};
  return acquisition_due(ladder, amount(net_deposits), amount(paid));
}

TEST(AcquisitionPay, AHigherStepPaysTheDifference) {
  EXPECT_EQ(written(due("499.99", "0")), "0");
  EXPECT_EQ(written(due("500", "0")), "100");
  EXPECT_EQ(written(due("1200", "100")), "150");
  EXPECT_EQ(written(due("5000", "250")), "350");
  EXPECT_EQ(written(due("5000", "0")), "600");
}

TEST(AcquisitionPay, AWithdrawalTakesNothingBack) { EXPECT_EQ(written(due("0", "250")), "0"); }

// Source: the worked examples, IB-13-negative-carryover: 40 % of 24,300, then of -16,500, which the
// stated formula makes -6,600.
TEST(RevenueShare, ALossIsCarriedIfTheProgrammeSaysSo) {
  const auto first = revenue_share(amount("24300"), amount("0.4"), {}, true);
  EXPECT_EQ(written(first.earned), "9720");
  const auto second = revenue_share(amount("-16500"), amount("0.4"), first.carried, true);
  EXPECT_EQ(written(second.earned), "0");
  EXPECT_EQ(written(second.carried), "-6600");
  const auto third = revenue_share(amount("20000"), amount("0.4"), second.carried, true);
  EXPECT_EQ(written(third.earned), "1400");
  EXPECT_EQ(written(third.carried), "0");
}

TEST(RevenueShare, ALossIsForgottenOtherwise) {
  const auto share = revenue_share(amount("-16500"), amount("0.4"), {}, false);
  EXPECT_EQ(written(share.earned) + written(share.carried), "00");
}

TEST(RevenueShare, RepaysAcquisitionPayFirst) {
  EXPECT_EQ(written(repaid(amount("90"), amount("250"))), "90");
  EXPECT_EQ(written(repaid(amount("300"), amount("250"))), "250");
}

}  // namespace
}  // namespace engine::commission
