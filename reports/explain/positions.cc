// Groups (MAM): money and splits on open positions.

#include "core/allocate.h"
#include "engine/position_records.h"
#include "reports/explain/kinds.h"
#include "reports/explain/own_currency.h"
#include "reports/explain/pool.h"

namespace reports::explain {
namespace {

std::string volume_text(core::Minor volume) {
  return core::to_string(core::to_decimal(volume, 8)) + " lots";
}

// A part by largest remainder is one of the two whole numbers around the exact one; which, the
// others' remainders decide.
core::Result<> require_part(Calculation& calculation, std::string what, core::Minor total,
                            core::Minor weight, core::Minor weights, core::Minor part) {
  TRY(const auto floor, core::multiply_divide(total, weight, weights, core::Rounding::Floor));
  TRY(const auto ceiling, core::multiply_divide(total, weight, weights, core::Rounding::Ceiling));
  calculation.require(part == floor || part == ceiling, std::move(what),
                      core::to_string(total) + " x " + core::to_string(weight) + " / " +
                          core::to_string(weights) + ", by the largest remainders of all",
                      core::to_string(part));
  return core::ok();
}

template <class Body, class Wanted>
core::Result<Found<Body>> block_of(Calculation& calculation, const core::StructureId& structure,
                                   Wanted wanted) {
  TRY(auto found, find_body<Body>(calculation.sources(), ledger::SubjectId(structure.bytes),
                                  Direction::Before, calculation.seq(), wanted));
  if (found) return std::move(*found);
  return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                       "The records have no event of the whole block that this one rests on.");
}

}  // namespace

core::Result<> explain_adjustment_part(Calculation& calculation) {
  TRY(const auto body, body_of<engine::AdjustmentAllocated>(calculation));
  TRY(find_terms(calculation, body.structure));
  TRY(const auto block,
      block_of<engine::PositionAdjusted>(calculation, body.structure, [&](const auto& one) {
        return one.adjusted.adjustment == body.adjustment;
      }));
  calculation.rests_on(block.seq, "what was booked on the whole position");
  calculation.set_title("an account's part of money on a position, " +
                        calculation.money(body.amount));
  calculation.given("open on the account",
                    volume_text(body.open_volume) + " of " + volume_text(block.body.open_volume));
  TRY(require_part(calculation, "his part in smallest units", block.body.amount, body.open_volume,
                   block.body.open_volume, body.amount));
  const bool dividend = body.kind == engine::AdjustmentKind::Dividend;
  return check_booked(calculation,
                      {body.client, body.account, dividend ? body.amount : core::Minor{0},
                       dividend ? core::Minor{0} : body.amount, 0},
                      body.own);
}

core::Result<> explain_split_part(Calculation& calculation) {
  TRY(const auto body, body_of<engine::SplitAllocated>(calculation));
  TRY(find_terms(calculation, body.structure));
  TRY(const auto block,
      block_of<engine::OrderSplit>(calculation, body.structure, [&](const auto& one) {
        return one.order == body.order && one.split == body.split;
      }));
  calculation.rests_on(block.seq, "the split of the whole order");
  calculation.set_title("an account's open volume after a split");
  TRY(const auto whole,
      core::multiply_divide(block.body.steps_before, static_cast<core::Minor>(block.body.numerator),
                            static_cast<core::Minor>(block.body.denominator),
                            core::Rounding::Floor));
  calculation.check("steps of the order",
                    core::to_string(block.body.steps_before) + " x " +
                        std::to_string(block.body.numerator) + " / " +
                        std::to_string(block.body.denominator) + ", rounded down",
                    core::to_string(whole), core::to_string(block.body.steps_after));
  TRY(require_part(calculation, "his steps", whole, body.steps_before, block.body.steps_before,
                   body.steps_after));
  TRY(require_part(calculation, "his cash in smallest units", block.body.cash, body.steps_before,
                   block.body.steps_before, body.cash));
  return check_booked(calculation, {body.client, body.account, body.cash, 0, 0}, body.own);
}

}  // namespace reports::explain
