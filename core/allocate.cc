#include "core/allocate.h"

#include <algorithm>
#include <numeric>

#include "core/check.h"

namespace core {
namespace {

Result<Minor> sum_of_weights(std::span<const Minor> weights) {
  if (weights.empty()) return invalid("weights_empty", "", "There is nobody to split among.");
  Minor sum = 0;
  for (const Minor weight : weights) {
    if (weight < 0) return invalid("weights_negative", "", "A weight is below zero.");
    TRY(sum, add(sum, weight));
  }
  if (sum == 0) return invalid("weights_zero", "", "All weights are zero.");
  return sum;
}

// The parts of a total >= 0.
Result<std::vector<Minor>> split(Minor total, std::span<const Minor> weights, Minor sum) {
  std::vector<Minor> parts;
  std::vector<Minor> remainders;  // What each exact share has beyond the part, times `sum`.
  parts.reserve(weights.size());
  remainders.reserve(weights.size());
  Minor rest = total;
  for (const Minor weight : weights) {
    TRY(const auto quotient, divide_product(total, weight, sum));
    parts.push_back(quotient.quotient);
    remainders.push_back(quotient.remainder);
    rest -= quotient.quotient;
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
  });
  // The remainders sum to rest * sum and each is below sum, so more than `rest` of them are above
  // zero, or all are zero: nobody with weight zero gets a unit.
  CHECK(rest >= 0);
  CHECK(rest < static_cast<Minor>(order.size()));
  for (const std::size_t index : std::span(order).first(static_cast<std::size_t>(rest))) {
    ++parts[index];
  }
  return parts;
}

}  // namespace

Result<std::vector<Minor>> allocate(Minor total, std::span<const Minor> weights) {
  TRY(const Minor sum, sum_of_weights(weights));
  const bool negative = total < 0;
  Minor positive = total;
  if (negative) {
    TRY(positive, subtract(0, total));
  }
  TRY(auto parts, split(positive, weights, sum));
  if (negative) {
    for (Minor& part : parts) part = -part;
  }
  return parts;
}

}  // namespace core
