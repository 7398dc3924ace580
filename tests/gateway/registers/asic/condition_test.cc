#include "gateway/registers/asic/condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/registers/evidence_text.h"

namespace gateway::registers::asic {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kPreamble =
    "This licence authorises the licensee to carry on a financial services business to:~";
constexpr const char* kOnBehalf =
    "applying for, acquiring, varying or disposing of a financial product on behalf of another "
    "person in "
    "respect of the following classes of products:~";

std::vector<std::string> limbs(const std::string& text) {
  std::vector<std::string> out;
  for (const auto& fact : read_condition(text).limbs)
    out.push_back(tests::text_of(fact).substr(15));
  return out;
}

std::vector<std::string> behalf(const std::string& products) {
  return limbs(std::string(kPreamble) + "deal in a financial product by:~" + kOnBehalf + products);
}

TEST(Condition, ScopeAtTheEndIsOfAllLimbs) {
  EXPECT_THAT(
      behalf("derivatives; and~foreign exchange contracts;~to wholesale clients."),
      ElementsAre("client=wholesale, limb=deal on behalf of another person, product=derivatives",
                  "client=wholesale, limb=deal on behalf of another person, "
                  "product=foreign exchange contracts"));
}

// "Including" itself takes nothing away.
TEST(Condition, WhatFollowsIncludingMayLimit) {
  for (const char* products :
       {"derivatives including warrants limited to hedging;", "derivatives including warrants;",
        "derivatives including:~warrants utilised only for hedging;",
        "interests in managed investment schemes including:~investor directed portfolio services "
        "for staff;"}) {
    const auto found = behalf(std::string(products) + "~to retail clients.");
    ASSERT_FALSE(found.empty()) << products;
    for (const std::string& limb : found) {
      const bool is_whole = limb.ends_with("derivatives") || limb.ends_with("schemes");
      EXPECT_FALSE(is_whole) << limb;
    }
    EXPECT_THAT(found, Contains(HasSubstr("residue including"))) << products;
  }
  EXPECT_THAT(behalf("interests in managed investment schemes including:~investor directed "
                     "portfolio services;~to retail clients."),
              Contains("client=retail, limb=deal on behalf of another person, "
                       "product=interests in managed investment schemes"));
}

// No rule knows what is left of "derivatives limited to old law warrants": a person looks.
TEST(Condition, ARestrictionIsResidueToo) {
  EXPECT_THAT(behalf("derivatives limited to old law warrants;~to retail clients."),
              ElementsAre("client=retail, limb=deal on behalf of another person, "
                          "product=derivatives, restriction=limited to old law warrants "
                          "residue limited to old law warrants"));
}

TEST(Condition, ALimbWithoutClientsHasResidue) {
  EXPECT_THAT(behalf("derivatives."),
              ElementsAre("limb=deal on behalf of another person, product=derivatives "
                          "residue no clients are named"));
}

TEST(Condition, WhatFollowsLimitedToIsNoProductOfItsOwn) {
  EXPECT_THAT(
      behalf("financial products limited to:~derivatives;~to retail clients."),
      ElementsAre(
          "client=retail, limb=deal on behalf of another person, product=financial products, "
          "restriction=limited to derivatives residue limited to derivatives"));
  EXPECT_THAT(behalf("limited to:~derivatives;~to retail clients."), ElementsAre());
}

TEST(Condition, AProductAfterTheFirstPartStandsBesideIt) {
  EXPECT_THAT(behalf("derivatives limited to:~old law securities;~foreign exchange contracts;~to "
                     "retail clients."),
              ElementsAre(HasSubstr("restriction=limited to old law securities"),
                          "client=retail, limb=deal on behalf of another person, "
                          "product=foreign exchange contracts"));
}

TEST(Condition, UnknownWordsAreResidueOfTheLimb) {
  EXPECT_THAT(
      behalf("derivatives;~except on Sundays;~to retail clients."),
      ElementsAre("client=retail, limb=deal on behalf of another person, product=derivatives "
                  "residue except on Sundays"));
}

TEST(Condition, UnknownWordsOutsideALimbAreResidueOfAll) {
  EXPECT_THAT(behalf("derivatives;~to retail clients.~The licensee must not hold money."),
              ElementsAre(HasSubstr("residue The licensee must not hold money")));
  EXPECT_THAT(limbs(std::string("deal in a financial product by:~") + kOnBehalf +
                    "derivatives;~to retail clients."),
              ElementsAre(HasSubstr("residue the licence's first words are missing")));
}

TEST(Condition, AnOpenerInOtherWordsHasItsWordsAsResidue) {
  EXPECT_THAT(
      limbs(std::string(kPreamble) + "make a market in foreign exchange contracts that it "
                                     "issues:~derivatives;~to retail clients."),
      ElementsAre(HasSubstr("residue make a market in foreign exchange contracts that it issues")));
}

TEST(Condition, QuotedAndNumberedSegmentsSayTheSame) {
  EXPECT_EQ(
      limbs(
          "\"This licence authorises the licensee to carry on a financial services business to:\"~"
          "\"(b) deal in a financial product by:\"~\"(i) applying for, acquiring, varying or "
          "disposing of a "
          "financial product on behalf of another person in respect of the following classes of "
          "products:\"~\"(A) derivatives; and\"~\"(B) foreign exchange contracts;\"~\"to retail "
          "and "
          "wholesale clients.\""),
      behalf("derivatives; and~foreign exchange contracts;~to retail and wholesale clients."));
}

TEST(Condition, ClientsOfTheDealAreThoseOfItsLimbsAlone) {
  const auto all = limbs(
      std::string(kPreamble) + "deal in a financial product to wholesale clients by:~" + kOnBehalf +
      "derivatives;~make a market for the following financial products:~derivatives;");
  EXPECT_THAT(all, ElementsAre(HasSubstr("client=wholesale"), HasSubstr("no clients are named")));
}

TEST(Condition, SegmentsOfAnythingAreReadToTheEnd) {
  for (const char* text : {"", "~", "~~~", "(", "()", "(a", "\"", "\"\"", ":", "and", " and ~ or ",
                           "to retail clients", "derivatives:~derivatives:"}) {
    EXPECT_TRUE(read_condition(text).limbs.empty()) << text;
  }
}

}  // namespace
}  // namespace gateway::registers::asic
