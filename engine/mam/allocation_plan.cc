#include "engine/mam/allocation_plan.h"

#include <algorithm>
#include <numeric>

#include "core/check.h"
#include "engine/mam_state.h"

namespace engine::mam {
namespace {

using core::Minor;

// Where a candidate stands while the plan is made.
enum class Standing { Free, Out, Raised, Capped };

// a x b <=> c x d, for values that are not below zero.
core::Result<std::strong_ordering> compare_products(Minor a, Minor b, Minor c, Minor d) {
  TRY(const Minor left, core::multiply(a, b));
  TRY(const Minor right, core::multiply(c, d));
  return left <=> right;
}

class Planner {
 public:
  Planner(Minor steps, std::span<const Candidate> candidates, BelowMinimum rule)
      : steps_(steps), candidates_(candidates), rule_(rule) {}

  core::Result<Plan> run() {
    places_.resize(candidates_.size());
    standings_.assign(candidates_.size(), Standing::Free);
    sort();
    leave_out_tight_limits();
    while (true) {
      TRY(cap());
      TRY(const bool risky, leave_out_risky());
      if (risky) continue;
      TRY(const bool small, settle_small());
      if (!small) break;
    }
    return frozen();
  }

 private:
  // By how soon a limit binds as the block grows: limit / weight.
  void sort() {
    by_limit_.resize(candidates_.size());
    std::iota(by_limit_.begin(), by_limit_.end(), std::size_t{0});
    std::erase_if(by_limit_, [&](std::size_t i) { return candidates_[i].limit == kNoLimit; });
    std::ranges::sort(by_limit_, [&](std::size_t a, std::size_t b) {
      // Limits are below 2^63 and quotients only order the work: a remainder decides nothing.
      const Minor left = candidates_[a].limit * kFine / candidates_[a].weight;
      const Minor right = candidates_[b].limit * kFine / candidates_[b].weight;
      return left != right ? left < right : candidates_[a].rank < candidates_[b].rank;
    });
  }

  void leave_out_tight_limits() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const Candidate& one = candidates_[i];
      if (one.limit < one.minimum) leave_out(i, Exclusion::MaxLots);
    }
  }

  void leave_out(std::size_t index, Exclusion reason) {
    standings_[index] = Standing::Out;
    places_[index].excluded = reason;
  }

  // What the free ones share, and by which sum of weights.
  core::Result<> measure() {
    pool_ = steps_;
    total_ = 0;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      switch (standings_[i]) {
        case Standing::Out:
          break;
        case Standing::Free: {
          TRY(total_, core::add(total_, candidates_[i].weight));
          break;
        }
        case Standing::Raised:
          pool_ -= candidates_[i].minimum;
          break;
        case Standing::Capped:
          pool_ -= candidates_[i].limit;
          break;
      }
    }
    return core::ok();
  }

  // Cuts whoever's share is above his limit down to it; the others share the rest. Those who were
  // cut before start again: what was taken or given since may have changed their share.
  core::Result<> cap() {
    for (Standing& standing : standings_) {
      if (standing == Standing::Capped) standing = Standing::Free;
    }
    TRY(measure());
    bool changed = true;
    while (changed) {
      changed = false;
      for (const std::size_t i : by_limit_) {
        if (standings_[i] != Standing::Free) continue;
        TRY(const auto order,
            compare_products(candidates_[i].weight, pool_, candidates_[i].limit, total_));
        if (order <= 0) continue;
        standings_[i] = Standing::Capped;
        pool_ -= candidates_[i].limit;
        total_ -= candidates_[i].weight;
        changed = true;
      }
    }
    return core::ok();
  }

  core::Result<bool> leave_out_risky() {
    std::vector<std::size_t> risky;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const Candidate& one = candidates_[i];
      if (one.risk_limit == kNoLimit) continue;
      if (standings_[i] == Standing::Free) {
        TRY(const auto order, compare_products(one.weight, pool_, one.risk_limit, total_));
        if (order > 0) risky.push_back(i);
      } else if (standings_[i] != Standing::Out) {
        const Minor has = standings_[i] == Standing::Capped ? one.limit : one.minimum;
        if (has > one.risk_limit) risky.push_back(i);
      }
    }
    for (const std::size_t i : risky) leave_out(i, Exclusion::MarginFloor);
    return !risky.empty();
  }

  // Whether somebody was below his minimum, and is now out or raised.
  core::Result<bool> settle_small() {
    std::vector<std::size_t> small;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (standings_[i] != Standing::Free) continue;
      TRY(const auto order,
          compare_products(candidates_[i].weight, pool_, candidates_[i].minimum, total_));
      if (order < 0) small.push_back(i);
    }
    if (rule_ == BelowMinimum::Raise) {
      raise(small);
    } else {
      for (const std::size_t i : small) leave_out(i, Exclusion::BelowMinimum);
    }
    return !small.empty();
  }

  // The largest weights first, while all that are raised fit into the block.
  void raise(std::vector<std::size_t>& small) {
    std::ranges::sort(small, [&](std::size_t a, std::size_t b) {
      return candidates_[a].weight != candidates_[b].weight
                 ? candidates_[a].weight > candidates_[b].weight
                 : candidates_[a].rank < candidates_[b].rank;
    });
    Minor raised = 0;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (standings_[i] == Standing::Raised) raised += candidates_[i].minimum;
    }
    for (const std::size_t i : small) {
      if (raised + candidates_[i].minimum <= steps_) {
        raised += candidates_[i].minimum;
        standings_[i] = Standing::Raised;
      } else {
        leave_out(i, Exclusion::BelowMinimum);
      }
    }
  }

  core::Result<Plan> frozen() {
    TRY(measure());
    const bool anyone_free = total_ > 0;
    const bool plain = pool_ == steps_ && anyone_free;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const Candidate& one = candidates_[i];
      const Minor fixed = standings_[i] == Standing::Raised ? one.minimum : one.limit;
      // Exact shares are fixed, or weight x pool / total; all are taken times the total.
      switch (standings_[i]) {
        case Standing::Out:
          break;
        case Standing::Free: {
          TRY(places_[i].weight, core::multiply(one.weight, plain ? Minor{1} : pool_));
          break;
        }
        case Standing::Raised:
        case Standing::Capped: {
          TRY(places_[i].weight, core::multiply(fixed, anyone_free ? total_ : Minor{1}));
          break;
        }
      }
    }
    // Nobody is left to share the pool: it is taken off the block.
    const bool anyone = std::ranges::any_of(places_, [](const Place& p) { return !p.excluded; });
    const Minor left = anyone ? (anyone_free ? steps_ : steps_ - pool_) : Minor{0};
    return Plan{left, std::move(places_)};
  }

  static constexpr Minor kFine = 1'000'000'000;

  Minor steps_;
  std::span<const Candidate> candidates_;
  BelowMinimum rule_;
  std::vector<Place> places_;
  std::vector<Standing> standings_;
  std::vector<std::size_t> by_limit_;
  Minor pool_ = 0;   // Steps that the free ones share.
  Minor total_ = 0;  // Their weights.
};

}  // namespace

core::Result<Plan> plan_block(Minor steps, std::span<const Candidate> candidates,
                              BelowMinimum below_minimum) {
  CHECK(steps > 0);
  return Planner(steps, candidates, below_minimum).run();
}

core::Result<Plan> plan_each(std::span<const Candidate> candidates, BelowMinimum below_minimum) {
  Plan plan;
  for (const Candidate& one : candidates) {
    Place place;
    place.weight = std::min(one.weight, one.limit);
    if (place.weight > one.risk_limit) place.excluded = Exclusion::MarginFloor;
    if (one.limit < one.minimum) place.excluded = Exclusion::MaxLots;
    if (!place.excluded && place.weight < one.minimum) {
      if (below_minimum == BelowMinimum::Raise) {
        place.weight = one.minimum;
      } else {
        place.excluded = Exclusion::BelowMinimum;
      }
    }
    if (place.excluded) {
      place.weight = 0;
    } else {
      TRY(plan.steps, core::add(plan.steps, place.weight));
    }
    plan.places.push_back(place);
  }
  return plan;
}

bool has_own_volume(AllocationMethod method) {
  return method == AllocationMethod::FixedLots || method == AllocationMethod::Multiplier ||
         method == AllocationMethod::EquityPercent;
}

core::Result<Plan> plan_by(AllocationMethod method, Minor steps,
                           std::span<const Candidate> candidates, BelowMinimum below_minimum) {
  if (has_own_volume(method)) return plan_each(candidates, below_minimum);
  if (!shares_results_only(method)) return plan_block(steps, candidates, below_minimum);
  Plan plan{steps, {}};
  for (const Candidate& one : candidates) plan.places.push_back({{}, one.weight});
  return plan;
}

}  // namespace engine::mam
