// Who may leave a pool at a rollover, and with how much.

#include <algorithm>
#include <map>

#include "core/allocate.h"
#include "engine/money.h"
#include "engine/pamm/manager_capital.h"
#include "engine/pamm/rollover.h"

namespace engine::pamm {
namespace {

// So many rollovers in a row may pay a part only before positions must be closed.
constexpr std::uint64_t kGatedRolloversMax = 5;

}  // namespace

bool RolloverRun::somebody_stays(const std::vector<Leaving>& leaving) {
  std::map<core::PartyId, core::Minor> gone;
  for (const Leaving& one : leaving) gone[one.client] = one.gross;
  return std::ranges::any_of(standings_, [&gone](const Standing& standing) {
    const auto found = gone.find(standing.client);
    const core::Minor left = found == gone.end() ? 0 : found->second;
    return standing.units > 0 && standing.entitlement() > left;
  });
}

core::Result<std::vector<RolloverRun::Leaving>> RolloverRun::leaving_clients() {
  if (pool_.stage == StructureStage::Liquidating) return everybody();
  std::vector<Leaving> out;
  std::map<core::PartyId, std::size_t> places;
  for (const DueRequest& due : due_requests(context_, id_, cutoff_)) {
    if (!due.request.redemption) continue;
    if (const auto reason = waits(due)) {
      defer(due, *reason);
      continue;
    }
    if (due.request.to) continue;  // After those who want to be paid.
    const auto place = places.try_emplace(due.request.client, out.size());
    if (place.second) out.push_back({due.request.client, {}, {}, 0, {}});
    Leaving& leaving = out[place.first->second];
    const core::Minor left = standing_of(leaving.client).entitlement() - leaving.gross;
    leaving.requests.push_back(due);
    leaving.amounts.push_back(std::min(due.request.amount.value_or(left), left));
    leaving.gross += leaving.amounts.back();
  }
  for (Leaving& one : out) {
    TRY(leave_no_dust(one));
    one.waiting.assign(one.requests.size(), false);
  }
  return out;
}

std::vector<RolloverRun::Leaving> RolloverRun::everybody() {
  std::vector<Leaving> out;
  const Standing* manager = nullptr;
  for (const Standing& standing : standings_) {
    if (standing.units == 0) continue;
    if (standing.fee_free) {
      manager = &standing;
    } else {
      out.push_back({standing.client, {}, {}, standing.entitlement(), {}});
    }
  }
  // The manager's own capital is last.
  if (manager != nullptr) out.push_back({manager->client, {}, {}, manager->entitlement(), {}});
  for (Leaving& one : out) {
    // No request was made, so the structure's own id stands for it.
    DueRequest ending;
    ending.id = core::RequestId{id_.bytes};
    ending.request.client = one.client;
    one.requests.push_back(ending);
    one.amounts.push_back(one.gross);
    one.waiting.push_back(false);
  }
  return out;
}

core::Result<> RolloverRun::leave_no_dust(Leaving& leaving) {
  const Standing& standing = standing_of(leaving.client);
  const auto minimum = charging::dealing_of(*standing.rules->terms).minimum_remaining;
  const core::Minor left = standing.entitlement() - leaving.gross;
  if (!minimum || left == 0) return core::ok();
  TRY(const auto least, signed_money(*minimum, pool_.currency, "minimum_remaining"));
  if (left >= least) return core::ok();
  leaving.amounts.back() += left;
  leaving.gross += left;
  return core::ok();
}

std::optional<DeferReason> RolloverRun::waits(const DueRequest& due) {
  const Standing& standing = standing_of(due.request.client);
  if (standing.fee_free) return {};
  const DealingTerms dealing = charging::dealing_of(*standing.rules->terms);
  const core::Date today = command_.trade_date;
  if (dealing.notice_days && today.days - core::utc_date(due.request.recorded_at).days <
                                 static_cast<std::int64_t>(*dealing.notice_days)) {
    return DeferReason::Notice;
  }
  if (dealing.lock_up_days && standing.units > 0 &&
      within_days(standing.investor, today, dealing.lock_up_days)) {
    return DeferReason::LockUp;
  }
  return {};
}

core::Result<core::Minor> RolloverRun::manager_may_take(const Standing& own) const {
  core::Minor pool = 0;
  bool others = false;
  for (const Standing& standing : standings_) {
    TRY(pool, core::add(pool, standing.entitlement()));
    others = others || (!standing.fee_free && standing.units > 0);
  }
  return largest_withdrawal(offer_, own.entitlement(), pool, others);
}

core::Result<> RolloverRun::admit_manager(std::vector<Leaving>& leaving) {
  if (!pool_.manager_client || pool_.stage == StructureStage::Liquidating) return core::ok();
  const auto own = std::ranges::find(leaving, *pool_.manager_client, &Leaving::client);
  if (own == leaving.end()) return core::ok();
  TRY(const auto most, manager_may_take(standing_of(own->client)));
  if (own->gross <= most) return core::ok();
  for (const DueRequest& due : own->requests) defer(due, DeferReason::ManagerCapital);
  leaving.erase(own);
  return core::ok();
}

core::Result<RolloverRun::Capacity> RolloverRun::capacity() const {
  Capacity capacity;
  if (pool_.stage == StructureStage::Liquidating) return capacity;
  core::Minor pool = 0;
  for (const Standing& standing : standings_) {
    TRY(pool, core::add(pool, standing.entitlement()));
  }
  if (dealing_.gate) {
    TRY(const auto unit, core::power_of_ten(dealing_.gate->scale));
    TRY(capacity.money,
        core::multiply_divide(pool, dealing_.gate->digits, unit, core::Rounding::Floor));
    capacity.reason = DeferReason::Gate;
  }
  if (!pool_.valuation || !pool_.valuation->value.free_margin || units_ == 0) return capacity;
  core::Minor free = *pool_.valuation->value.free_margin - fees_;
  if (dealing_.margin_floor) {
    TRY(const auto unit, core::power_of_ten(dealing_.margin_floor->scale));
    TRY(const auto floor,
        core::multiply_divide(pool, dealing_.margin_floor->digits, unit, core::Rounding::Ceiling));
    free -= floor;
  }
  free = std::max<core::Minor>(free, 0);
  if (!capacity.money || free < *capacity.money) {
    capacity.money = free;
    capacity.reason = DeferReason::Margin;
  }
  return capacity;
}

core::Result<> RolloverRun::ration(std::vector<Leaving>& leaving) {
  TRY(const Capacity capacity, this->capacity());
  core::Minor wanted = 0;
  for (const Leaving& one : leaving) {
    TRY(wanted, core::add(wanted, one.gross));
  }
  if (capacity.money) {
    // What is left takes transfers.
    transfer_room_ = capacity;
    transfer_room_->money = std::max<core::Minor>(*capacity.money - wanted, 0);
  }
  if (!capacity.money || wanted <= *capacity.money) return core::ok();
  const ShortMargin mode = dealing_.short_margin.value_or(ShortMargin::Gate);
  const bool margin = capacity.reason == DeferReason::Margin;
  core::Minor left = margin && mode == ShortMargin::Delay ? 0 : *capacity.money;
  missing_ = margin ? wanted - left : 0;
  gated_ = margin;
  // What was paid in part before comes first; within each group all get the same part.
  TRY(ration_group(leaving, true, capacity.reason, left));
  TRY(ration_group(leaving, false, capacity.reason, left));
  if (missing_ > 0 && (mode == ShortMargin::Scale || pool_.gated_rollovers >= kGatedRolloversMax)) {
    effects_.add(ScalingRequired{id_, missing_, equity_}, {}, {id_.bytes});
  }
  return core::ok();
}

core::Result<> RolloverRun::ration_group(std::vector<Leaving>& leaving, bool before,
                                         DeferReason reason, core::Minor& left) {
  std::vector<core::Minor> weights;
  core::Minor sum = 0;
  for (const Leaving& one : leaving) {
    for (std::size_t i = 0; i < one.requests.size(); ++i) {
      weights.push_back(one.requests[i].request.gated == before ? one.amounts[i] : 0);
      sum += weights.back();
    }
  }
  if (sum == 0) return core::ok();
  const core::Minor paid = std::min(left, sum);
  TRY(const auto parts, core::allocate(paid, weights));
  std::size_t next = 0;
  for (Leaving& one : leaving) {
    for (std::size_t i = 0; i < one.requests.size(); ++i, ++next) {
      if (parts[next] == weights[next]) continue;
      one.waiting[i] = true;
      one.reason = reason;
      one.amounts[i] = parts[next];
      one.gross -= weights[next] - parts[next];
    }
  }
  left -= paid;
  return core::ok();
}

}  // namespace engine::pamm
