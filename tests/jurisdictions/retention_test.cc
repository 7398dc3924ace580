#include "jurisdictions/retention.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

namespace jurisdictions {
namespace {

using engine::Jurisdiction;

std::vector<engine::retention::AppliedRule> rules_of(Jurisdiction jurisdiction) {
  return retention_rules(std::span(&jurisdiction, 1));
}

constexpr std::array kAll = {Jurisdiction::Cysec, Jurisdiction::Fca, Jurisdiction::Asic,
                             Jurisdiction::Offshore};

TEST(RetentionRules, AreDatedAndHaveASource) {
  for (const auto& applied : retention_rules(kAll)) {
    SCOPED_TRACE(applied.origin + ": " + applied.rule.citation);
    EXPECT_FALSE(applied.rule.classes.empty());
    EXPECT_TRUE(applied.rule.source.starts_with("https://"));
    EXPECT_GE(applied.rule.checked, applied.rule.in_force);
    EXPECT_GE(applied.rule.years, 5u);
    EXPECT_LE(applied.rule.years, 7u);
    EXPECT_TRUE(applied.rule.uncertain);  // None was read in the authority's own words.
  }
}

TEST(RetentionRules, CoverEveryClassOfBusinessInEachJurisdiction) {
  for (const Jurisdiction jurisdiction : kAll) {
    std::set<engine::RecordClass> covered;
    for (const auto& applied : rules_of(jurisdiction)) {
      covered.insert(applied.rule.classes.begin(), applied.rule.classes.end());
    }
    EXPECT_EQ(covered.size(), 5u) << rules_of(jurisdiction).front().origin;
    EXPECT_FALSE(covered.contains(engine::RecordClass::Oversight));
  }
}

TEST(RetentionRules, AreFiveSixAndSevenYears) {
  const auto has = [](Jurisdiction jurisdiction, std::uint64_t years) {
    return std::ranges::any_of(rules_of(jurisdiction),
                               [&](const auto& applied) { return applied.rule.years == years; });
  };
  EXPECT_TRUE(has(Jurisdiction::Cysec, 5));
  EXPECT_TRUE(has(Jurisdiction::Cysec, 6));
  EXPECT_TRUE(has(Jurisdiction::Fca, 6));
  EXPECT_TRUE(has(Jurisdiction::Asic, 7));
  EXPECT_FALSE(has(Jurisdiction::Asic, 5));
}

}  // namespace
}  // namespace jurisdictions
