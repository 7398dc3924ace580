#include "engine/mam/allocation_plan.h"

#include <gtest/gtest.h>

#include "tests/support/numbers.h"
#include "tests/support/outcome.h"
#include "tests/support/seeds.h"

namespace engine::mam {
namespace {

using core::Minor;

std::vector<Candidate> candidates_of(const std::vector<Minor>& weights) {
  std::vector<Candidate> out;
  for (const Minor weight : weights) {
    Candidate one;
    one.weight = weight;
    one.rank = out.size();
    out.push_back(one);
  }
  return out;
}

// "100: 1500 2100 below_minimum".
std::string listed(const core::Result<Plan>& plan) {
  if (!plan) return tests::outcome(plan);
  std::string text = core::to_string(plan.value().steps) + ":";
  for (const Place& place : plan.value().places) {
    text += " ";
    text += place.excluded ? std::string(core::EnumNames<Exclusion>::names.at(
                                 static_cast<std::size_t>(*place.excluded)))
                           : core::to_string(place.weight);
  }
  return text;
}

TEST(PlanBlock, WithoutLimitsTheWeightsStay) {
  EXPECT_EQ(listed(plan_block(100, candidates_of({100, 300}), BelowMinimum::Exclude)),
            "100: 100 300");
}

// 30 for the first; the others share 70 as 30 to 20, that is 42 and 28: all times 50.
TEST(PlanBlock, WhatIsAboveALimitGoesToTheOthers) {
  auto candidates = candidates_of({50, 30, 20});
  candidates[0].limit = 30;
  EXPECT_EQ(listed(plan_block(100, candidates, BelowMinimum::Exclude)), "100: 1500 2100 1400");
}

// 50/100 is at the limit of 45; then 30/50 of 55 is 33, above the limit of 32.
TEST(PlanBlock, ALimitMayBindAfterAnother) {
  auto candidates = candidates_of({50, 30, 20});
  candidates[0].limit = 45;
  candidates[1].limit = 32;
  EXPECT_EQ(listed(plan_block(100, candidates, BelowMinimum::Exclude)), "100: 900 640 460");
}

TEST(PlanBlock, TheBlockIsReducedWhenAllAreAtTheirLimit) {
  auto candidates = candidates_of({50, 50});
  candidates[0].limit = 10;
  candidates[1].limit = 20;
  EXPECT_EQ(listed(plan_block(100, candidates, BelowMinimum::Exclude)), "30: 10 20");
}

TEST(PlanBlock, WhoeverIsBelowHisMinimumIsLeftOutAndTheOthersShareTheWhole) {
  auto candidates = candidates_of({60, 25, 15});
  for (Candidate& one : candidates) one.minimum = 2;
  EXPECT_EQ(listed(plan_block(10, candidates, BelowMinimum::Exclude)), "10: 60 25 below_minimum");
  for (Candidate& one : candidates) one.minimum = 3;
  EXPECT_EQ(listed(plan_block(10, candidates, BelowMinimum::Exclude)),
            "10: 60 below_minimum below_minimum");
}

// 3 and 3 of 10, and 4 for the first: all times 60.
TEST(PlanBlock, OrHeIsRaisedToIt) {
  auto candidates = candidates_of({60, 25, 15});
  for (Candidate& one : candidates) one.minimum = 3;
  EXPECT_EQ(listed(plan_block(10, candidates, BelowMinimum::Raise)), "10: 240 180 180");
}

TEST(PlanBlock, RaisingEndsWithTheBlock) {
  auto candidates = candidates_of({60, 25, 15});
  for (Candidate& one : candidates) one.minimum = 3;
  EXPECT_EQ(listed(plan_block(4, candidates, BelowMinimum::Raise)),
            "3: 3 below_minimum below_minimum");
}

TEST(PlanBlock, ALimitBelowTheMinimumLeavesOut) {
  auto candidates = candidates_of({50, 50});
  candidates[0].minimum = 5;
  candidates[0].limit = 4;
  EXPECT_EQ(listed(plan_block(10, candidates, BelowMinimum::Raise)), "10: max_lots 50");
}

TEST(PlanBlock, WhoeverWouldFallBelowHisMarginFloorIsLeftOut) {
  auto candidates = candidates_of({50, 50});
  candidates[0].risk_limit = 40;
  EXPECT_EQ(listed(plan_block(100, candidates, BelowMinimum::Exclude)), "100: margin_floor 50");
  candidates[1].risk_limit = 60;
  EXPECT_EQ(listed(plan_block(100, candidates, BelowMinimum::Exclude)),
            "0: margin_floor margin_floor");
}

TEST(PlanEach, TheBlockIsTheSum) {
  auto candidates = candidates_of({10, 20, 3});
  candidates[1].limit = 15;
  candidates[2].minimum = 4;
  EXPECT_EQ(listed(plan_each(candidates, BelowMinimum::Exclude)), "25: 10 15 below_minimum");
  EXPECT_EQ(listed(plan_each(candidates, BelowMinimum::Raise)), "29: 10 15 4");
}

TEST(PlanBlockProperty, NobodyIsAboveHisLimitOrBelowHisMinimum) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    std::vector<Minor> weights(1 + numbers.below(9));
    for (Minor& weight : weights) weight = static_cast<Minor>(1 + numbers.below(1'000));
    auto candidates = candidates_of(weights);
    for (Candidate& one : candidates) {
      one.minimum = static_cast<Minor>(1 + numbers.below(6));
      if (numbers.below(2) == 0) one.limit = static_cast<Minor>(1 + numbers.below(60));
      if (numbers.below(5) == 0) one.risk_limit = static_cast<Minor>(1 + numbers.below(60));
    }
    const auto asked = static_cast<Minor>(1 + numbers.below(200));
    const auto rule = numbers.below(2) == 0 ? BelowMinimum::Exclude : BelowMinimum::Raise;
    const Plan plan = plan_block(asked, candidates, rule).value();
    EXPECT_TRUE(plan.steps <= asked);
    Minor total = 0;
    for (const Place& place : plan.places) total += place.weight;
    Minor room = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const Candidate& one = candidates[i];
      const Place& place = plan.places[i];
      ASSERT_EQ(place.excluded.has_value(), place.weight == 0);
      if (place.excluded) continue;
      // Exact share = steps x weight / total.
      EXPECT_TRUE(plan.steps * place.weight <= one.limit * total);
      EXPECT_TRUE(plan.steps * place.weight <= one.risk_limit * total);
      EXPECT_TRUE(plan.steps * place.weight >= one.minimum * total);
      room = one.limit == kNoLimit ? asked : room + one.limit;
    }
    // The block is smaller than asked only where nobody has room for more.
    const bool reduced = plan.steps < asked && rule == BelowMinimum::Exclude;
    EXPECT_TRUE(!reduced || room <= plan.steps);
  }
}

}  // namespace
}  // namespace engine::mam
