#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/registers/fca/fca.h"
#include "tests/gateway/registers/evidence_text.h"

// Recorded answers of 27 February 2026; what must hold is said in the issue.
namespace gateway::registers::fca {
namespace {

using engine::Evidence;
using engine::Fact;
using testing::Contains;
using testing::HasSubstr;
using tests::has;

constexpr std::string_view kRetail = "Retail (Investment)";
constexpr std::string_view kProfessional = "Professional";
constexpr std::string_view kCounterparty = "Eligible Counterparty";
constexpr std::string_view kCfd =
    "Contract for Differences (excluding a spread bet and, a rolling spot forex contract and a "
    "binary bet)";
constexpr std::string_view kSpreadBet = "Spread Bet";
constexpr std::string_view kForex = "Rolling spot forex contract";

class FcaSample : public tests::RegisterSample {
 protected:
  Evidence evidence(const std::string& frn, const std::vector<std::string>& names) const {
    auto read = fca::read(frn, files(names));
    EXPECT_TRUE(read.has_value()) << core::to_string(read.error());
    return read ? std::move(read.value()) : Evidence{};
  }
};

const Fact* permission(const Evidence& evidence, std::string_view activity) {
  const auto found = std::ranges::find_if(evidence.facts, [&](const Fact& fact) {
    return fact.name == "fca.permission" && has(fact, "activity", activity);
  });
  return found == evidence.facts.end() ? nullptr : &*found;
}

TEST_F(FcaSample, Firm552016ManagesButNeitherForexNorCfdNorForCounterparties) {
  const auto read = evidence("552016", {"fca/firm_552016.json", "fca/permissions_552016_p1.json"});
  EXPECT_EQ(tests::state_of(read), "found complete");
  const Fact* const manages = permission(read, "Managing investments");
  ASSERT_NE(manages, nullptr);
  EXPECT_TRUE(has(*manages, "firm_status", "Authorised"));
  EXPECT_TRUE(has(*manages, "customer_type", kRetail));
  EXPECT_TRUE(has(*manages, "customer_type", kProfessional));
  EXPECT_FALSE(has(*manages, "customer_type", kCounterparty));
  EXPECT_TRUE(has(*manages, "investment_type", "Share"));
  for (const auto type : {kCfd, kSpreadBet, kForex}) {
    EXPECT_FALSE(has(*manages, "investment_type", type)) << type;
  }
}

TEST_F(FcaSample, Firm122702ManagesAllThreeForAllClientsWithTheBinaryBetLimitationShown) {
  const auto read =
      evidence("122702", {"fca/permissions_122702_p1.json", "fca/permissions_122702_p2.json",
                          "fca/permissions_122702_p3.json"});
  EXPECT_EQ(tests::state_of(read), "found complete");
  EXPECT_TRUE(read.remarks.empty());
  const Fact* const manages = permission(read, "Managing investments");
  ASSERT_NE(manages, nullptr);
  for (const auto client : {kRetail, kProfessional, kCounterparty}) {
    EXPECT_TRUE(has(*manages, "customer_type", client)) << client;
  }
  for (const auto type : {kCfd, kSpreadBet, kForex}) {
    EXPECT_TRUE(has(*manages, "investment_type", type)) << type;
  }
  EXPECT_TRUE(has(*manages, "limitation",
                  "when dealing with retail clients, the firm may not carry out the investment "
                  "activity in relation to a Binary Bet."));
  EXPECT_EQ(permission(read, "Managing an unauthorised AIF"), nullptr);
}

TEST_F(FcaSample, StatesOfConsumerBuyToLetAreNoPermissions) {
  const auto read =
      evidence("122702", {"fca/permissions_122702_p1.json", "fca/permissions_122702_p2.json",
                          "fca/permissions_122702_p3.json"});
  EXPECT_EQ(tests::facts_of(read, "fca.permission").size(), 36u);
  EXPECT_EQ(tests::facts_of(read, "fca.consumer_buy_to_let").size(), 6u);
  EXPECT_EQ(permission(read, "CBTL Status"), nullptr);
}

TEST_F(FcaSample, AMissingPageMakesItPartial) {
  const std::vector<std::string> pages = {"fca/permissions_122702_p1.json",
                                          "fca/permissions_122702_p2.json",
                                          "fca/permissions_122702_p3.json"};
  for (std::size_t missing = 0; missing < pages.size(); ++missing) {
    auto rest = pages;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(missing));
    const auto read = evidence("122702", rest);
    EXPECT_EQ(tests::state_of(read), "found partial");
    EXPECT_THAT(read.remarks, Contains(HasSubstr(" of 42 entries are there")));
  }
}

TEST_F(FcaSample, WhatIsNotThereIsAFactAndNoSilence) {
  const auto absent = evidence("552016", {"fca/passports_552016_notfound.json"});
  EXPECT_EQ(tests::state_of(absent), "not_found complete");
  EXPECT_THAT(absent.remarks, testing::ElementsAre(HasSubstr("do not say whose they are")));
  const auto beside =
      evidence("552016", {"fca/firm_552016.json", "fca/exclusions_552016_notfound.json"});
  EXPECT_EQ(tests::state_of(beside), "found complete");
  EXPECT_THAT(tests::facts_of(beside, "fca.endpoint"),
              Contains("fca.endpoint asked=not_found, endpoint=Exclusions"));
  EXPECT_EQ(tests::state_of(evidence("x", {"fca/search_firm_none.json"})), "not_found complete");
}

TEST_F(FcaSample, TheOtherEndpointsAreRead) {
  const auto read = evidence(
      "552016", {"fca/firm_552016.json", "fca/names_552016.json", "fca/regulators_552016.json",
                 "fca/requirements_552016.json", "fca/waivers_552016.json",
                 "fca/requirement_investment_types_OR-0263614.json"});
  EXPECT_EQ(tests::state_of(read), "found complete");
  EXPECT_EQ(tests::facts_of(read, "fca.name").size(), 5u);
  EXPECT_THAT(
      tests::facts_of(read, "fca.name"),
      Contains("fca.name current=false, kind=Trading, name=Nutmeg from 2011-05-24 to 2025-11-03"));
  EXPECT_THAT(
      tests::facts_of(read, "fca.regulator"),
      Contains(
          "fca.regulator regulator=Financial Services Authority from 2011-09-26 to 2013-03-31"));
  EXPECT_THAT(tests::facts_of(read, "fca.requirement"),
              Contains(HasSubstr("requirement=OR-0263614, text=This firm can: (1) approve")));
  EXPECT_EQ(tests::facts_of(read, "fca.waiver"),
            std::vector<std::string>{"fca.waiver rule=MIFIDPRU 3.3.3R"});
  EXPECT_EQ(tests::facts_of(read, "fca.promotion_investment_type").size(), 8u);
}

TEST_F(FcaSample, FunctionsNameTheReferenceNumberAndNeverThePerson) {
  const auto read = evidence("552016", {"fca/cf_552016.json"});
  EXPECT_EQ(tests::state_of(read), "found partial");  // 20 of 210.
  EXPECT_THAT(tests::facts_of(read, "fca.control_function"),
              Contains("fca.control_function at=CPA01034, current=true, function=SMF9 Chair of the "
                       "Governing Body from 2022-03-11"));
  for (const auto& fact : read.facts) {
    for (const auto& value : fact.values) {
      EXPECT_TRUE(value.key != "name" && value.key != "individual") << tests::text_of(fact);
    }
  }
}

TEST_F(FcaSample, ExclusionsAreNoCheckOfPersonsAndPassportsAreRead) {
  const auto read = evidence(
      "122702", {"fca/exclusions_122702.json", "fca/passports_122702.json",
                 "fca/passport_permission_122702_gibraltar.json", "fca/requirements_122702.json"});
  EXPECT_EQ(tests::state_of(read), "found complete");
  EXPECT_THAT(read.remarks, Contains(HasSubstr("nothing of prohibited persons")));
  EXPECT_EQ(tests::facts_of(read, "fca.passport").size(), 1u);
  EXPECT_EQ(tests::facts_of(read, "fca.passport_permission").size(), 3u);
  EXPECT_EQ(tests::facts_of(read, "fca.requirement").size(), 12u);
}

TEST_F(FcaSample, AnotherFirmsAnswerIsRefused) {
  const auto read = fca::read("552016", files({"fca/permissions_122702_p1.json"}));
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().reason, "register_reference");
  EXPECT_EQ(fca::read("552017", files({"fca/firm_552016.json"})).error().reason,
            "register_reference");
}

}  // namespace
}  // namespace gateway::registers::fca
