#include "core/allocate.h"

#include <gtest/gtest.h>

#include "tests/support/numbers.h"
#include "tests/support/outcome.h"

namespace core {
namespace {

constexpr Minor kMax = static_cast<Minor>(~__extension__ static_cast<unsigned __int128>(0) >> 1);

std::string split(Minor total, std::vector<Minor> weights) {
  const auto parts = allocate(total, weights);
  if (!parts.has_value()) return tests::outcome(parts);
  std::string text;
  for (const Minor part : parts.value()) text += (text.empty() ? "" : " ") + to_string(part);
  return text;
}

TEST(Allocate, OddCentGoesToTheLowerIndexOfATie) {
  EXPECT_EQ(split(1, {1, 1, 1}), "1 0 0");
  EXPECT_EQ(split(2, {1, 1, 1}), "1 1 0");
  EXPECT_EQ(split(100, {1, 1, 1}), "34 33 33");
}

TEST(Allocate, OddCentGoesToLargestRemainder) {
  EXPECT_EQ(split(10, {1, 2, 4}), "1 3 6");
  EXPECT_EQ(split(5, {3, 7}), "2 3");
  EXPECT_EQ(split(1, {1, 2}), "0 1");
}

// Source: domain/the worked examples, PFILL-01-alabama. The first account loses a unit when one
// more is filled; that is the method's known price.
TEST(Allocate, TheHouseMonotonicityParadoxIsReproduced) {
  EXPECT_EQ(split(28, {9, 37, 55}), "3 10 15");
  EXPECT_EQ(split(29, {9, 37, 55}), "2 11 16");
}

TEST(Allocate, ANegativeTotalMirrorsThePositiveOne) {
  EXPECT_EQ(split(-100, {1, 1, 1}), "-34 -33 -33");
  EXPECT_EQ(split(-29, {9, 37, 55}), "-2 -11 -16");
}

TEST(Allocate, AZeroWeightGetsNothing) {
  EXPECT_EQ(split(100, {0, 1, 0, 2, 0}), "0 33 0 67 0");
  EXPECT_EQ(split(0, {0, 5}), "0 0");
}

TEST(Allocate, TheLargestNumbersDoNotOverflow) {
  EXPECT_EQ(split(kMax, {kMax}), to_string(kMax));
  EXPECT_EQ(split(kMax, {kMax - 1, 1}), to_string(kMax - 1) + " 1");
  EXPECT_EQ(split(-kMax, {kMax / 2, kMax / 2}),
            to_string(-(kMax / 2) - 1) + " " + to_string(-(kMax / 2)));
}

TEST(Allocate, RefusesToSplitAmongNobody) { EXPECT_EQ(split(1, {}), "InvalidInput/weights_empty"); }

TEST(Allocate, RefusesWeightsThatAreAllZero) {
  EXPECT_EQ(split(1, {0, 0}), "InvalidInput/weights_zero");
  EXPECT_EQ(split(0, {0}), "InvalidInput/weights_zero");
}

TEST(Allocate, RefusesANegativeWeight) {
  EXPECT_EQ(split(1, {2, -1}), "InvalidInput/weights_negative");
}

TEST(Allocate, RefusesWeightsWhoseSumDoesNotFit) {
  EXPECT_EQ(split(1, {kMax, 1}), "Overflow/overflow");
}

TEST(Allocate, RefusesTheTotalThatHasNoNegation) {
  EXPECT_EQ(split(-kMax - 1, {1}), "Overflow/overflow");
}

TEST(Allocate, PartsSumToTheTotalAndStayWithinOneUnit) {
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    std::vector<Minor> weights(1 + numbers.below(20));
    Minor weight_sum = 0;
    for (Minor& weight : weights) {
      weight = numbers.below(8) == 0 ? 0 : numbers.not_negative() / 32;  // 20 of them fit.
      weight_sum += weight;
    }
    const Minor total = numbers.any();
    const auto parts = allocate(total, weights);
    if (weight_sum == 0) continue;
    ASSERT_TRUE(parts.has_value());
    ASSERT_EQ(parts.value().size(), weights.size());
    Minor sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const Minor part = parts.value()[i];
      sum += part;
      // The two whole numbers around the exact share; where it is whole they are the same.
      const auto low = multiply_divide(total, weights[i], weight_sum, Rounding::Floor).value();
      const auto high = multiply_divide(total, weights[i], weight_sum, Rounding::Ceiling).value();
      EXPECT_TRUE(part == low || part == high);
    }
    EXPECT_EQ(to_string(sum), to_string(total));
  }
}

TEST(Allocate, NoLaterOrSmallerRemainderIsServedFirst) {
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    // Small weights, so that ties occur.
    std::vector<Minor> weights(2 + numbers.below(6));
    for (Minor& weight : weights) weight = static_cast<Minor>(1 + numbers.below(4));
    Minor weight_sum = 0;
    for (const Minor weight : weights) weight_sum += weight;
    const auto total = static_cast<Minor>(numbers.below(1'000));
    const auto parts = allocate(total, weights).value();
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
      for (std::size_t j = i + 1; j < weights.size(); ++j) {
        const Minor remainder_i = total * weights[i] % weight_sum;
        const Minor remainder_j = total * weights[j] % weight_sum;
        const bool served_i = parts[i] * weight_sum > total * weights[i];
        const bool served_j = parts[j] * weight_sum > total * weights[j];
        EXPECT_FALSE(served_j && !served_i && remainder_i >= remainder_j) << i << " " << j;
        EXPECT_FALSE(served_i && !served_j && remainder_i < remainder_j) << i << " " << j;
      }
    }
  }
}

}  // namespace
}  // namespace core
