#include "engine/commission/trees.h"

#include "engine/commission/amount.h"

namespace engine::commission {

std::vector<core::Rational> by_ratio(const core::Rational& base,
                                     std::span<const core::Rational> rates, std::size_t levels) {
  std::vector<core::Rational> lines(levels);
  for (std::size_t i = 0; i < levels && i < rates.size(); ++i) lines[i] = multiply(base, rates[i]);
  return lines;
}

std::vector<core::Rational> by_difference(const core::Rational& base,
                                          std::span<const core::Rational> shares) {
  std::vector<core::Rational> lines;
  core::Rational below;
  for (const core::Rational& share : shares) {
    lines.push_back(above_zero(subtract(multiply(share, base), below)));
    below = add(below, lines.back());
  }
  return lines;
}

std::vector<core::Rational> by_override(const core::Rational& base,
                                        std::span<const core::Rational> amounts,
                                        const core::Rational& lots, std::size_t levels) {
  std::vector<core::Rational> lines(levels);
  if (levels > 0) lines[0] = base;
  for (std::size_t i = 1; i < levels && i <= amounts.size(); ++i) {
    lines[i] = multiply(amounts[i - 1], lots);
  }
  return lines;
}

bool cut_to(std::vector<core::Rational>& lines, const core::Rational& cap) {
  core::Rational left = above_zero(cap);
  bool cut = false;
  for (core::Rational& line : lines) {
    if (left < line) {
      line = left;
      cut = true;
    }
    left = subtract(left, line);
  }
  return cut;
}

core::Rational sum_of(std::span<const core::Rational> lines) {
  core::Rational sum;
  for (const core::Rational& line : lines) sum = add(sum, line);
  return sum;
}

}  // namespace engine::commission
