#include "engine/gate/strictest.h"

#include <algorithm>

namespace engine::gate {
namespace {

void merge(ProductLimits& into, const ProductLimits& from) {
  if (into.name != from.name) into.name += "+" + from.name;
  for (const LeverageMax& one : from.leverage_max) {
    const auto found = std::ranges::find(into.leverage_max, one.asset, &LeverageMax::asset);
    if (found == into.leverage_max.end()) {
      into.leverage_max.push_back(one);
    } else {
      found->times = std::min(found->times, one.times);
    }
  }
  // Positions are closed out when margin falls to that part: the higher closes earlier.
  into.margin_closeout_percent =
      std::max(into.margin_closeout_percent, from.margin_closeout_percent);
  into.negative_balance_protection |= from.negative_balance_protection;
  into.inducements_banned |= from.inducements_banned;
  into.loss_warning |= from.loss_warning;
  into.crypto_derivatives_banned |= from.crypto_derivatives_banned;
}

}  // namespace

void merge_limits(const RulePack& pack, const std::string& name,
                  std::optional<ProductLimits>& limits) {
  const auto found = std::ranges::find(pack.limits, name, &ProductLimits::name);
  if (found == pack.limits.end()) return;
  if (!limits) {
    limits = *found;
  } else if (limits->name.find(name) == std::string::npos) {
    merge(*limits, *found);
  }
}

}  // namespace engine::gate
