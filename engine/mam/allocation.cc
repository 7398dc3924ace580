#include "engine/mam/allocation.h"

#include <algorithm>
#include <compare>
#include <numeric>

#include "core/check.h"

namespace engine::mam {
namespace {

using core::Minor;

core::Result<Minor> total_weight(std::span<const Claim> claims) {
  Minor total = 0;
  for (const Claim& claim : claims) {
    CHECK(claim.weight > 0);
    TRY(total, core::add(total, claim.weight));
  }
  return total;
}

// a / b against c / d, for a, c >= 0 and b, d > 0, quotient by quotient as a continued fraction:
// the products of a cross-multiplication need not fit.
std::strong_ordering compare_fractions(Minor a, Minor b, Minor c, Minor d) {
  while (true) {
    const Minor left = a / b;
    const Minor right = c / d;
    if (left != right) return left <=> right;
    a %= b;
    c %= d;
    if (a == 0 || c == 0) return a <=> c;
    // a/b < c/d exactly if d/c < b/a.
    std::swap(a, d);
    std::swap(b, c);
  }
}

// The steps that everybody is sure to have: weight / d rounded to nearest, a half down, for the
// divisor d = 2 x weights / (2 x steps - claims). Rounding adds at most half a step a claim, so
// they sum to at most `steps`; it takes at most as much away, so at most one step a claim is
// missing.
core::Result<std::vector<Minor>> sure_steps(Minor steps, std::span<const Claim> claims) {
  std::vector<Minor> parts(claims.size(), 0);
  TRY(const Minor twice_steps, core::multiply(steps, 2));
  const Minor factor = twice_steps - static_cast<Minor>(claims.size());
  if (factor <= 0) return parts;
  TRY(const Minor total, total_weight(claims));
  TRY(const Minor twice_total, core::multiply(total, 2));
  for (std::size_t i = 0; i < claims.size(); ++i) {
    TRY(const auto share, core::divide_product(claims[i].weight, factor, twice_total));
    parts[i] = share.quotient + (share.remainder > total ? 1 : 0);
  }
  return parts;
}

// Gives `rest` more steps, one by one.
void add_steps(Minor rest, std::span<const Claim> claims, std::vector<Minor>& parts) {
  const auto after = [&](std::size_t a, std::size_t b) {
    const auto order =
        compare_fractions(claims[a].weight, 2 * parts[a] + 1, claims[b].weight, 2 * parts[b] + 1);
    return order != 0 ? order < 0 : claims[a].tie > claims[b].tie;
  };
  std::vector<std::size_t> heap(claims.size());
  std::iota(heap.begin(), heap.end(), std::size_t{0});
  std::make_heap(heap.begin(), heap.end(), after);
  for (; rest > 0; --rest) {
    std::pop_heap(heap.begin(), heap.end(), after);
    ++parts[heap.back()];
    std::push_heap(heap.begin(), heap.end(), after);
  }
}

}  // namespace

core::Hash tie_of(const core::OrderId& order, const core::AccountId& account) {
  return core::Sha256{}(order.bytes, account.bytes);
}

core::Result<std::vector<Minor>> sainte_lague(Minor steps, std::span<const Claim> claims) {
  CHECK(steps >= 0);
  CHECK(!claims.empty());
  TRY(auto parts, sure_steps(steps, claims));
  const Minor rest = steps - std::accumulate(parts.begin(), parts.end(), Minor{0});
  CHECK(rest >= 0);
  CHECK(rest <= static_cast<Minor>(claims.size()));
  add_steps(rest, claims, parts);
  return parts;
}

core::Result<std::vector<Minor>> largest_equity_first(Minor steps, std::span<const Claim> claims) {
  CHECK(steps >= 0);
  CHECK(!claims.empty());
  TRY(const Minor total, total_weight(claims));
  std::vector<Minor> parts;
  Minor rest = steps;
  for (const Claim& claim : claims) {
    TRY(const auto share, core::divide_product(steps, claim.weight, total));
    parts.push_back(share.quotient);
    rest -= share.quotient;
  }
  std::vector<std::size_t> order(claims.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return claims[a].weight != claims[b].weight ? claims[a].weight > claims[b].weight
                                                : claims[a].tie < claims[b].tie;
  });
  // Each floor leaves less than a step, so fewer than all claims get one more.
  CHECK(rest < static_cast<Minor>(order.size()));
  for (const std::size_t index : std::span(order).first(static_cast<std::size_t>(rest))) {
    ++parts[index];
  }
  return parts;
}

}  // namespace engine::mam
