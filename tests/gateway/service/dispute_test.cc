// What a book would have come to under corrected terms, and the commands that put it right.

#include "gateway/service/dispute.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/service/verify_book.h"
#include "tests/gateway/service/many_terms.h"
#include "tests/gateway/service/pool_book.h"

namespace gateway::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class DisputeTest : public testing::Test {
 protected:
  explicit DisputeTest(std::string_view terms = tests::PoolBook::kFifth) {
    book.add_pool(terms);
    book.end_month();
  }

  core::Result<Dispute> replayed(const std::string& rules) {
    CorrectedTerms terms;
    TRY(book.book().with_references([&](refs::ReferenceStore& store) -> core::Result<> {
      refs::KnownReferences references(store);
      TRY(terms, read_rules(rules, references));
      return core::ok();
    }));
    Dispute out;
    TRY(book.book().read([&](const BookView& view) -> core::Result<> {
      TRY(out, replay_with(view.log, view.size, terms));
      return core::ok();
    }));
    return out;
  }
  Dispute dispute(const std::string& rules) {
    auto out = replayed(rules);
    EXPECT_EQ(tests::outcome(out), "a value");
    return std::move(out.value());
  }
  // Does what the commands propose, at once.
  void put_right(const Dispute& dispute, const std::string& at) {
    for (const auto& command : correcting_commands(dispute, "@ops", {})) {
      const auto& proposed = *command.find("proposed");
      const std::string fields = core::json::print(proposed);
      book.must(fields.substr(1, fields.size() - 2), at);
    }
  }

  tests::PoolBook book;
};

TEST_F(DisputeTest, TheSameRulesComeToTheSame) {
  const Dispute same = dispute(R"({"@o": {"performance_fee_rate": "0.20"}})");
  EXPECT_THAT(same.fees, IsEmpty());
  EXPECT_THAT(same.uncharged, IsEmpty());
  EXPECT_THAT(same.notes, IsEmpty());
  EXPECT_EQ(same.changed_offers, 1u);
  ASSERT_THAT(same.investors, SizeIs(2));
  EXPECT_TRUE(same.investors[0].recorded.units == same.investors[0].corrected.units);
  EXPECT_THAT(correcting_commands(same, "@ops", {}), IsEmpty());
}

TEST_F(DisputeTest, HalfTheRateTakesHalfTheFee) {
  const Dispute half = dispute(R"({"@o": {"performance_fee_rate": "0.10"}})");
  ASSERT_THAT(half.fees, SizeIs(2));
  EXPECT_TRUE(half.fees[0].recorded == 400'00);
  EXPECT_TRUE(half.fees[0].corrected == 200'00);
  ASSERT_THAT(half.investors, SizeIs(2));
  EXPECT_TRUE(half.investors[0].recorded.entitlement == 11600'00);
  EXPECT_TRUE(half.investors[0].corrected.entitlement == 11800'00);
  EXPECT_TRUE(half.investors[0].corrected.mark == 11800'00);
  const std::string text = to_text(half);
  EXPECT_THAT(text, HasSubstr("performance_fees: recorded 400.00, corrected 200.00, difference "
                              "-200.00 EUR"));
  EXPECT_THAT(text, HasSubstr("total: recorded 800.00, corrected 400.00, difference -400.00 EUR"));
}

TEST_F(DisputeTest, TheBookIsNotTouched) {
  const auto before = book.leaves();
  dispute(R"({"@o": {"performance_fee_rate": "0.10"}})");
  EXPECT_EQ(book.leaves(), before);
}

TEST_F(DisputeTest, AfterTheCorrectionsNothingIsLeftToCorrect) {
  // Two months: the second fee follows from what the first one left.
  book.end_month("27000.00", "2026-02-28");
  const Dispute half = dispute(R"({"@o": {"performance_fee_rate": "0.10"}})");
  ASSERT_THAT(half.fees, SizeIs(4));
  put_right(half, "2026-03-02T08:00:00Z");
  const Dispute again = dispute(R"({"@o": {"performance_fee_rate": "0.10"}})");
  EXPECT_THAT(again.fees, IsEmpty());
  for (const InvestorDifference& one : again.investors) {
    EXPECT_TRUE(one.recorded.fees() == one.corrected.fees());
    EXPECT_TRUE(one.recorded.entitlement == one.corrected.entitlement)
        << core::to_string(one.recorded.entitlement) << " "
        << core::to_string(one.corrected.entitlement);
    EXPECT_TRUE(one.recorded.mark == one.corrected.mark)
        << core::to_string(one.recorded.mark) << " " << core::to_string(one.corrected.mark);
  }
  book.close();
  VerifyOptions options;
  options.folder.root = book.folder();
  options.recompute = true;
  const auto verified = verify_book(options);
  ASSERT_EQ(tests::outcome(verified), "a value");
  EXPECT_TRUE(verified.value().report.clean());
  EXPECT_EQ(verified.value().differences_count, 0u);
}

TEST_F(DisputeTest, WhoLeftIsPaid) {
  book.must(R"("command":"redeem","request":"@out","structure":"@p","client":"@anna")",
            "2026-02-10T08:00:00Z");
  book.end_month("23200.00", "2026-02-28");
  const Dispute half = dispute(R"({"@o": {"performance_fee_rate": "0.10"}})");
  const auto commands = correcting_commands(half, "@ops", {});
  ASSERT_THAT(commands, SizeIs(1));
  const auto& list = *commands[0].find("proposed")->find("commands")->as_array();
  ASSERT_THAT(list, SizeIs(2));
  EXPECT_EQ(list[0].text("command"), "compensate");
  EXPECT_EQ(list[0].text("amount"), "200.00");
  EXPECT_EQ(list[1].text("command"), "correct_fee");
  put_right(half, "2026-03-02T08:00:00Z");
}

TEST_F(DisputeTest, WhatIsNoRuleIsRefused) {
  EXPECT_EQ(tests::outcome(replayed(R"({"@o": {"performance_rate": "0.10"}})")),
            "InvalidInput/unknown_field");
  EXPECT_EQ(tests::outcome(replayed(R"({"@o": {"performance_fee_rate": "1.10"}})")),
            "InvalidInput/rate_range");
  EXPECT_EQ(tests::outcome(replayed(R"({"@o": 7})")), "InvalidInput/wrong_type");
  EXPECT_EQ(tests::outcome(replayed(R"([])")), "InvalidInput/wrong_type");
  EXPECT_EQ(tests::outcome(replayed(R"({"@nobody": {}})")), "NotFound/unknown_reference");
  EXPECT_EQ(tests::outcome(replayed(R"({"00000000000000000000000000000001": {}})")),
            "NotFound/unknown_offer");
}

// A hurdle, tiers, a tax on top and an exit fee.
class DisputeOfManyTermsTest : public DisputeTest {
 protected:
  DisputeOfManyTermsTest() : DisputeTest(tests::kManyTerms) {}
  core::Minor corrected_fee(const std::string& rules) {
    const Dispute compared = dispute(rules);
    for (const FeeDifference& fee : compared.fees) {
      if (fee.fee != engine::FeeKind::Performance) continue;
      EXPECT_TRUE(fee.recorded == 577'81);
      return fee.corrected;
    }
    return -1;
  }
};

TEST_F(DisputeOfManyTermsTest, AnotherHurdle) {
  // 0.2 x (11000 - 10082.19..) + 0.3 x 979.29 = 477.34, and 90.69 of tax.
  EXPECT_TRUE(corrected_fee(R"({"@o": {"performance": {"hurdle": {"rate": "0.10"}}}})") == 568'03);
}

TEST_F(DisputeOfManyTermsTest, NoHurdle) {
  // 0.2 x 1000 + 0.3 x 979.29 = 493.78, and 93.81 of tax.
  EXPECT_TRUE(corrected_fee(R"({"@o": {"performance": {"hurdle": null}}})") == 587'59);
}

TEST_F(DisputeOfManyTermsTest, AnotherTier) {
  // 0.2 x (11979.29 - 10041.09..) = 387.63, and 73.64 of tax.
  EXPECT_TRUE(corrected_fee(R"({"@o": {"performance": {"tiers":
      [{"up_to_return": "0.10", "rate": "0.20"}, {"rate": "0.20"}]}}})") == 461'27);
}

TEST_F(DisputeOfManyTermsTest, AnUnknownTermInAGroupIsRefused) {
  EXPECT_EQ(tests::outcome(replayed(R"({"@o": {"performance": {"hurdle": {"speed": "1"}}}})")),
            "InvalidInput/unknown_field");
}

TEST_F(DisputeOfManyTermsTest, AnExitFeeThatShouldNotHaveBeenIsPaidBack) {
  book.must(R"("command":"redeem","request":"@out","structure":"@p","client":"@anna",
      "amount":"1000.00")",
            "2026-02-10T08:00:00Z");
  book.end_month("22802.96", "2026-02-28");
  const std::string rules = R"({"@o": {"exit_fee": null}})";
  const Dispute without = dispute(rules);
  ASSERT_THAT(without.fees, SizeIs(1));
  EXPECT_TRUE(without.fees[0].recorded == 10'00);
  EXPECT_TRUE(without.fees[0].corrected == 0);
  EXPECT_THAT(to_text(without), HasSubstr("exit_fees: recorded 10.00, corrected 0.00"));
  const auto commands = correcting_commands(without, "@ops", {});
  ASSERT_THAT(commands, SizeIs(1));
  const auto& list = *commands[0].find("proposed")->find("commands")->as_array();
  ASSERT_THAT(list, SizeIs(1));
  EXPECT_EQ(list[0].text("command"), "compensate");
  EXPECT_EQ(list[0].text("fee_part"), "0.00");
  put_right(without, "2026-03-02T08:00:00Z");
  EXPECT_THAT(dispute(rules).fees, IsEmpty());
}

}  // namespace
}  // namespace gateway::service
