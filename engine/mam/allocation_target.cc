#include "engine/mam/allocation_target.h"

#include <algorithm>
#include <numeric>

#include "core/check.h"
#include "engine/mam/allocation.h"

namespace engine::mam {
namespace {

using core::Minor;

// Accounts that share one part of the block: all of them, or clients and then own accounts.
struct Tier {
  Minor steps = 0;
  bool last = false;
  std::vector<std::size_t> members;  // Indexes into the order's shares.
  std::vector<Claim> claims;         // Of the members.
};

class Sharing {
 public:
  // Looks at each account once: those of a large group lie all over the memory.
  Sharing(const Order& order, Minor filled, bool complete)
      : order_(order), filled_(filled), complete_(complete), tiers_(2) {
    const Minor clients = order.client_steps ? std::min(filled, *order.client_steps) : filled;
    tiers_[0].steps = clients;
    tiers_[1].steps = filled - clients;
    out_.shares.reserve(order.shares.size());
    tiers_[0].members.reserve(order.shares.size());
    tiers_[0].claims.reserve(order.shares.size());
    for (const OrderEntry& entry : order.shares) list(entry);
    // Where all are of one kind there is one tier: client_steps is set only if both are there.
    std::erase_if(tiers_, [](const Tier& tier) { return tier.members.empty(); });
    if (!tiers_.empty()) tiers_.back().last = true;
  }

  // `on`: from what each has. Floors never fall: where the overflow account takes whatever they
  // leave, it alone may lose a step.
  core::Result<Targets> run(bool on) {
    for (const Tier& tier : tiers_) {
      TRY(share(tier, on && !overflow_takes_all_));
    }
    if (complete_ || some_rejected_) {
      for (Target& target : out_.shares) give_to_house(target);
    }
    return std::move(out_);
  }

  // Nobody has anything.
  Targets none() { return std::move(out_); }

 private:
  void list(const OrderEntry& entry) {
    const OrderShare& share = entry.second;
    out_.shares.push_back({&entry});
    some_rejected_ |= share.rejected;
    overflow_takes_all_ |= share.overflow && !share.limit;
    if (share.overflow) return;
    Tier& tier = tiers_[order_.client_steps && share.own ? 1 : 0];
    tier.members.push_back(out_.shares.size() - 1);
    tier.claims.push_back({share.weight, share.rank, share.limit.value_or(kNoLimit)});
  }

  core::Result<> share(const Tier& tier, bool on) {
    const std::vector<Claim>& claims = tier.claims;
    TRY(auto parts, on ? going_on(tier) : by_rule(tier));
    if (complete_ && !on && order_.residual == Residual::SainteLague) {
      TRY(correct(tier, parts));
    }
    Minor total = 0;
    for (const Claim& claim : claims) {
      TRY(total, core::add(total, claim.weight));
    }
    for (std::size_t i = 0; i < claims.size(); ++i) {
      Target& target = out_.shares[tier.members[i]];
      target.account = parts[i];
      if (!complete_) continue;
      TRY(target.extra, extra_steps(parts[i], claims[i].weight, total, tier.steps));
    }
    return core::ok();
  }

  core::Result<std::vector<Minor>> by_rule(const Tier& tier) {
    const std::vector<Claim>& claims = tier.claims;
    switch (order_.residual) {
      case Residual::SainteLague:
        return sainte_lague(tier.steps, claims);
      case Residual::LargestEquityFirst:
        return largest_equity_first(tier.steps, claims);
      case Residual::LargestRemainder:
        return largest_remainder(tier.steps, claims);
      case Residual::RoundRobin:
        return in_rotation(tier);
      case Residual::Overflow: {
        TRY(const auto parts, floors(tier.steps, claims));
        const Minor rest = tier.steps - std::accumulate(parts.begin(), parts.end(), Minor{0});
        const Minor kept = overflow(tier, rest, room_of);
        return largest_remainder_beside(tier.steps, kept, claims);
      }
    }
    core::check_failed("the residual is one of the choices", __FILE__, __LINE__);
  }

  // Listed as they were registered, from the one whose turn it is.
  core::Result<std::vector<Minor>> in_rotation(const Tier& tier) {
    const std::vector<Claim>& claims = tier.claims;
    std::vector<std::size_t> list(claims.size());
    std::iota(list.begin(), list.end(), std::size_t{0});
    const auto ordinal = [&](std::size_t i) { return share_of(tier.members[i]).ordinal; };
    std::ranges::sort(list, {}, ordinal);
    std::vector<Claim> listed;
    for (const std::size_t i : list) listed.push_back(claims[i]);
    const auto first =
        std::ranges::find_if(list, [&](std::size_t i) { return ordinal(i) >= order_.rotation; });
    const auto start = first == list.end() ? 0 : static_cast<std::size_t>(first - list.begin());
    TRY(const auto shared, round_robin(tier.steps, listed, start));
    TRY(const auto before, floors(tier.steps, listed));
    const Minor rest = tier.steps - std::accumulate(before.begin(), before.end(), Minor{0});
    out_.rotation = ordinal(list[(start + static_cast<std::size_t>(rest)) % list.size()]);
    std::vector<Minor> parts(claims.size());
    for (std::size_t i = 0; i < list.size(); ++i) parts[list[i]] = shared[i];
    return parts;
  }

  static Minor room_of(const OrderShare& share) { return share.limit.value_or(kNoLimit); }

  // Gives the overflow accounts what each has room for, and says how much that is. One with bounds
  // is an own account as the others, after the clients': the volume that these have (client_steps)
  // was found without its part.
  template <class Room>
  Minor overflow(const Tier& tier, Minor rest, Room room) {
    Minor kept = 0;
    for (Target& target : out_.shares) {
      const OrderShare& share = target.of->second;
      if (!share.overflow || (share.limit && !tier.last)) continue;
      const Minor more =
          std::clamp(room(share) - target.account, Minor{0}, std::max(rest, Minor{0}));
      target.account += more;
      rest -= more;
      kept += more;
    }
    return kept;
  }

  core::Result<std::vector<Minor>> going_on(const Tier& tier) {
    std::vector<Minor> parts;
    Minor has = 0;
    Minor room = 0;
    for (std::size_t i = 0; i < tier.members.size(); ++i) {
      const OrderShare& share = share_of(tier.members[i]);
      parts.push_back(share.filled + share.error);
      has += parts.back();
      TRY(room, core::add(room, std::max(tier.claims[i].limit - parts.back(), Minor{0})));
    }
    // An overflow account keeps what it has; a step that is taken back it loses first.
    has += overflow(tier, tier.steps - has,
                    [](const OrderShare& share) { return share.filled + share.error; });
    // It grows only by what the others have no room for.
    has += overflow(tier, tier.steps - has - room, room_of);
    return sainte_lague_on(std::move(parts), tier.steps - has, tier.claims);
  }

  // Whoever is a whole step or more from his share is put right, unless some of what would be taken
  // is closed.
  core::Result<> correct(const Tier& tier, std::vector<Minor>& parts) {
    TRY(const auto right, within_a_step(parts, tier.claims));
    if (right == parts) return core::ok();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (right[i] < closed_of(share_of(tier.members[i]))) return core::ok();
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (right[i] != parts[i]) {
        out_.shares[tier.members[i]].corrected = CorrectionReason::Quota;
      }
    }
    parts = right;
    return core::ok();
  }

  const OrderShare& share_of(std::size_t index) const { return out_.shares[index].of->second; }

  static Minor closed_of(const OrderShare& share) { return share.filled - share.open; }

  void give_to_house(Target& target) {
    const OrderShare& share = target.of->second;
    const bool too_small = complete_ && filled_ < order_.steps - order_.reduced &&
                           target.account > 0 && target.account < share.minimum;
    if (!share.rejected && !too_small) return;
    const Minor kept = std::min(closed_of(share), target.account);
    if (kept == target.account) return;
    target.error = target.account - kept;
    target.account = kept;
    target.corrected = share.rejected ? CorrectionReason::Rejected : CorrectionReason::BelowMinimum;
  }

  const Order& order_;
  Minor filled_;
  bool complete_;
  bool some_rejected_ = false;
  bool overflow_takes_all_ = false;  // Some overflow account has no bounds.
  std::vector<Tier> tiers_;
  Targets out_;
};

}  // namespace

bool shares_live(Residual residual) { return residual == Residual::SainteLague; }

core::Result<Targets> targets_at(const Order& order, core::Minor filled, bool complete) {
  Sharing sharing(order, filled, complete);
  if (shares_results_only(order.method)) return sharing.none();
  if (!shares_live(order.residual) && !complete) return sharing.none();
  return sharing.run(false);
}

core::Result<Targets> targets_on(const Order& order, core::Minor filled) {
  Sharing sharing(order, filled, true);
  if (shares_results_only(order.method)) return sharing.none();
  return sharing.run(true);
}

core::Result<Targets> targets_after(const Order& order, core::Minor filled, bool complete) {
  if (order.final && !shares_live(order.residual)) return targets_on(order, filled);
  return targets_at(order, filled, complete);
}

}  // namespace engine::mam
