#include "engine/gate/strictest.h"

#include <algorithm>
#include <string_view>

namespace engine::gate {
namespace {

// Names of what was merged stand with this between, so that none has it in it (pack_check.cc).
constexpr char kBetween = '+';

bool has_name(std::string_view joined, std::string_view name) {
  while (true) {
    const std::size_t end = std::min(joined.find(kBetween), joined.size());
    if (joined.substr(0, end) == name) return true;
    if (end == joined.size()) return false;
    joined.remove_prefix(end + 1);
  }
}

void merge(ProductLimits& into, const ProductLimits& from) {
  if (into.name != from.name) into.name += kBetween + from.name;
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
  } else if (!has_name(limits->name, name)) {
    merge(*limits, *found);
  }
}

}  // namespace engine::gate
