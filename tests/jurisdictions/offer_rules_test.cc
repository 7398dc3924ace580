#include "jurisdictions/offer_rules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace jurisdictions {
namespace {

using engine::OfferOption;

bool forbids(std::string_view profile, OfferOption option) {
  return std::ranges::any_of(offer_rules(profile),
                             [&](const auto& rule) { return rule.forbids == option; });
}

TEST(OfferRules, AreDatedAndHaveASource) {
  for (const std::string_view profile : {"cysec", "fca"}) {
    for (const engine::OfferRule& rule : offer_rules(profile)) {
      EXPECT_FALSE(rule.citation.empty());
      EXPECT_TRUE(rule.source.starts_with("https://"));
      EXPECT_GE(rule.checked, rule.in_force);
      EXPECT_TRUE(rule.uncertain);  // None was read in the authority's own words.
      EXPECT_EQ(rule.by_choice, profile == "fca");
    }
  }
}

TEST(OfferRules, TheUnionsYardstickIsForTwoProfiles) {
  for (const OfferOption option :
       {OfferOption::MarkReset, OfferOption::PoolScope, OfferOption::ShortWindow,
        OfferOption::FrequentCharges, OfferOption::RestoreExpiry}) {
    EXPECT_TRUE(forbids("cysec", option));
    EXPECT_TRUE(forbids("fca", option));
    EXPECT_FALSE(forbids("asic", option));
    EXPECT_FALSE(forbids("offshore", option));
  }
  EXPECT_FALSE(forbids("cysec", OfferOption::PoolOfUnits));
}

}  // namespace
}  // namespace jurisdictions
