// Row 23: what is owed on closed volume.

#include <algorithm>

#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/lookup.h"
#include "engine/partners/decide.h"

namespace engine::partners {
namespace {

core::Result<core::Minor> volume_of(const core::Decimal& lots) {
  auto volume = core::to_minor(lots, kLotScale);
  if (!volume) return std::move(volume.error()).within("lots");
  return volume;
}

// 1e-8 lots x rate as a count of smallest units: the numerator is their product, this is below it.
// The same for all of a structure's accruals, because neither offer nor currency ever changes.
core::Result<core::Minor> denominator_of(const core::Decimal& rate, const std::string& currency) {
  const auto scale = core::currency_scale(currency);
  CHECK(scale.has_value());
  CHECK(*scale <= kLotScale);
  return core::power_of_ten(kLotScale + rate.scale - *scale);
}

}  // namespace

core::Result<> accrue(const Context& context, Effects& effects, const core::StructureId& id,
                      const std::string& ticket, const core::Decimal& lots) {
  const Structure& structure = context.state.structures.at(id);
  const auto rate = offer_of(context, structure).terms.rebate_per_lot;
  if (!rate) return core::ok();
  RebateAccrued body;
  body.structure = id;
  body.manager = structure.manager;
  body.ticket = ticket;
  body.lots = lots;
  body.rate = *rate;
  TRY(const auto volume, volume_of(lots));
  TRY(const auto exact, core::multiply(volume, rate->digits));
  TRY(body.exact_numerator, core::add(structure.rebate.exact, exact));
  TRY(body.exact_denominator, denominator_of(*rate, structure.currency));
  TRY(const auto cumulative, core::multiply_divide(body.exact_numerator, 1, body.exact_denominator,
                                                   core::Rounding::Floor));
  // What is paid is not taken back: it comes off what accrues next.
  const core::Minor paid = structure.rebate.paid;
  if (paid > cumulative) body.paid = paid;
  body.posted = std::max(cumulative, paid) - structure.rebate.posted;
  Postings postings;
  postings.add(accounts::rebate_expense(structure.manager), structure.currency, body.posted);
  postings.add(accounts::rebate_accrued(structure.manager), structure.currency, -body.posted);
  effects.add(body, std::move(postings), {structure.manager.bytes, id.bytes});
  return core::ok();
}

core::Result<> add_volume(State& state, const core::StructureId& id, const core::PartyId& client,
                          core::Minor volume) {
  Structure& structure = state.structures.at(id);
  if (!state.offers.at(structure.offer).terms.rebate_per_lot) return core::ok();
  core::Minor& sum = structure.rebate.volumes[client];
  TRY(sum, core::add(sum, volume));
  return core::ok();
}

core::Result<> apply(State& state, const RebateAccrued& body, const ledger::RecordView& record) {
  Structure& structure = state.structures.at(body.structure);
  Rebate& rebate = structure.rebate;
  rebate.exact = body.exact_numerator;
  rebate.denominator = body.exact_denominator;
  TRY(rebate.posted, core::add(rebate.posted, body.posted));
  if (structure.model != Model::Pamm) return core::ok();
  // Units stand still between rollovers, so one entry for each such period is enough.
  if (rebate.periods.empty() || rebate.periods.back().rollovers != structure.rollovers) {
    rebate.periods.push_back({structure.rollovers, structure.epoch, record.seq, 0});
  }
  TRY(const auto volume, volume_of(body.lots));
  core::Minor& sum = rebate.periods.back().volume;
  TRY(sum, core::add(sum, volume));
  return core::ok();
}

}  // namespace engine::partners
