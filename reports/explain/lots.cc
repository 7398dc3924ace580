// An investor's lots as they were when a fee was taken of one of them.

#include <algorithm>

#include "core/allocate.h"
#include "engine/dealing_records.h"
#include "engine/mandate_gap_records.h"
#include "reports/explain/fee.h"
#include "reports/explain/offer_rules.h"

namespace reports::explain {
namespace {

// Whether the lots changed in this rollover by more than fees.
core::Result<bool> changed_otherwise(Fee& fee) {
  bool changed = false;
  Sources& sources = fee.calculation.sources();
  const std::uint64_t after = rollover_begin(fee.rollovers);
  const auto see = [&](const auto& body, const auto&) {
    changed = changed || body.structure == fee.body.structure;
  };
  TRY(for_each_of_client<engine::FeeClawedBack>(sources, fee.body.client, after,
                                                fee.calculation.seq(), see));
  TRY(for_each_of_client<engine::GainForgone>(sources, fee.body.client, after,
                                              fee.calculation.seq(), see));
  TRY(for_each_of_client<engine::OfferSwitched>(sources, fee.body.client, after,
                                                fee.calculation.seq(), see));
  const bool series = performance_of(fee.offer()).equalisation == engine::Equalisation::Series;
  return changed || (series && fee.body.due == engine::FeeDue::Redemption);
}

// A fee on all lots is borne by each.
core::Result<> take_units(std::vector<engine::Lot>& lots, const engine::FeeCharged& fee) {
  if (fee.units_cancelled == 0) return core::ok();
  std::vector<core::Minor> weights;
  core::Minor sum = 0;
  for (const engine::Lot& lot : lots) {
    weights.push_back(lot.units);
    sum += lot.units;
  }
  if (fee.lot) {
    for (engine::Lot& lot : lots) {
      if (lot.number == *fee.lot) lot.units -= fee.units_cancelled;
    }
    return core::ok();
  }
  if (sum <= 0) return core::ok();
  TRY(const auto parts, core::allocate(fee.units_cancelled, weights));
  for (std::size_t i = 0; i < lots.size(); ++i) lots[i].units -= parts[i];
  return core::ok();
}

}  // namespace

core::Result<std::optional<Lots>> find_lots(Fee& fee) {
  using Found = std::optional<Lots>;
  if (!fee.body.lot || !fee.standing) return Found();
  TRY(const bool changed, changed_otherwise(fee));
  if (changed) return Found();
  Lots out;
  out.lots = fee.standing->body.investor.lots;
  core::Minor entitlement = fee.body.equity_before;
  for (const engine::FeeCharged& one : fee.earlier) {
    // Parts are made once for all lots.
    if (one.lot && one.due == fee.body.due) {
      entitlement = one.equity_before;
      break;
    }
    TRY(take_units(out.lots, one));
    for (engine::Lot& lot : out.lots) {
      if (one.lot == lot.number) lot.mark = one.mark_after;
    }
  }
  std::vector<core::Minor> weights;
  core::Minor sum = 0;
  for (const engine::Lot& lot : out.lots) {
    if (lot.units < 0) return Found();
    weights.push_back(lot.units);
    sum += lot.units;
  }
  if (sum == 0) return Found();
  TRY(out.equities, core::allocate(entitlement, weights));
  return Found(std::move(out));
}

const engine::Lot* Fee::lot() const {
  if (!lots || !body.lot) return nullptr;
  const auto found = std::ranges::find(lots->lots, *body.lot, &engine::Lot::number);
  return found == lots->lots.end() ? nullptr : &*found;
}

core::Minor Fee::part_equity() const {
  if (!body.lot) return body.equity_before;
  if (const engine::Lot* found = lot()) {
    return lots->equities[static_cast<std::size_t>(found - lots->lots.data())];
  }
  return body.measured.value_or(body.equity_before);
}

}  // namespace reports::explain
