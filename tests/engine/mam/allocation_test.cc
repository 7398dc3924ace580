#include "engine/mam/allocation.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/support/numbers.h"
#include "tests/support/outcome.h"

namespace engine::mam {
namespace {

using core::Minor;

// Claims whose ties go by their index.
std::vector<Claim> claims_of(const std::vector<Minor>& weights) {
  std::vector<Claim> claims;
  for (const Minor weight : weights) claims.push_back({weight, claims.size()});
  return claims;
}

std::string listed(const core::Result<std::vector<Minor>>& parts) {
  if (!parts) return tests::outcome(parts);
  std::string text;
  for (const Minor part : parts.value()) {
    text += (text.empty() ? "" : " ") + core::to_string(part);
  }
  return text;
}

std::string shared(Minor steps, const std::vector<Minor>& weights) {
  return listed(sainte_lague(steps, claims_of(weights)));
}

// The definition: one step at a time to the largest weight / (2 x steps + 1), the first of equals.
std::vector<Minor> step_by_step(Minor steps, const std::vector<Minor>& weights) {
  std::vector<Minor> parts(weights.size(), 0);
  for (; steps > 0; --steps) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < weights.size(); ++i) {
      if (weights[i] * (2 * parts[best] + 1) > weights[best] * (2 * parts[i] + 1)) best = i;
    }
    ++parts[best];
  }
  return parts;
}

std::vector<Minor> random_weights(tests::Numbers& numbers, std::uint64_t bound) {
  std::vector<Minor> weights(1 + numbers.below(12));
  for (Minor& weight : weights) weight = static_cast<Minor>(1 + numbers.below(bound));
  return weights;
}

// Source: domain/the worked examples, PFILL-01-alabama. Largest remainder would take a step back.
TEST(SainteLague, OneMoreStepTakesNothingAway) {
  EXPECT_EQ(shared(28, {9, 37, 55}), "3 10 15");
  EXPECT_EQ(shared(29, {9, 37, 55}), "3 10 16");
}

// Source: domain/the worked examples, ALLOC-01-fxcl-equity-residual: it separates the rules.
TEST(LargestEquityFirst, TheOddStepGoesToTheLargest) {
  const auto claims = claims_of({10'000, 7'000, 2'000});
  EXPECT_EQ(listed(largest_equity_first(1'000, claims)), "527 368 105");
  EXPECT_EQ(listed(sainte_lague(1'000, claims)), "526 369 105");
}

TEST(LargestEquityFirst, EqualEquitiesGoByTheTie) {
  auto claims = claims_of({5, 5, 5});
  EXPECT_EQ(listed(largest_equity_first(4, claims)), "2 1 1");
  claims[0].rank = 9;
  EXPECT_EQ(listed(largest_equity_first(4, claims)), "1 2 1");
}

TEST(LargestEquityFirst, ThePartsSumToTheWhole) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const auto weights = random_weights(numbers, 100'000);
    const auto steps = static_cast<Minor>(numbers.below(5'000));
    const auto parts = largest_equity_first(steps, claims_of(weights)).value();
    EXPECT_TRUE(std::accumulate(parts.begin(), parts.end(), Minor{0}) == steps);
  }
}

TEST(SainteLague, EqualClaimsGoByTheTieAndStayWithinOneStep) {
  EXPECT_EQ(shared(1, {7, 7, 7}), "1 0 0");
  EXPECT_EQ(shared(2, {7, 7, 7}), "1 1 0");
  EXPECT_EQ(shared(3, {7, 7, 7}), "1 1 1");
  EXPECT_EQ(shared(4, {7, 7, 7}), "2 1 1");
  auto claims = claims_of({7, 7, 7});
  claims[0].rank = 9;
  EXPECT_EQ(listed(sainte_lague(1, claims)), "0 1 0");
}

// 1/1 = 3/3: the second step of the larger claim ties with the first of the smaller.
TEST(SainteLague, WeightNeverBreaksATie) {
  EXPECT_EQ(shared(2, {1, 3}), "1 1");
  EXPECT_EQ(shared(2, {3, 1}), "2 0");
}

TEST(SainteLague, ItIsTheStepByStepDefinition) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    // Small weights make ties frequent.
    const auto weights = random_weights(numbers, seed % 2 == 0 ? 6 : 1'000'000);
    const auto steps = static_cast<Minor>(numbers.below(200));
    EXPECT_TRUE(sainte_lague(steps, claims_of(weights)).value() == step_by_step(steps, weights));
  }
}

TEST(SainteLague, EachStepGoesToOneAndTakesFromNobody) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const auto weights = random_weights(numbers, seed % 2 == 0 ? 9 : 5'000'000'000);
    const auto claims = claims_of(weights);
    std::vector<Minor> before(weights.size(), 0);
    for (Minor steps = 1; steps <= 150; ++steps) {
      const auto parts = sainte_lague(steps, claims).value();
      EXPECT_TRUE(std::accumulate(parts.begin(), parts.end(), Minor{0}) == steps);
      for (std::size_t i = 0; i < parts.size(); ++i) EXPECT_TRUE(parts[i] >= before[i]);
      before = parts;
    }
  }
}

TEST(SainteLague, TheLargestWeightsDoNotOverflow) {
  const Minor huge = Minor{1} << 122;
  EXPECT_EQ(shared(1'000'003, {huge, huge, huge}), "333335 333334 333334");
  EXPECT_EQ(shared(7, {huge, huge - 1}), "4 3");
  EXPECT_EQ(shared(5, {Minor{1} << 126, Minor{1} << 126}), "Overflow/overflow");
  EXPECT_EQ(shared(Minor{1} << 126, {1, 1}), "Overflow/overflow");
}

TEST(SainteLague, AThousandAccountsAndAMillionStepsSumUp) {
  tests::Numbers numbers(1);
  std::vector<Minor> weights;
  for (int i = 0; i < 1'000; ++i) {
    weights.push_back(static_cast<Minor>(1'000 + numbers.below(100'000'000)));
  }
  const auto parts = sainte_lague(1'000'000, claims_of(weights)).value();
  EXPECT_TRUE(std::accumulate(parts.begin(), parts.end(), Minor{0}) == 1'000'000);
}

// Python, from the definition: 32/31/35/34/319 on 23 steps give 2 2 2 2 15, and 16.27 is the last
// one's share; 31/34/35/35/425 on 21 give 1 1 1 1 17, and 15.94 is.
TEST(WithinAStep, WhoeverIsAWholeStepAwayIsPutRight) {
  const auto few = claims_of({32, 31, 35, 34, 319});
  ASSERT_EQ(shared(23, {32, 31, 35, 34, 319}), "2 2 2 2 15");
  EXPECT_EQ(listed(within_a_step(sainte_lague(23, few).value(), few)), "2 1 2 2 16");
  const auto many = claims_of({31, 34, 35, 35, 425});
  ASSERT_EQ(shared(21, {31, 34, 35, 35, 425}), "1 1 1 1 17");
  EXPECT_EQ(listed(within_a_step(sainte_lague(21, many).value(), many)), "1 1 2 1 16");
}

TEST(WithinAStep, PartsThatAreNearEnoughStay) {
  const auto claims = claims_of({9, 37, 55});
  EXPECT_EQ(listed(within_a_step({3, 10, 16}, claims)), "3 10 16");
}

TEST(SainteLague, NobodyGetsMoreThanHisLimit) {
  auto claims = claims_of({50, 30, 20});
  claims[0].limit = 30;
  EXPECT_EQ(listed(sainte_lague(100, claims)), "30 42 28");
  claims[1].limit = 5;
  EXPECT_EQ(listed(sainte_lague(100, claims)), "30 5 65");
  claims[2].limit = 60;
  EXPECT_EQ(listed(sainte_lague(100, claims)), "Conflict/beyond_limits");
}

TEST(SainteLague, ItGoesOnFromWhatEachHas) {
  const auto claims = claims_of({9, 37, 55});
  EXPECT_EQ(listed(sainte_lague_on({3, 10, 15}, 1, claims)), "3 10 16");
  EXPECT_EQ(listed(sainte_lague_on({3, 10, 16}, -1, claims)), "3 10 15");
}

// 28 steps: 2.495, 10.257, 15.248. 29 steps: 2.584, 10.624, 15.792: a step would be taken back.
// Source: the worked examples, PFILL-01-alabama.
TEST(LargestRemainder, ItTakesAStepBackFromWhoeverIsSmall) {
  const auto claims = claims_of({9, 37, 55});
  EXPECT_EQ(listed(largest_remainder(28, claims)), "3 10 15");
  EXPECT_EQ(listed(largest_remainder(29, claims)), "2 11 16");
}

TEST(LargestRemainder, EqualRemaindersGoByTheTie) {
  auto claims = claims_of({1, 1, 1});
  EXPECT_EQ(listed(largest_remainder(4, claims)), "2 1 1");
  claims[0].rank = 9;
  EXPECT_EQ(listed(largest_remainder(4, claims)), "1 2 1");
}

// Source: the worked examples, ALLOC-05-ibkr-equal-remainder.
TEST(RoundRobin, TheRestGoesByTheListFromWhoseTurnItIs) {
  const auto claims = claims_of({1, 1, 1, 1, 1, 1});
  EXPECT_EQ(listed(round_robin(400, claims, 0)), "67 67 67 67 66 66");
  EXPECT_EQ(listed(round_robin(400, claims, 4)), "67 67 66 66 67 67");
}

TEST(Floors, TheRestIsLeft) {
  EXPECT_EQ(listed(floors(1'000, claims_of({10'000, 7'000, 2'000}))), "526 368 105");
}

// 10 / 3 = 3.333...: the expected part is cut off after 18 decimals.
TEST(ExtraSteps, TheyAreWhatWasReceivedLessWhatWasExpected) {
  EXPECT_TRUE(extra_steps(3, 1, 3, 10).value() == -Minor{333'333'333'333'333'333});
  EXPECT_TRUE(extra_steps(4, 1, 3, 10).value() == Minor{666'666'666'666'666'667});
  EXPECT_TRUE(extra_steps(2, 5, 10, 4).value() == 0);
}

TEST(TieOf, ItDiffersFromOrderToOrder) {
  const core::AccountId account{{1}};
  EXPECT_NE(tie_of(core::OrderId{{1}}, account), tie_of(core::OrderId{{2}}, account));
  // Python: sha256(bytes([1]) + bytes(15) + bytes([1]) + bytes(15))
  EXPECT_EQ(core::to_hex(tie_of(core::OrderId{{1}}, account).bytes),
            "af8a44699e0fe2cbe8fcb03e513ef95500dcd533abce01646342d7d2d5dbc5d4");
}

}  // namespace
}  // namespace engine::mam
