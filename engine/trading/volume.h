#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/context.h"
#include "engine/effects.h"

// Lots as whole steps, and as postings.
namespace engine::trading {

// A step in the smallest unit of a LOT commodity.
// Errors: InvalidInput/lot_step at `lot_step` if it is not above zero or finer than that.
core::Result<core::Minor> step_volume(const core::Decimal& lot_step);

// A volume above zero as a count of steps.
// Errors: InvalidInput/not_positive; InvalidInput/lot_step if it is no whole number of steps.
core::Result<core::Minor> steps_of(const core::Decimal& lots, const core::Decimal& lot_step);

// A platform's own id of a fill or close. Errors: InvalidInput/<field> unless it has 1 to 64 bytes.
core::Result<> check_platform_id(const std::string& id, std::string_view field);

// Moves positions in the symbol of that ordinal, in an order's direction; negative steps close. What
// all accounts of an order have in common is worked out once: fills are shared by thousands.
class PositionMoves {
 public:
  // The step was checked before (step_volume).
  PositionMoves(std::uint64_t symbol, Side side, const core::Decimal& lot_step);

  // Adds `steps` to a trading account's position.
  void add(const core::AccountId& account, core::Minor steps, Postings& postings) const;
  // The same for any account of positions.
  void add(std::string position, core::Minor steps, Postings& postings) const;

 private:
  std::uint64_t symbol_;
  std::string lot_;
  std::string street_;
  core::Minor debit_;  // Of one step.
};

}  // namespace engine::trading
