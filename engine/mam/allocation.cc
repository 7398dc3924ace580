#include "engine/mam/allocation.h"

#include <algorithm>
#include <compare>
#include <numeric>

#include "core/check.h"

namespace engine::mam {
namespace {

using core::Minor;
using Parts = std::vector<Minor>;

constexpr Minor kProductFits = Minor{1} << 63;  // Two factors below it: a product below 2^126.

core::Result<Minor> total_weight(std::span<const Claim> claims) {
  Minor total = 0;
  for (const Claim& claim : claims) {
    CHECK(claim.weight > 0);
    TRY(total, core::add(total, claim.weight));
  }
  return total;
}

Minor sum_of(const Parts& parts) { return std::accumulate(parts.begin(), parts.end(), Minor{0}); }

// steps x weight / total, with the remainder; without a 256-bit product where none is needed.
core::Result<core::Quotient> exact_share(Minor steps, Minor weight, Minor total) {
  if (steps < kProductFits && weight < kProductFits) {
    const Minor product = steps * weight;
    return core::Quotient{product / total, product % total};
  }
  return core::divide_product(steps, weight, total);
}

// a / b against c / d, for a, c >= 0 and b, d > 0, quotient by quotient as a continued fraction
// where the products of a cross-multiplication might not fit.
std::strong_ordering compare_fractions(Minor a, Minor b, Minor c, Minor d) {
  if (a < kProductFits && b < kProductFits && c < kProductFits && d < kProductFits) {
    return a * d <=> c * b;
  }
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

// A step that some claim has or could have. All steps of all claims stand in one order: the larger
// weight / (2 x steps before it + 1) first, equal ones by rank. A share of n steps is the first n.
struct Step {
  std::size_t claim;
  Minor before;  // Steps of the same claim before it.
};

class StepOrder {
 public:
  explicit StepOrder(std::span<const Claim> claims) : claims_(claims) {}
  bool before(const Step& a, const Step& b) const {
    const Claim& x = claims_[a.claim];
    const Claim& y = claims_[b.claim];
    const auto order = compare_fractions(x.weight, 2 * a.before + 1, y.weight, 2 * b.before + 1);
    return order != 0 ? order > 0 : x.rank < y.rank;
  }

 private:
  std::span<const Claim> claims_;
};

// The `count` first of the claims' steps, one of each claim, as a heap whose top is the first.
// Whoever is to have a second step has his first one among them, so nobody else need be looked at.
template <class Comes>
class Turns {
 public:
  Turns(std::size_t claims, Minor count, Comes comes) : comes_(comes) {
    const auto most = static_cast<Minor>(claims);
    count_ = static_cast<std::size_t>(std::min(count, most));
    turns_.reserve(count_);
  }

  // Another claim's step. None is offered after one was taken.
  void offer(const Step& step) {
    if (turns_.size() == count_) {
      if (!comes_(step, turns_.front())) return;
      std::pop_heap(turns_.begin(), turns_.end(), comes_);
      turns_.pop_back();
    }
    turns_.push_back(step);
    std::push_heap(turns_.begin(), turns_.end(), comes_);
  }

  // All are offered.
  void begin() { std::make_heap(turns_.begin(), turns_.end(), later()); }

  bool empty() const { return turns_.empty(); }

  // The first one.
  Step take() {
    std::pop_heap(turns_.begin(), turns_.end(), later());
    const Step step = turns_.back();
    turns_.pop_back();
    return step;
  }

  // The same claim's next one.
  void put(const Step& step) {
    turns_.push_back(step);
    std::push_heap(turns_.begin(), turns_.end(), later());
  }

 private:
  auto later() const {
    return [this](const Step& a, const Step& b) { return comes_(b, a); };
  }

  Comes comes_;
  std::size_t count_ = 0;
  // While they are offered the top is the last.
  std::vector<Step> turns_;
};

// Gives `rest` more steps, one by one.
core::Result<> add_steps(Minor rest, std::span<const Claim> claims, Parts& parts) {
  if (rest == 0) return core::ok();
  const StepOrder order(claims);
  Turns turns(claims.size(), rest,
              [&](const Step& a, const Step& b) { return order.before(a, b); });
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (parts[i] < claims[i].limit) turns.offer({i, parts[i]});
  }
  turns.begin();
  for (; rest > 0; --rest) {
    if (turns.empty()) {
      return core::conflict("beyond_limits", "lots", "All accounts are at their limit.");
    }
    const Step step = turns.take();
    Minor& part = parts[step.claim];
    ++part;
    if (part < claims[step.claim].limit) turns.put({step.claim, part});
  }
  return core::ok();
}

// Takes back the last `surplus` steps that are held, one by one.
core::Result<> take_steps(Minor surplus, std::span<const Claim> claims, Parts& parts) {
  if (surplus == 0) return core::ok();
  const StepOrder order(claims);
  Turns turns(claims.size(), surplus,
              [&](const Step& a, const Step& b) { return order.before(b, a); });
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (parts[i] > claims[i].least) turns.offer({i, parts[i] - 1});
  }
  turns.begin();
  for (; surplus > 0; --surplus) {
    if (turns.empty()) {
      return core::conflict("beyond_limits", "lots", "All accounts are at their minimum.");
    }
    const Step step = turns.take();
    Minor& part = parts[step.claim];
    --part;
    if (part > claims[step.claim].least) turns.put({step.claim, part - 1});
  }
  return core::ok();
}

// The floors of the exact shares, and the order in which they were cut.
struct Floors {
  Parts parts;
  Parts remainders;
  Minor rest = 0;
};

core::Result<Floors> floors_of(Minor steps, std::span<const Claim> claims) {
  CHECK(steps >= 0);
  TRY(const Minor total, total_weight(claims));
  Floors out{{}, {}, steps};
  out.parts.reserve(claims.size());
  out.remainders.reserve(claims.size());
  for (const Claim& claim : claims) {
    TRY(const auto share, exact_share(steps, claim.weight, total));
    const Minor part = std::min(share.quotient, claim.limit);
    out.parts.push_back(part);
    out.remainders.push_back(share.remainder);
    out.rest -= part;
  }
  return out;
}

// Gives the rest, a step each, in the order of `order`, round by round while some are below their
// limit.
core::Result<Parts> give_in_order(Floors from, std::span<const std::size_t> order,
                                  std::span<const Claim> claims) {
  while (from.rest > 0) {
    const Minor before = from.rest;
    for (const std::size_t index : order) {
      if (from.rest == 0) break;
      if (from.parts[index] >= claims[index].limit) continue;
      ++from.parts[index];
      --from.rest;
    }
    if (from.rest == before) {
      return core::conflict("beyond_limits", "lots", "All accounts are at their limit.");
    }
  }
  return std::move(from.parts);
}

template <class Before>
std::vector<std::size_t> sorted_indexes(std::size_t count, Before before) {
  std::vector<std::size_t> indexes(count);
  std::iota(indexes.begin(), indexes.end(), std::size_t{0});
  std::ranges::sort(indexes, before);
  return indexes;
}

}  // namespace

core::Hash tie_of(const core::OrderId& order, const core::AccountId& account) {
  return core::Sha256{}(order.bytes, account.bytes);
}

// Every step whose weight / (2 x before + 1) is above total / (2 x steps) is had from the start:
// that is the exact share rounded to nearest, a half down. A few are then missing or too many.
core::Result<Parts> sainte_lague(Minor steps, std::span<const Claim> claims) {
  CHECK(steps >= 0);
  TRY(const Minor total, total_weight(claims));
  TRY(core::multiply(steps, 4));  // Twice a part and one must fit.
  Parts parts(claims.size(), 0);
  if (steps > 0) {
    for (std::size_t i = 0; i < claims.size(); ++i) {
      TRY(const auto share, exact_share(steps, claims[i].weight, total));
      const bool above_half = share.remainder > total - share.remainder;
      parts[i] = std::min(share.quotient + (above_half ? 1 : 0), claims[i].limit);
    }
  }
  // Counted before the parts are moved: arguments are evaluated in any order.
  const Minor rest = steps - sum_of(parts);
  return sainte_lague_on(std::move(parts), rest, claims);
}

core::Result<Parts> sainte_lague_on(Parts parts, Minor rest, std::span<const Claim> claims) {
  if (rest >= 0) {
    TRY(add_steps(rest, claims, parts));
  } else {
    TRY(take_steps(-rest, claims, parts));
  }
  return parts;
}

core::Result<Parts> largest_remainder(Minor steps, std::span<const Claim> claims) {
  return largest_remainder_beside(steps, 0, claims);
}

core::Result<Parts> largest_remainder_beside(Minor steps, Minor kept,
                                             std::span<const Claim> claims) {
  TRY(auto from, floors_of(steps, claims));
  from.rest -= kept;
  const auto order = sorted_indexes(claims.size(), [&](std::size_t a, std::size_t b) {
    return from.remainders[a] != from.remainders[b] ? from.remainders[a] > from.remainders[b]
                                                    : claims[a].rank < claims[b].rank;
  });
  return give_in_order(std::move(from), order, claims);
}

core::Result<Parts> largest_equity_first(Minor steps, std::span<const Claim> claims) {
  TRY(auto from, floors_of(steps, claims));
  const auto order = sorted_indexes(claims.size(), [&](std::size_t a, std::size_t b) {
    return claims[a].weight != claims[b].weight ? claims[a].weight > claims[b].weight
                                                : claims[a].rank < claims[b].rank;
  });
  return give_in_order(std::move(from), order, claims);
}

core::Result<Parts> round_robin(Minor steps, std::span<const Claim> claims, std::size_t start) {
  TRY(auto from, floors_of(steps, claims));
  std::vector<std::size_t> order(claims.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(start % claims.size()),
              order.end());
  return give_in_order(std::move(from), order, claims);
}

core::Result<Parts> floors(Minor steps, std::span<const Claim> claims) {
  TRY(auto from, floors_of(steps, claims));
  return std::move(from.parts);
}

core::Result<Parts> within_a_step(Parts parts, std::span<const Claim> claims) {
  const Minor steps = sum_of(parts);
  TRY(const auto from, floors_of(steps, claims));
  std::vector<Claim> bounded(claims.begin(), claims.end());
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Minor next = from.parts[i] + (from.remainders[i] == 0 ? 0 : 1);
    bounded[i].least = from.parts[i];
    bounded[i].limit = std::min(next, claims[i].limit);
    parts[i] = std::clamp(parts[i], bounded[i].least, bounded[i].limit);
  }
  const Minor rest = steps - sum_of(parts);
  return sainte_lague_on(std::move(parts), rest, bounded);
}

core::Result<Minor> extra_steps(Minor steps, Minor weight, Minor total, Minor filled) {
  TRY(const Minor unit, core::power_of_ten(kExtraScale));
  TRY(const Minor received, core::multiply(steps, unit));
  TRY(const Minor scaled, core::multiply(filled, unit));
  TRY(const Minor expected, core::multiply_divide(scaled, weight, total, core::Rounding::Floor));
  return core::subtract(received, expected);
}

}  // namespace engine::mam
