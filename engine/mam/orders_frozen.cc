#include "engine/mam/orders_frozen.h"

#include <algorithm>

#include "engine/mam/allocation_target.h"

namespace engine::mam {

Order order_of(const OrderAccepted& body) {
  Order order;
  order.structure = body.order.structure;
  order.symbol = body.order.symbol;
  order.side = body.order.side;
  order.residual = body.residual;
  order.lot_step = body.lot_step;
  order.steps = body.steps;
  if (!body.policy) return order;
  order.symbol = body.policy->symbol.value_or(body.order.symbol);
  order.method = body.policy->method;
  order.own_accounts = body.policy->own_accounts;
  order.price_digits = body.policy->price_digits;
  order.contract_size = body.policy->contract_size;
  order.client_steps = body.policy->client_steps;
  order.rotation = body.policy->rotation.value_or(0);
  return order;
}

OrderShare share_of(const OrderShareFrozen& body, std::uint64_t index) {
  OrderShare share;
  share.client = body.client;
  share.weight = body.weight;
  share.rank = index;
  share.ordinal = index + 1;
  if (!body.basis) return share;
  share.limit = body.basis->limit;
  share.minimum = body.basis->minimum;
  share.rank = body.basis->rank;
  share.ordinal = body.basis->ordinal;
  share.own = body.basis->own;
  share.overflow = body.basis->overflow;
  share.extra_before = body.basis->extra_before;
  return share;
}

Candidate candidate_of(const ShareBasis& basis) {
  return {basis.given, std::max(basis.minimum, core::Minor{1}), basis.limit.value_or(kNoLimit),
          basis.risk_limit.value_or(kNoLimit), basis.rank};
}

core::Result<std::optional<core::Minor>> client_steps_of(const Order& order,
                                                         OwnAccounts own_accounts) {
  const auto is_own = [](const auto& share) { return share.second.own && !share.second.overflow; };
  const auto is_client = [](const auto& share) { return !share.second.own; };
  if (own_accounts == OwnAccounts::ProRata || std::ranges::none_of(order.shares, is_own) ||
      std::ranges::none_of(order.shares, is_client)) {
    return std::optional<core::Minor>{};
  }
  Order together = order;
  together.client_steps.reset();
  TRY(const auto targets, targets_at(together, order.steps, true));
  core::Minor steps = 0;
  auto target = targets.shares.begin();
  for (const auto& [account, share] : together.shares) {
    if (!share.own) steps += target->account;
    ++target;
  }
  return std::optional(steps);
}

}  // namespace engine::mam
