#include "engine/mam/fills_parts.h"

#include <algorithm>
#include <numeric>

#include "core/allocate.h"
#include "engine/instruments_state.h"
#include "engine/mam/own_currency.h"
#include "engine/mam/price.h"
#include "engine/mam/volume.h"
#include "engine/mam_state.h"

namespace engine::mam {
namespace {

using core::Minor;

// What changes for one account.
struct Change {
  const core::AccountId& account;
  const OrderShare& share;
  const Target& target;
  Minor steps = 0;
  Minor error_steps = 0;
  Minor commission = 0;
  std::optional<ShareCompletion> completed = {};
};

class PartRecords {
 public:
  PartRecords(const Context& context, const core::OrderId& id, const Order& order,
              const After& after, const Targets& targets, const Cause& cause, Effects& effects)
      : context_(context),
        id_(id),
        order_(order),
        after_(after),
        targets_(targets),
        cause_(cause),
        effects_(effects),
        moves_(position_moves(context, order)) {}

  core::Result<> add() {
    std::vector<Minor> commissions;
    if (after_.commission != 0 || order_.commission != 0) {
      TRY(commissions, commissions_of(order_, targets_, after_.commission));
    }
    if (after_.complete) {
      TRY(price_, account_price(after_.price_steps, after_.filled, order_.price_digits));
    }
    open_error_position();
    effects_.expect(targets_.shares.size());
    std::size_t index = 0;
    for (const Target& target : targets_.shares) {
      const auto& [account, share] = *target.of;
      Change change{account,
                    share,
                    target,
                    target.account - share.filled,
                    target.error - share.error,
                    commissions.empty() ? Minor{0} : commissions[index] - share.commission};
      TRY(change.completed, completion_of(change));
      TRY(add_one(change));
      ++index;
    }
    return core::ok();
  }

 private:
  // With the change that completes the order, or changes or undoes what that had added.
  core::Result<std::optional<ShareCompletion>> completion_of(const Change& change) const {
    const bool first = after_.complete && !order_.final;
    if (!first && change.target.extra == change.share.extra) {
      return std::optional<ShareCompletion>{};
    }
    ShareCompletion out{price_, 0, 0};
    const auto balance = context_.state.blocks->extra.find(change.account);
    const Minor now = balance == context_.state.blocks->extra.end() ? Minor{0} : balance->second;
    TRY(out.extra_before, core::subtract(now, change.share.extra));
    TRY(out.extra_after, core::add(out.extra_before, change.target.extra));
    return std::optional(out);
  }

  void open_error_position() {
    const bool moves = std::ranges::any_of(targets_.shares,
                                           [](const Target& target) { return target.error != 0; });
    if (moves) open_house_position(context_, order_, effects_);
  }

  core::Result<> add_one(const Change& change) {
    if (change.steps == 0 && change.error_steps == 0 && change.commission == 0 &&
        !change.completed) {
      return core::ok();
    }
    if (-change.steps > change.share.open) {
      return core::conflict("closed_volume", "lots",
                            "Steps that an account has closed would have to be taken back; put "
                            "the closes right first.");
    }
    const core::PartyId& client = change.share.client;
    TRY(const auto own, own_of(change));
    TRY(Postings postings, posted(change, own));
    const Subjects subjects{client.bytes, order_.structure.bytes};
    std::optional<Minor> commission;
    if (change.commission != 0) commission = change.commission;
    if (!is_correction(change)) {
      effects_.add(
          FillAllocated{id_, cause_.fill.value_or(""), change.account, order_.structure, client,
                        change.steps, change.target.account, commission, change.completed, own},
          std::move(postings), subjects);
      return core::ok();
    }
    effects_.add(AllocationCorrected{id_, cause_.fill, change.account, order_.structure, client,
                                     reason_of(change), change.steps, change.target.account,
                                     change.error_steps, change.target.error, commission,
                                     change.completed, own},
                 std::move(postings), subjects);
    return core::ok();
  }

  bool is_correction(const Change& change) const {
    return cause_.reason || change.steps < 0 || change.error_steps != 0 ||
           (change.target.corrected && change.steps != 0);
  }

  CorrectionReason reason_of(const Change& change) const {
    if (change.target.corrected) return *change.target.corrected;
    if (cause_.reason) return *cause_.reason;
    // What the house had of it comes back: the order has more after all.
    return change.error_steps != 0 ? CorrectionReason::BelowMinimum : CorrectionReason::Quota;
  }

  core::Result<std::optional<OwnCurrency>> own_of(const Change& change) const {
    if (change.commission == 0) return std::optional<OwnCurrency>{};
    return own_currency(context_, change.account, {0, 0, change.commission});
  }

  core::Result<Postings> posted(const Change& change, const std::optional<OwnCurrency>& own) const {
    TRY(auto postings, postings_of(context_, change.account, {0, 0, change.commission}, own));
    if (change.steps != 0) {
      moves_.add(change.account, change.steps, postings);
    }
    if (change.error_steps != 0) {
      move_house_position(context_, order_, change.error_steps, postings);
    }
    return postings;
  }

  const Context& context_;
  const core::OrderId& id_;
  const Order& order_;
  const After& after_;
  const Targets& targets_;
  const Cause& cause_;
  Effects& effects_;
  const trading::PositionMoves moves_;
  std::optional<core::Decimal> price_;
};

}  // namespace

core::Result<std::vector<Minor>> commissions_of(const Order& order, const Targets& targets,
                                                Minor commission) {
  std::vector<Minor> out(targets.shares.size(), 0);
  std::vector<std::pair<std::uint64_t, std::size_t>> list;  // Ordinals and indexes.
  Minor house = 0;
  for (const auto& [account, share] : order.shares) {
    list.emplace_back(share.ordinal, list.size());
    house += targets.shares[list.back().second].error;
  }
  std::ranges::sort(list);
  std::vector<Minor> steps;
  for (const auto& [ordinal, index] : list) steps.push_back(targets.shares[index].account);
  steps.push_back(house);
  if (std::accumulate(steps.begin(), steps.end(), Minor{0}) == 0) return out;
  TRY(const auto parts, core::allocate(commission, steps));
  for (std::size_t i = 0; i < list.size(); ++i) out[list[i].second] = parts[i];
  return out;
}

core::Result<Minor> commission_with(const Order& order, const std::string& fill, Minor commission) {
  Minor total = 0;
  for (const auto& [name, one] : order.fills) {
    TRY(total, core::add(total, name == fill ? commission : Minor{one.now.commission}));
  }
  return total;
}

core::Result<> add_parts(const Context& context, const core::OrderId& id, const Order& order,
                         const After& after, const Targets& targets, const Cause& cause,
                         Effects& effects) {
  if (shares_results_only(order.method)) return core::ok();
  return PartRecords(context, id, order, after, targets, cause, effects).add();
}

}  // namespace engine::mam
